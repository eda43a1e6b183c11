import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/preact";
import { options } from "preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Model, Operation, State } from "../model";
import { applied } from "./own_edits";
import DriverDiagramView from "./view";

const HOSTILE = "<script>alert(1)</script> </textarea> \u202eleft\u202c 😀";
const q = (id: string, kind = "text", questions: unknown[] = []) => ({
  id, prompt: id, label: "", help: "", kind, example: "", section: "", required: false, required_when: {}, private: false, derived: false, locks: false,
  max_length: null, minimum: null, maximum: null, unit: "", many: false, to: [], item: "", choices: [], questions,
});
const form = (root: string, questions: unknown[], collection = false) => ({ id: root, title: "Driver diagram", help: "", source: "", root, collection, stages: false, working_labels: false, sections: [], questions });
const forms = {
  aim: form("aim", [q("what"), q("for_whom"), q("by_when", "date")]),
  driver_diagram: form("driver_diagram", [q("drivers", "list", [q("label"), q("definition", "long_text")]), q("edges", "list", [q("because", "long_text")])]),
  change_ideas: form("change_ideas", [q("name"), q("hypothesis", "long_text")], true),
};

let state: State;
let tell: () => void;
let sent: Operation[];
const model = (): Model => ({
  state: () => state, onChange: (f) => { tell = f; return () => undefined; },
  send: async (op) => { sent.push(op); state = { ...state, answers: applied(state.answers, op) }; tell(); return { ok: true, result: null }; },
  ask: async () => null, saving: () => ({ state: "saved", at: null, why: "", waiting: 0 }), lookAt: () => undefined, recall: () => null, remember: () => undefined,
});
const open = (answers: Record<string, unknown>, more: Partial<State> = {}): void => {
  sent = [];
  state = { inquiry: "x", title: "Late", site: "", me: "ana", readOnly: "", forms, answers, findings: [], conflicts: [], present: [], changes: [], names: [], removed: {}, shown: {}, ...more } as State;
  render(<DriverDiagramView model={model()} />);
};
const theory = { aim: { what: "More" }, driver_diagram: { drivers: [{ id: "p", label: "Primary", level: 1 }, { id: "s", label: HOSTILE, level: 2 }], edges: [{ id: "e", cause: "p", effect: "aim" }, { id: "f", cause: "s", effect: "p", because: HOSTILE }] }, change_ideas: [] };

beforeEach(() => { Element.prototype.scrollIntoView ??= () => undefined; });
afterEach(cleanup);

