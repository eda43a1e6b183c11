// The ramp: the cycles of one change idea in their order, each on the scale at which it was tried.
import type { Form, State } from "../model";
import { shortDay, shownOf } from "./shown";

const ROW = 48, STEP = 58, LEFT = 96, TOP = 20;

export function Ramp({ state, cycle, change }: { state: State; cycle: string; change: string }) {
  const { ramps, cards } = shownOf(state);
  const climbed = (ramps[change] ?? []).map((id) => cards.find((c) => c.id === id)).filter((c) => c !== undefined);
  if (climbed.length === 0) return null;
  const scales = (state.forms["pdsa_cycles"] as Form).questions.find((q) => q.id === "scale")?.choices ?? [];
  const used = scales.filter((s) => climbed.some((c) => c.scale === s.id)).reverse();
  const rows = [...used, ...(climbed.some((c) => !used.some((s) => s.id === c.scale)) ? [{ id: "", label: "scale not said" }] : [])];
  const height = TOP + rows.length * ROW + 40;
  const width = Math.max(LEFT + climbed.length * STEP, 260);
  const at = (i: number): [number, number] => [LEFT + 20 + i * STEP, TOP + Math.max(rows.findIndex((r) => r.id === (climbed[i]?.scale ?? "")), used.length && !climbed[i]?.scale ? rows.length - 1 : 0) * ROW];
  const said = climbed.map((c, i) => `Cycle ${i + 1}, ${scales.find((s) => s.id === c.scale)?.label ?? "scale not said"}${c.begun ? `, ${shortDay(c.begun)}` : ""}, ${c.act ?? c.state}`).join(". ");
  return (
    <div class="ramp">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`Ramp. ${said}.`}>
        {rows.map((r, i) => (
          <g key={r.id}>
            <text x="0" y={TOP + i * ROW + 4} class="rung">{r.label.length > 15 ? `${r.label.slice(0, 14)}…` : r.label}<title>{r.label}</title></text>
            <line x1={LEFT} x2={width} y1={TOP + i * ROW} y2={TOP + i * ROW} class="rungline" />
          </g>
        ))}
        {climbed.slice(1).map((c, i) => {
          const [x0, y0] = at(i), [x1, y1] = at(i + 1);
          return <path key={c.id} d={`M${x0 + 11} ${y0}C${x0 + 34} ${y0} ${x1 - 34} ${y1} ${x1 - 11} ${y1}`} class={c.state === "planned" ? "step planned" : "step"} />;
        })}
        {climbed.map((c, i) => {
          const [x, y] = at(i);
          return (
            <g key={c.id} class={c.id === cycle ? "here" : c.state === "planned" ? "planned" : ""}>
              <circle cx={x} cy={y} r="11" />
              <text x={x} y={y + 4} class="no">{i + 1}</text>
              <text x={x} y={y + 26} class="what">{c.act ?? c.state}</text>
              <text x={x} y={y + 39} class="when">{shortDay(c.begun)}</text>
            </g>
          );
        })}
      </svg>
    </div>
  );
}
