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
    <svg class="edges" role="group" aria-label={`Links: ${drawn.length}`}>
      {ordered.map(({ link, d }) => (
        <Edge key={link.key} id={link.key} d={d} words={`${linkWords(theory, link)}${link.weak ? ", weak link" : ""}`} pressed={link.key === selectedLink} look={`${link.weak ? "weak" : ""} ${state(link)}`}
          choose={choose} point={point} />
      ))}
    </svg>
  );
});

interface EdgeProps { id: string; d: string; words: string; pressed: boolean; look: string; choose: (key: string) => void; point: (key: string) => void }

const Edge = memo(function Edge({ id, d, words, pressed, look, choose, point }: EdgeProps) {
  return (
    <g data-link={id} role="button" tabIndex={-1} aria-pressed={pressed} aria-label={words} class={look}
      onPointerEnter={() => point(id)} onPointerLeave={() => point("")} onClick={() => choose(id)}>
      <path class="wide" d={d} />
      <path class="e" d={d} />
    </g>
  );
});

export function linkWords(theory: Theory, l: Link): string {
  return `“${nameOf(theory.nodes.get(l.cause))}” leads to “${nameOf(theory.nodes.get(l.effect))}”`;
}

/** Why one moves the other, as far as it is said: at the link, or in the idea's own hypothesis. */
function whyOf(theory: Theory, l: Link): string {
  const hypothesis = theory.nodes.get(l.cause)?.fields.hypothesis;
  return l.because || (typeof hypothesis === "string" ? hypothesis : "");
}

const strengthWords = (l: Link): string =>
  (l.weak ? "weak link" : "strong link") + (l.evidence ? ` · evidence: ${EVIDENCE[l.evidence] ?? l.evidence}${l.tier ? `, tier ${l.tier}` : ""}` : "");

/** Under the picture, always in the same place: the because of the link that is pointed at, or of the chosen node. */
export function WhyLine({ theory, link }: { theory: Theory; link: Link | undefined }) {
  const why = link && whyOf(theory, link);
  return (
    <p class="whyline">
      {!link ? "Point at a link, or choose a node, to read why one moves the other." : <>
        <span dir="auto">{linkWords(theory, link)}</span>{why ? <b dir="auto">{link.because ? `, because ${why}` : `: ${why}`}</b> : <>: <i class="ic i-diamond con" /> it does not say why yet</>}{" "}
        <span>({strengthWords(link)})</span></>}
    </p>
  );
}

/** The because of one link, beside it. */
export function Because({ theory, curve }: { theory: Theory; curve: Curve<Link> }) {
  const l = curve.link;
  const because = whyOf(theory, l);
  return (
    <div class="because" role="tooltip" style={{ left: `${curve.x}px`, top: `${curve.y}px` }}>
      <p class="mut" dir="auto">{linkWords(theory, l)}</p>
      {because ? <p dir="auto">{l.because ? "because " : ""}{because}</p> : <p><i class="ic i-diamond con" /> It does not say why yet.</p>}
      <p class="mut">{strengthWords(l)}</p>
    </div>
  );
}
