// The theory as the view draws it: nodes, links, and the tree that they make however strange a merge has left them.
import { itemsAt } from "../model";
import type { Answers, Item } from "../model";

export const AIM = "aim";
export const IDEA = 4;
export const LEVELS = ["Aim", "Primary driver", "Secondary driver", "Tertiary driver", "Change idea"];
export const COLUMNS = ["Aim", "Primary drivers", "Secondary drivers", "Tertiary drivers", "Change ideas"];

export interface Node { id: string; label: string; level: number; path: string; fields: Answers }

/** If `cause` moves, `effect` moves. `id`: the edge in the record, empty where only the idea's own list of drivers says so. */
export interface Link {
  key: string; cause: string; effect: string; id: string; listed: boolean; weak: boolean; because: string; evidence: string; tier: number | null;
}

export interface Theory {
  nodes: Map<string, Node>;
  links: Link[];
  up: Map<string, Link[]>;       // node -> its links towards the aim
  parent: Map<string, string>;   // node -> where it stands in the tree
  kids: Map<string, string[]>;   // node -> what stands below it, drivers before ideas, in the record's order
  roots: string[];               // the aim first, then what does not reach it
}

export const keyOf = (cause: string, effect: string): string => `${cause}>${effect}`;

/** @param before the theory of a moment ago: of a node whose answers are the same the same object stands again. */
export function theoryOf(answers: Record<string, unknown>, before?: Theory): Theory {
  const nodes = nodesOf(answers);
  for (const [id, node] of nodes) {
    const earlier = before?.nodes.get(id);
    if (earlier && earlier.fields === node.fields && earlier.level === node.level) nodes.set(id, earlier);
  }
  const links = linksOf(answers, nodes);
  const up = new Map<string, Link[]>([...nodes.keys()].map((n) => [n, []]));
  for (const link of links) up.get(link.cause)?.push(link);
  return { nodes, links, up, ...treeOf(nodes, up) };
}

const NOTHING: Answers = {};

function nodesOf(answers: Record<string, unknown>): Map<string, Node> {
  const aim = (answers.aim ?? NOTHING) as Answers;
  const nodes = new Map<string, Node>([[AIM, { id: AIM, label: word(aim.what), level: 0, path: "aim", fields: aim }]]);
  for (const d of itemsAt(answers, "driver_diagram.drivers")) {
    const level = typeof d.level === "number" && d.level >= 1 && d.level <= 3 ? d.level : 1;
    nodes.set(d.id, { id: d.id, label: word(d.label), level, path: `driver_diagram.drivers.${d.id}`, fields: d });
  }
  for (const i of itemsAt(answers, "change_ideas")) {
    nodes.set(i.id, { id: i.id, label: word(i.name), level: IDEA, path: `change_ideas.${i.id}`, fields: i });
  }
  return nodes;
}

function linksOf(answers: Record<string, unknown>, nodes: Map<string, Node>): Link[] {
  const found = new Map<string, Link>();
  for (const e of itemsAt(answers, "driver_diagram.edges")) {
    const [cause, effect] = [word(e.cause), word(e.effect)];
    const key = keyOf(cause, effect);
    if (!nodes.has(cause) || !nodes.has(effect) || found.has(key)) continue;
    found.set(key, { key, cause, effect, id: e.id, listed: false, weak: e.strength === "weak", because: word(e.because), evidence: word(e.evidence), tier: tier(e) });
  }
  for (const idea of itemsAt(answers, "change_ideas")) {
    for (const driver of Array.isArray(idea.drivers) ? idea.drivers.map(String) : []) {
      if (!nodes.has(driver)) continue;
      const key = keyOf(idea.id, driver);
      const known = found.get(key);
      if (known) known.listed = true;
      else found.set(key, { key, cause: idea.id, effect: driver, id: "", listed: true, weak: false, because: "", evidence: "", tier: null });
    }
  }
  return [...found.values()];
}

