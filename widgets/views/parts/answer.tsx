// One question and its answer: label, hint, control, count, and what is wrong with it.
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { at, itemsAt, newId } from "../model";
import type { Item, Model, Question, State } from "../model";
import { ConflictBox } from "./conflict";
import { Fold } from "./fold";
import { History } from "./history";
import { Picture } from "./picture";
import { useChoice } from "./use_choice";
import { useDraft } from "./use_draft";
import { dayWords } from "./words";

export interface AnswerProps {
  model: Model; state: State; path: string; question: Question;
  /** Words other than the question's own, where a view says it more shortly. */
  label?: string; bare?: boolean; rows?: number; readOnly?: boolean;
}

export const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0) || (typeof value === "object" && value !== null && Object.keys(value).length === 0);

/** Whether a question must be answered, given the answers beside it. */
export function isRequired(q: Question, beside: Record<string, unknown>): boolean {
  return q.required || Object.entries(q.required_when).some(([k, allowed]) => allowed.includes(beside[k]));
}

export function Answer(props: AnswerProps) {
  const { question: q } = props;
  if (q.kind === "group") return <Group {...props} />;
  if (q.kind === "list" && !q.item) return <List {...props} />;
  if (q.kind === "list") return <PlainList {...props} />;
  if (q.kind === "measure_data") return null;
  return <Single {...props} />;
}

function Single(props: AnswerProps) {
  const { model, state, path, question: q } = props;
  const id = useId();
  const value = at(state.answers, path);
  const [history, setHistory] = useState(false);
  const conflict = state.conflicts.find((c) => c.path === path);
  const findings = state.findings.filter((f) => f.where === path);
  const readOnly = props.readOnly || q.derived || state.readOnly !== "";
  const label = props.label ?? (q.label || q.prompt);
  // a moment is said as one, not typed
  if (q.derived && typeof value === "string" && MOMENT.test(value)) return <p class="field meta"><i class="ic i-lock" /> {label} {dayWords(value)}</p>;
  const describe = `${id}-hint`;
  const editing = state.present.find((p) => p.looking_at === path);
  return (
    <div class="field" data-path={path} onFocusIn={() => model.lookAt(path)} onFocusOut={() => model.lookAt("")}>
      {!props.bare && (q.kind === "choice" || q.kind === "yes_no"
        ? <span class="lab" id={id}>{label}<Marks q={q} state={state} path={path} /></span>
        : <label for={id}>{label}<Marks q={q} state={state} path={path} /></label>)}
      {!props.bare && q.label && q.label !== q.prompt && !props.label && <p class="hint">{q.prompt}</p>}
      {!props.bare && <Hint q={q} id={describe} />}
      {conflict && conflict.kind === "two_answers"
        ? <ConflictBox model={model} conflict={conflict} me={state.me} inWords={(v) => inWords(q, v, state)} />
        : <Control {...props} id={id} value={value} label={label} readOnly={readOnly} describe={q.help && !props.bare ? describe : undefined} />}
      {!props.bare && <Guidance model={model} path={path} q={q} id={describe} />}
      {editing && <p class="under"><span><i class="ic i-pen" /><bdi>{editing.author}</bdi> is here</span></p>}
      {findings.map((f) => <FindingLine key={f.id + f.message} message={f.message} cure={f.cure === q.help && !props.bare ? "" : f.cure} />)}
      {!props.bare && value !== undefined && (
        <button type="button" class="linkish quiet" aria-expanded={history} onClick={() => setHistory(!history)}><i class="ic i-hist" /><span class="sr">History of {label}</span></button>
      )}
      {history && <History model={model} state={state} path={path} close={() => setHistory(false)} />}
    </div>
  );
}

function Marks({ q, state, path }: { q: Question; state: State; path: string }) {
  const beside = at(state.answers, path.slice(0, path.lastIndexOf("."))) as Record<string, unknown> | undefined;
  return (
    <>
      {isRequired(q, beside ?? {}) && <span class="needed"> needed</span>}
      {q.private && <span class="tag"><i class="ic i-lock" />only you see this</span>}
      {q.derived && <span class="tag">worked out</span>}
    </>
  );
}

