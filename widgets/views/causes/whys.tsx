// Chains of whys: Enter asks the next why; a chain may branch off from any why of another.
import { useRef, useState } from "preact/hooks";
import { itemsAt, newId } from "../model";
import type { Item, Model, State } from "../model";
import { Removed } from "../parts/answer";
import { becomeDriver, driverOf } from "./drivers";
import { Line, step } from "./line";

const LIST = "causes.why_chains";
interface Props { model: Model; state: State }

export function Whys({ model, state }: Props) {
  const [focus, setFocus] = useState("");
  const box = useRef<HTMLDivElement>(null);
  const chains = itemsAt(state.answers, LIST);
  const every = chains.flatMap((c) => itemsAt(state.answers, `${LIST}.${c.id}.whys`));
  const add = (fields: Record<string, unknown> = {}): void => {
    const id = newId();
    setFocus(id);
    void model.send({ do: "add", path: LIST, fields: { id, ...fields } });
  };
  return (
    <section aria-label="Whys">
      <div class="sec-head"><h2>Why? And why is that?</h2><p class="meta">Stop when the answer leaves what you can influence; five is no magic number.</p>
        {!state.readOnly && <button type="button" class="btn" onClick={() => add()}>Add a chain</button>}</div>
      {!chains.length && <p class="hint prose">Begin with what happens, and ask why of each answer. For example: the brief is opened late; because nothing asks for it to be opened; because the plan of the module starts with the reading.</p>}
      <div class="chains" ref={box}>
        {chains.map((chain) => (
          <Chain key={chain.id} model={model} state={state} chain={chain} from={every.find((w) => w.id === chain["branch_of"])} focus={focus} setFocus={setFocus} branch={(why) => add({ start: String(why["why"] ?? ""), branch_of: why.id })} step={(path, by) => step(box.current, path, by)} />
        ))}
      </div>
      <Removed model={model} state={state} under={LIST} />
    </section>
  );
}

function Chain({ model, state, chain, from, focus, setFocus, branch, step }: Props & {
  chain: Item; from: Item | undefined; focus: string; setFocus: (id: string) => void; branch: (why: Item) => void; step: (path: string, by: number) => void;
}) {
  const here = `${LIST}.${chain.id}`;
  const whys = itemsAt(state.answers, `${here}.whys`);
  const ask = (before?: string): void => {
    const id = newId();
    setFocus(id);
    void model.send({ do: "add", path: `${here}.whys`, fields: { id }, ...(before ? { before } : {}) });
  };
  const keys = (path: string, gone: () => void, next?: string) => ({
    sibling: () => ask(next), child: () => false, out: () => false, up: (by: number) => step(path, by),
    gone: () => { step(path, -1); gone(); },
  });
  const start = `${here}.start`;
  return (
    <div class="chain">
      {from && <p class="meta">branches off from “<bdi>{String(from["why"] ?? "")}</bdi>”</p>}
      <div class="cause"><Line model={model} path={start} value={String(chain["start"] ?? "")} label="What happens?" placeholder="What happens?" readOnly={state.readOnly !== ""} focus={focus === chain.id} focused={() => setFocus("")}
        keys={keys(start, () => void model.send({ do: "remove", path: here }), whys[0]?.id)} />
        {!state.readOnly && <button type="button" class="linkish" onClick={() => void model.send({ do: "remove", path: here })}>Remove<span class="sr"> this chain</span></button>}</div>
      <ol>{whys.map((why, i) => {
        const path = `${here}.whys.${why.id}`;
        const text = String(why["why"] ?? "");
        const driver = driverOf(state, why);
        return (
          <li key={why.id}>
            <div class="cause"><span class="why" aria-hidden="true">why?</span>
              <Line model={model} path={`${path}.why`} value={text} label={`Why ${i + 1}`} placeholder="Because …" readOnly={state.readOnly !== ""} focus={focus === why.id} focused={() => setFocus("")} keys={keys(`${path}.why`, () => void model.send({ do: "remove", path }), whys[i + 1]?.id)} />
              {text && !state.readOnly && <button type="button" class="linkish" aria-label={`Branch here: ${text}`} onClick={() => branch(why)}>Branch here</button>}
              {driver ? <span class="tag"><i class="ic i-link" />driver: {String(driver["label"] ?? "")}</span>
                : text && !state.readOnly && <button type="button" class="linkish" aria-label={`Make it a driver: ${text}`} onClick={() => void becomeDriver(model, state, path, text, String(why["evidence"] ?? ""), "")}>Make it a driver</button>}
            </div>
          </li>
        );
      })}</ol>
      {!state.readOnly && <button type="button" class="linkish" onClick={() => ask()}><i class="ic i-plus" />Ask why</button>}
    </div>
  );
}
