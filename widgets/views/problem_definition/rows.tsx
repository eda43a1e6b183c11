// Items of a list shown as rows, each opening to its questions in place; a new one opens with its first field ready.
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { newId } from "../model";
import type { Item, Model, State } from "../model";
import { Answer, Removed } from "../parts/answer";
import { asked, ROOT } from "./view";

export function useOpen(model: Model, word: string) {
  const [open, setOpen] = useState<string | null>(null);
  const add = (fields: Record<string, unknown> = {}): void => {
    const id = newId();
    setOpen(id);
    void model.send({ do: "add", path: `${ROOT}.${word}`, fields: { id, ...fields } });
  };
  return { open, setOpen, add };
}

/** The questions of one item, with a way out that gives the focus back. */
export function Edit({ model, state, word, item, close, name }: { model: Model; state: State; word: string; item: Item; close: () => void; name: string }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    box.current?.querySelector<HTMLElement>("input:not(.sr),textarea,select")?.focus();
    return () => { if (before instanceof HTMLElement && before.isConnected) before.focus(); };
  }, []);
  const questions = asked(state, word)?.questions ?? [];
  return (
    <div class="edit" ref={box} role="group" aria-label={`Edit ${name}`} onKeyDown={(e) => { if (e.key === "Escape") { e.stopPropagation(); close(); } }}>
      {questions.map((q) => <Answer key={q.id} model={model} state={state} path={`${ROOT}.${word}.${item.id}.${q.id}`} question={q} />)}
      <div class="btns">
        <button type="button" class="btn" onClick={close}>Done</button>
        <button type="button" class="btn plain" onClick={() => { close(); void model.send({ do: "remove", path: `${ROOT}.${word}.${item.id}` }); }}>Remove</button>
      </div>
    </div>
  );
}

export function EditButton({ name, open, toggle, children }: { name: string; open: boolean; toggle: () => void; children?: ComponentChildren }) {
  return <button type="button" class="linkish" aria-expanded={open} onClick={toggle}>{children ?? "Edit"}<span class="sr"> {name}</span></button>;
}

export function Gone({ model, state, word }: { model: Model; state: State; word: string }) {
  return <Removed model={model} state={state} under={`${ROOT}.${word}`} />;
}
