// Functions that stay the same from one drawing to the next, and values that may follow a moment later: what has not
// changed is then not drawn anew, and a key shows on the screen before the panel has been filled.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { unchanged } from "../unchanged";

/** A function that never changes and always does what the latest drawing gave. */
export function useSteady<A extends unknown[], R>(latest: (...args: A) => R): (...args: A) => R {
  const held = useRef(latest);
  held.current = latest;
  return useMemo(() => (...args: A) => held.current(...args), []);
}

/** The value of a moment ago, followed by the latest one once the screen has been drawn. */
export function useLater<T>(value: T): T {
  const [shown, setShown] = useState(value);
  useEffect(() => {
    if (Object.is(shown, value)) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => { timer = setTimeout(() => setShown(value)); });
    return () => { cancelAnimationFrame(frame); clearTimeout(timer); };
  }, [value, shown]);
  return shown;
}

/** What was given before, wherever what is given says the same: plain data. */
export function useSame<T>(value: T): T {
  const held = useRef(value);
  return (held.current = unchanged(held.current, value));
}
