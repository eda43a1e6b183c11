// The layered picture: nodes as text in columns, links in one drawing measured after layout. What is folded is not drawn.
import type { ComponentChildren } from "preact";
import { memo } from "preact/compat";
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { Because, Edges, WhyLine } from "./edges";
import { NodeBox } from "./node";
import { curves, place } from "./placing";
import type { Box } from "./placing";
import type { Difference, Mark } from "./shown";
import { useSteady } from "../parts/steady";
import { AIM, below, COLUMNS, IDEA, mainLink } from "./theory";
import type { Theory } from "./theory";
import { useDrag } from "./use_drag";
import type { Drop } from "./use_drag";

export interface DiagramProps {
  theory: Theory; shown: readonly string[]; marks: Record<string, Mark[]>; aimWords: string; selectedNode: string; selectedLink: string;
  readOnly: boolean; difference: Difference | null; comparing: boolean; folded: ReadonlySet<string>;
  editor: { id: string; content: ComponentChildren } | null; box: { id: string; content: ComponentChildren } | null;
  choose: (id: string) => void; chooseLink: (key: string) => void; rename: (id: string) => void; drop: (what: Drop) => void;
  onKeyDown: (e: KeyboardEvent) => void;
}

interface Measured { columns: { left: number; width: number }[]; heights: Map<string, number> }
const NO_MARKS: readonly Mark[] = [];

export const Diagram = memo(function Diagram(props: DiagramProps) {
  const { theory, shown, difference } = props;
  const lay = useRef<HTMLDivElement>(null);
  const levels = useMemo(() => columnsOf(theory, shown), [theory, shown]);
  const columnOf = useCallback((id: string): number => Math.max(0, levels.indexOf(theory.nodes.get(id)?.level ?? 1)), [theory, levels]);
  const measured = useMeasured(lay);
  const placed = useMemo(() => {
    const there = new Set(shown);
    return place(theory.roots, (id) => (theory.kids.get(id) ?? []).filter((k) => there.has(k)), columnOf, (id) => measured.heights.get(id) ?? 48);
  }, [theory, shown, columnOf, measured]);
  const drawn = useMemo(() => {
    const there = new Set(shown);
    const boxOf = (id: string): Box | undefined => {
      const column = measured.columns[columnOf(id)];
      if (!there.has(id) || !column || !column.width) return undefined;
      return { left: column.left, right: column.left + column.width, top: placed.tops.get(id) ?? 0, height: measured.heights.get(id) ?? 48 };
    };
    return curves(theory.links, boxOf);
  }, [theory, shown, columnOf, measured, placed]);
  const [pointed, setPointed] = useState("");
  const tip = pointed && !props.comparing ? drawn.find((c) => c.link.key === pointed) : undefined;
  const drag = useDrag(lay, theory, props.readOnly, props.drop, props.choose);
  const tabStop = shown.includes(props.selectedNode) ? props.selectedNode : AIM;
  const pointSteady = useSteady((key: string): void => setPointed(key));
  const focused = (e: FocusEvent): void => {
    const id = (e.target as HTMLElement).dataset?.node;
    if (id && id !== props.selectedNode) props.choose(id);
  };
  const template = levels.map((l) => ["minmax(112px, 16fr)", "21fr", "23fr", "23fr", "24fr"][l]).join(" ");
  const why = theory.links.find((l) => l.key === (pointed || props.selectedLink)) ?? mainLink(theory, props.selectedNode);
  return (
    <>
    <div class={`cv ${props.comparing ? "cmp" : ""} n${levels.length}`} role="group" aria-label="Diagram: arrow keys follow the links"
      onKeyDown={(e) => { if (e.key === "Escape") setPointed(""); props.onKeyDown(e); }} onFocusIn={focused}>
      <div class="cols" aria-hidden="true" style={{ gridTemplateColumns: template }}>{levels.map((l) => <span key={l}>{COLUMNS[l]}</span>)}</div>
      <div class="field-of-nodes" style={{ height: `${Math.ceil(placed.height)}px` }} {...drag.handlers}
        onDblClick={(e) => { const id = (e.target as HTMLElement).closest<HTMLElement>("[data-node]")?.dataset.node; if (id && !props.readOnly) props.rename(id); }}>
        <Edges theory={theory} drawn={drawn} selectedNode={props.selectedNode} selectedLink={props.selectedLink} pointed={pointed}
          changes={props.comparing && difference ? difference.links : null} choose={props.chooseLink} point={pointSteady} />
        <div class="lay" ref={lay} style={{ gridTemplateColumns: template }}>
          {levels.map((level) => (
            <ul class={`col lv${level}`} key={level} aria-label={COLUMNS[level]}>
              {shown.filter((id) => theory.nodes.get(id)?.level === level).map((id) => {
                const node = theory.nodes.get(id);
                if (!node) return null;
                const change = difference?.nodes[id];
                const editing = props.editor?.id === id;
                return (
                  <li key={id} data-place={id} class={`${change?.change ? `d-${change.change}` : ""} ${change?.tags.length && !change.change ? "d-link" : ""} ${drag.mark(id)} ${editing || props.box?.id === id ? "in-front" : ""}`}
                    style={{ transform: `translateY(${placed.tops.get(id) ?? 0}px)` }}>
                    {editing
                      ? <div class="node editing">{props.editor?.content}</div>
                      : <NodeBox node={node} sub={id === AIM ? props.aimWords : ""} marks={props.marks[id] ?? NO_MARKS} selected={props.selectedNode === id} tabStop={tabStop === id}
                          hidden={props.folded.has(id) ? below(theory, id).length : 0} change={change} readOnly={props.readOnly} comparing={props.comparing} />}
                    {props.box?.id === id && props.box.content}
                  </li>
                );
              })}
            </ul>
          ))}
        </div>
        {drag.line && <svg class="edges drawing" aria-hidden="true"><path class="e on" d={drag.line} /></svg>}
        {tip && <Because theory={theory} curve={tip} />}
      </div>
    </div>
    {!props.comparing && <WhyLine theory={theory} link={why} />}
    </>
  );
});

