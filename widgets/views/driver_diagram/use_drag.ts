// Direct handling: drag a node to another place or another parent, drag from its edge to link. Esc lets go.
import { useEffect, useRef, useState } from "preact/hooks";
import { IDEA } from "./theory";
import type { Theory } from "./theory";

export type Drop =
  | { kind: "beside"; id: string; other: string; after: boolean }
  | { kind: "under"; id: string; parent: string }
  | { kind: "link"; cause: string; effect: string };

interface Dragged { id: string; grip: "up" | "down" | ""; x: number; y: number; moving: boolean; pointer: number; touch: boolean }
const FAR = 6;

export function useDrag(lay: { current: HTMLElement | null }, theory: Theory, readOnly: boolean, drop: (d: Drop) => void, choose: (id: string) => void) {
  const held = useRef<Dragged | null>(null);
  const swallow = useRef(false);
  const [over, setOver] = useState<Drop | null>(null);
  const [moving, setMoving] = useState("");
  const [line, setLine] = useState("");
  const end = (): void => { held.current = null; setOver(null); setMoving(""); setLine(""); };

  useEffect(() => {
    const letGo = (e: KeyboardEvent): void => { if (e.key === "Escape" && held.current?.moving) { e.preventDefault(); end(); } };
    window.addEventListener("keydown", letGo, true);
    return () => window.removeEventListener("keydown", letGo, true);
  }, []);

  const target = (e: PointerEvent): { id: string; after: boolean } | null => {
    const root = lay.current?.getRootNode() as Document | ShadowRoot | undefined;
    const el = root?.elementsFromPoint(e.clientX, e.clientY).find((x) => x.closest("[data-place]"))?.closest<HTMLElement>("[data-place]");
    const id = el?.dataset.place;
    if (!el || !id || !lay.current?.contains(el)) return null;
    const box = el.getBoundingClientRect();
    return { id, after: e.clientY > box.top + box.height / 2 };
  };

  const dropAt = (d: Dragged, e: PointerEvent): Drop | null => {
    const there = target(e);
    const [from, to] = [theory.nodes.get(d.id), theory.nodes.get(there?.id ?? "")];
    if (!there || !from || !to || from === to) return null;
    if (d.grip) {
      const [cause, effect] = d.grip === "up" ? [from, to] : [to, from];
      return cause.level > effect.level ? { kind: "link", cause: cause.id, effect: effect.id } : null;
    }
    if (to.level === from.level) return { kind: "beside", id: d.id, other: there.id, after: there.after };
    return to.level < from.level || (from.level !== IDEA && to.level !== IDEA) ? { kind: "under", id: d.id, parent: to.id } : null;
  };

  const handlers = {
    onPointerDown: (e: PointerEvent): void => {
      if (e.button !== 0 || readOnly) return;
      const grip = (e.target as HTMLElement).closest<HTMLElement>("[data-grip]");
      const id = (e.target as HTMLElement).closest<HTMLElement>("[data-place]")?.dataset.place;
      if (!id || (e.target as HTMLElement).closest(".editing,.linkbox") || (!grip && (id === "aim" || e.pointerType === "touch"))) return;
      held.current = { id, grip: (grip?.dataset.grip ?? "") as Dragged["grip"], x: e.clientX, y: e.clientY, moving: false, pointer: e.pointerId, touch: e.pointerType === "touch" };
      if (grip) e.preventDefault();
    },
    onPointerMove: (e: PointerEvent): void => {
      const d = held.current;
      if (!d || d.pointer !== e.pointerId) return;
      if (!d.moving && Math.hypot(e.clientX - d.x, e.clientY - d.y) < FAR) return;
      if (!d.moving) {
        d.moving = true;
        setMoving(d.id);
        (e.currentTarget as HTMLElement).setPointerCapture(d.pointer);
      }
      setOver(dropAt(d, e));
      if (d.grip) setLine(straight(e.currentTarget as HTMLElement, d, e));
    },
    onPointerUp: (e: PointerEvent): void => {
      const d = held.current;
      if (!d) return;
      const what = d.moving ? dropAt(d, e) : null;
      swallow.current = d.moving;
      if (d.moving) setTimeout(() => { swallow.current = false; });
      end();
      if (what) drop(what);
      else if (!d.moving && d.grip) choose(d.id);
    },
    onPointerCancel: end,
    onClickCapture: (e: MouseEvent): void => {
      if (swallow.current) { swallow.current = false; e.stopPropagation(); e.preventDefault(); return; }
      const id = (e.target as HTMLElement).closest<HTMLElement>("[data-node]")?.dataset.node;
      if (id) choose(id);
    },
  };

  const mark = (id: string): string => {
    if (moving === id && !line) return "moving";
    if (over?.kind === "beside" && over.other === id) return over.after ? "drop-after" : "drop-before";
    if (over?.kind === "under" && over.parent === id) return "drop-in";
    if (over?.kind === "link" && (over.cause === id || over.effect === id) && moving !== id) return "drop-in";
    return "";
  };
  return { handlers, mark, line };
}

function straight(field: HTMLElement, d: Dragged, e: PointerEvent): string {
  const box = field.getBoundingClientRect();
  const scale = field.offsetWidth ? box.width / field.offsetWidth : 1;
  const at = (x: number, y: number): string => `${((x - box.left) / scale).toFixed(1)} ${((y - box.top) / scale).toFixed(1)}`;
  return `M${at(d.x, d.y)}L${at(e.clientX, e.clientY)}`;
}
