// A button that goes away when it is pressed must not take the keyboard with it: the focus stays where it stood.

const STOPS = "a[href],button:not([disabled]),input:not([disabled]),textarea:not([disabled]),select:not([disabled]),summary,[tabindex]";

/** Give the focus to what stands next to a control that had it and was taken away. Returns how to stop. */
export function keepFocus(el: HTMLElement): () => void {
  let held: Element | null = null;
  const note = (e: FocusEvent): void => { held = e.target as Element; };
  const left = (e: FocusEvent): void => {
    const from = e.target as Element;
    // a control that is taken away says so too: only who leaves one that stays has left
    queueMicrotask(() => { if (held === from && from.isConnected && document.activeElement !== from) held = null; });
  };
  const seen = new MutationObserver((records) => {
    const lost = held;
    if (!lost || lost.isConnected) return;
    held = null;
    const now = document.activeElement;
    if (now && now !== document.body && (el.contains(now) || !now.contains(el))) return; // somebody has put it elsewhere
    const record = records.find((r) => [...r.removedNodes].some((n) => n.contains(lost)));
    if (record) near(el, record)?.focus({ preventScroll: true });
  });
  el.addEventListener("focusin", note);
  el.addEventListener("focusout", left);
  seen.observe(el, { childList: true, subtree: true });
  return () => {
    seen.disconnect();
    el.removeEventListener("focusin", note);
    el.removeEventListener("focusout", left);
  };
}

/** The first control after the place from which something was removed, else the last before it, else further out. */
function near(el: HTMLElement, { target, nextSibling, previousSibling }: MutationRecord): HTMLElement | undefined {
  let parent: Node | null = target.isConnected ? target : null;
  let next: Node | null = nextSibling?.isConnected ? nextSibling : null;
  let before: Node | null = previousSibling?.isConnected ? previousSibling : null;
  // what came into its place stands between its neighbours
  if (before && before.parentNode === parent) next = before.nextSibling;
  else if (!before && parent) next = parent.firstChild;
  while (parent && el.contains(parent)) {
    for (let n = next; n; n = n.nextSibling) {
      const found = stops(n)[0];
      if (found) return found;
    }
    for (let n = before; n; n = n.previousSibling) {
      const found = stops(n).at(-1);
      if (found) return found;
    }
    next = parent.nextSibling;
    before = parent.previousSibling;
    parent = parent.parentNode;
  }
  return undefined;
}

function stops(node: Node): HTMLElement[] {
  if (!(node instanceof HTMLElement)) return [];
  const all = [...(node.matches(STOPS) ? [node] : []), ...node.querySelectorAll<HTMLElement>(STOPS)];
  return all.filter((e) => e.tabIndex >= 0 && !e.closest("[hidden]"));
}
