// Why it happens: fishbone, chains of whys, and the process as it really runs.
import type { Form, Model, Question } from "../model";
import { itemsAt } from "../model";
import { Answer, FindingLine, Section } from "../parts/answer";
import { Frame } from "../parts/frame";
import { useModel } from "../parts/use_model";
import { Fishbone } from "./fishbone";
import { Whys } from "./whys";

export default function CausesView({ model }: { model: Model }) {
  const state = useModel(model);
  const form = state.forms["causes"] as Form;
  const question = (id: string): Question => form.questions.find((q) => q.id === id) as Question;
  const causes = itemsAt(state.answers, "causes.fishbone");
  const categories = ((state.answers["causes"] as { categories?: string[] } | undefined)?.categories ?? []).filter(Boolean);
  const findings = state.findings.filter((f) => f.where === "causes" || f.where.startsWith("causes."));
  const effect = (state.shown as { effect: string }).effect;
  return (
    <Frame model={model} state={state} name="causes" eyebrow={[state.title, state.site].filter(Boolean).join(" · ")} title="Why does it happen?" roots={["causes"]} wide>
      <p class="effect">{effect}</p>
      <Answer model={model} state={state} path="causes.effect" question={question("effect")} label="In other words, if the problem statement is too long" />
      <Section title="Fishbone" meta="Enter adds a cause, Alt with → lets it feed the one above, Alt with ↑ or ↓ moves it, Backspace in an empty line removes it">
        <Fishbone model={model} state={state} causes={causes} categories={categories} list={question("fishbone")} />
      </Section>
      <Section title="Why, and why is that?" meta="Enter asks the next why">
        <Whys model={model} state={state} chains={itemsAt(state.answers, "causes.why_chains")} />
      </Section>
      <Section title="What really happens, step by step">
        <Answer model={model} state={state} path="causes.process_map" question={question("process_map")} label="Steps" />
      </Section>
      {findings.length > 0 && <Section title="To look at">{findings.map((f) => <FindingLine key={f.id + f.where} message={f.message} cure={f.cure} />)}</Section>}
    </Frame>
  );
}