/** Each node stands once: below the first strong link that leads nearer to the aim; others are named beside it. */
function treeOf(nodes: Map<string, Node>, up: Map<string, Link[]>): Pick<Theory, "parent" | "kids" | "roots"> {
  const parent = new Map<string, string>();
  for (const [id, node] of nodes) {
    const links = id === AIM ? [] : (up.get(id) ?? []).filter((l) => l.effect !== id);
    const nearer = links.filter((l) => (nodes.get(l.effect)?.level ?? 9) < node.level);
    const best = nearer.find((l) => !l.weak) ?? nearer[0] ?? links[0];
    if (best) parent.set(id, best.effect);
  }
  const kids = new Map<string, string[]>([...nodes.keys()].map((n) => [n, []]));
  for (const [id, above] of parent) kids.get(above)?.push(id);
  const seen = new Set<string>();
  const walk = (id: string): void => {
    if (seen.has(id)) return;
    seen.add(id);
    for (const kid of kids.get(id) ?? []) walk(kid);
  };
  const roots: string[] = [];
  const take = (id: string): void => {
    const above = parent.get(id);
    if (above !== undefined) kids.set(above, (kids.get(above) ?? []).filter((k) => k !== id));
    parent.delete(id);
    roots.push(id);
    walk(id);
  };
  take(AIM);
  for (const id of nodes.keys()) if (!seen.has(id) && !parent.has(id)) take(id);
  for (const id of nodes.keys()) if (!seen.has(id)) take(id); // a circle: it is opened at its first node
  return { parent, kids, roots };
}

export interface Row { id: string; depth: number; kids: number; open: boolean }

/** The tree from top to bottom; what is below a folded node is not listed. */
export function rowsOf(theory: Theory, folded: ReadonlySet<string>): Row[] {
  const rows: Row[] = [];
  const walk = (id: string, depth: number): void => {
    const kids = theory.kids.get(id) ?? [];
    const open = !folded.has(id);
    rows.push({ id, depth, kids: kids.length, open });
    if (open) for (const kid of kids) walk(kid, depth + 1);
  };
  for (const root of theory.roots) walk(root, 0);
  return rows;
}

/** Everything below a node in the tree. */
export function below(theory: Theory, id: string): string[] {
  return (theory.kids.get(id) ?? []).flatMap((k) => [k, ...below(theory, k)]);
}

/** The link by which a node stands where it stands. */
export const mainLink = (theory: Theory, id: string): Link | undefined =>
  theory.up.get(id)?.find((l) => l.effect === theory.parent.get(id)) ?? theory.up.get(id)?.[0];

/** What a node may be linked to: the levels nearer to the aim, the next one first. */
export function mayLeadTo(theory: Theory, id: string): Node[] {
  const node = theory.nodes.get(id);
  if (!node || id === AIM) return [];
  const under = new Set(below(theory, id));
  const fits = [...theory.nodes.values()].filter((n) => n.id !== id && !under.has(n.id) && n.level < node.level && !(node.level === IDEA && n.id === AIM));
  return fits.sort((a, b) => b.level - a.level);
}

export const nameOf = (node: Node | undefined): string => node?.label.trim() || (node?.id === AIM ? "The aim" : "Without a name yet");

const word = (value: unknown): string => (typeof value === "string" ? value : "");
const tier = (e: Item): number | null => (typeof e.tier === "number" ? e.tier : null);

/** Of an aim what stands under its first line: for whom, from how much to how much, by when. */
export function aimWords(state: { answers: Record<string, unknown> }, theory: Theory): string {
  const aim = theory.nodes.get(AIM)?.fields ?? ((state.answers.aim ?? {}) as Answers);
  const value = (v: unknown): string => (typeof v === "number" ? String(v) : "");
  const [from, to] = [value(aim.baseline), value(aim.target)];
  const amount = from && to ? `from ${from} to ${to}` : to ? `to ${to}` : "";
  const by = typeof aim.by_when === "string" ? `by ${new Date(`${aim.by_when}T12:00:00`).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" })}` : "";
  return [word(aim.for_whom), [amount, by].filter(Boolean).join(" ")].filter(Boolean).join("; ");
}
