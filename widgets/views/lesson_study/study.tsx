// Study: what we hope for, what we see, what is known of the content and of how students learn it.
import { newId } from "../model";
import { Ask, Part } from "./ask";
import { label } from "./cycle";
import type { Cycle } from "./cycle";

const MATERIALS = [
  "Which concepts does the unit hold, and which is the focus?", "What does it mean to understand the focus concept?", "What do students know already that helps?",
  "What does the concept lead to later?", "How do our students think of it now; which misconceptions?", "What does research say about learning it?",
  "Why is this task worth their time; how does its design bring the concept out?", "Which responses do we expect, and where will they stop?",
  "How do board, materials, key questions and talk among students support it?",
];

export function Study({ cycle }: { cycle: Cycle }) {
  const { model, lesson, path, readOnly, state } = cycle;
  const asked = new Set((lesson.kyozai ?? []).map((k) => k.question));
  const open = MATERIALS.filter((q) => !asked.has(q));
  const take = (): void => { for (const q of open) void model.send({ do: "add", path: `${path}.kyozai`, fields: { id: newId(), question: q } }); };
  const tests = [...(lesson.drivers ?? []), lesson.change ?? ""].map((id) => label(state, id)).filter(Boolean);
  return (
    <>
      <Part title="The lesson"><div class="split"><div><Ask cycle={cycle} ids={["title"]} /></div><div class="two"><Ask cycle={cycle} ids={["subject", "grade", "students"]} /></div></div></Part>
      <Part title="Research theme and theory of action" time="10 to 30 minutes"><Ask cycle={cycle} ids={["theme", "actual_vs_ideal", "theory_of_action"]} /></Part>
      <Part title="What it tests in our theory">
        {tests.length > 0 && <p class="hint">This lesson tests {tests.map((t) => `“${t}”`).join(" and ")}.</p>}
        <Ask cycle={cycle} ids={["drivers", "change", "pdsa", "scale"]} />
      </Part>
      <Part title="Topic" time="5 to 15 minutes"><Ask cycle={cycle} ids={["topic", "standards"]} /></Part>
      <Part title="Study of standards, research and curriculum" time="90 to 240 minutes"><Ask cycle={cycle} ids={["background"]} /></Part>
      <Part title="Kyouzai kenkyuu: study of the teaching materials">
        {!readOnly && open.length > 0 && <p><button type="button" class="btn" onClick={take}><i class="ic i-plus" />Take {open.length === MATERIALS.length ? "the nine usual questions" : `the ${open.length} usual questions that are not here`}</button></p>}
        <Ask cycle={cycle} ids={["kyozai"]} />
      </Part>
    </>
  );
}
