import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, describe, expect, it } from "vitest";
import type { Item, Model, Operation, Outcome, Question, State } from "../model";
import { LeftOut } from "./left_out";
import type { Told } from "./told";

afterEach(cleanup);
const inner = (id: string, kind: string, prompt: string) => ({ id, kind, prompt, label: "", help: "", example: "", required: true, required_when: {}, questions: [], choices: [], minimum: null, maximum: null, max_length: null });
const QUESTION = { ...inner("excluded", "list", "Is a point left out, and why?"), required: false, help: "A point left out stays on the chart.", questions: [inner("date", "date", "The point of which date?"), inner("reason", "text", "Why is it left out?")] } as unknown as Question;
const TOLD = { held: [["2024-09-02", "2 Sep 2024: 10%"], ["2024-09-09", "9 Sep 2024: 60%"]] } as unknown as Told;

function show(excluded: Item[] = [], more: Partial<State> = {}, told: Told | null = TOLD) {
  const sent: Operation[] = [];
  const measure: Item = { id: "m" };
  const state = { answers: { measures: [{ ...measure, excluded }] }, findings: [], conflicts: [], present: [], removed: {}, readOnly: "", me: "ana", names: [], ...more } as unknown as State;
  const model = { state: () => state, send: (o: Operation): Promise<Outcome> => { sent.push(o); return Promise.resolve({ ok: true, result: null }); }, lookAt: () => undefined } as unknown as Model;
  render(<LeftOut model={model} state={state} question={QUESTION} measure={measure} told={told} />);
  return sent;
}
const ALARM: Item = { id: "e", date: "2024-09-09", reason: "Fire alarm" };

describe("a point", () => {
  it("is left out with its date, chosen among those that have a number, the newest first, and its reason", () => {
    const sent = show();
    fireEvent.click(screen.getByText("Leave a point out"));
    const dates = screen.getByLabelText("Which point?") as HTMLSelectElement;
    expect(document.activeElement).toBe(dates);
    expect([...dates.options].map((o) => o.text)).toEqual(["Choose…", "9 Sep 2024: 60%", "2 Sep 2024: 10%"]);
    fireEvent.change(dates, { target: { value: "2024-09-09" } });
    fireEvent.input(screen.getByLabelText("Why is it left out?"), { target: { value: " Fire alarm " } });
    fireEvent.click(screen.getByText("Leave it out"));
    expect(sent).toMatchObject([{ do: "add", path: "measures.m.excluded", fields: { date: "2024-09-09", reason: "Fire alarm" } }]);
    expect((document.activeElement as HTMLElement).textContent).toBe("Leave a point out");
  });

  it("is not left out without a date, nor without a reason, and that is said", () => {
    const sent = show();
    fireEvent.click(screen.getByText("Leave a point out"));
    fireEvent.click(screen.getByText("Leave it out"));
    expect(screen.getByRole("alert").textContent).toBe("Which point? Choose its date.");
    fireEvent.change(screen.getByLabelText("Which point?"), { target: { value: "2024-09-02" } });
    fireEvent.click(screen.getByText("Leave it out"));
    expect(screen.getByRole("alert").textContent).toBe("Say why, for those who read the chart later.");
    expect(sent).toEqual([]);
  });

  it("that is left out is not offered again, says why, and counts again with one click", () => {
    const sent = show([ALARM]);
    fireEvent.click(screen.getByText("Leave a point out"));
    expect([...(screen.getByLabelText("Which point?") as HTMLSelectElement).options].map((o) => o.value)).toEqual(["", "2024-09-02"]);
    expect((screen.getByLabelText("Why 2024-09-09 is left out") as HTMLInputElement).value).toBe("Fire alarm");
    fireEvent.click(screen.getByLabelText("Count it again: 2024-09-09"));
    expect(sent).toEqual([{ do: "remove", path: "measures.m.excluded.e" }]);
  });

  it("whose date fits none is named, and its date is put right in its place", () => {
    show([ALARM], { findings: [{ id: "ME07", severity: "warning", where: "measures.m.excluded.e", message: "No point on that date", cure: "Name another.", mends: [] }] });
    expect(document.body.textContent).toContain("No point on that date. Name another.");
    expect((screen.getByLabelText(/The point of which date/) as HTMLInputElement).value).toBe("2024-09-09");
    expect(screen.getByText("Remove")).toBeTruthy();
  });

  it("is offered to nobody who may not write, nor where there is no number", () => {
    show([ALARM], { readOnly: "The folder is read-only." });
    expect(screen.queryAllByRole("button").map((b) => b.textContent)).not.toContain("Leave a point out");
    expect(screen.queryByText("Count it again")).toBeNull();
    cleanup();
    show([], {}, null);
    expect(screen.queryByText("Leave a point out")).toBeNull();
  });
});
