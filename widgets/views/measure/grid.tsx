// Numbers typed in by hand: one row a date. Every cell is kept as it is typed; several people may type at once.
import { useEffect, useRef, useState } from "preact/hooks";
import { itemsAt, newId } from "../model";
import type { Item, Model, State } from "../model";
import { FindingLine, Removed } from "../parts/answer";
import { ConflictBox } from "../parts/conflict";
import { useDraft } from "../parts/use_draft";
import { nextDate, readBlock, readDate, readNumber } from "./cells";

const MOST = 60; // rows that are shown at first, the latest

export interface Column { id: string; name: string; kind: "date" | "number" | "text" }

const reader = (c: Column): ((text: string) => unknown) => (c.kind === "date" ? readDate : c.kind === "number" ? readNumber : (t) => t);
const asText = (v: unknown): string => (v === undefined || v === null ? "" : String(v));

/** The columns that a measure's rows have. */
export function columnsOf(measure: Item, rows: Item[], more: string[]): Column[] {
  const rate = measure.kind === "proportion" || measure.kind === "ratio" || (!measure.kind && rows.some((r) => r.denominator !== undefined));
  const has = (id: string): boolean => more.includes(id) || rows.some((r) => asText(r[id]) !== "");
  const value = [measure.kind === "count" ? "Count" : "Value", measure.unit].filter(Boolean).join(", ");
  return [
    { id: "date", name: measure.frequency === "week" ? "Week of" : "Date", kind: "date" },
    ...(has("site") ? [{ id: "site", name: "Site", kind: "text" } as Column] : []),
    ...(has("group") ? [{ id: "group", name: "Group", kind: "text" } as Column] : []),
    ...(rate
      ? [{ id: "numerator", name: asText(measure.numerator) || "Above the line", kind: "number" }, { id: "denominator", name: asText(measure.denominator) || "Below the line", kind: "number" }] as Column[]
      : [{ id: rows.some((r) => r.numerator !== undefined) && !rows.some((r) => r.value !== undefined) ? "numerator" : "value", name: value, kind: "number" } as Column]),
    { id: "note", name: "Note", kind: "text" },
  ];
}

