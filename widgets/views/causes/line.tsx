// One line of an outline: a text that is saved while one writes, and keys that let the outline grow.
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Model } from "../model";
import { useDraft } from "../parts/use_draft";

export interface LineKeys { enter?: () => void; empty?: () => void; deeper?: () => void; shallower?: () => void; up?: () => void; down?: () => void }

export function Line({ model, path, value, label, placeholder, readOnly, focus, keys }: {
  model: Model; path: string; value: string; label: string; placeholder?: string; readOnly: boolean; focus?: boolean; keys: LineKeys;
}) {
  const draft = useDraft(model, path, value, (t) => t);
  const box = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => { if (focus) box.current?.focus(); }, [focus]);
  const press = (e: KeyboardEvent): void => {
    const act = e.key === "Enter" && !e.shiftKey ? keys.enter
      : e.key === "Backspace" && draft.text === "" ? keys.empty
      : e.altKey && e.key === "ArrowRight" ? keys.deeper
      : e.altKey && e.key === "ArrowLeft" ? keys.shallower
      : e.altKey && e.key === "ArrowUp" ? keys.up
      : e.altKey && e.key === "ArrowDown" ? keys.down : undefined;
    if (!act || e.isComposing) return;
    e.preventDefault();
    act();
  };
  return (
    <>
      <input ref={box} class="ctl line" data-path={path} aria-label={label} placeholder={placeholder} value={draft.text} readOnly={readOnly} dir="auto" autocomplete="off"
        onInput={(e) => draft.write(e.currentTarget.value)} onKeyDown={press} onFocus={() => model.lookAt(path)} onBlur={() => model.lookAt("")} />
      {draft.refused && <p class="finding" role="alert"><i class="ic i-diamond con" />{draft.refused}</p>}
    </>
  );
}
