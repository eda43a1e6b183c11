// The measures of a node: what they say lately, and which one is attached.
import { useState } from "preact/hooks";
import { newId } from "../model";
import type { Model, State } from "../model";
import { Block } from "./panel";
import type { MeasureKnown } from "./shown";
import { AIM } from "./theory";
import type { Node } from "./theory";

export function Measures({ model, state, node, measures, readOnly }: { model: Model; state: State; node: Node; measures: readonly MeasureKnown[]; readOnly: boolean }) {
  return (
    <Block title={measures.length > 1 ? "Measures" : "Measure"}>
      {!measures.length && <p class="meta">No measure shows it yet. How would you see within two weeks that it changed?</p>}
      {measures.map((m) => (
        <figure class="measure" key={m.id}>
          <Line measure={m} />
          <figcaption><span dir="auto">{m.name}</span>. {m.words && <strong class={m.role}>{m.words}.</strong>}{" "}
            {!readOnly && m.link && <button type="button" class="linkish" onClick={() => void model.send({ do: "remove", path: `driver_diagram.measure_links.${m.link}` })}>Detach<span class="sr"> {m.name}</span></button>}
          </figcaption>
        </figure>
      ))}
      {!readOnly && <Attach model={model} state={state} node={node} attached={measures.map((m) => m.id)} />}
    </Block>
  );
}

function Attach({ model, state, node, attached }: { model: Model; state: State; node: Node; attached: string[] }) {
  const [typed, setTyped] = useState("");
  const free = state.names.filter((n) => n.kind === "measure" && !attached.includes(n.id));
  const link = (measure: string): void => {
    if (node.id === AIM && !node.fields.measure) void model.send({ do: "set", path: "aim.measure", value: measure, base: "" });
    else void model.send({ do: "add", path: "driver_diagram.measure_links", fields: { id: newId(), node: node.id, measure } });
  };
  const make = (): void => {
    const name = typed.trim();
    if (!name) return;
    const id = newId();
    void model.send({ do: "add", path: "measures", fields: { id, name, node: node.id, family: node.id === AIM ? "outcome" : node.level === 4 ? "process" : "driver" } });
    if (node.id === AIM && !node.fields.measure) void model.send({ do: "set", path: "aim.measure", value: id, base: "" });
    setTyped("");
  };
  return (
    <details class="attach-measure"><summary>Attach a measure</summary>
      {free.length > 0 && <select class="ctl" aria-label="A measure that there is" value="" onChange={(e) => { if (e.currentTarget.value) link(e.currentTarget.value); e.currentTarget.value = ""; }}>
        <option value="">Choose one that there is…</option>
        {free.map((n) => <option key={n.id} value={n.id}>{n.label}</option>)}
      </select>}
      <div class="newmeasure">
        <input class="ctl" aria-label="Name of a new measure" placeholder="or name a new one" autocomplete="off" dir="auto" value={typed} onInput={(e) => setTyped(e.currentTarget.value)}
          onKeyDown={(e) => { if (e.key === "Enter") { e.preventDefault(); make(); } }} />
        <button type="button" class="btn" disabled={!typed.trim()} onClick={make}>Attach</button>
      </div>
    </details>
  );
}

const [WIDE, HIGH] = [296, 64];

/** The latest points of a measure, without limits: the chart itself is in the measure's own view. */
function Line({ measure }: { measure: MeasureKnown }) {
  const points = measure.points;
  if (points.length < 2) return null;
  const values = points.map(([, v]) => v);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const times = points.map(([d]) => Date.parse(d));
  const [first = 0, last = 1] = [times[0], times.at(-1)];
  const x = (t: number): number => 6 + ((t - first) / (last - first || 1)) * 206;
  const y = (v: number): number => 46 - ((v - low) / (high - low || 1)) * 36;
  const spots = points.map(([d, v]) => [x(Date.parse(d)), y(v)] as const);
  const shown = (v: number): string => `${Number(v.toPrecision(3))}${measure.unit === "%" ? "%" : measure.unit ? ` ${measure.unit}` : ""}`;
  const day = (t: number): string => new Date(t).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  return (
    <svg viewBox={`0 0 ${WIDE} ${HIGH}`} width="100%" height={HIGH} preserveAspectRatio="xMinYMid meet" role="img"
      aria-label={`${measure.name}, ${points.length} points from ${day(first)} to ${day(last)}; the last is ${shown(values.at(-1) ?? 0)}. ${measure.words}`}>
      <path d={`M0 52H${WIDE - 60}`} stroke="var(--hair)" fill="none" />
      <path d={`M${spots.map(([a, b]) => `${a.toFixed(1)} ${b.toFixed(1)}`).join("L")}`} stroke="var(--series)" stroke-width="1.8" fill="none" />
      {spots.length <= 30 && spots.map(([a, b], i) => <circle key={i} cx={a.toFixed(1)} cy={b.toFixed(1)} r={spots.length > 15 ? 2 : 3} fill="var(--surface)" stroke="var(--series)" stroke-width="1.6" />)}
      <text x="222" y={Math.max(14, (spots.at(-1)?.[1] ?? 30) + 4)} font-size="12" fill="var(--ink)">{shown(values.at(-1) ?? 0)}</text>
      <text x="0" y="63" font-size="11" fill="var(--muted)">{day(first)}</text>
      <text x={WIDE - 60} y="63" text-anchor="end" font-size="11" fill="var(--muted)">{day(last)}</text>
    </svg>
  );
}
