// Keys that belong to whoever writes in a view, inside a notebook that has keys of its own.

/**
 * What a notebook would keep from a field. JupyterLab listens on the field for the input that a key is about to make,
 * and cancels a line break (so that Enter in a cell is no text) and an undo (it undoes cells). A field of ours would
 * then send no form, begin no line and undo nothing.
 */
const OURS = new Set(["insertLineBreak", "insertParagraph", "historyUndo", "historyRedo"]);

/** Keep the notebook's keys (a, b, dd …) from firing while somebody works in a view, and give the view its own. */
export function keepKeys(el: HTMLElement): void {
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  el.addEventListener("beforeinput", ours, true); // on the way down: before it comes to whoever listens on the field
}

function ours(event: Event): void {
  if (OURS.has((event as InputEvent).inputType)) event.stopPropagation();
}