export function Grid({ model, state, measure }: { model: Model; state: State; measure: Item }) {
  const rows = itemsAt(state.answers, "measure_data").filter((r) => r.measure === measure.id);
  const [more, setMore] = useState<string[]>([]);
  const [fresh, setFresh] = useState(newId);
  const [begun, setBegun] = useState<{ id: string; date: string }[]>([]); // rows that the kernel has not told of yet
  const [said, setSaid] = useState<string[]>([]);
  const box = useRef<HTMLDivElement>(null);
  const order = useOrder(rows, box);
  const columns = columnsOf(measure, rows, more);
  const known = new Map(rows.map((r) => [r.id, r]));
  const readOnly = state.readOnly !== "";
  const [every, setEvery] = useState(false);
  const waiting = begun.filter((b) => !known.has(b.id) && !(b.id in state.removed));
  const whole = [...order.filter((id) => known.has(id)), ...(readOnly ? [] : [...waiting.map((b) => b.id), fresh])];
  const earlier = every ? 0 : Math.max(0, whole.length - MOST);
  const shown = whole.slice(earlier);
  const last = [...rows.map((r) => asText(r.date)), ...waiting.map((b) => b.date)].sort().at(-1);
  const next = nextDate(last, measure.frequency);
  const keys = useKeys(box, shown.length, columns.length);

  useEffect(() => { const b = box.current; if (b) b.scrollTop = b.scrollHeight; }, [measure.id]);

  const begin = (id: string, fields: Record<string, unknown>): void => {
    if (id === fresh) {
      setBegun([...waiting, { id, date: asText(fields.date) }]);
      setFresh(newId());
    }
    const version = measure.definition_version === undefined ? {} : { definition_version: measure.definition_version };
    void model.send({ do: "add", path: "measure_data", fields: { id, measure: measure.id, ...version, ...fields } });
  };
  // The date of a row that has been begun, as far as it is typed: the next one follows it, however late the kernel tells.
  const dated = (id: string, text: string): void => {
    const date = readDate(text);
    if (typeof date === "string") setBegun((all) => all.map((b) => (b.id === id ? { id, date } : b)));
  };
  // A row may go before the kernel has told of it: what removes it waits behind what added it.
  const remove = (id: string): void => { setBegun(waiting.filter((b) => b.id !== id)); void model.send({ do: "remove", path: `measure_data.${id}` }); };
  const paste = (e: ClipboardEvent): void => {
    const text = e.clipboardData?.getData("text/plain") ?? "";
    const at = (e.target as HTMLElement).closest<HTMLElement>("[data-cell]")?.dataset.cell?.split(":").map(Number);
    if (!at || readOnly || !/[\t\n]/.test(text.trimEnd())) return;
    e.preventDefault();
    setSaid(pasted(readBlock(text), at[0]!, at[1]!));
  };
  const pasted = (found: string[][], row: number, column: number): string[] => {
    const here = columns.slice(column);
    const wide = Math.max(...found.map((r) => r.length));
    if (wide > here.length) return [`${wide} columns were copied, but only ${here.length} ${here.length === 1 ? "is" : "are"} left from this cell on (${here.map((c) => c.name).join(", ")}). Nothing was pasted.`];
    const heads = found.length > 1 && isHeading(found[0]!, here) ? found.slice(1) : found;
    const problems: string[] = [];
    let suggested = next, done = 0;
    heads.forEach((cells, i) => {
      const id = shown[row + i];
      const fields: Record<string, unknown> = {};
      cells.forEach((cell, k) => {
        const value = reader(here[k]!)(cell);
        if (value instanceof Error) problems.push(`Line ${i + 1 + found.length - heads.length}: ${value.message} Left empty.`);
        else if (value !== "") fields[here[k]!.id] = value;
      });
      if (!Object.keys(fields).length) return;
      done += 1;
      const standing = id === undefined ? undefined : known.get(id);
      if (standing) {
        for (const [k, value] of Object.entries(fields)) {
          if (standing[k] !== value) void model.send({ do: "set", path: `measure_data.${standing.id}.${k}`, value, base: standing[k] ?? "" });
        }
      } else {
        if (fields.date === undefined && column > 0 && suggested) fields.date = suggested;
        if (typeof fields.date === "string") suggested = nextDate(fields.date, measure.frequency);
        begin(newId(), fields);
      }
    });
    return [`${done} ${done === 1 ? "row" : "rows"} pasted${heads.length < found.length ? "; the first line was taken as headings" : ""}.`, ...problems.slice(0, 5), ...(problems.length > 5 ? [`${problems.length - 5} more cells could not be read.`] : [])];
  };

  return (
    <div class="typing">
      <p class="hint" id={`keys-${measure.id}`}>Enter goes down, Tab across, arrows between cells; Ctrl+Delete removes a row; a copied block of a spreadsheet can be pasted. Without a date, the next one is taken.</p>
      {earlier > 0 && <p><button type="button" class="linkish" onClick={() => setEvery(true)}>Show {earlier} earlier rows</button></p>}
      <div class="sheet" ref={box} role="region" aria-label="Numbers typed in" tabIndex={0} onKeyDown={keys.down} onFocusIn={keys.focus} onPaste={paste}>
        <table class="grid" aria-describedby={`keys-${measure.id}`}>
          <thead><tr>{columns.map((c) => <th scope="col" key={c.id} class={c.kind === "number" ? "num" : ""}>{c.name}</th>)}<th><span class="sr">Remove</span></th></tr></thead>
          <tbody>
            {shown.map((id, r) => (
              <Row key={id} model={model} state={state} columns={columns} row={known.get(id)} id={id} index={r} number={earlier + r + 1} next={next} begin={begin} dated={dated} readOnly={readOnly}
                remove={id === fresh || readOnly ? null : () => { keys.go(Math.max(0, r - 1), 0); remove(id); }} />
            ))}
          </tbody>
        </table>
      </div>
      {said.length > 0 && <div role="status" class="said">{said.map((s) => <p key={s} class="hint">{s}</p>)}</div>}
      {!readOnly && (
        <div class="btns">
          {!columns.some((c) => c.id === "group") && <button type="button" class="btn plain" onClick={() => setMore([...more, "group"])}><i class="ic i-plus" />Groups</button>}
          {!columns.some((c) => c.id === "site") && <button type="button" class="btn plain" onClick={() => setMore([...more, "site"])}><i class="ic i-plus" />Sites or classes</button>}
        </div>
      )}
      <Removed model={model} state={state} under="measure_data" />
    </div>
  );
}

function isHeading(cells: string[], columns: Column[]): boolean {
  const judged = columns.slice(0, cells.length).map((c, i) => [c, cells[i]!] as const).filter(([c, t]) => c.kind !== "text" && t !== "");
  return judged.length > 0 && judged.every(([c, t]) => reader(c)(t) instanceof Error);
}

/** By date; while somebody types, rows stay where they are. */
function useOrder(rows: Item[], box: { current: HTMLDivElement | null }): string[] {
  const kept = useRef<string[]>([]);
  const sorted = [...rows].sort((a, b) => (asText(a.date) || "9").localeCompare(asText(b.date) || "9") || a.id.localeCompare(b.id)).map((r) => r.id);
  if (box.current?.contains(document.activeElement)) {
    const before = new Set(kept.current);
    kept.current = [...kept.current, ...sorted.filter((id) => !before.has(id))];
  } else kept.current = sorted;
  return kept.current;
}

interface Keys { down(e: KeyboardEvent): void; focus(e: FocusEvent): void; go(r: number, c: number): void }

