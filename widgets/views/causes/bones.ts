// Causes by family, each followed by those that feed it; as the kernel orders them, but at once.
import type { Item } from "../model";

export interface Bone { cause: Item; depth: number; parent: string; family: string }
export const text = (item: Item, word: string): string => (typeof item[word] === "string" ? (item[word] as string) : "");

export function families(categories: string[], causes: Item[]): Map<string, Bone[]> {
  const known = new Map(causes.map((c) => [c.id, c]));
  const loops = (start: string, goal: string): boolean => {
    const seen = new Set<string>();
    for (let here: string = start; known.has(here); here = text(known.get(here) as Item, "parent")) {
      if (here === goal || seen.has(here)) return true;
      seen.add(here);
    }
    return false;
  };
  const below = new Map<string, Item[]>();
  for (const c of causes) {
    const parent = text(c, "parent");
    const under = known.has(parent) && !loops(parent, c.id) ? parent : "";
    below.set(under, [...(below.get(under) ?? []), c]);
  }
  const out = new Map<string, Bone[]>(categories.filter(Boolean).map((f) => [f, []]));
  const walk = (c: Item, depth: number, parent: string, family: string): Bone[] =>
    [{ cause: c, depth, parent, family }, ...(below.get(c.id) ?? []).flatMap((inner) => walk(inner, depth + 1, c.id, family))];
  for (const top of below.get("") ?? []) {
    const family = text(top, "category");
    out.set(family, [...(out.get(family) ?? []), ...walk(top, 0, "", family)]);
  }
  const last = out.get("");
  out.delete("");
  if (last) out.set("", last);
  return out;
}
