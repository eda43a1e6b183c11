// What people do to a theory, as operations on the record. Nothing here draws.
import { itemsAt, newId } from "../model";
import type { Operation } from "../model";
import { AIM, below, IDEA, keyOf, mainLink, nameOf } from "./theory";
import type { Link, Node, Theory } from "./theory";

/** An act: its words, its operations, what is selected afterwards; or why it cannot be. */
export interface Act { words: string; operations: Operation[]; select?: string; refused?: string }
type Answers = Record<string, unknown>;

const refuse = (refused: string): Act => ({ words: "", operations: [], refused });
const listOf = (level: number): string => (level === IDEA ? "change_ideas" : "driver_diagram.drivers");

/** What stands below a node: as its children are, else the next level; ideas from the secondary drivers on. */
export function childLevel(theory: Theory, id: string): number {
  const node = theory.nodes.get(id);
  const first = theory.nodes.get(theory.kids.get(id)?.[0] ?? "");
  if (!node) return 1;
  if (first && first.level > node.level) return first.level;
  return node.level >= 2 ? IDEA : node.level + 1;
}

export function addBelow(theory: Theory, id: string, level: number = childLevel(theory, id), before?: string): Act {
  const above = theory.nodes.get(id);
  if (above?.level === IDEA) return refuse("Nothing stands below a change idea. Shift+N puts another one beside it.");
  if (id === AIM && level === IDEA) return refuse("A change idea moves a driver. Choose the driver first.");
  const fresh = newId();
  const fields: Answers = level === IDEA ? { id: fresh, drivers: [id], added_on: new Date().toISOString().slice(0, 10) } : { id: fresh, level };
  const add: Operation = { do: "add", path: listOf(level), fields, ...(before === undefined ? {} : { before }) };
  return { words: level === IDEA ? "Added a change idea" : "Added a driver", operations: [add, edge(fresh, id)], select: fresh };
}

export function addBeside(theory: Theory, answers: Answers, id: string): Act {
  const node = theory.nodes.get(id);
  const parent = theory.parent.get(id);
  if (!node || id === AIM) return refuse("There is one aim.");
  if (parent === undefined) return addLoose(node.level, next(answers, node));
  return addBelow(theory, parent, node.level, next(answers, node));
}

function addLoose(level: number, before: string | undefined): Act {
  const fresh = newId();
  const fields = level === IDEA ? { id: fresh } : { id: fresh, level };
  return { words: "Added", operations: [{ do: "add", path: listOf(level), fields, ...(before === undefined ? {} : { before }) }], select: fresh };
}

export function rename(node: Node, label: string): Act {
  const question = node.id === AIM ? "what" : node.level === IDEA ? "name" : "label";
  const text = label.trim();
  if (text === node.label) return { words: "", operations: [] };
  return { words: `Renamed to “${text}”`, operations: [{ do: "set", path: `${node.path}.${question}`, value: text, base: node.label }] };
}

/** Take a node out, and the links to and from it; what led to it stays and can be linked anew. */
export function removeNode(theory: Theory, id: string): Act {
  const node = theory.nodes.get(id);
  if (!node || id === AIM) return refuse("The aim stays; change its words instead.");
  const links = theory.links.filter((l) => l.cause === id || l.effect === id);
  const operations = links.flatMap((l) => (l.cause === id ? edgeGone(l) : unlinkOps(theory, l)));
  operations.push({ do: "remove", path: node.path });
  const loose = (theory.kids.get(id) ?? []).length;
  const rest = loose ? `; ${loose} that led to it ${loose === 1 ? "is" : "are"} no longer linked` : "";
  return { words: `Removed “${nameOf(node)}”${rest}`, operations, select: neighbour(theory, id) };
}

export function neighbour(theory: Theory, id: string): string {
  const siblings = siblingsOf(theory, id);
  const i = siblings.indexOf(id);
  return siblings[i + 1] ?? siblings[i - 1] ?? theory.parent.get(id) ?? AIM;
}

// links

