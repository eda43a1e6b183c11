// All cycles by primary driver and state. A card moves when its form moves.
import type { State } from "../model";
import { actIcon, KINDS, shortDay, shownOf, STATES } from "./shown";
import type { Card } from "./shown";

export function Board({ state, open, choose }: { state: State; open: string | null; choose: (card: Card) => void }) {
  const { cards, primary } = shownOf(state);
  const rows = [...primary, { id: "", label: "No driver yet" }]
    .map((driver) => ({ driver, own: cards.filter((c) => (driver.id ? c.primary.includes(driver.id) : c.primary.length === 0)) }))
    .filter(({ own, driver }) => own.length > 0 || driver.id !== "");
  return (
    <table class="tbl board fold">
      <thead>
        <tr><th scope="col">Primary driver</th>{STATES.map(([id, label]) => <th scope="col" key={id}>{label} <span class="mut">{cards.filter((c) => c.state === id).length}</span></th>)}</tr>
      </thead>
      <tbody>
        {rows.map(({ driver, own }) => (
          <tr key={driver.id}>
            <th scope="row">{driver.label || "Without a name yet"}</th>
            {STATES.map(([id, label]) => {
              const here = own.filter((c) => c.state === id);
              return (
                <td key={id} data-l={label}>
                  {here.length === 0 && <span class="mut">none</span>}
                  {here.map((c) => <CardButton key={c.id} card={c} open={open === c.id} choose={choose} />)}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function CardButton({ card, open, choose }: { card: Card; open: boolean; choose: (card: Card) => void }) {
  const missing = card.state === "planned" && card.open.includes("questions");
  const words = missing ? "prediction missing"
    : card.act ? `${card.act}${card.ended ? `: ${shortDay(card.ended)}` : ""}`
    : card.state === "planned" ? (card.begun ? `from ${shortDay(card.begun)}` : "no date yet")
    : card.ended ? `until ${shortDay(card.ended)}` : "under way";
  const content = (
    <>
      {card.title}
      <span class="meta"><i class={`ic ${missing ? "i-diamond con" : actIcon(card.act)}`} />{[KINDS[card.kind], words].filter(Boolean).join(", ")}</span>
    </>
  );
  if (card.kind !== "pdsa_cycle") return <div class="card-cycle">{content}</div>;
  return <button type="button" class="card-cycle" aria-current={open ? "true" : undefined} onClick={() => choose(card)}>{content}</button>;
}
