// Progress: the thread of the inquiry on one page. What is missing is answered where it is named.
import type { Finding, Model } from "../model";
import { Frame } from "../parts/frame";
import { useModel } from "../parts/use_model";
import { dayWords, initials } from "../parts/words";
import { ByDriver } from "./by_driver";
import { useHeld } from "./held";
import { Measures } from "./measures";
import { Here } from "./mend";
import { shownOf } from "./shown";
import type { Step } from "./shown";

const STATES = { done: ["i-check", "done"], part: ["i-half", "in part"], open: ["i-ring", "not begun"] } as const;
const MOST = 8;

export default function ProgressView({ model }: { model: Model }) {
  const state = useModel(model);
  const now = shownOf(state);
  const next = useHeld(now.next, (s) => s.where);
  const [first, ...then] = next.shown;
  const today = new Date().toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric" });
  return (
    <Frame model={model} state={state} name="progress" eyebrow={["Progress", state.site, today].filter(Boolean).join(" · ")} title={state.title || "An inquiry"} roots={Object.keys(state.forms)} wide>
      <style>{`.inquirylab .mults{${now.style}}`}</style>
      <Thread steps={now.thread} />
      <div class="cols2">
        <section aria-label="Next step">
          <div class="sec-head"><h2>Next step</h2></div>
          {first
            ? <div class="next"><p class="big">{first.sentence}</p><Here key={first.where} model={model} state={state} where={first.where} label="Do it here" hold={(yes) => next.hold(first.where, yes)} /></div>
            : <p class="prose">Nothing waits. Look at the measures, and plan a cycle where nobody is testing.</p>}
          {then.length > 0 && <ul class="then">{then.slice(0, 4).map((s) => <li key={s.where}><i class="ic i-ring" /><span>{s.sentence}</span><Here model={model} state={state} where={s.where} label="Answer" hold={(yes) => next.hold(s.where, yes)} /></li>)}</ul>}
        </section>
        <section aria-label="Lately">
          <div class="sec-head"><h2>Lately</h2><p class="meta">who did what</p></div>
          {now.deeds.length === 0 && <p class="hint">Nothing was written yet.</p>}
          <ul class="feed">
            {now.deeds.map((d) => (
              <li key={d.at + d.where}><span class="face sm" aria-hidden="true">{initials(d.author)}</span><span>{d.author}: {d.what}</span><span class="meta">{dayWords(d.at)}</span></li>
            ))}
          </ul>
        </section>
      </div>
      <Measures model={model} state={state} cards={now.measures} />
      <div class="cols2">
        <ByDriver rows={now.rows} untested={now.untested} />
        <Findings model={model} state={state} />
      </div>
    </Frame>
  );
}

function Thread({ steps }: { steps: Step[] }) {
  return (
    <nav aria-label="The thread of this inquiry">
      <ol class="thread">
        {steps.map((s) => (
          <li key={s.id} class={s.here ? "here" : ""} aria-current={s.here ? "step" : undefined}>
            <span class="st" aria-hidden="true"><i class={`ic ${STATES[s.state][0]}`} /></span>
            <span><b>{s.label}</b><span class="w">{s.words}<span class="sr">, {STATES[s.state][1]}</span></span></span>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Findings({ model, state }: { model: Model; state: import("../model").State }) {
  const keyOf = (f: Finding): string => f.id + f.where + f.message;
  const { shown, hold } = useHeld(state.findings, keyOf);
  const open = state.findings.length;
  const one = (f: Finding) => (
    <li key={keyOf(f)}>
      <i class={`ic ${f.severity === "info" ? "i-ring mut" : "i-diamond con"}`} />
      <span>{f.severity !== "info" && <span class="sr">{f.severity}: </span>}{f.message}<span class="meta">{f.cure}</span></span>
      <Here model={model} state={state} where={f.where} label="Answer" findings={[f]} hold={(yes) => hold(keyOf(f), yes)} />
    </li>
  );
  return (
    <section aria-label="Findings">
      <div class="sec-head"><h2>Findings</h2><p class="meta">{open ? `${open} to look at` : ""}</p></div>
      {shown.length === 0 && <p class="prose">Nothing was found: every check passed.</p>}
      <ul class="chk">{shown.slice(0, MOST).map(one)}</ul>
      {shown.length > MOST && <details><summary>{shown.length - MOST} more</summary><ul class="chk">{shown.slice(MOST).map(one)}</ul></details>}
    </section>
  );
}
