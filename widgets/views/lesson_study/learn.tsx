// What was learned, in four areas, and what goes back into the theory.
import { FindingLine } from "../parts/answer";
import { Ask, Part } from "./ask";
import { label } from "./cycle";
import type { Cycle } from "./cycle";
import { Print } from "./print";

export function Learn({ cycle }: { cycle: Cycle }) {
  const { state, lesson } = cycle;
  const tested = [...(lesson.drivers ?? []), lesson.change ?? ""].map((id) => label(state, id)).filter(Boolean);
  return (
    <>
      <Part title="What we learned" time="60 minutes"><Ask cycle={cycle} ids={["learning"]} /></Part>
      <Part title="Back into the driver diagram">
        <p class="prose">{tested.length ? `This lesson tested ${tested.map((t) => `“${t}”`).join(" and ")}. The decision and its effect appear at that place of the diagram.` : "This lesson is not linked to a driver or a change idea. Which one did it test? Link it under Study."}</p>
        <Ask cycle={cycle} ids={["act", "theory_effect", "theory_node"]} />
        {state.findings.filter((f) => f.where.startsWith(cycle.path) && /\.(drivers|discussion|commentary)$/.test(f.where)).map((f) => <FindingLine key={f.id + f.where} message={f.message} cure={f.cure} />)}
      </Part>
      <Part title="On paper"><Print cycle={cycle} only="minutes" /></Part>
    </>
  );
}
