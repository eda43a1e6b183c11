// One map of keys for tree and diagram: which key asks for what (the page's own text fields keep theirs).
export type Command =
  | "previous" | "next" | "towardsAim" | "towardsIdeas" | "first" | "last" | "rename" | "child" | "sibling" | "link" | "weaken" | "because"
  | "causes" | "network" | "moveUp" | "moveDown" | "outdent" | "indent" | "remove" | "undo" | "redo" | "region" | "regionBack";

interface Key { key: string; altKey: boolean; ctrlKey: boolean; metaKey: boolean; shiftKey: boolean }

const PLAIN: Record<string, Command> = {
  ArrowUp: "previous", ArrowDown: "next", ArrowLeft: "towardsAim", ArrowRight: "towardsIdeas", Home: "first", End: "last",
  Enter: "rename", F2: "rename", Delete: "remove", Backspace: "remove", n: "child", l: "link", w: "weaken", b: "because", c: "causes", g: "network",
};
const WITH_ALT: Record<string, Command> = { ArrowUp: "moveUp", ArrowDown: "moveDown", ArrowLeft: "outdent", ArrowRight: "indent" };

export function commandOf(e: Key): Command | undefined {
  const key = e.key.length === 1 ? e.key.toLowerCase() : e.key;
  if (key === "F6") return e.shiftKey ? "regionBack" : "region";
  if (e.ctrlKey || e.metaKey) {
    if (e.altKey) return undefined;
    if (key === "z") return e.shiftKey ? "redo" : "undo";
    return key === "y" ? "redo" : undefined;
  }
  if (e.altKey) return WITH_ALT[key];
  if (key === "n" && e.shiftKey) return "sibling";
  return PLAIN[key];
}

/** Whether the key belongs to a field in which somebody writes or chooses. */
export function inField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input,textarea,select,[contenteditable=true]") !== null;
}

export const KEYS: [string[], string][] = [
  [["↑", "↓"], "previous, next"],
  [["←", "→"], "close, open; towards the aim, towards the ideas"],
  [["Home", "End"], "first, last"],
  [["Enter"], "rename (Esc gives the old words back)"],
  [["N"], "new one below"],
  [["Shift", "N"], "new one beside"],
  [["L"], "link to another driver, or unlink"],
  [["W"], "strong or weak link"],
  [["B"], "why: the because of its link"],
  [["C"], "take drivers from the causes"],
  [["G"], "the network’s theory, if there is one: show, hide"],
  [["Alt", "↑", "↓"], "move among its neighbours"],
  [["Alt", "←", "→"], "nearer to the aim, further from it"],
  [["Delete"], "remove (undo: Ctrl Z, redo: Ctrl Shift Z)"],
  [["F6"], "tools, diagram, tree, panel"],
];
