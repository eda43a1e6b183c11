// One line of an outline: its words, and the keys that let it grow.
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Model } from "../model";
import { useDraft } from "../parts/use_draft";

/** What keys do here; `child` and `out` say whether there was anything to do, so that Tab in an empty line never holds anybody. */
export interface Keys { sibling(): unknown; child(): boolean; out(): boolean; gone(): unknown; up(by: number): unknown }

interface Props {
  model: Model; path: string; value: string; label: string; placeholder: string; readOnly: boolean; focus: boolean; focused: () => void; keys: Keys;
}

export function Line({ model, path, value, label, placeholder, readOnly, focus, focused, keys }: Props) {
  const draft = useDraft(model, path, value, (t) => t);
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => { if (focus) { field.current?.focus(); focused(); } }, [focus]);
  const key = (e: KeyboardEvent): void => {
    if (e.isComposing || readOnly) return;
    const empty = draft.text === "";
    const does = e.key === "Enter" ? (e.ctrlKey || e.metaKey ? keys.child : keys.sibling)
      : e.key === "Tab" && empty ? (e.shiftKey ? keys.out : keys.child)
      : (e.key === "Backspace" || e.key === "Escape") && empty ? keys.gone
      : e.altKey && e.key === "ArrowRight" ? keys.child
      : e.key === "ArrowUp" && !e.altKey ? () => keys.up(-1)
      : e.key === "ArrowDown" && !e.altKey ? () => keys.up(1) : null;
    if (!does || does() === false) return;
    e.preventDefault();
    e.stopPropagation();
  };
  return (
    <textarea ref={field} class="ctl line" rows={1} dir="auto" aria-label={label} placeholder={placeholder} readOnly={readOnly} value={draft.text} data-path={path}
      onFocus={() => model.lookAt(path)} onBlur={() => model.lookAt("")} onInput={(e) => draft.write(e.currentTarget.value.replaceAll("\n", " "))} onKeyDown={key} />
  );
}

/** Put the focus on the line above or below in the same outline. */
export function step(root: HTMLElement | null, path: string, by: number): void {
  const lines = [...(root?.querySelectorAll<HTMLElement>(".line") ?? [])];
  lines[lines.findIndex((l) => l.dataset["path"] === path) + by]?.focus();
}
