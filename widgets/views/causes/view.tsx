// Why it happens: a fishbone, chains of whys, and the process as it really runs.
import { useMemo } from "preact/hooks";
import { OwnEdits } from "../driver_diagram/own_edits";
import { itemsAt, questionAt } from "../model";
import type { Model, Question, State } from "../model";
import { Answer } from "../parts/answer";
import { Frame } from "../parts/frame";
import { useModel } from "../parts/use_model";
import { Fishbone } from "./fishbone";
import { Whys } from "./whys";

export default function Causes({ model: host }: { model: Model }) {
  const model = useMemo(() => new OwnEdits(host), [host]); // the next line is there when Enter is pressed, however slow the kernel
  const state = useModel(model, true);
  const effect = String(state.shown["effect"] ?? "");
  return (
    <Frame model={model} state={state} name="causes" eyebrow={["Cause analysis", state.title, state.site].filter(Boolean).join(" · ")} title="Why it happens" roots={["causes"]} wide>
      {effect ? <blockquote class="effect" dir="auto" tabIndex={effect.length > 500 ? 0 : undefined}>{effect}</blockquote> : <p class="hint">The problem statement stands here once it is written.</p>}
      <Fishbone model={model} state={state} />
      <Whys model={model} state={state} />
      <Process model={model} state={state} />
    </Frame>
  );
}

function Process({ model, state }: { model: Model; state: State }) {
  const steps = itemsAt(state.answers, "causes.process_map");
  return (
    <section aria-label="Process map">
      <div class="sec-head"><h2>What really happens, step by step</h2><p class="meta">As it runs on a bad day, not as it is written down.</p></div>
      {steps.length > 0 && (
        <ol class="process">{steps.map((s, i) => (
          <li key={s.id} class={s["decision"] === true ? "decision" : ""}>
            <span class="meta">{i + 1}. <bdi>{String(s["actor"] ?? "")}</bdi>{s["time"] ? <> · <bdi>{String(s["time"])}</bdi></> : null}{s["decision"] === true ? " · decides" : ""}</span>
            <span dir="auto">{String(s["action"] ?? "")}</span>
            {s["pain"] ? <span class="finding"><i class="ic i-diamond con" /><span dir="auto">{String(s["pain"])}</span></span> : null}
          </li>
        ))}</ol>
      )}
      <Answer model={model} state={state} path="causes.process_map" question={questionAt(state.forms, "causes.process_map") as Question} label="Steps" />
    </section>
  );
}
