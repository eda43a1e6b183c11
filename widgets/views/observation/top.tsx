// The head of the live lesson: clock, title, who observes, whether everything is sent.
import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { newId, timeNow } from "../model";
import { initials, savingWords } from "../parts/words";
import { Clock } from "./clock";
import type { Person, Sitting } from "./sitting";

const BESIDE = 6; // observers beside the title; more stand in the menu
interface Props { sitting: Sitting; hidden: ReadonlySet<string>; toggle: (observer: string) => void; wide: () => void }

export function Top({ sitting, hidden, toggle, wide }: Props) {
  const { lesson, state, observers } = sitting;
  const named = [lesson.subject, lesson.grade].filter(Boolean).join(", ");
  return (
    <header class="top">
      {lesson.started ? <Clock model={sitting.model} lesson={lesson} /> : <Start sitting={sitting} />}
      <div class="nm">
        <h1 title={lesson.title}><bdi>{lesson.title || "Research lesson"}</bdi>{named && <> · <bdi>{named}</bdi></>}</h1>
        <p class="meta">{[lesson.taught_on, state.title, "codes, never names"].filter(Boolean).join(" · ")}</p>
      </div>
      <div class="obs" role="group" aria-label="Observers shown">
        {observers.slice(0, BESIDE).map((o) => <Chip key={o.id} person={o} me={state.me} shown={!hidden.has(o.id)} toggle={toggle} />)}
        <More sitting={sitting} wide={wide}>
          {observers.length > BESIDE && <div class="obs" role="group" aria-label="More observers shown">{observers.slice(BESIDE).map((o) => <Chip key={o.id} person={o} me={state.me} shown={!hidden.has(o.id)} toggle={toggle} />)}</div>}
        </More>
      </div>
      <Net sitting={sitting} />
    </header>
  );
}

function Chip({ person: o, me, shown, toggle }: { person: Person; me: string; shown: boolean; toggle: (observer: string) => void }) {
  return (
    <button type="button" class="chip" aria-pressed={shown} onClick={() => toggle(o.id)}>
      <span class={`face sm ${o.name === "You" ? "me" : ""}`} aria-hidden="true">{initials(o.name === "You" ? me : o.name)}</span><span class="w">{o.name}</span>
    </button>
  );
}

function Start({ sitting }: { sitting: Sitting }) {
  const { model, path, lesson, state } = sitting;
  const start = (): void => {
    const now = new Date(timeNow(model));
    void model.send({ do: "set", path: `${path}.started`, value: now.toISOString(), base: "" });
    if (!lesson.taught_on) void model.send({ do: "set", path: `${path}.taught_on`, value: day(now), base: "" });
  };
  return <button type="button" class="btn primary start" disabled={state.readOnly !== ""} onClick={start}><i class="ic i-clock" />Start the lesson</button>;
}

const day = (d: Date): string => `${d.getFullYear()}-${String(d.getMonth() + 1).padStart(2, "0")}-${String(d.getDate()).padStart(2, "0")}`;

function More({ sitting, wide, children }: { sitting: Sitting; wide: () => void; children: ComponentChildren }) {
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const close = (): void => { setOpen(false); opener.current?.focus(); };
  const act = (what: () => void): void => { close(); what(); };
  const { model, path, lesson, state, me } = sitting;
  const set = (field: string, value: unknown, base: unknown): void => { void model.send({ do: "set", path: `${path}.${field}`, value, base }); };
  const people = (state.answers["people"] as { id: string; display?: string }[] | undefined) ?? [];
  const choose = (id: string): void => {
    let who = id;
    if (id === "new") {
      who = newId();
      void model.send({ do: "add", path: "people", fields: { id: who, display: state.me, team_role: "participant" } });
    }
    model.remember(`observer:${lesson.id}`, who);
    close();
  };
  return (
    <div class="more" onKeyDown={(e) => { if (open && e.key === "Escape") { e.stopPropagation(); close(); } }}
      onFocusOut={(e) => { if (e.relatedTarget && !e.currentTarget.contains(e.relatedTarget as Node)) setOpen(false); }}>
      <button type="button" ref={opener} class="chip" aria-expanded={open} aria-label="The lesson, this screen and you" onClick={() => setOpen(!open)}>…</button>
      {open && (
        <div class="menu">
          {children}
          <label>You observe as
            <select class="ctl" value={me.id} onChange={(e) => choose(e.currentTarget.value)}>
              {!me.id && <option value="">{state.me} (will be added to the people of this inquiry)</option>}
              {people.map((p) => <option key={p.id} value={p.id}>{p.display || "Without a name"}</option>)}
              <option value="new">Add “{state.me}” to the people</option>
            </select>
          </label>
          <button type="button" class="btn" onClick={() => act(wide)}>Fill the screen, or leave it</button>
          {lesson.started && !lesson.ended && <button type="button" class="btn" onClick={() => act(() => set("ended", new Date(timeNow(model)).toISOString(), ""))}>End the lesson: the clock stops</button>}
          {lesson.ended && <button type="button" class="btn" onClick={() => act(() => set("ended", null, lesson.ended))}>Go on: the clock runs again</button>}
          {lesson.started && <button type="button" class="btn" onClick={() => act(() => set("started", null, lesson.started))}>It was started by mistake: set the clock back</button>}
        </div>
      )}
    </div>
  );
}

function Net({ sitting }: { sitting: Sitting }) {
  const { model, state, unsent, notes } = sitting;
  const saving = model.saving();
  const count = `${notes.length} ${notes.length === 1 ? "note" : "notes"}`;
  const kept = `${unsent.size} ${unsent.size === 1 ? "note" : "notes"} kept here, will send`;
  const trouble = saving.state === "unsent" || saving.state === "failed" || state.readOnly !== "";
  const offline = typeof navigator !== "undefined" && navigator.onLine === false;
  return (
    <div class={`net state ${trouble ? "trouble" : ""}`}>
      <i class={`ic ${trouble ? "i-off" : saving.state === "saved" ? "i-check" : "i-ring"}`} />
      <span role="status" title={trouble ? state.readOnly || savingWords(saving) : undefined}>
        {state.readOnly ? <><b>Nothing can be noted</b>{state.readOnly}</>
          : trouble ? <><b>{offline ? "No network" : saving.state === "failed" ? "Not saved" : "Not saved: no answer"}</b>{unsent.size ? kept : saving.why}</>
          : saving.state === "saving" ? <><b>Saving…</b>{count}</> : <><b>All saved</b>{count}</>}
      </span>
    </div>
  );
}
