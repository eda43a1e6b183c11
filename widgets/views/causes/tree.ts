// Causes in their places: families, the causes of each, and what feeds them; whatever was merged, each cause stands once.
import type { Item } from "../model";

export interface Placed { item: Item; depth: number; siblings: Item[] }
export interface Family { name: string; placed: Placed[] }

export const NO_FAMILY = "No family yet";
export const STARTING_FAMILIES = ["Policies", "People and roles", "Processes", "Resources", "Environment and culture", "Measurement"];

const text = (item: Item, key: string): string => (typeof item[key] === "string" ? (item[key] as string) : "");

export function familiesOf(categories: string[], causes: Item[]): Family[] {
  const known = new Map(causes.map((c) => [c.id, c]));
  const circles = (start: Item): boolean => {
    const seen = new Set<string>();
    let here: Item | undefined = start;
    while (here && !seen.has(here.id)) { seen.add(here.id); here = known.get(text(here, "parent")); }
    return here !== undefined;
  };
  const below = new Map<string, Item[]>();
  const tops: Item[] = [];
  for (const cause of causes) {
    const parent = text(cause, "parent");
    if (known.has(parent) && !circles(cause)) below.set(parent, [...(below.get(parent) ?? []), cause]);
    else tops.push(cause);
  }
  const walk = (item: Item, depth: number, siblings: Item[]): Placed[] =>
    [{ item, depth, siblings }, ...(below.get(item.id) ?? []).flatMap((b) => walk(b, depth + 1, below.get(item.id) ?? []))];
  const named = (cause: Item): string => text(cause, "category") || NO_FAMILY;
  const names = [...new Set([...categories.filter(Boolean), ...tops.map(named)])];
  return names.map((name) => {
    const own = tops.filter((t) => named(t) === name);
    return { name, placed: own.flatMap((t) => walk(t, 0, own)) };
  });
}
