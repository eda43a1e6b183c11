// What was predicted beside what came out, on one scale where both are numbers.
import { newId } from "../model";
import type { Item, Model, Question, State } from "../model";
import { Answer } from "../parts/answer";
import { dayWords } from "../parts/words";
import { shownOf } from "./shown";
import type { Lock } from "./shown";

export function Compare({ model, state, path, question, results, form }: {
  model: Model; state: State; path: string; question: Item; results: Item[]; form: (id: string) => Question;
}) {
  const lock = shownOf(state).locks[`${path}.questions.${question.id}.prediction`];
  const result = results.find((r) => r["question"] === question.id);
  const here = result ? `${path}.results.${result.id}` : "";
  const inner = (id: string): Question => form("results").questions.find((q) => q.id === id) as Question;
  return (
    <div class="vs">
      <div class="pred">
        <h4><i class="ic i-lock" />Prediction</h4>
        <p class="big">{rangeWords(question) || String(question["prediction"] ?? "None was written down")}</p>
        {rangeWords(question) && <p>{String(question["prediction"] ?? "")}</p>}
        <p class="meta">{[sure(question, form), lock ? lockWords(lock) : "not locked yet"].filter(Boolean).join(" · ")}</p>
        {lock?.changed && lock.before.length > 0 && <p class="meta">At first: <q>{String(lock.before[0])}</q></p>}
      </div>
      <div class="came">
        <h4>Result</h4>
        {!result && <button type="button" class="btn" onClick={() => void model.send({ do: "add", path: `${path}.results`, fields: { id: newId(), question: question.id } })}>Say what came out</button>}
        {result && (
          <>
            <Answer model={model} state={state} path={`${here}.value`} question={inner("value")} label="As a number, if it is one" />
            <Answer model={model} state={state} path={`${here}.result`} question={inner("result")} rows={2} />
          </>
        )}
      </div>
      {result && (
        <div class="wide">
          <Scale question={question} result={result} />
          <p><strong>{verdict(question, result)}</strong> One cycle cannot show why.</p>
          <Answer model={model} state={state} path={`${here}.matched`} question={inner("matched")} />
          <Answer model={model} state={state} path={`${here}.surprise`} question={inner("surprise")} rows={2} />
        </div>
      )}
    </div>
  );
}

export function lockWords(lock: Lock): string {
  if (lock.late) return "Written after Do began: it cannot be set beside the result. Say so, or plan a new cycle.";
  return `Locked ${dayWords(lock.locked_at)}, before Do began${lock.changed ? "; changed since" : ""}`;
}

const num = (v: unknown): number | null => (typeof v === "number" && Number.isFinite(v) ? v : null);
const low = (q: Item): number | null => num(q["predicted_low"]) ?? num(q["predicted_value"]);
const high = (q: Item): number | null => num(q["predicted_high"]) ?? num(q["predicted_value"]);

export function rangeWords(q: Item): string {
  const [a, b] = [num(q["predicted_low"]), num(q["predicted_high"])];
  if (a !== null && b !== null) return `${a} to ${b}`;
  if (a !== null) return `at least ${a}`;
  if (b !== null) return `at most ${b}`;
  const one = num(q["predicted_value"]);
  return one === null ? "" : String(one);
}

function sure(q: Item, form: (id: string) => Question): string {
  const choices = form("questions").questions.find((i) => i.id === "confidence")?.choices ?? [];
  return choices.find((c) => c.id === q["confidence"])?.label.toLowerCase() ?? "";
}

export function verdict(q: Item, r: Item): string {
  const [a, b, v] = [low(q), high(q), num(r["value"])];
  if (v === null || (a === null && b === null)) return "";
  if (a !== null && v < a) return `Lower than expected, by ${round(a - v)}.`;
  if (b !== null && v > b) return `Higher than expected, by ${round(v - b)}.`;
  return "As expected.";
}

const round = (n: number): number => Math.round(n * 1000) / 1000;

function Scale({ question, result }: { question: Item; result: Item }) {
  const [a, b, v] = [low(question), high(question), num(result["value"])];
  if (v === null || (a === null && b === null)) return null;
  const said = [a, b, v].filter((n) => n !== null);
  const from = Math.min(0, ...said), to = Math.max(...said) * 1.1 || 1;
  const left = a ?? from, right = b ?? to; // “at least” is open to the right, “at most” to the left
  const x = (n: number): number => 10 + ((n - from) / (to - from)) * 460;
  return (
    <svg class="scale" viewBox="0 0 480 56" role="img" aria-label={`Predicted ${rangeWords(question)}, result ${v}. ${verdict(question, result)}`}>
      <line x1="10" x2="470" y1="28" y2="28" class="axis" />
      <rect x={x(left)} y="21" width={Math.max(x(right) - x(left), 3)} height="14" class="range" />
      <text x={(x(left) + x(right)) / 2} y="15" class="mid">predicted</text>
      {a !== null && <text x={x(a)} y="52" class="mid">{a}</text>}
      {b !== null && b !== a && <text x={x(b)} y="52" class="mid">{b}</text>}
      <circle cx={x(v)} cy="28" r="6" class="result" />
      <text x={x(v)} y={v >= left && v <= right ? 52 : 15} class="mid strong">{v}</text>
    </svg>
  );
}
