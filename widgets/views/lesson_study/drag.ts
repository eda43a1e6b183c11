// A row of a table is dragged by its grip, with mouse, pen or finger; Escape lets it go. Keys and buttons do the same elsewhere.
import { useEffect, useRef, useState } from "preact/hooks";

/** What is held, and before which row it would stand; "" is the end. */
export interface Held { id: string; before: string }

const NEAR_EDGE = 56;
const STEP = 14;

export interface Drag { held: Held | null; begin: (e: PointerEvent, id: string) => void }

/** `move` is told where a row was dropped, if that is another place than its own. */
export function useRowDrag(ids: readonly string[], move: (id: string, before: string) => void): Drag {
  const [held, setHeld] = useState<Held | null>(null);
  const now = useRef({ ids, move });
  now.current = { ids, move };
  const end = useRef<() => void>(() => undefined);
  useEffect(() => () => end.current(), []);

  const begin = (down: PointerEvent, id: string): void => {
    if (down.button !== 0) return;
    down.preventDefault();
    const grip = down.currentTarget as HTMLElement;
    const body = grip.closest("tbody") as HTMLElement;
    let [y, before, frame] = [down.clientY, nextOf(now.current.ids, id), 0];
    const look = (): void => {
      before = beforeAt(body, y, id, now.current.ids);
      setHeld({ id, before });
    };
    const follow = (e: PointerEvent): void => { y = e.clientY; look(); };
    const scroll = (): void => {
      const by = y < NEAR_EDGE ? -STEP : y > innerHeight - NEAR_EDGE ? STEP : 0;
      if (by) { scrollerOf(body).scrollBy(0, by); look(); }
      frame = requestAnimationFrame(scroll);
    };
    const stop = (): void => {
      cancelAnimationFrame(frame);
      grip.removeEventListener("pointermove", follow);
      grip.removeEventListener("pointerup", drop);
      grip.removeEventListener("lostpointercapture", stop);
      removeEventListener("keydown", keys, true);
      setHeld(null);
    };
    const drop = (): void => {
      stop();
      if (before !== nextOf(now.current.ids, id)) now.current.move(id, before);
    };
    const keys = (e: KeyboardEvent): void => { if (e.key === "Escape") { e.preventDefault(); e.stopPropagation(); stop(); } };
    grip.setPointerCapture(down.pointerId);
    grip.addEventListener("pointermove", follow);
    grip.addEventListener("pointerup", drop);
    grip.addEventListener("lostpointercapture", stop);
    addEventListener("keydown", keys, true);
    frame = requestAnimationFrame(scroll);
    end.current = stop;
    setHeld({ id, before });
  };
  return { held, begin };
}

const nextOf = (ids: readonly string[], id: string): string => ids[ids.indexOf(id) + 1] ?? "";

/** The row before which something dropped at this height would stand; a row dropped on its own place stays there. */
function beforeAt(body: HTMLElement, y: number, id: string, ids: readonly string[]): string {
  for (const row of body.querySelectorAll<HTMLElement>("tr[data-row]")) {
    const r = row.getBoundingClientRect();
    if (y < r.top + r.height / 2) return row.dataset["row"] === id ? nextOf(ids, id) : row.dataset["row"] ?? "";
  }
  return "";
}

function scrollerOf(from: HTMLElement): Element {
  for (let e = from.parentElement; e; e = e.parentElement) {
    if (e.scrollHeight > e.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(e).overflowY)) return e;
  }
  return document.scrollingElement ?? document.documentElement;
}
