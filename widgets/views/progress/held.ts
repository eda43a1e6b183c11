// What somebody is answering stays in its place until they are done, though it is no longer missing once they have begun.
import { useReducer, useRef } from "preact/hooks";

export interface Held<T> { shown: T[]; hold: (key: string, yes: boolean) => void }

export function useHeld<T>(items: readonly T[], keyOf: (item: T) => string): Held<T> {
  const [, draw] = useReducer((n: number) => n + 1, 0);
  const held = useRef(new Set<string>());
  const last = useRef<T[]>([]);
  last.current = merged(items, last.current, held.current, keyOf);
  const hold = (key: string, yes: boolean): void => {
    if (yes) held.current.add(key);
    else held.current.delete(key);
    draw(undefined as never);
  };
  return { shown: last.current, hold };
}

/** The items of now, and among them, where they stood, those that are held though they are gone. */
export function merged<T>(items: readonly T[], before: readonly T[], held: ReadonlySet<string>, keyOf: (item: T) => string): T[] {
  const now = new Set(items.map(keyOf));
  const out = [...items];
  before.forEach((item, i) => { if (held.has(keyOf(item)) && !now.has(keyOf(item))) out.splice(Math.min(i, out.length), 0, item); });
  return out;
}