export function FindingLine({ message, cure }: { message: string; cure: string }) {
  return <p class="finding"><i class="ic i-diamond con" /><span><bdi>{message}{/[.?!…]$/.test(message) ? "" : "."}</bdi> {cure}</span></p>;
}

const LINE = 80; // letters, about as many as a hint has on one line
const isLong = (q: Question): boolean => q.help.length > LINE;

/** What helps to answer, where it is one line; what else is said follows it. */
function Hint({ q, id, also }: { q: Question; id?: string; also?: string }) {
  const words = [isLong(q) ? "" : q.help, also].filter(Boolean).join(" ");
  return words ? <p class="hint" id={id}>{words}</p> : null;
}

/** What helps to answer and is longer, or an example: folded away. It follows a field, so that the field comes first for keys. */
function Guidance({ model, path, q, id }: { model: Model; path: string; q: Question; id?: string }) {
  const long = isLong(q);
  if (!long && !q.example) return null;
  return (
    <Fold model={model} name={`${path.split(".")[0]}.${q.id}`} summary={long ? "Guidance" : "An example"} kind="guidance">
      {long && <p class="hint" id={id}>{q.help}</p>}
      {q.example && <p class="hint">{long ? `For example: ${q.example}` : q.example}</p>}
    </Fold>
  );
}

interface ControlProps extends AnswerProps { id: string; value: unknown; label: string; describe: string | undefined }

function Control(props: ControlProps) {
  const { question: q } = props;
  if (q.kind === "choice") return <Choices {...props} />;
  if (q.kind === "yes_no") return <YesNo {...props} />;
  if (q.kind === "reference") return <Reference {...props} />;
  if (q.kind === "attachment") return <Attachment {...props} />;
  return <Typed {...props} />;
}

function parser(q: Question): (text: string) => unknown {
  if (q.kind === "integer" || q.kind === "number") {
    return (text) => {
      const plain = text.trim().replace(",", ".");
      if (!plain) return "";
      const n = Number(plain);
      if (!Number.isFinite(n) || (q.kind === "integer" && !Number.isInteger(n))) return new Error(`“${text}” is not a ${q.kind === "integer" ? "whole number" : "number"}.`);
      if (q.minimum !== null && n < q.minimum) return new Error(`At least ${q.minimum}.`);
      if (q.maximum !== null && n > q.maximum) return new Error(`At most ${q.maximum}.`);
      return n;
    };
  }
  if (q.kind === "date") return (text) => (text === "" || /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : new Error("A date, as 2026-01-26."));
  return (text) => text;
}

/** A text, a number or a date, saved while one writes. An emptied answer is no answer. */
function Typed({ model, path, question: q, id, value, describe, readOnly, rows, bare, label }: ControlProps) {
  const parse = parser(q);
  const draft = useDraft(model, path, value === undefined || value === null ? "" : String(value), parse);
  const long = q.kind === "long_text";
  const left = q.max_length === null ? null : q.max_length - [...draft.text].length;
  const common = {
    id, value: draft.text, readOnly, dir: "auto" as const, "aria-describedby": describe, "aria-invalid": draft.refused !== "",
    ...(bare ? { "aria-label": label } : {}),
    onInput: (e: Event) => draft.write((e.currentTarget as HTMLInputElement).value),
  };
  return (
    <>
      <div class={q.unit ? "with-unit" : ""}>
        {long
          ? <textarea {...common} class="ctl" rows={rows ?? 3} />
          : <input {...common} class="ctl" type={q.kind === "date" ? "date" : "text"} inputMode={q.kind === "integer" ? "numeric" : q.kind === "number" ? "decimal" : undefined} autocomplete="off" />}
        {q.unit && <span class="unit">{q.unit}</span>}
      </div>
      {draft.refused && <p class="finding" role="alert"><i class="ic i-diamond con" />{draft.refused}</p>}
      {left !== null && draft.text !== "" && (
        <p class="under"><span class={left < 0 ? "con" : ""}>{left < 0 ? `${-left} characters more than the ${q.max_length} that fit a glance; it is saved all the same` : `${[...draft.text].length} of ${q.max_length} characters`}</span></p>
      )}
    </>
  );
}

