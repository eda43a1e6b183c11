// A data file for a measure: dropped in or chosen, its columns proposed, corrected by choosing, tried, and read so from then on.
import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { Item, Model, State } from "../model";
import { asBase64 } from "../parts/answer";
import { newId } from "../model";
import { MissingTable } from "./chart";
import type { Declaration, Proposal, Trial } from "./told";

const PART = 3 * 1024 * 1024;
const MEANINGS: [string, string][] = [["missing", "not known"], ["not_applicable", "nothing to count"], ["suppressed", "hidden by the publisher"]];
const FORMS: [string, string][] = [
  ["", "as it is found"], ["date", "a date"], ["day_first", "day before month: 03/09 is in September"], ["month_first", "month before day: 09/03 is in September"],
  ["iso_week", "a year and its week"], ["month", "a month"], ["quarter", "a quarter"], ["term", "a term"], ["school_year", "a school year"], ["year", "a year"],
];

/** An answer comes when it comes: whoever has gone on and writes in another field by then keeps the keyboard. */
const writesElsewhere = (box: Element | null | undefined): boolean => {
  const now = document.activeElement;
  return now !== null && now.matches("input,textarea,select,[contenteditable]") && !box?.contains(now);
};

export function DataFile({ model, state, measure, files }: { model: Model; state: State; measure: Item; files: string[] }) {
  const [proposal, setProposal] = useState<Proposal | null>(null);
  const [said, setSaid] = useState("");
  const [over, setOver] = useState(false);
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const asked = useRef(false);
  useEffect(() => { if (asked.current && !proposal && !writesElsewhere(box.current)) box.current?.focus(); asked.current = proposal !== null; }, [proposal === null]);
  const readOnly = state.readOnly !== "";
  const data = (measure.data ?? {}) as Declaration;
  const reads = Array.isArray(data.date) && data.date.length > 0 || Array.isArray(data.date_from) && data.date_from.length > 0;

  const look = async (file: string): Promise<void> => {
    setSaid(`Looking at ${file} …`);
    try { setProposal(await model.ask("propose", { file, measure: measure.id }) as Proposal); setSaid(""); } catch (e) { setProposal(null); setSaid((e as Error).message); }
  };
  const take = async (file: File | undefined): Promise<void> => {
    if (!file || readOnly) return;
    if (file.size === 0) return setSaid(`${file.name} is empty. Export it again.`);
    try {
      const upload = newId(), of = Math.ceil(file.size / PART);
      let kept: { name: string } | null = null;
      for (let i = 0; i < of; i++) {
        setSaid(of > 1 ? `Taking in ${file.name}: ${Math.round((100 * i) / of)}%` : `Taking in ${file.name} …`);
        kept = await model.ask("file_part", { upload, index: i, of, name: file.name, content: await asBase64(file.slice(i * PART, (i + 1) * PART)) }) as { name: string } | null;
      }
      if (kept) await look(kept.name);
    } catch (e) { setSaid((e as Error).message); }
  };
  const confirm = async (chosen: Declaration, kind: string, name: string): Promise<void> => {
    try { await model.ask("read_so", { measure: measure.id, data: chosen, number: kind, name }); setProposal(null); setSaid(""); } catch (e) { setSaid((e as Error).message); }
  };

  return (
    <div class="data-file" ref={box} tabIndex={-1}>
      {reads && !proposal && <ReadFrom data={data} change={() => void look(String((data.files as string[] | undefined)?.[0] ?? files[0] ?? ""))} stop={() => void confirm({}, "", "")} readOnly={readOnly} />}
      {!proposal && !readOnly && (
        <>
          <div class={`drop ${over ? "over" : ""}`} onDragOver={(e) => { e.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)}
            onDrop={(e) => { e.preventDefault(); setOver(false); void take(e.dataTransfer?.files[0]); }}>
            <label class="btn" for={id}>{reads ? "Another data file" : "Choose a data file"}</label>
            <input id={id} class="sr" type="file" accept=".csv,.tsv,.tab,.txt,.xlsx,.xlsm,.xls,.ods,.parquet" onChange={(e) => { void take(e.currentTarget.files?.[0]); e.currentTarget.value = ""; }} />
            <span class="hint">or drop one here: CSV, Excel, LibreOffice. It is copied into the folder data/ of the inquiry; nothing there is overwritten.</span>
          </div>
          {files.length > 0 && (
            <p class="hint">Already there: {files.slice(0, 12).map((f) => <button type="button" class="linkish" key={f} onClick={() => void look(f)}>{f}</button>)}</p>
          )}
        </>
      )}
      {said && <p class="finding" role="status"><i class="ic i-diamond con" /><span>{said}</span></p>}
      {proposal && <Confirm model={model} measure={measure} proposal={proposal} confirm={confirm} cancel={() => { setProposal(null); setSaid(""); }} />}
    </div>
  );
}

