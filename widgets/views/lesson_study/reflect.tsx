import { Ask, Part } from "./ask";
import type { Cycle } from "./cycle";
export function Reflect({ cycle }: { cycle: Cycle }) {
  return <Part title="Reflect"><Ask cycle={cycle} ids={["discussion", "results", "commentary", "revisions", "learning", "act", "theory_effect", "theory_node"]} /></Part>;
}
