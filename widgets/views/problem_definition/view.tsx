// The board of a problem definition: the statement large, five dimensions, voices, evidence, assumptions, versions.
import { at, itemsAt, questionAt } from "../model";
import type { Model, Question, State } from "../model";
import { Answer } from "../parts/answer";
import { Frame } from "../parts/frame";
import { useModel } from "../parts/use_model";
import { Dimensions } from "./dimensions";
import { Evidence } from "./evidence";
import { Assumptions, Voices } from "./people";
import { Statement } from "./statement";
import { Versions } from "./versions";

export const ROOT = "problem_definition";
export interface Props { model: Model; state: State }

export default function ProblemDefinition({ model }: { model: Model }) {
  const state = useModel(model);
  const versions = itemsAt(state.answers, `${ROOT}.versions`).length;
  const eyebrow = ["Problem definition", versions ? `version ${versions}` : "", state.site].filter(Boolean).join(" · ");
  const here = { model, state };
  return (
    <Frame model={model} state={state} name={ROOT} eyebrow={eyebrow} title={state.title || "Problem definition"} roots={[ROOT]}>
      <Statement {...here} />
      <Dimensions {...here} />
      <Evidence {...here} />
      <Part {...here} title="Who lives with it?" words={["affected", "named_by", "assets"]} />
      <Voices {...here} />
      <Assumptions {...here} />
      <Part {...here} title="Ourselves" words={["equity_stance", "deficit_response", "positionality", "shared_positionality"]} />
      <Versions {...here} />
    </Frame>
  );
}

function Part({ model, state, title, words }: Props & { title: string; words: string[] }) {
  return (
    <section aria-label={title}>
      <div class="sec-head"><h2>{title}</h2></div>
      {words.map((w) => asked(state, w) && <Answer key={w} model={model} state={state} path={`${ROOT}.${w}`} question={asked(state, w) as Question} />)}
    </section>
  );
}

export const asked = (state: State, word: string): Question | undefined => questionAt(state.forms, `${ROOT}.${word}`);
export const told = (state: State, word: string): string => String(at(state.answers, `${ROOT}.${word}`) ?? "");