/** Tertiary drivers have a column where there are any; ideas have none while all of them are folded. */
function columnsOf(theory: Theory, shown: readonly string[]): number[] {
  const drawn = new Set(shown.map((id) => theory.nodes.get(id)?.level));
  const ideas = [...theory.nodes.values()].some((n) => n.level === IDEA);
  return [0, 1, 2, 3, IDEA].filter((l) => (l === 3 ? drawn.has(3) : l === IDEA ? drawn.has(IDEA) || !ideas : true));
}

/** How wide the columns are and how high each node is, read again whenever they may have changed. */
function useMeasured(lay: { current: HTMLDivElement | null }): Measured {
  const [measured, setMeasured] = useState<Measured>({ columns: [], heights: new Map() });
  const last = useRef("");
  const measure = useCallback((): void => {
    const el = lay.current;
    if (!el || !el.offsetWidth) return;
    const cols = [...el.children].map((c) => ({ left: (c as HTMLElement).offsetLeft, width: (c as HTMLElement).offsetWidth }));
    const heights = new Map([...el.querySelectorAll<HTMLElement>("[data-place]")].map((li) => [li.dataset.place as string, (li.firstElementChild as HTMLElement | null)?.offsetHeight ?? 0]));
    const key = JSON.stringify([cols, [...heights].sort()]); // nodes that only changed places are as high as before
    if (key === last.current) return;
    last.current = key;
    setMeasured({ columns: cols, heights });
  }, [lay]);
  useLayoutEffect(measure);
  const watch = useRef<{ observer: ResizeObserver; watched: Set<Element> }>();
  useEffect(() => {
    if (typeof ResizeObserver === "undefined" || !lay.current) return;
    const { observer, watched } = (watch.current ??= { observer: new ResizeObserver(measure), watched: new Set() });
    const now = new Set<Element>([lay.current, ...lay.current.querySelectorAll(".node")]);
    for (const el of now) if (!watched.has(el)) observer.observe(el); // one that is watched already would be reported anew
    for (const el of watched) if (!now.has(el)) observer.unobserve(el);
    watch.current.watched = now;
  });
  useEffect(() => () => watch.current?.observer.disconnect(), []);
  return measured;
}