describe("the driver diagram", () => {
  it("teaches where nothing stands yet", () => {
    open({ aim: {}, driver_diagram: {}, change_ideas: [] });
    expect(screen.getByRole("button", { name: "Write the aim" })).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "Write the aim" }));
    expect(screen.getAllByLabelText("What will be better?").length).toBeGreaterThan(0);
  });

  it("shows one theory twice: nodes with what they are, and a tree with levels and places", () => {
    open(theory);
    expect(screen.getByRole("button", { name: /^Primary driver:\s*Primary/ })).toBeTruthy();
    const items = within(screen.getByRole("tree")).getAllByRole("treeitem");
    expect(items.map((i) => [i.getAttribute("aria-level"), i.getAttribute("aria-posinset"), i.getAttribute("aria-setsize")])).toEqual([["1", "1", "1"], ["2", "1", "1"], ["3", "1", "1"]]);
    expect(items.filter((i) => i.tabIndex === 0)).toHaveLength(1);
  });

  it("shows words of people as words", () => {
    open(theory);
    expect(document.querySelector("script")).toBeNull();
    expect(screen.getByRole("tree").textContent).toContain("<script>");
  });

  it("renames in place: Enter keeps, Esc gives the old words back", async () => {
    open(theory);
    const item = within(screen.getByRole("tree")).getAllByRole("treeitem")[1] as HTMLElement;
    act(() => item.focus());
    fireEvent.keyDown(item, { key: "Enter" });
    const field = screen.getByRole("textbox", { name: "Primary driver: Primary" });
    fireEvent.input(field, { target: { value: "Other words" } });
    fireEvent.keyDown(field, { key: "Escape" });
    expect(sent).toEqual([]);
    fireEvent.keyDown(within(screen.getByRole("tree")).getAllByRole("treeitem")[1] as HTMLElement, { key: "F2" });
    const again = screen.getByRole("textbox", { name: "Primary driver: Primary" });
    fireEvent.input(again, { target: { value: "Other words" } });
    await act(async () => { fireEvent.keyDown(again, { key: "Enter" }); });
    expect(sent).toEqual([{ do: "set", path: "driver_diagram.drivers.p.label", value: "Other words", base: "Primary" }]);
  });

  it("a new node without a name leaves nothing behind", async () => {
    open(theory);
    const item = within(screen.getByRole("tree")).getAllByRole("treeitem")[1] as HTMLElement;
    act(() => item.focus());
    await act(async () => { fireEvent.keyDown(item, { key: "n" }); });
    await act(async () => { fireEvent.keyDown(within(screen.getByRole("tree")).getByRole("textbox"), { key: "Escape" }); });
    expect(sent.map((o) => o.do)).toEqual(["add", "add", "remove", "remove"]);
  });

  it("cannot be changed where nothing can be written, and can still be read, folded and exported", () => {
    open(theory, { readOnly: "The folder is read-only for you." });
    expect(screen.queryByRole("button", { name: "Add a Driver" })).toBeNull();
    const item = within(screen.getByRole("tree")).getAllByRole("treeitem")[1] as HTMLElement;
    act(() => item.focus());
    fireEvent.keyDown(item, { key: "Delete" });
    fireEvent.keyDown(item, { key: "n" });
    expect(sent).toEqual([]);
    fireEvent.keyDown(item, { key: "ArrowLeft" });
    expect(within(screen.getByRole("tree")).getAllByRole("treeitem")).toHaveLength(2);
    expect(screen.getByRole("button", { name: "Export" })).toBeTruthy();
  });

  it("mends a finding with one click", async () => {
    const mends = [{ label: "Remove the last link", operation: "remove" as const, path: "driver_diagram.edges.f" }];
    open(theory, { findings: [{ id: "DD02", severity: "error", where: "driver_diagram.drivers.p", message: "The theory runs in a circle", cure: "Remove one of these links.", mends }] });
    await act(async () => { fireEvent.click(screen.getAllByRole("button", { name: "Remove the last link" })[0] as HTMLElement); });
    expect(sent).toEqual([{ do: "remove", path: "driver_diagram.edges.f" }]);
  });

  it("a move draws anew what it moved, once, and nothing beside it", async () => {
    vi.spyOn(HTMLElement.prototype, "offsetWidth", "get").mockReturnValue(100);
    vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(40);
    const drivers = ["a", "b", "c"].map((id) => ({ id, label: `Driver ${id}`, level: 1 }));
    const edges = drivers.map(({ id }) => ({ id: `e${id}`, cause: id, effect: "aim" }));
    const findings = drivers.map(({ id }) => ({ id: "DD01", severity: "info" as const, where: `driver_diagram.drivers.${id}`, message: `No measure at ${id}`, cure: "Add one.", mends: [] }));
    open({ aim: { what: "More" }, driver_diagram: { drivers, edges }, change_ideas: [] }, { findings });
    const row = screen.getByRole("treeitem", { name: /^Driver a/ });
    act(() => row.focus());
    const drawn: string[] = [];
    const before = options.diffed;
    options.diffed = (vnode) => {
      const p = vnode.props as unknown as Record<string, unknown>;
      if (p["data-node"]) drawn.push(`node ${String(p["data-node"])}`);
      if (p["data-link"]) drawn.push(`link ${String(p["data-link"])}`);
      if (vnode.type === "button" && [p.children].flat()[0] === "Show") drawn.push("finding");
      if (p.class === "field-of-nodes") drawn.push("picture");
      before?.(vnode);
    };
    await act(async () => { fireEvent.keyDown(row, { key: "ArrowDown", altKey: true }); });
    options.diffed = before;
    vi.restoreAllMocks();
    expect(sent).toEqual([{ do: "move", path: "driver_diagram.drivers.a", before: "c" }]);
    expect(screen.getAllByRole("treeitem").map((r) => r.dataset.row)).toEqual(["aim", "b", "a", "c"]);
    expect(drawn.sort()).toEqual(["link a>aim", "link b>aim", "picture"]);
  });
});
