// The latest notes, the newest first; one opens to what it might mean, kept apart from what was heard.
import { useState } from "preact/hooks";
import { Answer, FindingLine } from "../parts/answer";
import type { Model, State } from "../model";
import { clock, iconOf, wordOf } from "../parts/lesson/notes";
import type { Note } from "../parts/lesson/notes";

const AT_FIRST = 40;
interface Props { model: Model; state: State; notes: readonly Note[]; unsent: ReadonlySet<string>; nameOf: (observer: string | undefined) => string; from?: string }

export function Feed(props: Props) {
  const [shown, setShown] = useState(AT_FIRST);
  const [open, setOpen] = useState("");
  const { notes } = props;
  const latest = notes.slice(Math.max(0, notes.length - shown)).reverse();
  return (
    <div class="feed" role="region" aria-label="Latest notes" tabIndex={0}>
      {!notes.length && <p class="hint">Nothing noted yet. Tap a seat, then what you see.</p>}
      <ul>
        {latest.map((n) => <Line key={n.id} {...props} note={n} open={open === n.id} toggle={() => setOpen(open === n.id ? "" : n.id)} />)}
      </ul>
      {notes.length > shown && <button type="button" class="btn plain" onClick={() => setShown(shown + 200)}>Show earlier notes ({notes.length - shown})</button>}
    </div>
  );
}

function Line({ model, state, note: n, unsent, nameOf, open, toggle }: Props & { note: Note; open: boolean; toggle: () => void }) {
  const kept = unsent.has(n.id);
  const findings = state.findings.filter((f) => f.where.startsWith(`observations.${n.id}.`));
  const path = `observations.${n.id}`;
  const fields = state.forms["observations"]?.questions.filter((q) => ["verbatim", "interpretation", "wonder"].includes(q.id)) ?? [];
  return (
    <li class={open ? "open" : ""}>
      <button type="button" class="line" aria-expanded={open} onClick={toggle}>
        <span class="t">{clock(n.t_rel)}</span>
        <b>{n.to_seat ? `${n.seat}›${n.to_seat}` : n.seat || "Class"}</b>
        <span class="what"><i class={`ic i-${iconOf(n.kind)}`} /><span class="sr">{wordOf(n.kind)}: </span><span dir="auto">{n.verbatim}</span>{n.strategy_code && <span class="tag">{n.strategy_code}</span>}
          {n.flag && <><i class="ic i-flag fl" /><span class="sr"> flagged</span></>}
          {n.interpretation && <span class="i" dir="auto">reading: {n.interpretation}</span>}</span>
        <span class="sent" title={kept ? "kept here, not sent yet" : `sent · ${nameOf(n.observer)}`}><i class={`ic ${kept ? "i-ring" : "i-check"}`} /><span class="sr">{kept ? "not sent yet" : "sent"}</span></span>
      </button>
      {findings.map((f) => (
        <div class="isname" key={f.message}><FindingLine message={f.message} cure={f.cure} />
          <div class="btns">{f.mends.map((m) => <button type="button" class="btn" key={m.label} onClick={() => void model.send({ do: "set", path: m.path, value: m.value })}>{m.label}</button>)}</div></div>
      ))}
      {open && (
        <div class="inside">
          {fields.map((q) => <Answer key={q.id} model={model} state={state} path={`${path}.${q.id}`} question={q} rows={2} label={q.id === "interpretation" ? "My reading of it (kept apart from what was heard)" : q.prompt} />)}
          <div class="btns">
            <button type="button" class="btn" aria-pressed={n.flag === true} onClick={() => void model.send({ do: "set", path: `${path}.flag`, value: n.flag ? null : true, base: n.flag ?? "" })}><i class="ic i-flag" />{n.flag ? "Take the flag off" : "Flag"}</button>
            <button type="button" class="btn" onClick={() => void model.send({ do: "remove", path })}><i class="ic i-cross" />Remove this note</button>
          </div>
        </div>
      )}
    </li>
  );
}
