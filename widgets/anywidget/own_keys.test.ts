import { expect, it } from "vitest";
import { keepKeys } from "./own_keys";

/** Do what JupyterLab does with a key: cancel on the field itself the input that the key is about to make. */
function pressed(inputType: string): boolean {
  const el = document.body.appendChild(document.createElement("div"));
  const field = el.appendChild(document.createElement("textarea"));
  keepKeys(el);
  field.addEventListener("beforeinput", (e) => e.preventDefault());
  return field.dispatchEvent(new InputEvent("beforeinput", { inputType, bubbles: true, cancelable: true }));
}

it.each(["insertLineBreak", "insertParagraph", "historyUndo", "historyRedo"])("lets %s reach the field, whatever the notebook says", (type) => {
  expect(pressed(type)).toBe(true);
});

it("leaves all other input to whoever listens", () => {
  expect(pressed("insertText")).toBe(false);
});

it("tells the notebook to keep its shortcuts to itself, at the very control that has the focus", () => {
  const el = document.body.appendChild(document.createElement("div"));
  const button = el.appendChild(document.createElement("button"));
  keepKeys(el);
  button.focus();
  expect([el, button].map((e) => e.hasAttribute("data-lm-suppress-shortcuts"))).toEqual([true, true]);
});

it("takes Ctrl+S, for which the browser would ask where to save the page", () => {
  const el = document.body.appendChild(document.createElement("div"));
  keepKeys(el);
  const press = (key: string, ctrlKey: boolean): boolean => el.dispatchEvent(new KeyboardEvent("keydown", { key, ctrlKey, bubbles: true, cancelable: true }));
  expect([press("s", true), press("s", false), press("c", true)]).toEqual([false, true, true]);
});