/** Arrows and Enter between cells, as in a spreadsheet: Enter comes back to the column where the row was begun. */
function useKeys(box: { current: HTMLDivElement | null }, rows: number, columns: number): Keys {
  const run = useRef({ column: 0, tab: false });
  const go = (r: number, c: number): void => {
    const field = box.current?.querySelector<HTMLInputElement>(`[data-cell="${r}:${c}"]`);
    field?.focus();
    field?.select();
  };
  const focus = (e: FocusEvent): void => {
    const at = (e.target as HTMLElement).dataset.cell?.split(":").map(Number);
    if (at && !run.current.tab) run.current.column = at[1]!;
    run.current.tab = false;
  };
  const down = (e: KeyboardEvent): void => {
    const field = e.target as HTMLInputElement;
    const at = field.dataset.cell?.split(":").map(Number);
    run.current.tab = e.key === "Tab";
    if (!at || e.ctrlKey || e.metaKey || e.altKey || e.isComposing) return;
    const [r, c] = [at[0]!, at[1]!];
    const atStart = field.selectionStart === 0 && (field.selectionEnd === 0 || field.selectionEnd === field.value.length);
    const atEnd = field.selectionEnd === field.value.length;
    const to: [number, number] | null =
      e.key === "Enter" ? [r + (e.shiftKey ? -1 : 1), e.shiftKey ? c : run.current.column]
      : e.key === "ArrowDown" ? [r + 1, c] : e.key === "ArrowUp" ? [r - 1, c]
      : e.key === "ArrowLeft" && atStart && !e.shiftKey ? [r, c - 1] : e.key === "ArrowRight" && atEnd && !e.shiftKey ? [r, c + 1] : null;
    if (!to) return;
    e.preventDefault();
    const column = run.current.column;
    if (to[0] >= 0 && to[0] < rows && to[1] >= 0 && to[1] < columns) go(to[0], to[1]);
    if (e.key === "Enter") run.current.column = column;
  };
  return { down, focus, go };
}

interface RowProps {
  model: Model; state: State; columns: Column[]; row: Item | undefined; id: string; index: number; number: number; next: string; readOnly: boolean;
  begin: (id: string, fields: Record<string, unknown>) => void; dated: (id: string, text: string) => void; remove: (() => void) | null;
}

function Row({ model, state, columns, row, id, index, number, next, begin, dated, readOnly, remove }: RowProps) {
  const findings = state.findings.filter((f) => f.where === `measure_data.${id}`);
  const conflicts = state.conflicts.filter((c) => c.path.startsWith(`measure_data.${id}.`) && c.kind === "two_answers");
  const name = asText(row?.date) || (row ? "without a date" : "new");
  return (
    <>
      <tr class={row ? "" : "fresh"} data-row={id} onKeyDown={(e) => { if (e.key === "Delete" && (e.ctrlKey || e.metaKey) && remove) { e.preventDefault(); remove(); } }}>
        {columns.map((c, i) => (
          <Cell key={c.id} model={model} column={c} id={id} row={row} name={`${c.name}, row ${number}, ${name}`} cell={`${index}:${i}`} next={next} readOnly={readOnly} begin={begin} dated={dated} />
        ))}
        <td class="end">{row && remove && <button type="button" class="btn icon plain" tabIndex={-1} aria-label={`Remove the row ${name}`} onClick={remove}><i class="ic i-cross" /></button>}</td>
      </tr>
      {(findings.length > 0 || conflicts.length > 0) && (
        <tr class="told"><td colSpan={columns.length + 1}>
          {findings.map((f) => <FindingLine key={f.message} message={f.message} cure={f.cure} />)}
          {conflicts.map((c) => <ConflictBox key={c.path} model={model} conflict={c} me={state.me} inWords={asText} />)}
        </td></tr>
      )}
    </>
  );
}

function Cell({ model, column: c, id, row, name, cell, next, readOnly, begin, dated }: {
  model: Model; column: Column; id: string; row: Item | undefined; name: string; cell: string; next: string; readOnly: boolean;
  begin: (id: string, fields: Record<string, unknown>) => void; dated: (id: string, text: string) => void;
}) {
  const path = `measure_data.${id}.${c.id}`;
  const draft = useDraft(model, path, asText(row?.[c.id]), reader(c));
  const [left, setLeft] = useState(true);
  const begun = useRef(row !== undefined);
  if (row) begun.current = true;
  const write = (text: string): void => {
    if (!begun.current && text.trim()) {
      begun.current = true;
      begin(id, c.id === "date" || !next ? {} : { date: next });
    }
    if (c.id === "date") dated(id, text);
    draft.write(text);
  };
  const wrong = draft.refused !== "" && left;
  return (
    <td class={c.kind === "number" ? "num" : ""}>
      <input class="ctl cell" value={draft.text} readOnly={readOnly} aria-label={name} aria-invalid={wrong} data-cell={cell} dir="auto" autocomplete="off" spellcheck={false}
        inputMode={c.kind === "number" ? "decimal" : undefined} placeholder={c.kind === "date" && !row && !begun.current ? next || "2026-01-26" : undefined}
        onInput={(e) => write(e.currentTarget.value)} onFocus={() => { setLeft(false); model.lookAt(path); }} onBlur={() => { setLeft(true); model.lookAt(""); }} />
      {wrong && <p class="finding" role="alert"><i class="ic i-diamond con" /><span>{draft.refused}</span></p>}
    </td>
  );
}
