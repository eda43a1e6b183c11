// Teach and observe: what everybody agrees on before, the live lesson, and what was different from the plan.
import { useState } from "preact/hooks";
import Observation from "../observation/view";
import { Ask, Part } from "./ask";
import { notesOf } from "./cycle";
import type { Cycle } from "./cycle";
import { Print } from "./print";

export function Teach({ cycle }: { cycle: Cycle }) {
  const { model, state, lesson } = cycle;
  const [live, setLive] = useState(false);
  const notes = notesOf(state, lesson.id).length;
  return (
    <>
      <Part title="Before the lesson" time="40 minutes">
        <ul class="rules prose">
          <li>Observers are eyes and ears, not mouths and hands: stay with your students all lesson, do not help.</li>
          <li>Write what is said, done and written, with seat and time. What it might mean stands apart.</li>
          <li>It is everybody’s lesson: what is observed is students’ thinking, not the teacher.</li>
        </ul>
        <Print cycle={cycle} only="sheets" />
      </Part>
      <Part title="The research lesson">
        <p class="hint">{notes ? `${notes} notes so far.` : "Nothing noted yet."} Each observer can open <code>inq.observation()</code> on a tablet or laptop of their own.</p>
        <button type="button" class="btn" aria-expanded={live} onClick={() => setLive(!live)}>{live ? "Close the live observation" : "Observe here"}</button>
        {live && <Observation model={model} />}
      </Part>
      <Part title="After the lesson"><Ask cycle={cycle} ids={["taught_on", "deviations"]} /><Ask cycle={cycle} ids={["board_actual", "artefacts"]} /></Part>
    </>
  );
}
