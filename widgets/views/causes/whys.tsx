// Five whys: each answer asks again. A chain may branch, and what it ends in becomes a driver.
import { useState } from "preact/hooks";
import { newId } from "../model";
import type { Item, Model, State } from "../model";
import { text } from "./bones";
import { Line } from "./line";

const ROOT = "causes.why_chains";

export function Whys({ model, state, chains }: { model: Model; state: State; chains: Item[] }) {
  const [focus, setFocus] = useState("");
  const [added, setAdded] = useState<string[]>([]);
  const readOnly = state.readOnly !== "";
  const drivers = Object.values((state.shown as { drivers: Record<string, string> }).drivers);
  const addChain = (fields: Record<string, unknown> = {}): void => {
    const id = newId(), why = newId();
    setFocus(fields["start"] ? why : id);
    void model.send({ do: "add", path: ROOT, fields: { ...fields, id, whys: [{ id: why }] } });
  };
  const becomes = (label: string): void => {
    setAdded([...added, label]);
    void model.send({ do: "add", path: "driver_diagram.drivers", fields: { id: newId(), label, level: 2 } });
  };
  return (
    <>
      {chains.length === 0 && <p class="prose">Write down what happens, and ask why. Each answer asks again: “Work comes late.” Because it is begun late. Because nobody looks before the due day. Stop when the answer leaves what you can influence.</p>}
      {chains.map((chain) => {
        const whys = (chain["whys"] as Item[] | undefined) ?? [];
        const path = `${ROOT}.${chain.id}`;
        const next = (before?: string): void => {
          const id = newId();
          setFocus(id);
          void model.send({ do: "add", path: `${path}.whys`, fields: { id }, ...(before ? { before } : {}) });
        };
        return (
          <section class="chain" key={chain.id} aria-label={text(chain, "start") || "A chain of whys"}>
            <div class="bone">
              <Line model={model} path={`${path}.start`} value={text(chain, "start")} label="What happens?" placeholder="What happens?" readOnly={readOnly} focus={focus === chain.id}
                keys={{ enter: () => (whys[0] ? setFocus(whys[0].id) : next()), empty: () => void model.send({ do: "remove", path }) }} />
            </div>
            <ol>
              {whys.map((w, i) => {
                const words = text(w, "why");
                const here = `${path}.whys.${w.id}`;
                return (
                  <li key={w.id}>
                    <div class="bone">
                      <span class="n" aria-hidden="true">Why? Because</span>
                      <Line model={model} path={`${here}.why`} value={words} label={`Why ${i + 1}: because`} placeholder="because …" readOnly={readOnly} focus={focus === w.id}
                        keys={{ enter: () => next(whys[i + 1]?.id), empty: () => { setFocus(whys[i - 1]?.id ?? chain.id); void model.send({ do: "remove", path: here }); } }} />
                      {words && !readOnly && <button type="button" class="btn plain" onClick={() => addChain({ start: words, branch_of: w.id })}>Branch</button>}
                      {words && (drivers.includes(words) || added.includes(words)
                        ? <span class="tag"><i class="ic i-link" />a driver</span>
                        : !readOnly && <button type="button" class="btn plain" onClick={() => becomes(words)}>Make it a driver</button>)}
                    </div>
                  </li>
                );
              })}
            </ol>
            {!readOnly && <button type="button" class="linkish" onClick={() => next()}><i class="ic i-plus" />And why is that?</button>}
          </section>
        );
      })}
      {!readOnly && <button type="button" class="btn" onClick={() => addChain()}><i class="ic i-plus" />Ask why</button>}
    </>
  );
}
