// A thing to do, opened in its place: the question that is missing is answered here, a broken link is mended with a click.
import { useId, useState } from "preact/hooks";
import { newId } from "../model";
import type { Finding, Model, State } from "../model";
import { Answer } from "../parts/answer";
import { ConflictBox } from "../parts/conflict";
import { Notebook } from "../parts/notebook";
import { placesAt } from "./place";
import type { Place } from "./place";
import { notebookOf } from "./shown";

export function Here({ model, state, where, label, findings = [], hold }: {
  model: Model; state: State; where: string; label: string; findings?: Finding[]; hold: (yes: boolean) => void;
}) {
  const [asked, setAsked] = useState<Place[] | null>(null); // settled when it is opened: none goes while it is answered
  const open = asked !== null;
  const id = useId();
  const places = asked ?? placesAt(state.forms, state.answers, where);
  const conflict = state.conflicts.find((c) => c.path === where && c.kind === "two_answers");
  const notebook = notebookOf(where);
  const mends = findings.flatMap((f) => f.mends).filter(() => !conflict);
  const idea = /^change_ideas\.([^.]+)$/.exec(where)?.[1];
  const plan = (): void => void model.send({ do: "add", path: "pdsa_cycles", fields: { id: newId(), change: idea, questions: [{ id: newId() }], data: [{ id: newId() }] } });
  const toggle = (): void => {
    setAsked(open ? null : places);
    if (!conflict) hold(!open);
  };
  return (
    <>
      <span class="acts">
        {!state.readOnly && idea && <button type="button" class="btn" onClick={plan}>Plan a cycle of it</button>}
        {!state.readOnly && mends.map((m) => (
          <button type="button" class="btn" key={m.label} onClick={() => void model.send({ do: m.operation, path: m.path, value: m.value } as never)}>{m.label}</button>
        ))}
        {(places.length > 0 || conflict) && (
          <button type="button" class="btn" aria-expanded={open} aria-controls={id} onClick={toggle}>{conflict ? "Choose" : open ? "Done" : label}<i class={`ic ${open ? "i-down" : "i-right"}`} />{findings[0] && <span class="sr">: {findings[0].message}</span>}</button>
        )}
      </span>
      {open && (
        <div class="here-box" id={id}>
          {conflict
            ? <ConflictBox model={model} conflict={conflict} me={state.me} inWords={(v) => (v === null || v === undefined ? "(empty)" : String(v))} />
            : places.map((p) => <Answer key={p.path} model={model} state={state} path={p.path} question={p.question} />)}
        </div>
      )}
      {notebook && !idea && places.length === 0 && !conflict && mends.length === 0 && <span class="meta where">in <Notebook model={model} state={state} name={notebook} /></span>}
    </>
  );
}
