// What somebody is typing: their own words stay on the screen until they are on disk, and what others write in the
// meantime is taken in as soon as nothing of their own is waiting.
import { useEffect, useReducer, useRef } from "preact/hooks";
import type { Model } from "../model";
import { unchanged } from "../unchanged";

export interface Draft {
  text: string;
  /** Why the record would not take it; empty while all is well. */
  refused: string;
  write(text: string): void;
  /** Give the last sent text back. */
  leave(): void;
}

/**
 * @param standing what stands in the record, as text
 * @param parse text to answer; an Error says why it cannot be one, and nothing is sent
 */
export function useDraft(model: Model, path: string, standing: string, parse: (text: string) => unknown): Draft {
  const [, draw] = useReducer((n: number, _: void) => n + 1, 0);
  // It belongs to its path: a panel that turns to another node shows that node's words at once.
  const own = useRef(begun(path, standing));
  if (own.current.path !== path) own.current = begun(path, standing);
  const now = own.current;
  const setText = (words: string): void => { now.typed = words; draw(); };
  const setRefused = (why: string): void => { now.refused = why; draw(); };

  useEffect(() => {
    if (now.waiting === 0 && !now.refused) {
      now.base = standing;
      if (same(parse(standing), parse(now.typed))) return; // "1.0" stays as it is typed while 1 is what stands
      setText(standing);
    }
  }, [standing, path]);

  const write = (typed: string): void => {
    setText(typed);
    const value = parse(typed);
    if (value instanceof Error) return setRefused(value.message);
    setRefused("");
    const before = parse(now.base);
    now.base = typed;
    now.waiting += 1;
    void model.send({ do: "set", path, value, base: before instanceof Error ? undefined : before }).then((outcome) => {
      now.waiting -= 1;
      if (own.current !== now) return;
      if (!outcome.ok) setRefused(outcome.message);
      else if (now.waiting === 0) { // others' words may have been joined to ours
        const joined = asText(model, path);
        if (now.typed === typed && joined !== undefined && !same(parse(joined), parse(typed))) { now.base = joined; setText(joined); }
      }
    });
  };
  const leave = (): void => { setRefused(""); };
  return { text: now.typed, refused: now.refused, write, leave };
}

const begun = (path: string, standing: string) => ({ path, waiting: 0, base: standing, typed: standing, refused: "" });

const same = (a: unknown, b: unknown): boolean => !(a instanceof Error) && unchanged(a, b) === a;

function asText(model: Model, path: string): string | undefined {
  let here: unknown = model.state().answers;
  for (const word of path.split(".")) {
    here = Array.isArray(here) ? here.find((i) => (i as { id?: string })?.id === word) : (here as Record<string, unknown> | undefined)?.[word];
  }
  return here === undefined || here === null ? "" : typeof here === "object" ? undefined : String(here);
}
