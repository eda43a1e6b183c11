import { act, cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { applied } from "../driver_diagram/own_edits";
import type { Item, Model, Operation, State } from "../model";
import { rangeWords, verdict } from "./compare";
import { copied } from "./rest";
import PdsaCycleView, { answered } from "./view";

const HOSTILE = "<script>alert(1)</script> </textarea> \u202eleft\u202c 😀";
const q = (id: string, kind = "text", questions: unknown[] = [], choices: unknown[] = []) => ({
  id, prompt: id, label: "", help: "", kind, example: "", section: "", required: false, required_when: {}, private: false, derived: false, locks: false,
  max_length: null, minimum: null, maximum: null, unit: "", many: false, to: [], item: "", choices, questions,
});
const choice = (id: string, ...ids: string[]) => q(id, "choice", [], ids.map((i) => ({ id: i, label: i, help: "" })));
const questions = [
  q("change", "reference"), q("title"), q("series"), q("cycle_no", "integer"), choice("purpose", "learn"), choice("scale", "team"), q("scale_people", "integer"), q("scale_contexts"), q("clone_of", "reference"),
  q("questions", "list", [q("question"), q("prediction"), q("predicted_low", "number"), q("predicted_high", "number"), q("predicted_value", "number"), choice("confidence", "low")]),
  q("plan", "group", [q("what"), q("who"), q("where"), q("when_start", "date"), q("when_end", "date")]),
  q("data", "list", [q("what"), q("who"), q("when"), q("measure", "reference")]), q("do_log", "list", [q("at", "date"), choice("kind", "unexpected"), q("observation")]),
  choice("as_planned", "yes"), q("artefacts", "list", [q("caption")]), q("results", "list", [q("value", "number"), q("result"), choice("matched", "yes", "no"), q("surprise")]), q("learned"),
  choice("act", "adopt", "adapt", "abandon"), q("reason"), choice("theory_effect", "supports"), q("next_plan"), choice("next_scale", "team"), q("theory_node", "reference"), q("acted_on", "date"), q("chart_annotation"), q("minutes_spent", "integer"),
];
const forms = { pdsa_cycles: { id: "pdsa_cycle", title: "PDSA cycle", help: "", source: "", root: "pdsa_cycles", collection: true, stages: true, working_labels: false, sections: [], questions } };

let state: State;
let tell: () => void;
let sent: Operation[];
const model = (): Model => ({
  state: () => state, onChange: (f) => { tell = f; return () => undefined; },
  send: async (op) => { sent.push(op); state = { ...state, answers: applied(state.answers, op) }; tell(); return { ok: true, result: null }; },
  ask: async () => null, saving: () => ({ state: "saved", at: null, why: "", waiting: 0 }), lookAt: () => undefined, recall: () => null, remember: () => undefined,
});
const open = (cycles: Item[], shown: Record<string, unknown> = {}, more: Partial<State> = {}): void => {
  sent = [];
  state = { inquiry: "x", title: "Late", site: "", me: "ana", readOnly: "", forms, answers: { pdsa_cycles: cycles }, findings: [], conflicts: [], present: [], changes: [], names: [], removed: {}, shown: { first: cycles[0]?.id ?? null, cards: [], primary: [], ramps: {}, locks: {}, ...shown }, ...more } as State;
  render(<PdsaCycleView model={model()} />);
};
/** A button by what it says; roles are asked for in the browser, where that is quick. */
const button = (words: string): HTMLButtonElement | undefined => [...document.querySelectorAll("button")].find((b) => b.textContent?.includes(words));
const press = (words: string): void => { fireEvent.click(button(words) as HTMLElement); };
const drawn = (): Promise<void> => act(() => new Promise((done) => setTimeout(done, 40)));
const planned: Item = { id: "c", title: "First", change: "i", questions: [{ id: "q", question: "Does it help?", prediction: "14 to 18", predicted_low: 14, predicted_high: 18 }], plan: { what: "Call", who: "Tutor" }, data: [{ id: "d", what: "Arrivals" }] };
const lock = { "pdsa_cycles.c.questions.q.prediction": { locked_at: "2026-11-16T10:00:00Z", late: false, changed: false, before: [] } };

beforeEach(() => { Element.prototype.scrollIntoView ??= () => undefined; });
afterEach(cleanup);

describe("a PDSA cycle", () => {
  it("teaches where no cycle is, and begins one with a question and a thing to collect ready", async () => {
    open([]);
    expect(document.body.textContent).toContain("small enough to learn from this week");
    press("New cycle");
    await drawn();
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ do: "add", path: "pdsa_cycles", fields: { questions: [{}], data: [{}] } });
    expect(document.querySelectorAll(".part")).toHaveLength(4);
  });

  it("counts the eight answers that are needed", () => {
    expect(answered({ id: "c" })).toBe(0);
    expect(answered(planned)).toBe(5);
    expect(answered({ ...planned, do_log: [{ id: "o", observation: "It began" }], learned: "It helps", act: "adopt" })).toBe(8);
  });

  it("lets a prediction be changed until Do begins, and then only if somebody insists", async () => {
    open([planned]);
    expect(document.querySelector(".locked")).toBeNull();
    cleanup();
    open([planned], { locks: lock });
    expect(document.querySelector(".locked")?.textContent).toContain("14 to 18");
    expect(document.querySelector("[data-path$='.prediction'] .ctl")).toBeNull();
    press("Change it all the same");
    await drawn();
    expect((document.querySelector("[data-path$='.prediction'] .ctl") as HTMLTextAreaElement).value).toBe("14 to 18");
  });

  it("takes a line of what happened with Enter, with its day, and none that is empty", async () => {
    open([planned]);
    const line = screen.getByLabelText("What happened: add a line");
    fireEvent.keyDown(line, { key: "Enter" });
    expect(sent).toEqual([]);
    fireEvent.input(line, { target: { value: "  All were reached " } });
    await drawn();
    fireEvent.keyDown(line, { key: "Enter" });
    await drawn();
    expect(sent[0]).toMatchObject({ do: "add", path: "pdsa_cycles.c.do_log", fields: { observation: "All were reached" } });
    expect((sent[0] as { fields: { at: string } }).fields.at).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect((line as HTMLInputElement).value).toBe("");
  });

  it("sets the result beside the prediction and says how they differ", () => {
    open([{ ...planned, results: [{ id: "r", question: "q", value: 19 }] }], { locks: lock });
    expect(document.querySelector(".scale")?.getAttribute("aria-label")).toBe("Predicted 14 to 18, result 19. Higher than expected, by 1.");
    const said = (predicted: object, value: number): string => verdict({ id: "q", ...predicted }, { id: "r", value });
    expect([said({ predicted_low: 14 }, 14), said({ predicted_high: 10 }, 12.5), said({ predicted_value: 3 }, 1), said({}, 1)]).toEqual(["As expected.", "Higher than expected, by 2.5.", "Lower than expected, by 2.", ""]);
    expect([rangeWords({ id: "q", predicted_low: 4 }), rangeWords({ id: "q", predicted_high: 4 }), rangeWords({ id: "q" })]).toEqual(["at least 4", "at most 4", ""]);
  });

  it("copies a plan without what came of it, and thanks where it came from", async () => {
    expect(copied({ ...planned, act: "adopt", learned: "It helps", results: [{ id: "r" }] })).toMatchObject({ change: "i", plan: { what: "Call", who: "Tutor" }, questions: [{ question: "Does it help?" }], data: [{ what: "Arrivals" }] });
    expect(Object.keys(copied({ ...planned, act: "adopt", learned: "It helps" }))).not.toEqual(expect.arrayContaining(["act"]));
    open([planned]);
    press("Copy this plan");
    await drawn();
    expect(sent[0]).toMatchObject({ do: "add", fields: { clone_of: "c" } });
    expect((sent[0] as { fields: { questions: Item[] } }).fields.questions[0]?.["prediction"]).toBeUndefined();
  });

  it("plans the next cycle with what was decided, unless the idea was given up", async () => {
    open([{ ...planned, act: "adapt", next_plan: "Call on Friday" }]);
    press("Share the decision and plan cycle 2");
    await drawn();
    expect(sent.map((o) => o.do)).toEqual(["set", "add"]);
    expect(sent[1]).toMatchObject({ fields: { cycle_no: 2, plan: { what: "Call on Friday" } } });
    cleanup();
    open([{ ...planned, act: "abandon" }]);
    expect(button("plan cycle")).toBeUndefined();
    expect(button("Share the decision")).toBeTruthy();
  });

  it("shows words of people as words", () => {
    open([{ ...planned, title: HOSTILE, learned: HOSTILE, do_log: [{ id: "o", observation: HOSTILE }] }], { locks: lock });
    expect(document.querySelector("script")).toBeNull();
    expect(document.querySelector(".log")?.textContent).toContain("<script>");
  });

  it("can be read and not changed where nothing can be written", () => {
    open([{ ...planned, act: "adapt" }], {}, { readOnly: "The folder is read-only for you." });
    for (const words of ["New cycle", "Copy this plan", "Add", "plan cycle", "Remove this cycle"]) expect(button(words)).toBeUndefined();
  });
});