function Choices({ model, path, question: q, id, value: standing, readOnly, label, bare }: ControlProps) {
  const [value, choose] = useChoice(model, path, standing, q.many ? [] : "");
  const chosen = new Set(Array.isArray(value) ? value : [value]);
  const toggle = (choice: string): void => {
    if (q.many) {
      const before = Array.isArray(value) ? value : [];
      choose(chosen.has(choice) ? before.filter((v) => v !== choice) : [...before, choice]);
    } else choose(chosen.has(choice) ? null : choice);
  };
  return (
    <div class="choices" role={q.many ? "group" : "radiogroup"} {...(bare ? { "aria-label": label } : { "aria-labelledby": id })}>
      {q.choices.map((c) => (
        <label class={`choice ${chosen.has(c.id) ? "on" : ""}`} key={c.id}>
          <input type={q.many ? "checkbox" : "radio"} name={id} checked={chosen.has(c.id)} disabled={readOnly}
            onClick={(e) => { if (!q.many && chosen.has(c.id)) { e.preventDefault(); toggle(c.id); } }} onChange={() => { if (q.many || !chosen.has(c.id)) toggle(c.id); }} />
          <span>{c.label}{c.help && <small class="hint"> {c.help}</small>}</span>
        </label>
      ))}
    </div>
  );
}

function YesNo({ model, path, id, value: standing, readOnly, label, bare }: ControlProps) {
  const [value, choose] = useChoice(model, path, standing);
  const set = (v: boolean): void => choose(value === v ? null : v);
  return (
    <div class="seg" role="group" {...(bare ? { "aria-label": label } : { "aria-labelledby": id })}>
      <button type="button" aria-pressed={value === true} disabled={readOnly} onClick={() => set(true)}>Yes</button>
      <button type="button" aria-pressed={value === false} disabled={readOnly} onClick={() => set(false)}>No</button>
    </div>
  );
}

/** What a question may point to, by kind. */
export const choicesFor = (state: State, to: string[]) => state.names.filter((n) => to.includes(n.kind)).map((n) => (n.label === n.id ? { ...n, label: "without a name yet" } : n));

function Reference({ model, state, path, question: q, id, value: standing, readOnly, label, bare }: ControlProps) {
  const [value, choose] = useChoice(model, path, standing);
  const known = choicesFor(state, q.to);
  const gone = typeof value === "string" && value !== "" && !known.some((n) => n.id === value);
  return (
    <>
      <select id={id} class="ctl" disabled={readOnly} value={typeof value === "string" ? value : ""} {...(bare ? { "aria-label": label } : {})}
        onChange={(e) => choose(e.currentTarget.value || null)}>
        <option value="">{known.length ? "Choose…" : "Nothing to choose from yet"}</option>
        {gone && <option value={value as string}>(removed)</option>}
        {known.map((n) => <option value={n.id} key={n.id}>{n.label}</option>)}
      </select>
      {gone && <p class="finding"><i class="ic i-diamond con" />What this pointed to was removed.</p>}
    </>
  );
}

function Attachment({ model, path, id, value, readOnly, label }: ControlProps) {
  const [said, setSaid] = useState("");
  const take = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    if (file.size > 32 * 1024 * 1024) return setSaid("More than 32 MB: put the file into the folder data/ and name it here.");
    setSaid("Sending…");
    const outcome = await model.send({ do: "attach", path, name: file.name, content: await asBase64(file) });
    setSaid(outcome.ok ? "" : outcome.message);
  };
  return (
    <div class="attach" onDragOver={(e) => e.preventDefault()} onDrop={(e) => { e.preventDefault(); void take(e.dataTransfer?.files[0]); }}>
      {typeof value === "string" && value && <><Picture model={model} name={value} label={label} /><span class="tag">{value}</span></>}
      <label class="btn" for={id}>{value ? "Put another file in its place" : "Choose a file, or drop one here"}</label>
      <input id={id} class="sr" type="file" disabled={readOnly} aria-label={label} onChange={(e) => void take(e.currentTarget.files?.[0])} />
      {said && <p class="under" role="status">{said}</p>}
    </div>
  );
}

