// Where nodes stand: columns by level, each parent beside the middle of its children, no two in one place.
import type { Link } from "./theory";

export const GAP = 10;
const APART = 18; // between the children of different parents
const HIGHEST_AIM = 360; // in a high picture the aim stands near the top, where one begins to read

export interface Placed { tops: Map<string, number>; height: number }

/**
 * Place a forest from top to bottom.
 * @param columnOf which column a node stands in
 */
export function place(roots: readonly string[], kidsOf: (id: string) => readonly string[], columnOf: (id: string) => number, heightOf: (id: string) => number): Placed {
  const tops = new Map<string, number>();
  const free: number[] = [];
  const middle = (id: string): number => (tops.get(id) ?? 0) + heightOf(id) / 2;

  const shift = (id: string, by: number): void => {
    tops.set(id, (tops.get(id) ?? 0) + by);
    const column = columnOf(id);
    free[column] = Math.max(free[column] ?? 0, (tops.get(id) ?? 0) + heightOf(id) + GAP);
    for (const kid of kidsOf(id)) shift(kid, by);
  };
  const stand = (id: string): void => {
    const kids = kidsOf(id);
    for (const kid of kids) stand(kid);
    const column = columnOf(id);
    const least = free[column] ?? 0;
    const [first, last] = [kids[0], kids.at(-1)];
    const wanted = first !== undefined && last !== undefined ? (middle(first) + middle(last)) / 2 - heightOf(id) / 2 : least;
    const top = Math.max(wanted, least);
    tops.set(id, top);
    free[column] = top + heightOf(id) + GAP;
    if (top > wanted) for (const kid of kids) shift(kid, top - wanted);
    for (const kid of kids) free[columnOf(kid)] = Math.max(free[columnOf(kid)] ?? 0, (tops.get(kid) ?? 0) + heightOf(kid) + APART);
  };
  for (const root of roots) {
    stand(root);
    const end = Math.max(0, ...free.filter((f) => f !== undefined));
    if (root !== roots.at(-1)) for (let i = 0; i < free.length; i++) free[i] = Math.max(free[i] ?? 0, end);
  }
  if ((tops.get("aim") ?? 0) > HIGHEST_AIM) tops.set("aim", HIGHEST_AIM);
  const height = Math.max(0, ...[...tops].map(([id, top]) => top + heightOf(id)));
  return { tops, height };
}

export interface Box { left: number; right: number; top: number; height: number }
export interface Curve<L> { link: L; d: string; x: number; y: number }

/** One gentle curve a link, from the left side of the cause to the right side of the effect; ends that meet are spread. */
export function curves<L extends Pick<Link, "cause" | "effect">>(links: readonly L[], boxOf: (id: string) => Box | undefined): Curve<L>[] {
  const into = new Map<string, L[]>();
  for (const link of links) if (boxOf(link.cause) && boxOf(link.effect)) into.set(link.effect, [...(into.get(link.effect) ?? []), link]);
  const out: Curve<L>[] = [];
  for (const [effect, group] of into) {
    const to = boxOf(effect) as Box;
    group.sort((a, b) => (boxOf(a.cause)?.top ?? 0) - (boxOf(b.cause)?.top ?? 0));
    const step = Math.min(14, (to.height - 16) / group.length);
    group.forEach((link, i) => {
      const from = boxOf(link.cause) as Box;
      const own = links.filter((l) => l.cause === link.cause && boxOf(l.effect));
      const y1 = from.top + from.height / 2 + (own.indexOf(link) - (own.length - 1) / 2) * Math.min(9, from.height / (own.length + 1));
      const y2 = to.top + to.height / 2 + (i - (group.length - 1) / 2) * step;
      const [x1, x2] = [from.left, to.right];
      const bend = Math.max(16, Math.abs(x1 - x2) * 0.55);
      const r = (n: number): string => n.toFixed(1);
      out.push({ link, d: `M${r(x1)} ${r(y1)}C${r(x1 - bend)} ${r(y1)} ${r(x2 + bend)} ${r(y2)} ${r(x2)} ${r(y2)}`, x: (x1 + x2) / 2, y: (y1 + y2) / 2 });
    });
  }
  return out;
}
