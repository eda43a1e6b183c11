// One node of the diagram: its words, what is known there, and the edge from which a link is drawn.
import { memo } from "preact/compat";
import type { Mark, NodeChange } from "./shown";
import { AIM, LEVELS, nameOf } from "./theory";
import type { Node } from "./theory";

interface Props {
  node: Node; sub: string; marks: readonly Mark[]; selected: boolean; tabStop: boolean; hidden: number; change: NodeChange | undefined; readOnly: boolean; comparing: boolean;
}

const MOST = 3;

export const NodeBox = memo(function NodeBox({ node, sub, marks, selected, tabStop, hidden, change, readOnly, comparing }: Props) {
  const known = marks.filter((m) => m.role !== "con");
  const wrong = marks.filter((m) => m.role === "con");
  const shown = comparing ? [] : [...known.slice(0, Math.max(2, MOST - wrong.length)), ...wrong.slice(0, 1)];
  const more = wrong.length - 1;
  const theirs = node.fields.scope === "network";
  const parked = node.fields.scope === undefined && (node.fields.state === "parked" || node.fields.state === "not_here");
  return (
    <>
      <button type="button" class={`node ${selected ? "sel" : ""} ${parked ? "parked" : ""} ${theirs ? "theirs" : ""}`} data-node={node.id} aria-pressed={selected} tabIndex={tabStop ? 0 : -1}>
        <span class="sr">{LEVELS[node.level]}: </span>
        <span class="l" dir="auto">{nameOf(node)}</span>
        {sub && <span class="subl" dir="auto">{sub}</span>}
        {change?.was && <span class="was" dir="auto"><span class="sr">was: </span>{change.was}</span>}
        {parked && <span class="m">{node.fields.state === "parked" ? "later" : "not at this site"}</span>}
        {shown.map((m, i) => (
          <span class={`m ${m.role}`} key={i}><i class={`ic i-${m.shape}`} /><span>{m.words}{m.role === "con" && more > 0 ? ` and ${more} more` : ""}</span></span>
        ))}
        {change?.tags.map((t, i) => <span class={`dt ${t.role}`} key={i}><i class={`ic i-${t.shape}`} /><span>{t.words}</span></span>)}
        {hidden > 0 && <span class="m folded"><i class="ic i-right" /><span>{hidden} folded</span></span>}
      </button>
      {!readOnly && node.id !== AIM && <span class="grip left" data-grip="up" aria-hidden="true" title="Drag to what it leads to" />}
      {!readOnly && node.level < 4 && <span class="grip right" data-grip="down" aria-hidden="true" title="Drag to what leads to it" />}
    </>
  );
});
