// The head of every view: what it is, who is here, and the one quiet line of state.
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Model, State } from "../model";
import { History } from "./history";
import { dayWords, initials, peopleWords, placeWords, savingWords } from "./words";

interface Props {
  model: Model; state: State; name: string; eyebrow: string; title: string; roots: string[]; wide?: boolean; extra?: ComponentChildren; children: ComponentChildren;
}

export function Frame({ model, state, name, eyebrow, title, roots, wide, extra, children }: Props) {
  const [open, setOpen] = useState(false);
  const since = useLastLook(model, name);
  const changes = state.changes.filter((c) => (!since || c.at > since) && c.paths.some((p) => roots.includes(p.split(".")[0] ?? "")));
  const editing = state.present.filter((p) => p.looking_at && roots.includes(p.looking_at.split(".")[0] ?? ""));
  const others = state.present.filter((p) => p.author !== state.me); // one may have several notebooks open oneself
  const saving = model.saving();
  return (
    <section class={`iq ${wide ? "wide" : ""}`} aria-label={title} lang="en">
      <div class="in">
        <header class="head">
          <div>
            <p class="eyebrow">{eyebrow}</p>
            <h1>{title}</h1>
          </div>
          {others.length > 0 && (
            <div class="people">
              <span class="faces" aria-hidden="true">
                <span class="face me">{initials(state.me)}</span>
                {[...new Set(others.map((p) => p.author))].slice(0, 4).map((a) => <span class="face" key={a}>{initials(a)}</span>)}
              </span>
              <span>{peopleWords(others)}</span>
            </div>
          )}
        </header>
        <div class="state">
          <span class={saving.state === "unsent" || saving.state === "failed" ? "now" : ""} role="status">
            <i class={`ic ${saving.state === "saved" ? "i-check" : saving.state === "saving" ? "i-ring" : "i-off"}`} />
            {state.readOnly ? `Nothing can be saved: ${state.readOnly}` : savingWords(saving)}
          </span>
          {editing.map((p) => (
            <span key={p.author + p.looking_at}>
              <i class="ic i-pen" />
              {p.author === state.me ? "You are in another notebook at" : <><bdi>{p.author}</bdi> is editing</>} {placeWords(state, p.looking_at)}
            </span>
          ))}
          {changes.length > 0 && since && (
            <button type="button" class="linkish" onClick={() => setOpen(true)}>
              {changes.length === 1 ? "1 change" : `${changes.length} changes`} since you looked ({dayWords(since)})
            </button>
          )}
          {extra}
          <button type="button" class="linkish push" aria-expanded={open} onClick={() => setOpen(!open)}><i class="ic i-hist" />History</button>
        </div>
        {open && <History model={model} state={state} roots={roots} close={() => setOpen(false)} />}
        {children}
      </div>
    </section>
  );
}

/** When this person looked last in this browser; a look that lasts counts as one. */
function useLastLook(model: Model, name: string): string | null {
  const [since] = useState(() => model.recall(`looked:${name}`));
  useEffect(() => {
    const note = (): void => model.remember(`looked:${name}`, new Date().toISOString());
    const timer = setInterval(note, 10_000);
    note();
    return () => { clearInterval(timer); };
  }, [model, name]);
  return since;
}
