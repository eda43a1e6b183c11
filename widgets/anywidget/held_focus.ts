// A notebook opens boxes over the page by itself (no connection, a kernel that died) and gives them the focus: keys that
// somebody types in that moment would be lost, and a space would press the box's button. Here the focus stays in the field
// that is written in; the box stands beside it and is reached by a press or by Tab. A view that fills the screen hides such
// a box, so there it gets no focus at all.

const BOX = ".jp-Dialog";
// a part of a view marked so takes typed words wherever the focus is
const FIELD = "[data-typed-in] *, textarea, select, [contenteditable=true], input:not([type=checkbox], [type=radio], [type=button], [type=file])";
const OWN_MS = 1_000; // a box that opens so soon after a press or a chord is what the person asked for

/** Hold the focus in a view; returns how to stop. */
export function holdFocus(view: HTMLElement): () => void {
  let acted = -Infinity;
  let tabs = false;
  let held: Element | null = null;
  const fills = (): boolean => view.querySelector(":fullscreen, .full") !== null;

  const press = (): void => { acted = performance.now(); held = null; };
  const key = (e: KeyboardEvent): void => {
    const at = e.target instanceof Element ? e.target : null;
    if (e.ctrlKey || e.metaKey) acted = performance.now();
    else if (view.contains(at)) acted = -Infinity; // whoever writes on waits for no box
    else if (!at?.closest(BOX)) acted = performance.now(); // such as Enter on a command
    if (e.key !== "Tab" || fills()) return;
    tabs = true;
    setTimeout(() => { tabs = false; }); // the browser moves the focus before that
    const box = document.querySelector(BOX);
    if (!held || e.target !== held || !box) return;
    held = null;
    e.preventDefault();
    e.stopImmediatePropagation();
    (box.querySelector<HTMLElement>("button.jp-mod-accept") ?? box.querySelector<HTMLElement>("button"))?.focus();
  };
  const leave = (e: FocusEvent): void => {
    const [from, to] = [e.target, e.relatedTarget];
    if (!(from instanceof HTMLElement && view.contains(from) && to instanceof Element && to.closest(BOX))) return;
    if (!fills() && (tabs || !from.matches(FIELD) || performance.now() - acted < OWN_MS)) return;
    held = from;
    queueMicrotask(() => from.focus({ preventScroll: true })); // once the box has what it wanted
  };
  const arrive = (e: FocusEvent): void => {
    const to = e.target;
    if (!(to instanceof Element && view.contains(to))) return;
    // a box takes back any focus that it hears of
    if ((to === held || fills()) && document.querySelector(BOX)) e.stopImmediatePropagation();
    if (to !== held) held = null;
  };
  const all: [string, (e: never) => void][] = [["pointerdown", press], ["keydown", key], ["focusout", leave], ["focus", arrive]];
  for (const [event, listener] of all) window.addEventListener(event, listener as EventListener, true);
  return () => { for (const [event, listener] of all) window.removeEventListener(event, listener as EventListener, true); };
}
