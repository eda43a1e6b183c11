// What somebody is typing: their own words stay on the screen until they are on disk, and what others write in the
// meantime is taken in as soon as nothing of their own is waiting.
import { useEffect, useRef, useState } from "preact/hooks";
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
  // What is shown belongs to its path: a panel that turns to another node shows that node's words at once.
  const [shown, show] = useState({ path, text: standing, refused: "" });
  const { text, refused } = shown.path === path ? shown : { text: standing, refused: "" };
  const setText = (words: string): void => show((s) => ({ path, text: words, refused: s.path === path ? s.refused : "" }));
  const setRefused = (why: string): void => show((s) => ({ path, text: s.path === path ? s.text : own.current.typed, refused: why }));
  const own = useRef({ path, waiting: 0, base: standing, typed: standing });
  if (own.current.path !== path) own.current = { path, waiting: 0, base: standing, typed: standing };
  const now = own.current;

  useEffect(() => {
    if (now.waiting === 0 && !refused) {
      now.base = standing;
      if (same(parse(standing), parse(now.typed))) return; // "1.0" stays as it is typed while 1 is what stands
      now.typed = standing;
      setText(standing);
    }
  }, [standing, path]);

  const write = (typed: string): void => {
    setText(typed);
    now.typed = typed;
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
        if (now.typed === typed && joined !== undefined && !same(parse(joined), parse(typed))) { now.base = now.typed = joined; setText(joined); }
      }
    });
  };
  const leave = (): void => { setRefused(""); };
  return { text, refused, write, leave };
}

const same = (a: unknown, b: unknown): boolean => !(a instanceof Error) && unchanged(a, b) === a;

function asText(model: Model, path: string): string | undefined {
  let here: unknown = model.state().answers;
  for (const word of path.split(".")) {
    here = Array.isArray(here) ? here.find((i) => (i as { id?: string })?.id === word) : (here as Record<string, unknown> | undefined)?.[word];
  }
  return here === undefined || here === null ? "" : typeof here === "object" ? undefined : String(here);
}
