// Writing a note: its seat, its kind, ready-made words, strategies, or what was heard word for word.
import type { Ref } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { asBase64 } from "../parts/answer";
import { timeNow } from "../model";
import { KINDS, readLine } from "../parts/lesson/notes";
import type { Kind } from "../parts/lesson/notes";
import { TEACHER } from "../parts/lesson/seats";
import { NoteTime } from "./clock";
import { smaller } from "./photo";
import type { Sitting } from "./sitting";

export interface Pen { seat: string; kind: Kind; flag: boolean; question: string; begun: number | null }
export interface Written { seat: string; to: string; kind: Kind; flag: boolean; text: string; strategy?: string }
interface Props {
  sitting: Sitting; pen: Pen; set: (change: Partial<Pen>) => void; write: (note: Written) => string; field: Ref<HTMLInputElement>; said: string;
}
const READY = ["begins to write", "asks a neighbour", "raises a hand", "waits"];

export function Composer({ sitting, pen, set, write, field, said }: Props) {
  const { lesson } = sitting;
  const disabled = sitting.state.readOnly !== "";
  const ready = lesson.ready_notes?.length ? lesson.ready_notes : READY;
  const tap = (text: string, strategy?: string): void => { write({ seat: pen.seat, to: "", kind: strategy ? "writes" : "does", flag: pen.flag, text, ...(strategy ? { strategy } : {}) }); };
  return (
    <div class="comp">
      <h2><span>{pen.seat ? `Note at ${pen.seat === TEACHER ? "the teacher" : pen.seat}` : "Note on the class"}</span><span class="meta"><NoteTime model={sitting.model} lesson={lesson} begun={pen.begun} /></span></h2>
      <div class="kinds">
        <Kinds kind={pen.kind} set={(kind) => set({ kind })} />
        <button type="button" class="k" aria-pressed={pen.flag} aria-label="Flag this note for the discussion (key !)" onClick={() => set({ flag: !pen.flag })}><i class="ic i-flag" /></button>
      </div>
      <div class="codes" role="group" aria-label="Ready-made notes: one tap stores">
        {ready.map((w) => <button type="button" key={w} disabled={disabled} onClick={() => tap(w)}>{w}</button>)}
        {(lesson.strategies ?? []).filter((s) => s.code).map((s) => (
          <button type="button" class="strategy" key={s.id} disabled={disabled} onClick={() => tap(s.strategy || `strategy ${s.code}`, s.code)}><b><bdi>{s.code}</bdi></b> <bdi>{s.strategy}</bdi></button>
        ))}
      </div>
      <Say sitting={sitting} pen={pen} set={set} write={write} field={field} disabled={disabled} />
      <p class="syn">Just type: <kbd>b3 s next line?</kbd> or <kbd>b3&gt;b4</kbd>, Enter</p>
      <p class="sr" role="status">{said}</p>
    </div>
  );
}

function Kinds({ kind, set }: { kind: Kind; set: (kind: Kind) => void }) {
  const row = useRef<HTMLDivElement>(null);
  const move = (e: KeyboardEvent, i: number): void => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[e.key];
    const next = step && KINDS[(i + step + KINDS.length) % KINDS.length];
    if (!next) return;
    e.preventDefault();
    e.stopPropagation();
    set(next.id);
    row.current?.querySelector<HTMLElement>(`[data-k=${next.id}]`)?.focus();
  };
  return (
    <div role="radiogroup" aria-label="Kind" class="three" ref={row}>
      {KINDS.map((k, i) => (
        <button type="button" class="k" role="radio" aria-checked={kind === k.id} tabIndex={kind === k.id ? 0 : -1} data-k={k.id} key={k.id} onClick={() => set(k.id)} onKeyDown={(e) => move(e, i)}>
          <i class={`ic i-${k.icon}`} />{k.word}
        </button>
      ))}
    </div>
  );
}

/** Leave the line for the room, where a seat's letter begins the next note. */
function toSeat(line: HTMLElement, seat: string): void {
  const seats = [...(line.closest(".ls")?.querySelectorAll<HTMLElement>(".floor [data-s]") ?? [])];
  const to = seats.find((s) => s.dataset["s"] === seat) ?? seats.find((s) => s.dataset["s"] !== TEACHER);
  if (to) to.focus();
  else line.blur();
}

/** The typed line has a state of its own, so that a keystroke draws nothing else. */
function Say({ sitting, pen, set, write, field, disabled }: Omit<Props, "said"> & { disabled: boolean }) {
  const [text, setText] = useState("");
  const [photo, setPhoto] = useState("");
  useEffect(() => { setPhoto(""); }, [pen.seat]);
  const store = (): void => {
    if (!text.trim()) return;
    const line = readLine(text, sitting.codes);
    write({ seat: line.seat || pen.seat, to: line.to, kind: line.kind ?? pen.kind, flag: line.flag || pen.flag, text: line.text });
    setText("");
  };
  const keys = (e: KeyboardEvent): void => {
    if (e.key === "Enter" && !e.isComposing) store();
    else if (e.key === "Escape") { setText(""); set({ begun: null }); toSeat(e.currentTarget as HTMLElement, pen.seat); }
    else return;
    e.preventDefault();
    e.stopPropagation();
  };
  const take = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    setPhoto("Keeping the photo…");
    try {
      const small = await smaller(file);
      const id = write({ seat: pen.seat, to: "", kind: "writes", flag: pen.flag, text: text.trim() || "photo of the work" });
      setText("");
      void sitting.model.send({ do: "attach", path: `observations.${id}.media`, name: "work.jpg", content: await asBase64(small) })
        .then((o) => setPhoto(o.ok ? "The photo is stored." : o.message));
    } catch {
      setPhoto("This picture cannot be read. Take another one.");
    }
  };
  return (
    <>
      <div class="say">
        <label class="sr" for="iq-note">What you saw or heard, word for word</label>
        <input id="iq-note" ref={field} class="ctl" autocomplete="off" autocapitalize="off" spellcheck={false} dir="auto" placeholder="word for word, no names" value={text} disabled={disabled}
          onInput={(e) => { if (!text && pen.begun === null) set({ begun: timeNow(sitting.model) }); setText(e.currentTarget.value); }} onKeyDown={keys} />
        <label class="k photo"><i class="ic i-photo" /><span class="sr">Photo of the work, without names or faces</span>
          <input class="sr" type="file" accept="image/*" disabled={disabled} onChange={(e) => { void take(e.currentTarget.files?.[0]); e.currentTarget.value = ""; }} /></label>
        <button type="button" class="btn primary" disabled={disabled} onClick={store}>Note</button>
      </div>
      {photo && <p class="syn" role="status">{photo}</p>}
    </>
  );
}