export function link(theory: Theory, cause: string, effect: string): Act {
  const [from, to] = [theory.nodes.get(cause), theory.nodes.get(effect)];
  if (!from || !to || cause === effect || cause === AIM) return refuse("A link leads from a driver or an idea towards the aim.");
  if (to.level === IDEA) return refuse("A change idea is at the end: nothing leads to it.");
  if (from.level === IDEA && effect === AIM) return refuse("A change idea moves a driver, not the aim itself.");
  if (theory.links.some((l) => l.key === keyOf(cause, effect))) return refuse("They are linked already.");
  if (reaches(theory, effect, cause)) return refuse("That would make a circle.");
  return { words: `Linked “${nameOf(from)}” to “${nameOf(to)}”`, operations: [edge(cause, effect), ...listed(from, effect, true)] };
}

export function unlink(theory: Theory, one: Link): Act {
  const [from, to] = [theory.nodes.get(one.cause), theory.nodes.get(one.effect)];
  return { words: `Removed the link from “${nameOf(from)}” to “${nameOf(to)}”`, operations: unlinkOps(theory, one) };
}

export function weaken(theory: Theory, one: Link | undefined): Act {
  if (!one) return refuse("This node has no link yet. L links it.");
  const value = one.weak ? "strong" : "weak";
  const words = `The link to “${nameOf(theory.nodes.get(one.effect))}” is ${value}`;
  if (!one.id) return { words, operations: [edge(one.cause, one.effect, { strength: value })] };
  return { words, operations: [{ do: "set", path: `driver_diagram.edges.${one.id}.strength`, value }] };
}

/** Give a link that only the idea's own list names a place for its because. */
export const writeDown = (one: Link): Act => ({ words: "", operations: one.id ? [] : [edge(one.cause, one.effect)] });

/** A new link. */
export const edgeTo = (cause: string, effect: string, because = ""): Operation => edge(cause, effect, because ? { because } : {});

function edge(cause: string, effect: string, more: Answers = {}): Operation {
  return { do: "add", path: "driver_diagram.edges", fields: { id: newId(), cause, effect, ...more } };
}

const edgeGone = (l: Link): Operation[] => (l.id ? [{ do: "remove", path: `driver_diagram.edges.${l.id}` }] : []);

function unlinkOps(theory: Theory, l: Link): Operation[] {
  const from = theory.nodes.get(l.cause);
  return [...edgeGone(l), ...(l.listed && from ? listed(from, l.effect, false) : [])];
}

/** A change idea also names its drivers itself. */
function listed(from: Node, effect: string, wanted: boolean): Operation[] {
  if (from.level !== IDEA) return [];
  const before = Array.isArray(from.fields.drivers) ? from.fields.drivers.map(String) : [];
  const value = wanted ? [...before.filter((d) => d !== effect), effect] : before.filter((d) => d !== effect);
  return [{ do: "set", path: `${from.path}.drivers`, value, base: before }];
}

function reaches(theory: Theory, from: string, goal: string, seen = new Set<string>()): boolean {
  if (from === goal) return true;
  seen.add(from);
  return (theory.up.get(from) ?? []).some((l) => !seen.has(l.effect) && reaches(theory, l.effect, goal, seen));
}

// places

/** Nodes of the same kind under the same parent. */
export function siblingsOf(theory: Theory, id: string): string[] {
  const node = theory.nodes.get(id);
  const parent = theory.parent.get(id);
  const beside = parent === undefined ? theory.roots : theory.kids.get(parent) ?? [];
  return beside.filter((k) => k !== AIM && (theory.nodes.get(k)?.level === IDEA) === (node?.level === IDEA));
}

export function moveAmong(theory: Theory, answers: Answers, id: string, by: 1 | -1): Act {
  const node = theory.nodes.get(id);
  const siblings = siblingsOf(theory, id);
  const other = theory.nodes.get(siblings[siblings.indexOf(id) + by] ?? "");
  if (!node || !other) return refuse(by < 0 ? "It is the first already." : "It is the last already.");
  return { words: `Moved “${nameOf(node)}” ${by < 0 ? "up" : "down"}`, operations: [moveTo(node, by < 0 ? other.id : next(answers, other))], select: id };
}

