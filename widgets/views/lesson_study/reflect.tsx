// Reflect: review the data, discuss by the protocol, revise, and say what was learned.
import { useState } from "preact/hooks";
import type { Cycle } from "./cycle";
import { Discussion } from "./discussion";
import { Learn } from "./learn";
import { Review } from "./review";
import { Revise } from "./revise";

const PARTS = [
  { id: "review", label: "Review the data", Part: Review }, { id: "discussion", label: "Discussion", Part: Discussion },
  { id: "revise", label: "Revise and teach again", Part: Revise }, { id: "learn", label: "What we learned", Part: Learn },
] as const;

export function Reflect({ cycle }: { cycle: Cycle }) {
  const { model, lesson } = cycle;
  const [part, setPart] = useState(() => model.recall(`reflect:${lesson.id}`) ?? "review");
  const current = PARTS.find((p) => p.id === part) ?? PARTS[0];
  return (
    <>
      <div class="seg parts" role="group" aria-label="Parts of the reflection">
        {PARTS.map((p) => <button type="button" key={p.id} aria-pressed={p.id === current.id} onClick={() => { setPart(p.id); model.remember(`reflect:${lesson.id}`, p.id); }}>{p.label}</button>)}
      </div>
      <current.Part cycle={cycle} />
    </>
  );
}
