// What has not changed stays the same object, so that a view need not draw it anew.

/**
 * `now`, made of the parts of `before` wherever they are equal: what compares by identity sees only what really changed.
 * Items of lists are known by their ids, wherever they stand. Both are plain data, as messages carry them.
 */
export function unchanged<T>(before: unknown, now: T): T {
  if (Object.is(before, now) || !isObject(before) || !isObject(now) || Array.isArray(before) !== Array.isArray(now)) return now;
  return (Array.isArray(now) ? ofList(before as unknown as unknown[], now as unknown[]) : ofObject(before, now)) as T;
}

function ofList(before: unknown[], now: unknown[]): unknown[] {
  const known = new Map(before.filter(hasId).map((item) => [item.id, item]));
  const out = now.map((item, i) => unchanged(hasId(item) ? known.get(item.id) : before[i], item));
  return out.length === before.length && out.every((item, i) => Object.is(item, before[i])) ? before : out;
}

function ofObject(before: Record<string, unknown>, now: Record<string, unknown>): Record<string, unknown> {
  const words = Object.keys(now);
  const earlier = Object.keys(before);
  const out = Object.fromEntries(words.map((w) => [w, unchanged(before[w], now[w])]));
  return words.length === earlier.length && words.every((w, i) => w === earlier[i] && Object.is(out[w], before[w])) ? before : out;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
const hasId = (item: unknown): item is { id: unknown } => isObject(item) && "id" in item;