export async function asBase64(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text);
}

function Group(props: AnswerProps) {
  const { model, question: q, path } = props;
  return (
    <fieldset class="group">
      <legend>{props.label ?? (q.label || q.prompt)}</legend>
      {q.label && q.prompt !== q.label && <p class="hint">{q.prompt}</p>}
      <Hint q={q} />
      <Guidance model={model} path={path} q={q} />
      {q.questions.map((inner) => <Answer {...props} key={inner.id} path={`${path}.${inner.id}`} question={inner} label={undefined} bare={false} />)}
    </fieldset>
  );
}

/** Items that several people add to: each opens to its questions, moves by two buttons, and comes back after a removal. */
function List(props: AnswerProps) {
  const { model, state, path, question: q } = props;
  const items = itemsAt(state.answers, path);
  const [open, setOpen] = useState<string | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const fresh = useNewItem(box, items);
  const label = props.label ?? (q.label || q.prompt);
  const add = (): void => {
    const id = newId();
    setOpen(id);
    fresh(id);
    void model.send({ do: "add", path, fields: { id } });
  };
  return (
    <div class="field" role="group" aria-label={label} data-path={path} ref={box}>
      <span class="lab">{label} <span class="hint">{items.length || ""}</span></span>
      <Hint q={q} />
      <Guidance model={model} path={path} q={q} />
      <ol class="items">
        {items.map((item, i) => (
          <ItemRow key={item.id} {...props} item={item} items={items} index={i} open={open === item.id} toggle={() => setOpen(open === item.id ? null : item.id)} />
        ))}
      </ol>
      {state.readOnly === "" && <button type="button" class="btn" onClick={add}><i class="ic i-plus" />Add</button>}
      <Removed model={model} state={state} under={path} />
    </div>
  );
}

/** Put the focus into the first field of an item that was just added, as soon as it stands there. */
export function useNewItem(box: { current: HTMLElement | null }, items: Item[]): (id: string) => void {
  const wanted = useRef("");
  useEffect(() => {
    if (!wanted.current) return;
    const field = box.current?.querySelector<HTMLElement>(`[data-item="${wanted.current}"] :is(input:not(.sr),textarea,select)`);
    if (!field) return;
    wanted.current = "";
    field.focus();
  }, [items]);
  return (id) => { wanted.current = id; };
}

function ItemRow(props: AnswerProps & { item: Item; items: Item[]; index: number; open: boolean; toggle: () => void }) {
  const { model, state, question: q, path, item, items, index } = props;
  const here = `${path}.${item.id}`;
  const name = labelOf(item) || `${index + 1}`;
  const conflict = state.conflicts.find((c) => c.path === here);
  return (
    <li class="item" data-item={item.id}>
      <div class="item-head">
        <button type="button" class="linkish name" aria-expanded={props.open} onClick={props.toggle}><i class={`ic ${props.open ? "i-down" : "i-right"}`} />{name}</button>
        <MoveButtons model={model} path={here} name={name} before={items[index - 1]?.id} after={items[index + 2]?.id} first={index === 0} last={index === items.length - 1} disabled={state.readOnly !== ""} />
      </div>
      {conflict && <p class="finding"><i class="ic i-diamond con" />This was changed while somebody removed it.</p>}
      {props.open && q.questions.map((inner) => <Answer key={inner.id} model={model} state={state} path={`${here}.${inner.id}`} question={inner} />)}
    </li>
  );
}

