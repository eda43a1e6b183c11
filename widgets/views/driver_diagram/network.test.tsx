import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Answers, Model, Operation, State } from "../model";
import { becomeDrivers, candidates } from "./from_causes";
import { applied } from "./own_edits";
import { takeUp } from "./network";
import type { NetworkDriver, NetworkShown } from "./shown";
import { theoryOf } from "./theory";
import DriverDiagramView from "./view";

const own = {
  aim: { what: "Work on time" },
  driver_diagram: { drivers: [{ id: "p", label: "Clear tasks", level: 1, overlay_of: "h1", owner_scope: "hub" }], edges: [{ id: "e", cause: "p", effect: "aim" }] }, change_ideas: [],
  causes: {
    fishbone: [{ id: "c1", text: "Nothing asks for it", category: "Policies" }, { id: "c2", text: "Nobody looks", category: "Policies", parent: "c1" }, { id: "c3", text: "Taken already", becomes_driver: "p" }, { id: "c4", text: " " }],
    why_chains: [{ id: "w", start: "It is late", whys: [{ id: "y", why: "Four clicks", evidence: "We counted" }] }],
  },
};
const network: NetworkShown = {
  title: "On-time <b>network</b>", problem: "",
  answers: {
    aim: { what: "Work on time" }, change_ideas: [],
    driver_diagram: {
      drivers: [{ id: "p", label: "Clear tasks", level: 1, scope: "both", state: "" }, { id: "hub:h2", label: "Families know", level: 1, scope: "network", state: "" }],
      edges: [{ id: "e", cause: "p", effect: "aim" }, { id: "x", cause: "hub:h2", effect: "aim", because: "seen in four schools" }],
    },
  },
  marks: { "hub:h2": [{ shape: "link", role: "", words: "the network’s: nothing said here yet" }] },
  drivers: [{ id: "h1", label: "Clear tasks", level: 1, definition: "", here: ["p"] }, { id: "h2", label: "Families know", level: 1, definition: "What is due", here: [] }],
};

let state: State;
let sent: Operation[];
let tell: () => void;
const model = (): Model => ({
  state: () => state, onChange: (f) => { tell = f; return () => undefined; },
  send: async (op) => { sent.push(op); state = { ...state, answers: applied(state.answers, op) }; tell(); return { ok: true, result: null }; },
  ask: async () => null, saving: () => ({ state: "saved", at: null, why: "", waiting: 0 }), lookAt: () => undefined, recall: () => null, remember: () => undefined,
});
const base = (shown: Answers): State => ({ inquiry: "x", title: "Late", site: "", me: "ana", readOnly: "", forms: {}, answers: own, findings: [], conflicts: [], present: [], changes: [], names: [], removed: {}, shown }) as unknown as State;
const open = (shown: Answers): void => {
  sent = [];
  state = base(shown);
  render(<DriverDiagramView model={model()} />);
};
const row = (words: RegExp): HTMLElement => within(screen.getByRole("tree")).getByRole("treeitem", { name: words });

beforeEach(() => { Element.prototype.scrollIntoView ??= () => undefined; });
afterEach(cleanup);

describe("the network's layer", () => {
  it("is shown and hidden by a button or a key, and marks whose a driver is", () => {
    open({ network });
    expect(within(screen.getByRole("tree")).queryByText("Families know")).toBeNull();
    fireEvent.click(screen.getByRole("button", { name: "Network" }));
    expect(row(/Families know.*nothing said here yet/)).toBeTruthy();
    expect(document.querySelector(".node.theirs")?.textContent).toContain("Families know");
    expect(document.querySelector(".sumline")?.textContent).toContain("On-time <b>network</b>");
    fireEvent.keyDown(row(/Families know/), { key: "g" });
    expect(within(screen.getByRole("tree")).queryByText("Families know")).toBeNull();
  });

  it("takes a driver up as one of the site's own that stands for it, linked as in the network", () => {
    const drawn = theoryOf(network.answers);
    const operations = takeUp(theoryOf(own), drawn, network.drivers[1] as NetworkDriver, "not_here").operations;
    expect(operations[0]).toMatchObject({ path: "driver_diagram.drivers", fields: { label: "Families know", level: 1, state: "not_here", owner_scope: "hub", overlay_of: "h2" } });
    expect(operations[1]).toMatchObject({ path: "driver_diagram.edges", fields: { effect: "aim", because: "seen in four schools" } });
  });

  it("cannot be changed in the picture: the network's own words stay", () => {
    open({ network });
    fireEvent.click(screen.getByRole("button", { name: "Network" }));
    for (const key of ["Delete", "n", "w", "F2"]) fireEvent.keyDown(row(/Families know/), { key });
    expect(sent).toEqual([]);
    expect(screen.queryByRole("button", { name: "Driver" })).toBeNull();
  });

  it("says why where the network cannot be read, and nothing where there is none", () => {
    open({ network: { ...network, problem: "The network's inquiry cannot be read: it is gone." } });
    expect(screen.queryByRole("button", { name: "Network" })).toBeNull();
    expect(screen.getByText(/it is gone/)).toBeTruthy();
    cleanup();
    open({});
    expect(screen.queryByRole("button", { name: "Network" })).toBeNull();
  });
});

describe("drivers from the causes", () => {
  it("offers causes with words that are no driver yet", () => {
    expect(candidates(base({})).map((c) => [c.text, c.from])).toEqual([["Nothing asks for it", "Policies"], ["Nobody looks", "Policies"], ["Four clicks", "Whys: It is late"]]);
  });

  it("places a cause below the one that it feeds, also when both are taken at once; a circle does not hang", () => {
    const there = candidates(base({}));
    const operations = becomeDrivers(base({}), there).operations as { path: string; fields: Answers }[];
    const drivers = operations.filter((o) => o.path === "driver_diagram.drivers").map((o) => [o.fields.label, o.fields.level, o.fields.definition]);
    expect(drivers).toEqual([["Nothing asks for it", 1, undefined], ["Nobody looks", 2, undefined], ["Four clicks", 1, "We counted"]]);
    const circle = there.slice(0, 2).map((c, i) => ({ ...c, parent: i ? "c1" : "c2" }));
    expect(becomeDrivers(base({}), circle).operations).toHaveLength(6);
  });

  it("happens inside the diagram: choose, make, and one undo takes all of it back", async () => {
    open({});
    fireEvent.keyDown(row(/Clear tasks/), { key: "c" });
    expect(document.activeElement).toBe(screen.getByRole("checkbox", { name: "Nothing asks for it" }));
    fireEvent.click(screen.getByRole("checkbox", { name: "Nothing asks for it" }));
    await act(async () => { fireEvent.submit(screen.getByRole("form", { name: "Take drivers from the causes" })); });
    expect(sent.map((o) => `${o.do} ${"path" in o ? o.path : ""}`)).toEqual(["add driver_diagram.drivers", "set causes.fishbone.c1.becomes_driver", "add driver_diagram.edges"]);
    await act(async () => { fireEvent.click(screen.getAllByRole("button", { name: "Undo" })[0] as HTMLElement); });
    expect(sent.slice(3).map((o) => o.do)).toEqual(["remove", "set", "remove"]);
    expect(candidates(state).map((c) => c.id)).toContain("c1");
  });
});
