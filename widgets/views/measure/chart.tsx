// The chart, what it says, its table twin, and groups side by side. All of it is worked out and drawn by the kernel.
import { useState } from "preact/hooks";
import type { Missing, Table, Told } from "./told";

const Drawn = ({ svg, alt, name }: { svg: string; alt: string; name: string }) => (
  <div class={name} role="img" aria-label={alt} dangerouslySetInnerHTML={{ __html: svg }} />
);

export function Chart({ told, table, toggle }: { told: Told; table: boolean; toggle: () => void }) {
  if (!told.drawings || !told.table) return null;
  return (
    <figure class="chart" aria-label={told.title}>
      <figcaption>
        <h2>{told.title}</h2>
        <p class="hint">{told.under} {told.chart}.</p>
      </figcaption>
      {table
        ? <Twin table={told.table} name={`The chart as a table: ${told.title}`} />
        : Object.entries(told.drawings).map(([size, svg]) => <Drawn key={size} name={`drawn ${size}`} svg={svg} alt={told.alt ?? ""} />)}
      <div class="under-chart">
        <p class="meta">{told.source}</p>
        <button type="button" class="btn" aria-pressed={table} onClick={toggle} aria-keyshortcuts="T">{table ? "Show the chart" : "Show as a table"} <kbd>T</kbd></button>
      </div>
    </figure>
  );
}

function Twin({ table, name }: { table: Table; name: string }) {
  return (
    <div class="sheet" tabIndex={0} role="region" aria-label={name}>
      <table class="tbl twin">
        <thead><tr>{table.headings.map((h, i) => <th scope="col" class={table.numeric[i] ? "num" : ""} key={h}>{h}</th>)}</tr></thead>
        <tbody>
          {table.rows.map((r, k) => (
            <tr key={k}>{r.map((c, i) => (i === 0 ? <th scope="row" key={i}>{c}</th> : <td class={table.numeric[i] ? "num" : ""} key={i}>{c}</td>))}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function Words({ told }: { told: Told }) {
  if (!told.lines) return null;
  return (
    <section class="says" aria-label="What the chart says">
      <div class="sec-head"><h3>What the chart says</h3></div>
      <p class="prose">{told.lede}</p>
      <ul class="words">
        {told.lines.map(([mark, text]) => <li key={text}><span class="mark" dangerouslySetInnerHTML={{ __html: mark }} /><span>{text}</span></li>)}
      </ul>
      <p class="hint">A chart shows that something changed, and when. It does not show why.</p>
      {told.flags && told.flags.length > 0 && (
        <>
          <h3 class="sub">Cycles on the axis</h3>
          <ul class="words">{told.flags.map(([letter, on, text]) => <li key={on + text}><b class="flag" aria-hidden="true">{letter}</b><span><span class="mut">{on}</span> {text}</span></li>)}</ul>
        </>
      )}
      {told.lines_from && <details><summary>Where the lines come from</summary><p class="hint lines-from">{told.lines_from}</p></details>}
    </section>
  );
}

export function SideBySide({ told }: { told: Told }) {
  const [small] = useState(() => told.beside?.some((b) => b.small));
  if (!told.beside?.length) return null;
  return (
    <section aria-label="Side by side">
      <div class="sec-head"><h2>Side by side</h2><span class="meta">Each on the same scale, in the order of their names. {small ? "Grey: few are counted." : ""}</span></div>
      <ul class="beside">
        {told.beside.map((b) => (
          <li key={b.name} class={b.small ? "small" : ""}>
            <p class="top"><b>{b.name}</b><span>{b.value}</span></p>
            <Drawn name="mini" svg={b.drawing} alt={b.alt} />
            <p class="hint">{b.words}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

const KINDS: Record<string, string> = { missing: "Not known", not_applicable: "Not applicable", suppressed: "Hidden by the publisher", censored: "Known only within bounds" };

export function MissingTable({ missing }: { missing: Missing[] }) {
  if (!missing.length) return null;
  return (
    <table class="tbl missing">
      <caption class="hint">What is no number, by kind. Nothing of it is taken as zero.</caption>
      <thead><tr><th scope="col">Kind</th><th scope="col">Column</th><th scope="col">Written</th><th scope="col" class="num">How often</th></tr></thead>
      <tbody>{missing.map((m) => <tr key={m.kind + m.column + m.mark}><th scope="row">{KINDS[m.kind] ?? m.kind}</th><td>{m.column}</td><td>{m.mark || "blank"}</td><td class="num">{m.count}</td></tr>)}</tbody>
    </table>
  );
}