export function MoveButtons({ model, path, name, before, after, first, last, disabled }: {
  model: Model; path: string; name: string; before: string | undefined; after: string | undefined; first: boolean; last: boolean; disabled: boolean;
}) {
  if (disabled) return null;
  const move = (to: string | undefined): void => { void model.send(to === undefined ? { do: "move", path } : { do: "move", path, before: to }); };
  return (
    <span class="btns tight">
      <button type="button" class="btn icon plain" disabled={first} aria-label={`Move “${name}” up`} onClick={() => move(before)}>↑</button>
      <button type="button" class="btn icon plain" disabled={last} aria-label={`Move “${name}” down`} onClick={() => move(after)}>↓</button>
      <button type="button" class="btn icon plain" aria-label={`Remove “${name}”`} onClick={() => void model.send({ do: "remove", path })}><i class="ic i-cross" /></button>
    </span>
  );
}

/** What was removed here, to be brought back. */
export function Removed({ model, state, under }: { model: Model; state: State; under: string }) {
  const gone = Object.values(state.removed).filter((p) => p.startsWith(`${under}.`) && !p.slice(under.length + 1).includes("."));
  if (!gone.length || state.readOnly) return null;
  return (
    <details class="removed"><summary>{gone.length} removed</summary>
      {gone.map((p, i) => <button type="button" class="linkish" key={p} onClick={() => void model.send({ do: "restore", path: p })}>Bring back {i + 1}</button>)}
    </details>
  );
}

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:/;
const NAMES = ["title", "label", "name", "display", "question", "what", "who", "text", "caption"];
export function labelOf(item: Record<string, unknown>): string {
  for (const key of NAMES) if (typeof item[key] === "string" && item[key]) return item[key] as string;
  return (Object.entries(item).find(([k, v]) => k !== "id" && typeof v === "string" && v)?.[1] as string | undefined)?.slice(0, 60) ?? "";
}

/** Plain values, one a line. */
function PlainList({ model, state, path, question: q, label, readOnly }: AnswerProps) {
  const id = useId();
  const values = (at(state.answers, path) as unknown[] | undefined) ?? [];
  const known = choicesFor(state, q.to);
  if (q.item === "reference") {
    const one: Question = { ...q, kind: "choice", many: true, choices: known.map((n) => ({ id: n.id, label: n.label, help: "" })) };
    return (
      <div class="field" data-path={path}>
        <span class="lab" id={id}>{label ?? (q.label || q.prompt)}</span>
        <Hint q={q} />
        <Guidance model={model} path={path} q={q} />
        {known.length ? <Choices model={model} state={state} path={path} question={one} id={id} value={values} label={q.prompt} describe={undefined} readOnly={readOnly || state.readOnly !== ""} /> : <p class="hint">Nothing to choose from yet.</p>}
      </div>
    );
  }
  return (
    <Lines model={model} state={state} path={path} question={q} label={label ?? (q.label || q.prompt)} values={values.map(String)} />
  );
}

function Lines({ model, state, path, question: q, label, values }: AnswerProps & { label: string; values: string[] }) {
  const id = useId();
  const draft = useDraft(model, path, values.join("\n"), linesOf);
  return (
    <div class="field" data-path={path}>
      <label for={id}>{label}</label>
      <Hint q={q} also="One a line." />
      <textarea id={id} class="ctl" rows={Math.max(2, values.length + 1)} dir="auto" readOnly={state.readOnly !== ""} value={draft.text}
        onInput={(e) => draft.write(e.currentTarget.value)} />
      <Guidance model={model} path={path} q={q} />
    </div>
  );
}

const linesOf = (text: string): string[] => text.split("\n").map((l) => l.trim()).filter(Boolean);

export function inWords(q: Question, value: unknown, state: State): string {
  if (value === null || value === undefined) return "(empty)";
  if (typeof value === "boolean") return value ? "yes" : "no";
  const one = (v: unknown): string => q.choices.find((c) => c.id === v)?.label ?? (q.to.length ? state.names.find((n) => n.id === v)?.label : undefined) ?? String(v);
  return Array.isArray(value) ? value.map(one).join(", ") : one(value);
}

/** A section of a view: heading, what it is about, and its content. */
export function Section({ title, meta, action, children }: { title: string; meta?: ComponentChildren; action?: ComponentChildren; children: ComponentChildren }) {
  return (
    <section>
      <div class="sec-head"><h2>{title}</h2>{meta && <span class="meta">{meta}</span>}{action}</div>
      {children}
    </section>
  );
}
