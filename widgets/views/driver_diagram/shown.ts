// What the kernel works out for this view (src/inquirylab/widgets/driver_diagram.py writes it).
import type { Answers, State } from "../model";

export interface Mark { shape: string; role: string; words: string }
export interface CycleKnown { id: string; kind: string; title: string; words: string; shape: string }
export interface MeasureKnown { id: string; name: string; words: string; role: string; unit: string; points: [string, number][]; link: string }
export interface Shown {
  marks: Record<string, Mark[]>;
  cycles: Record<string, CycleKnown[]>;
  measures: Record<string, MeasureKnown[]>;
  known: Record<string, string>;      // node -> what is known, in a sentence
  all_cycles: { id: string; title: string }[];
  network: NetworkShown | null;
}

export interface NetworkDriver { id: string; label: string; level: number; definition: string; here: string[] } // here: this site's drivers that stand for it
/** The hub's theory and this site's as the answers of one diagram; or why the hub cannot be read. */
export interface NetworkShown { title: string; problem: string; answers: Answers; marks: Record<string, Mark[]>; drivers: NetworkDriver[] }

export interface NodeChange { change: "added" | "removed" | "reworded" | "moved" | ""; was: string; tags: Mark[] }
export interface Difference {
  title: string; reason: string;
  answers: Answers;                   // the diagram with what was removed still in it
  nodes: Record<string, NodeChange>;
  links: Record<string, string>;      // cause>effect -> added | removed | changed
  summary: Mark[];
}
export interface Download { name: string; type: string; content: string } // base64

export function shownOf(state: State): Shown {
  const s = state.shown as Partial<Shown>;
  return { marks: s.marks ?? {}, cycles: s.cycles ?? {}, measures: s.measures ?? {}, known: s.known ?? {}, all_cycles: s.all_cycles ?? [], network: s.network ?? null };
}
