import { describe, expect, it } from "vitest";
import type { Form, Question } from "../model";
import { placesAt } from "./place";

const question = (id: string, more: Partial<Question> = {}): Question => ({
  id, prompt: `${id}?`, kind: "text", label: "", help: "", example: "", section: "", required: false, required_when: {}, private: false,
  derived: false, locks: false, max_length: null, minimum: null, maximum: null, unit: "", many: false, to: [], item: "", choices: [], questions: [], ...more,
});
const form = (root: string, collection: boolean, questions: Question[]): Form => ({
  id: root, title: root, help: "", source: "", root, collection, stages: false, working_labels: false, sections: [], questions,
});
const forms = {
  aim: form("aim", false, [question("what", { required: true }), question("note"), question("by_when", { required: true, kind: "date" })]),
  change_ideas: form("change_ideas", true, [question("name", { required: true }), question("steps", { kind: "list", questions: [question("who")] })]),
};

describe("what can be answered where a finding points", () => {
  it("is the question itself", () => {
    expect(placesAt(forms, {}, "aim.by_when").map((p) => p.path)).toEqual(["aim.by_when"]);
    expect(placesAt(forms, {}, "change_ideas.01.steps.02.who").map((p) => p.question.id)).toEqual(["who"]);
  });
  it("is what an item or a form still lacks", () => {
    expect(placesAt(forms, {}, "aim").map((p) => p.path)).toEqual(["aim.what", "aim.by_when"]);
    expect(placesAt(forms, { aim: { what: "On time" } }, "aim").map((p) => p.path)).toEqual(["aim.by_when"]);
    expect(placesAt(forms, {}, "change_ideas.01").map((p) => p.path)).toEqual(["change_ideas.01.name"]);
    expect(placesAt(forms, { change_ideas: [{ id: "01", name: "A call" }] }, "change_ideas.01")).toEqual([]);
  });
  it("is nothing for a whole collection or an unknown place", () => {
    expect(placesAt(forms, {}, "change_ideas")).toEqual([]);
    expect(placesAt(forms, {}, "aim.gone")).toEqual([]);
    expect(placesAt(forms, {}, "measures.01")).toEqual([]);
  });
});
