// How the cycles of each primary driver ended, and which drivers nobody tests.
import { ENDS } from "./shown";
import type { Row } from "./shown";

export function ByDriver({ rows, untested }: { rows: Row[]; untested: string[] }) {
  return (
    <section aria-label="Cycles by driver">
      <div class="sec-head"><h2>Cycles by driver</h2></div>
      {rows.length === 0 ? <p class="prose">There is no driver yet.</p> : (
        <table class="tbl mx">
          <thead><tr><th scope="col">Driver</th>{ENDS.map(([id, label, shape]) => <th scope="col" key={id}><span class="n"><i class={`ic ${shape}`} />{label}</span></th>)}</tr></thead>
          <tbody>
            {rows.map((r) => (
              <tr key={r.driver}>
                <th scope="row">{r.label || "Without a name yet"}</th>
                {ENDS.map(([id, label, shape]) => {
                  const n = r.counts[id];
                  return <td key={id} data-l={label}>{n ? <span class="n">{Array.from({ length: Math.min(n, 4) }, (_, i) => <i class={`ic ${shape}`} key={i} />)} {n}</span> : <span class="mut">none</span>}</td>;
                })}
              </tr>
            ))}
            {untested.length > 0 && <tr><th scope="row">Nobody is testing</th><td colSpan={4}>{untested.join("; ")}</td></tr>}
          </tbody>
        </table>
      )}
      {rows.some((r) => r.counts.adapt > 0) && <p class="meta">Adapt counts every cycle that is tested again: adapted, on a larger scale, or as it was.</p>}
    </section>
  );
}
