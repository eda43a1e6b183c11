import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { keepFocus } from "./own_focus";

let el: HTMLElement;
let stop: () => void;
const byId = (id: string): HTMLElement => document.getElementById(id) as HTMLElement;
const settled = (): Promise<void> => new Promise((done) => setTimeout(done));

beforeEach(() => {
  document.body.innerHTML = `<button id="outside">o</button><div id="view"><ul><li id="one"><button id="a">a</button></li><li id="two"><button id="b">b</button></li></ul><p id="end"><button id="c">c</button></p></div>`;
  el = byId("view");
  stop = keepFocus(el);
});
afterEach(() => stop());

describe("the focus of a control that goes away", () => {
  it("goes to what stands after it", async () => {
    byId("a").focus();
    byId("one").remove();
    await settled();
    expect(document.activeElement?.id).toBe("b");
  });
  it("goes to what came into its place", async () => {
    byId("b").focus();
    const field = Object.assign(document.createElement("input"), { id: "new" });
    byId("b").replaceWith(field);
    await settled();
    expect(document.activeElement?.id).toBe("new");
  });
  it("goes to what stood before it at the end", async () => {
    byId("c").focus();
    byId("end").remove();
    await settled();
    expect(document.activeElement?.id).toBe("b");
  });
  it("stays where somebody has put it", async () => {
    byId("a").focus();
    byId("one").remove();
    byId("c").focus();
    await settled();
    expect(document.activeElement?.id).toBe("c");
  });
  it("is not fetched back from elsewhere on the page", async () => {
    byId("a").focus();
    byId("outside").focus();
    await settled();
    byId("one").remove();
    await settled();
    expect(document.activeElement?.id).toBe("outside");
  });
});
