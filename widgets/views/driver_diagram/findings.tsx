// What could be better, with the one click that mends it, and the way to where it occurs.
import { memo } from "preact/compat";
import type { Finding, Model, Operation } from "../model";
import { FindingLine } from "../parts/answer";
import { keyOf, nameOf } from "./theory";
import type { Theory } from "./theory";

const ROOTS = ["aim", "driver_diagram", "change_ideas"];

/** The findings of this view: of the aim, the diagram, the ideas, and of the measures that the theory lacks. */
export function findingsHere(findings: readonly Finding[]): Finding[] {
  const own = findings.filter((f) => ROOTS.includes(f.where.split(".")[0] ?? "") || (f.where === "measures" && /^DD/.test(f.id)));
  const said = new Set(own.filter((f) => !isMissing(f)).map((f) => f.where));
  const plain = own.filter((f) => !isMissing(f));
  // what the diagram's own findings say already is not said twice
  return [...plain, ...own.filter((f) => isMissing(f) && !said.has(f.where) && !f.where.startsWith("driver_diagram.edges."))];
}

const isMissing = (f: Finding): boolean => f.id.startsWith("RQ");

/** What a finding is about: a node, a link, or the diagram as a whole. */
export function placeOf(theory: Theory, where: string): { node?: string; link?: string } {
  const words = where.split(".");
  if (words[0] === "aim" || where === "measures") return { node: "aim" };
  const id = words[0] === "change_ideas" ? words[1] : words[2];
  if (words[1] === "edges") {
    const link = theory.links.find((l) => l.id === id);
    return link ? { link: keyOf(link.cause, link.effect) } : {};
  }
  return id !== undefined && theory.nodes.has(id) ? { node: id } : {};
}

export function Mends({ model, finding, readOnly }: { model: Model; finding: Finding; readOnly: boolean }) {
  if (readOnly || !finding.mends.length) return null;
  return (
    <>
      {finding.mends.map((m) => (
        <button type="button" class="linkish" key={m.label} onClick={() => void model.send((m.operation === "set" ? { do: "set", path: m.path, value: m.value } : { do: m.operation, path: m.path }) as Operation)}>{m.label}</button>
      ))}
    </>
  );
}

const NUMBERS = ["", "One thing", "Two things", "Three things", "Four things", "Five things"];
const SHOWN = 6;

export const ThingsToLookAt = memo(function ThingsToLookAt({ model, findings, theory, go, readOnly }: {
  model: Model; findings: readonly Finding[]; theory: Theory; go: (place: { node?: string; link?: string }) => void; readOnly: boolean;
}) {
  if (!findings.length) return null;
  const line = (f: Finding, i: number) => {
    const place = placeOf(theory, f.where);
    const whose = isMissing(f) && place.node ? nameOf(theory.nodes.get(place.node)) : null;
    return <Thing key={f.id + f.where + i} model={model} finding={f} {...place} whose={whose} go={go} readOnly={readOnly} />;
  };
  return (
    <div class="fl" id="things">
      <h2>{NUMBERS[findings.length] ?? `${findings.length} things`} to look at</h2>
      <ul>{findings.slice(0, SHOWN).map(line)}</ul>
      {findings.length > SHOWN && <details><summary>{findings.length - SHOWN} more</summary><ul>{findings.slice(SHOWN).map(line)}</ul></details>}
    </div>
  );
});

const Thing = memo(function Thing({ model, finding: f, node, link, whose, go, readOnly }: {
  model: Model; finding: Finding; node?: string; link?: string; whose: string | null; go: (place: { node?: string; link?: string }) => void; readOnly: boolean;
}) {
  return (
    <li>
      <i class="ic i-diamond con" />
      <span><span dir="auto">{whose !== null && `“${whose}”: `}{whose !== null ? f.message.replace(/^[^“]*(?=“)/, "") : f.message}{!/[.?!…]$/.test(f.message) && "."} {f.cure}</span>{" "}
        {(node || link) && <button type="button" class="linkish" onClick={() => go(link ? { link } : { node })}>Show<span class="sr">: {f.message}</span></button>}{" "}
        <Mends model={model} finding={f} readOnly={readOnly} /></span>
    </li>
  );
});

export function FindingsOf({ model, findings, readOnly }: { model: Model; findings: readonly Finding[]; readOnly: boolean }) {
  return <>{findings.map((f, i) => <div key={f.id + i}><FindingLine message={f.message} cure={f.cure} /><Mends model={model} finding={f} readOnly={readOnly} /></div>)}</>;
}