/** Put a node before or after another of the same level, under the same parent as that one. */
export function putBeside(theory: Theory, answers: Answers, id: string, other: string, after: boolean): Act {
  const [node, there] = [theory.nodes.get(id), theory.nodes.get(other)];
  if (!node || !there || id === other || (node.level === IDEA) !== (there.level === IDEA) || other === AIM) return refuse("It cannot stand there.");
  const parent = theory.parent.get(other);
  const under = parent !== undefined && parent !== theory.parent.get(id) ? changeParent(theory, id, parent) : null;
  if (under?.refused) return under;
  let before = after ? next(answers, there) : there.id;
  if (before === id) before = next(answers, node);
  return { words: under?.words ?? `Moved “${nameOf(node)}”`, operations: [...(under?.operations ?? []), moveTo(node, before)], select: id };
}

export function changeParent(theory: Theory, id: string, parent: string): Act {
  const [node, above] = [theory.nodes.get(id), theory.nodes.get(parent)];
  if (!node || !above || id === AIM) return refuse("The aim stays where it is.");
  if (node.level === IDEA && (parent === AIM || above.level === IDEA)) return refuse("A change idea moves a driver.");
  if (above.level === IDEA) return refuse("Nothing stands below a change idea.");
  const under = below(theory, id);
  if (under.includes(parent) || parent === id) return refuse("It cannot stand below itself.");
  if (parent === theory.parent.get(id)) return refuse("It stands there already.");
  const by = node.level === IDEA ? 0 : above.level + 1 - node.level;
  const drivers = node.level === IDEA ? [] : [node, ...under.map((k) => theory.nodes.get(k) as Node).filter((n) => n.level !== IDEA)];
  if (drivers.some((d) => d.level + by > 3)) return refuse("There are three levels of drivers at most.");
  const old = mainLink(theory, id);
  const operations = old ? edgeGone(old) : [];
  if (node.level === IDEA) operations.push(...swapped(node, old?.effect, parent));
  if (!theory.links.some((l) => l.key === keyOf(id, parent) && l.id)) operations.push(edge(id, parent, old?.weak ? { strength: "weak" } : {}));
  if (by) for (const d of drivers) operations.push({ do: "set", path: `${d.path}.level`, value: d.level + by, base: d.level });
  return { words: `“${nameOf(node)}” now leads to “${nameOf(above)}”`, operations, select: id };
}

function swapped(idea: Node, old: string | undefined, now: string): Operation[] {
  const before = Array.isArray(idea.fields.drivers) ? idea.fields.drivers.map(String) : [];
  return [{ do: "set", path: `${idea.path}.drivers`, value: [...before.filter((d) => d !== old && d !== now), now], base: before }];
}

/** One level nearer to the aim: beside its parent. */
export function outdent(theory: Theory, id: string): Act {
  const parent = theory.parent.get(id);
  const grand = parent === undefined ? undefined : theory.parent.get(parent);
  return grand === undefined ? refuse("It stands as near to the aim as it can.") : changeParent(theory, id, grand);
}

/** One level further from the aim: below the one before it. */
export function indent(theory: Theory, id: string): Act {
  const parent = theory.parent.get(id);
  const beside = parent === undefined ? theory.roots : theory.kids.get(parent) ?? [];
  const before = [...beside.slice(0, beside.indexOf(id))].reverse().find((k) => k !== AIM && theory.nodes.get(k)?.level !== IDEA);
  return before === undefined ? refuse("No driver stands before it.") : changeParent(theory, id, before);
}

function moveTo(node: Node, before: string | undefined): Operation {
  return before === undefined ? { do: "move", path: node.path } : { do: "move", path: node.path, before };
}

/** The id of what follows in the record's own list. */
function next(answers: Answers, node: Node): string | undefined {
  const items = itemsAt(answers, listOf(node.level));
  return items[items.findIndex((i) => i.id === node.id) + 1]?.id;
}
