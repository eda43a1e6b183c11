// What folds away, and stays as this person left it in this browser.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Model } from "../model";

export function Fold({ model, name, summary, kind, children }: { model: Model; name: string; summary: string; kind?: string; children: ComponentChildren }) {
  const key = `unfolded:${name}`;
  const [open, setOpen] = useState(() => model.recall(key) === "yes");
  const toggled = (now: boolean): void => {
    if (now === open) return;
    setOpen(now);
    model.remember(key, now ? "yes" : "");
  };
  return <details class={kind} open={open} onToggle={(e) => toggled(e.currentTarget.open)}><summary>{summary}</summary>{children}</details>;
}