function ReadFrom({ data, change, stop, readOnly }: { data: Declaration; change: () => void; stop: () => void; readOnly: boolean }) {
  const list = (v: unknown): string => (Array.isArray(v) ? v.join(" and ") : String(v ?? ""));
  const pairs: [string, unknown][] = [["File", data.files], ["Date", data.date], ["Above the line", data.numerator], ["Below the line", data.denominator], ["Value", data.value], ["Site", data.site ?? SITE_FROM[String(data.site_from ?? "")]], ["Group", data.group]];
  return (
    <div class="read-from">
      <dl class="pairs">{pairs.filter(([, v]) => list(v)).map(([k, v]) => <div key={k}><dt>{k}</dt><dd>{list(v)}</dd></div>)}</dl>
      {!readOnly && <div class="btns"><button type="button" class="btn" onClick={change}>Look at the columns again</button><button type="button" class="btn plain" onClick={stop}>Stop reading this file</button></div>}
    </div>
  );
}

const EVERY = "*"; // every column that is not named otherwise
/** What may be chosen though no column of the file is called so. */
const unknown = (name: string): Proposal["columns"][number] => ({ name, role: "", form: "", examples: [], marks: [] });
const SITE_FROM: Record<string, string> = { sheet_name: "each sheet is one", file_name: "each file is one", header: "each column is one" };
interface ConfirmProps { model: Model; measure: Item; proposal: Proposal; confirm: (data: Declaration, kind: string, name: string) => Promise<void>; cancel: () => void }

function Confirm({ model, measure, proposal, confirm, cancel }: ConfirmProps) {
  const [data, setData] = useState<Declaration>(proposal.data);
  const [trial, setTrial] = useState<Trial | null>(null);
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => { setData(proposal.data); if (!writesElsewhere(head.current?.closest(".data-file"))) head.current?.focus(); }, [proposal]);
  useEffect(() => {
    let gone = false;
    const timer = setTimeout(() => {
      model.ask("try", { measure: measure.id, data }).then(
        (t) => { if (!gone) setTrial(t as Trial); },
        (e: Error) => { if (!gone) setTrial({ names: [], rows: [], count: 0, missing: [], notes: [], refusals: [e.message] }); },
      );
    }, 150);
    return () => { gone = true; clearTimeout(timer); };
  }, [data, measure.id]);
  const put = (fields: Declaration): void => setData(clean({ ...data, ...fields }));
  const one = (v: unknown): string => (Array.isArray(v) ? String(v[0] ?? "") : String(v ?? ""));
  const paired = data.denominator !== undefined || (data.numerator !== undefined && data.value === undefined && ["proportion", "ratio"].includes(proposal.kind));
  const numbers = proposal.columns.filter((c) => c.role === "number" || c.role === "code");
  const texts = proposal.columns.filter((c) => c.role !== "empty");
  const known = new Set(proposal.columns.map((c) => c.name));
  const kind = paired ? (proposal.kind === "ratio" ? "ratio" : "proportion") : ["proportion", "ratio"].includes(proposal.kind) ? "mean" : proposal.kind;
  const pick = (label: string, value: string, choose: (name: string) => void, from: Proposal["columns"], none: string) => (
    <Pick label={label} value={value} choose={choose} columns={value && !known.has(value) ? [...from, unknown(value)] : from} none={none} />
  );
  const site = (name: string): void => {
    const plain = { site: undefined, site_within: undefined, site_width: undefined, site_from: undefined };
    if (name === EVERY) put({ ...plain, site_from: "header", numerator: undefined, denominator: undefined, value: EVERY });
    else put({ ...plain, site: name || undefined, ...(data.site_from === "header" ? { value: numbers[0]?.name, numerator: undefined, denominator: undefined } : {}) });
  };
  const refused = (trial?.refusals.length ?? 0) > 0;
  return (
    <div class="confirm">
      <h3 tabIndex={-1} ref={head}>{proposal.file}{proposal.sheet ? `, sheet ${proposal.sheet}` : ""}</h3>
      <p class="hint">{proposal.rows.toLocaleString("en-GB")} rows, headings in line {proposal.header_line}. Proposed from what stands in the file: correct what is wrong.</p>
      <div class="picks">
        {pick("Date", one(data.date), (n) => put({ date: n ? [n] : undefined, date_from: n ? undefined : data.date_from, date_form: proposal.columns.find((c) => c.name === n)?.form.split(" or ")[0] || undefined }), texts, data.date_from ? "not in a column" : "choose a column")}
        <label class="pick"><span>Read the date as</span>
          <select class="ctl" value={String(data.date_form ?? "")} onChange={(e) => put({ date_form: e.currentTarget.value || undefined })}>
            {FORMS.map(([f, words]) => <option value={f} key={f}>{words}</option>)}
          </select>
        </label>
        <fieldset class="pick wide"><legend>What is measured</legend>
          <div class="seg" role="group" aria-label="What is measured">
            <button type="button" aria-pressed={paired} onClick={() => put({ numerator: data.numerator ?? numbers[0]?.name, denominator: data.denominator ?? numbers[1]?.name, value: undefined })}>A part of a whole</button>
            <button type="button" aria-pressed={!paired} onClick={() => put({ value: data.value ?? data.numerator ?? numbers[0]?.name, numerator: undefined, denominator: undefined })}>One number</button>
          </div>
        </fieldset>
        {paired
          ? <>
              {pick("Above the line", one(data.numerator), (n) => put({ numerator: n || undefined }), numbers, "choose a column")}
              {pick("Below the line", one(data.denominator), (n) => put({ denominator: n || undefined }), numbers, "choose a column")}
            </>
          : pick("The number", one(data.value ?? data.numerator), (n) => put({ value: n || undefined, numerator: undefined }), numbers, "choose a column")}
        <Pick label="Site" value={data.site_from === "header" ? EVERY : one(data.site)} choose={site} none={SITE_FROM[one(data.site_from)] ?? "the file is one site’s"}
          columns={numbers.length > 1 ? [...texts, unknown(EVERY)] : texts} every="each column is one" />
        {pick("Group", one(data.group), (n) => put({ group: n ? [n] : undefined }), texts, "no groups")}
      </div>
      <LeftOut proposal={proposal} data={data} put={put} />
      <UnknownMarks data={data} put={put} />
      {proposal.notes.map((n) => <p class="hint" key={n}>{n}</p>)}
      {trial && (
        <div class="trial" aria-live="polite">
          {trial.refusals.map((r) => <p class="finding" key={r} role="alert"><i class="ic i-diamond con" /><span class="refusal">{r}</span></p>)}
          {!refused && trial.notes.map((n) => <p class="hint" key={n}>{n}</p>)}
          {!refused && <MissingTable missing={trial.missing} />}
          {!refused && trial.rows.length > 0 && (
            <div class="sheet" tabIndex={0} role="region" aria-label="The first rows as they are read">
              <table class="tbl"><caption class="hint">The first rows, as they would be read</caption>
                <thead><tr>{trial.names.map((n) => <th scope="col" key={n}>{n}</th>)}</tr></thead>
                <tbody>{trial.rows.map((r, i) => <tr key={i}>{r.map((c, k) => <td key={k}>{c}</td>)}</tr>)}</tbody>
              </table>
            </div>
          )}
        </div>
      )}
      <div class="btns">
        <button type="button" class="btn primary" disabled={!trial || refused || trial.count === 0} onClick={() => void confirm(data, kind, proposal.name)}>Read the file so</button>
        <button type="button" class="btn plain" onClick={cancel}>Not now</button>
      </div>
    </div>
  );
}

