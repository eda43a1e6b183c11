// The measures in small: what was found, the chart with its cycles as flags, the latest signal in words.
import type { Model, State } from "../model";
import { Notebook } from "../parts/notebook";
import type { MeasureCard } from "./shown";
import { SIGNAL } from "./shown";

export function Measures({ model, state, cards }: { model: Model; state: State; cards: MeasureCard[] }) {
  const flags = cards.some((c) => c.drawing.includes("flag"));
  return (
    <section aria-label="Measures">
      <div class="sec-head"><h2>Measures</h2></div>
      {cards.length === 0 && <p class="prose">No measure is defined yet. One number a week is enough to begin: “How many handed in on time?”</p>}
      <div class="mults">
        {cards.map((c) => (
          <figure key={c.id} aria-label={c.title}>
            <figcaption><h3>{c.title}</h3><p class="ms">{c.under}</p></figcaption>
            {c.drawing ? <div class="drawn" role="img" aria-label={c.alt} dangerouslySetInnerHTML={{ __html: c.drawing }} /> : <p class="nodata">No data yet. Type this week’s numbers in <Notebook model={model} state={state} name="03_measure" />.</p>}
            {(c.drawing || c.refused) && <p class="sig"><i class={`ic ${SIGNAL[c.state]}`} /><span>{c.last && <><b>{c.last}</b> last. </>}{c.words}.{c.refused && ` ${c.refused}`}</span></p>}
          </figure>
        ))}
      </div>
      {cards.some((c) => c.drawing) && <p class="meta">A chart shows that something changed, and when. It does not show why.{flags && " P: a cycle begins, L: a lesson study."}</p>}
    </section>
  );
}
