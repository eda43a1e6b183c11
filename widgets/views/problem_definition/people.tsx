// Voices that are missing, with a plan and a date; assumptions to keep, to say otherwise, to drop.
import { itemsAt } from "../model";
import { FindingLine } from "../parts/answer";
import { Edit, EditButton, Gone, useOpen } from "./rows";
import { asked, ROOT } from "./view";
import type { Props } from "./view";

export function Voices({ model, state }: Props) {
  const { open, setOpen, add } = useOpen(model, "missing_voices");
  const items = itemsAt(state.answers, `${ROOT}.missing_voices`);
  const planned = items.filter((i) => i["plan"] && i["date"]).length;
  return (
    <section aria-label="Who has not been heard yet?">
      <div class="sec-head"><h2>Who has not been heard yet?</h2>
        <p class="meta">{items.length ? `${planned} of ${items.length} ${items.length === 1 ? "has" : "have"} a plan and a date` : ""}</p>
        {!state.readOnly && <button type="button" class="btn" onClick={() => add()}>Add a voice</button>}
      </div>
      {!items.length && <p class="hint prose">{asked(state, "missing_voices")?.help} For example: students who left before October, by a short call from their tutor, by 27 February.</p>}
      {items.length > 0 && (
        <table class="tbl fold"><thead><tr><th scope="col">Who</th><th scope="col">Why they are absent</th><th scope="col">Plan</th><th scope="col">By when</th></tr></thead>
          <tbody>{items.map((item) => {
            const name = String(item["who"] ?? "") || "this voice";
            const found = state.findings.filter((f) => f.where === `${ROOT}.missing_voices.${item.id}`);
            return [
              <tr key={item.id}>
                <th scope="row" dir="auto">{name} {!state.readOnly && <EditButton name={name} open={open === item.id} toggle={() => setOpen(open === item.id ? null : item.id)} />}</th>
                <td data-l="Why absent" dir="auto">{String(item["why_absent"] ?? "")}</td>
                <td data-l="Plan" dir="auto">{String(item["plan"] ?? "")}{found.map((f) => <FindingLine key={f.id} message={item["plan"] && item["date"] ? f.message : item["plan"] ? "No date yet" : "No plan yet"} cure={f.cure} />)}</td>
                <td data-l="By" class="day">{String(item["date"] ?? "no date")}</td>
              </tr>,
              open === item.id && <tr key={`${item.id}-edit`} class="editing"><td colSpan={4}><Edit model={model} state={state} word="missing_voices" item={item} name={name} close={() => setOpen(null)} /></td></tr>,
            ];
          })}</tbody></table>
      )}
      <Gone model={model} state={state} word="missing_voices" />
    </section>
  );
}

const SHORT: Record<string, string> = { keep: "Keep", reframe: "Reframe", remove: "Remove" };
const DECIDED: Record<string, string> = { keep: "Kept", reframe: "Reframed", remove: "Removed" };

export function Assumptions({ model, state }: Props) {
  const { open, setOpen, add } = useOpen(model, "assumptions");
  const items = itemsAt(state.answers, `${ROOT}.assumptions`);
  const choices = asked(state, "assumptions")?.questions.find((q) => q.id === "decision")?.choices ?? [];
  const decide = (id: string, value: string, before: unknown): void => {
    void model.send({ do: "set", path: `${ROOT}.assumptions.${id}.decision`, value: before === value ? null : value, base: before ?? "" });
  };
  return (
    <section aria-label="What are we taking for granted?">
      <div class="sec-head"><h2>What are we taking for granted?</h2><p class="meta">Keep, reframe or remove each</p>
        {!state.readOnly && <button type="button" class="btn" onClick={() => add()}>Add an assumption</button>}
      </div>
      {!items.length && <p class="hint prose">Every problem rests on something that nobody has checked. For example: “They leave it to the last evening.”</p>}
      <ul class="asm">
        {items.map((item) => {
          const text = String(item["text"] ?? "");
          return (
            <li key={item.id}>
              <span dir="auto">{text ? `“${text}”` : "Nothing written yet"}<span class="meta">{DECIDED[String(item["decision"])] ?? "Not decided"}{" "}
                {!state.readOnly && <EditButton name={text} open={open === item.id} toggle={() => setOpen(open === item.id ? null : item.id)} />}</span></span>
              <span class="seg" role="group" aria-label={`Decision on: ${text}`}>
                {choices.map((c) => <button type="button" key={c.id} disabled={state.readOnly !== ""} aria-pressed={item["decision"] === c.id} onClick={() => decide(item.id, c.id, item["decision"])}>{SHORT[c.id] ?? c.label}</button>)}
              </span>
              {open === item.id && <Edit model={model} state={state} word="assumptions" item={item} name={text || "assumption"} close={() => setOpen(null)} />}
            </li>
          );
        })}
      </ul>
      <Gone model={model} state={state} word="assumptions" />
    </section>
  );
}
