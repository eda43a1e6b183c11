// All links in one drawing, and the because of the one that is pointed at.
import { memo } from "preact/compat";
import type { Curve } from "./placing";
import type { Link, Theory } from "./theory";
import { nameOf } from "./theory";

export const EVIDENCE: Record<string, string> = { local_data: "our own data", research: "research", experience: "experience", none: "not known yet" };

interface Props {
  theory: Theory; drawn: readonly Curve<Link>[]; selectedNode: string; selectedLink: string; pointed: string; changes: Record<string, string> | null;
  choose: (key: string) => void; point: (key: string) => void;
}

export const Edges = memo(function Edges({ theory, drawn, selectedNode, selectedLink, pointed, changes, choose, point }: Props) {
  const state = (l: Link): string => {
    if (changes) return changes[l.key] ?? "";
    return l.key === selectedLink || l.key === pointed || l.cause === selectedNode || l.effect === selectedNode ? "on" : "";
  };
  const ordered = [...drawn].sort((a, b) => Number(state(a.link) !== "") - Number(state(b.link) !== ""));
  return (
    <svg class="edges" aria-hidden="true">
      {ordered.map(({ link, d }) => (
        <g key={link.key} data-link={link.key} class={`${link.weak ? "weak" : ""} ${state(link)}`}
          onPointerEnter={() => point(link.key)} onPointerLeave={() => point("")} onClick={() => choose(link.key)}>
          <path class="wide" d={d} />
          <path class="e" d={d} />
        </g>
      ))}
      <title>{`${drawn.length} links between ${theory.nodes.size} nodes`}</title>
    </svg>
  );
});

export function linkWords(theory: Theory, l: Link): string {
  return `“${nameOf(theory.nodes.get(l.cause))}” leads to “${nameOf(theory.nodes.get(l.effect))}”`;
}

/** The because of one link, beside it. */
export function Because({ theory, curve }: { theory: Theory; curve: Curve<Link> }) {
  const l = curve.link;
  const idea = theory.nodes.get(l.cause);
  const because = l.because || (typeof idea?.fields.hypothesis === "string" ? idea.fields.hypothesis : "");
  return (
    <div class="because" role="tooltip" style={{ left: `${curve.x}px`, top: `${curve.y}px` }}>
      <p class="mut" dir="auto">{linkWords(theory, l)}</p>
      {because ? <p dir="auto">{l.because ? "because " : ""}{because}</p> : <p><i class="ic i-diamond con" /> It does not say why yet.</p>}
      <p class="mut">{l.weak ? "weak link" : "strong link"}{l.evidence ? ` · evidence: ${EVIDENCE[l.evidence] ?? l.evidence}${l.tier ? `, tier ${l.tier}` : ""}` : ""}</p>
    </div>
  );
}