interface PickProps { label: string; value: string; choose: (name: string) => void; columns: Proposal["columns"]; none: string; every?: string }
function Pick({ label, value, choose, columns, none, every = "every such column" }: PickProps) {
  const id = useId();
  const chosen = columns.find((c) => c.name === value);
  return (
    <div class="pick">
      <label for={id}>{label}</label>
      <select id={id} class="ctl" value={value} onChange={(e) => choose(e.currentTarget.value)}>
        <option value="">{none}</option>
        {columns.map((c) => <option value={c.name} key={c.name}>{c.name === EVERY ? every : c.name}</option>)}
      </select>
      {chosen && chosen.examples.length > 0 && <p class="hint">{chosen.examples.join(" · ")}</p>}
    </div>
  );
}

interface Rule { column: string; none_of?: string[]; one_of?: string[] }
function LeftOut({ proposal, data, put }: { proposal: Proposal; data: Declaration; put: (d: Declaration) => void }) {
  const rules = (proposal.data.rows ?? []) as Rule[];
  const now = (data.rows ?? []) as Rule[];
  return (
    <>{rules.map((r) => {
      const on = now.some((x) => x.column === r.column);
      return (
        <label class="choice" key={r.column}>
          <input type="checkbox" checked={on} onChange={() => put({ rows: on ? now.filter((x) => x.column !== r.column) : [...now, r] })} />
          <span>Leave out the rows with {(r.none_of ?? []).map((w) => `“${w}”`).join(", ")} in {r.column}</span>
        </label>
      );
    })}</>
  );
}

interface Mark { mark: string; means: string }
function UnknownMarks({ data, put }: { data: Declaration; put: (d: Declaration) => void }) {
  const marks = (data.marks ?? []) as Mark[];
  if (!marks.length) return null;
  return (
    <fieldset class="pick wide"><legend>What do these marks mean? None of them is taken as zero.</legend>
      <div class="picks">
        {marks.map((m, i) => (
          <label class="pick" key={m.mark}><span>“{m.mark}”</span>
            <select class="ctl" value={m.means} onChange={(e) => { const means = e.currentTarget.value; put({ marks: marks.map((x, k) => (k === i ? { ...x, means } : x)) }); }}>
              {MEANINGS.map(([v, words]) => <option value={v} key={v}>{words}</option>)}
            </select>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

const clean = (d: Declaration): Declaration => Object.fromEntries(Object.entries(d).filter(([, v]) => v !== undefined && !(Array.isArray(v) && v.length === 0)));
