// How we know: evidence by kind, each piece with what it cannot say.
import { useRef } from "preact/hooks";
import { at, itemsAt } from "../model";
import type { Item, State } from "../model";
import { FindingLine } from "../parts/answer";
import { Picture } from "../parts/picture";
import { DIMENSIONS } from "./dimensions";
import { Edit, EditButton, Gone, useOpen } from "./rows";
import { asked, ROOT } from "./view";
import type { Props } from "./view";

const DIRECT = new Set(["interview", "survey"]);

export function Evidence({ model, state }: Props) {
  const { open, setOpen, add } = useOpen(model, "evidence");
  const items = itemsAt(state.answers, `${ROOT}.evidence`);
  const kinds = asked(state, "evidence")?.questions.find((q) => q.id === "kind")?.choices ?? [];
  const used = kinds.filter((k) => items.some((i) => i["kind"] === k.id));
  // a piece that is being edited stays where it stood: arrow keys go through the kinds, and each would move it away
  const held = useRef<{ id: string; kind: string } | null>(null);
  if (open !== (held.current?.id ?? null)) held.current = open === null ? null : { id: open, kind: word(items.find((i) => i.id === open) ?? { id: open }, "kind") };
  const kindOf = (i: Item): string => (i.id === held.current?.id ? held.current.kind : word(i, "kind"));
  const placed = kinds.filter((k) => items.some((i) => kindOf(i) === k.id));
  const spoken = used.some((k) => DIRECT.has(k.id));
  const rest = items.filter((i) => !kinds.some((k) => k.id === kindOf(i)));
  const groups = [...placed.map((k) => ({ id: k.id, label: k.label, of: items.filter((i) => kindOf(i) === k.id) })), ...(rest.length ? [{ id: "", label: "No kind yet", of: rest }] : [])];
  return (
    <section aria-label="How do we know?">
      <div class="sec-head"><h2>How do we know?</h2>
        <p class="meta">{items.length ? `${used.length} ${used.length === 1 ? "kind" : "kinds"} of evidence${spoken ? ", one of them the direct words of those affected" : ""}` : "Two kinds at least, one of them the direct words of those affected"}</p>
        {!state.readOnly && <button type="button" class="btn" onClick={() => add()}>Add evidence</button>}
      </div>
      {state.findings.filter((f) => f.where === `${ROOT}.evidence`).map((f) => <FindingLine key={f.id} message={f.message} cure={f.cure} />)}
      {items.length > 0 && (
        <dl class="ev">
          {groups.map((g) => [
            <dt key={g.id}>{g.label}<span>{g.of.length} {g.of.length === 1 ? "piece" : "pieces"}</span></dt>,
            <dd key={`${g.id}-of`}><ul>{g.of.map((item) => (
              <li key={item.id}>
                <div dir="auto">{word(item, "says") || word(item, "what") || "Nothing written yet"}</div>
                <p class="meta">{about(state, item)}
                  {DIRECT.has(word(item, "kind")) && <>{about(state, item) && " · "}<i class="ic i-said" /> direct words of those affected</>}{" "}
                  {!state.readOnly && <EditButton name={word(item, "what") || "this piece of evidence"} open={open === item.id} toggle={() => setOpen(open === item.id ? null : item.id)} />}</p>
                <p class="lim" dir="auto">{word(item, "limits") ? `Limits: ${word(item, "limits")}` : "Limits: what can it not say?"}</p>
                {word(item, "file") && open !== item.id && <Picture model={model} name={word(item, "file")} label={word(item, "what") || "evidence"} />}
                {open === item.id && <Edit model={model} state={state} word="evidence" item={item} name="evidence" close={() => setOpen(null)} />}
              </li>
            ))}</ul></dd>,
          ])}
        </dl>
      )}
      {items.length === 0 && <p class="hint prose">Numbers alone say little of why it matters, words alone little of how often. For example: a count from the register, and what three students said about their last week.</p>}
      <Gone model={model} state={state} word="evidence" />
    </section>
  );
}

const word = (item: Item, key: string): string => String(item[key] ?? "");

const about = (state: State, item: Item): string => [word(item, "says") ? word(item, "what") : "", word(item, "date"), serves(state, item.id)].filter(Boolean).join(" · ");

function serves(state: State, id: string): string {
  const those = DIMENSIONS.filter((d) => ((at(state.answers, `${ROOT}.${d}.evidence`) as unknown[] | undefined) ?? []).includes(id));
  return those.length ? `for ${those.map((d) => asked(state, d)?.label).join(", ")}` : "";
}
