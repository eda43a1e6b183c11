// Keys that belong to whoever writes in a view, inside a notebook that has keys of its own.

/**
 * What a notebook would keep from a field. JupyterLab listens on the field for the input that a key is about to make,
 * and cancels a line break (so that Enter in a cell is no text) and an undo (it undoes cells). A field of ours would
 * then send no form, begin no line and undo nothing.
 */
const OURS = new Set(["insertLineBreak", "insertParagraph", "historyUndo", "historyRedo"]);

/** The notebook asks of an element and of those around it, and takes the first that a shortcut of its own fits. */
const SILENT = "data-lm-suppress-shortcuts";

/** Keep the notebook's keys (a, b, dd, arrows, Enter …) from firing while somebody works in a view, and give the view its own. */
export function keepKeys(el: HTMLElement): void {
  el.setAttribute(SILENT, "true");
  // "d d" fits every button that has the focus: so the word stands at the button itself, before any key is pressed on it
  el.addEventListener("focusin", (e) => (e.target as Element).setAttribute(SILENT, "true"));
  el.addEventListener("beforeinput", ours, true); // on the way down: before it comes to whoever listens on the field
  el.addEventListener("keydown", save);
}

function ours(event: Event): void {
  if (OURS.has((event as InputEvent).inputType)) event.stopPropagation();
}

/** All is saved as one writes: whoever presses Ctrl+S from habit needs no window in which the browser saves the page. */
function save(event: KeyboardEvent): void {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s") event.preventDefault();
}
