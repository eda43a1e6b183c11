// Which branches are folded: remembered for this person in this browser. A large theory opens with its ideas folded.
import { useState } from "preact/hooks";
import type { Model } from "../model";
import { IDEA } from "./theory";
import type { Theory } from "./theory";

const KEY = "driver_diagram:folded";
const LARGE = 40;

export function useFolded(model: Model, theory: Theory) {
  const [folded, setFolded] = useState<ReadonlySet<string>>(() => remembered(model) ?? (theory.nodes.size > LARGE ? aboveIdeas(theory) : new Set<string>()));
  const keep = (next: ReadonlySet<string>): void => {
    setFolded(next);
    model.remember(KEY, JSON.stringify([...next]));
  };
  return {
    folded,
    fold: (id: string, open: boolean): void => {
      if (open !== folded.has(id)) return;
      const next = new Set(folded);
      if (open) next.delete(id);
      else next.add(id);
      keep(next);
    },
    foldIdeas: (yes: boolean): void => keep(yes ? aboveIdeas(theory) : new Set()),
    /** Open everything above a node, so that it can be seen. */
    reveal: (id: string): void => {
      const next = new Set(folded);
      for (let above = theory.parent.get(id), n = 0; above !== undefined && n < 99; above = theory.parent.get(above), n++) next.delete(above);
      if (next.size !== folded.size) keep(next);
    },
    ideasFolded: folded.size > 0,
  };
}

function aboveIdeas(theory: Theory): Set<string> {
  const ideas = [...theory.nodes.values()].filter((n) => n.level === IDEA);
  return new Set(ideas.map((i) => theory.parent.get(i.id)).filter((p): p is string => p !== undefined && (theory.nodes.get(p)?.level ?? 0) > 1));
}

function remembered(model: Model): Set<string> | null {
  try {
    const kept = JSON.parse(model.recall(KEY) ?? "null") as unknown;
    return Array.isArray(kept) ? new Set(kept.map(String)) : null;
  } catch {
    return null;
  }
}
