import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, describe, expect, it } from "vitest";
import type { Item, Model, Operation, Outcome, State } from "../model";
import { columnsOf, Grid } from "./grid";

afterEach(cleanup);
const MEASURE: Item = { id: "m", name: "Late", kind: "proportion", numerator: "Late", denominator: "Enrolled", frequency: "week" };
const row = (id: string, date: string, numerator: number): Item => ({ id, measure: "m", date, numerator, denominator: 90 });

function show(rows: Item[], more: Partial<State> = {}) {
  const sent: Operation[] = [];
  const state = { answers: { measures: [MEASURE], measure_data: rows }, findings: [], conflicts: [], present: [], removed: {}, readOnly: "", me: "ana", names: [], ...more } as unknown as State;
  const model = { state: () => state, send: (o: Operation): Promise<Outcome> => { sent.push(o); return Promise.resolve({ ok: true, result: null }); }, lookAt: () => undefined } as unknown as Model;
  render(<Grid model={model} state={state} measure={MEASURE} />);
  return sent;
}
const cell = (r: number, c: number): HTMLInputElement => document.querySelector(`[data-cell="${r}:${c}"]`) as HTMLInputElement;
const paste = (at: HTMLInputElement, text: string): void => { fireEvent.paste(at, { clipboardData: { getData: () => text } }); };

describe("the grid", () => {
  it("stands in the order of dates with one new row, whose date is the next one", () => {
    show([row("b", "2024-09-09", 4), row("a", "2024-09-02", 3)]);
    expect([cell(0, 0).value, cell(1, 0).value, cell(2, 0).placeholder]).toEqual(["2024-09-02", "2024-09-09", "2024-09-16"]);
  });

  it("adds a row once when somebody begins to type, with the next date", () => {
    const sent = show([row("a", "2024-09-02", 3)]);
    fireEvent.input(cell(1, 1), { target: { value: "5" } });
    fireEvent.input(cell(1, 1), { target: { value: "57" } });
    const added = sent.filter((o) => o.do === "add");
    expect(added).toHaveLength(1);
    expect(added[0]).toMatchObject({ path: "measure_data", fields: { measure: "m", date: "2024-09-09" } });
    expect(sent.at(-1)).toMatchObject({ do: "set", value: 57, base: 5 });
  });

  it("offers the next row at once, without waiting for the kernel, and Enter goes there", async () => {
    const sent = show([row("a", "2024-09-02", 3)]);
    cell(1, 1).focus();
    fireEvent.input(cell(1, 1), { target: { value: "5" } });
    await waitFor(() => expect(cell(2, 0).placeholder).toBe("2024-09-16"));
    fireEvent.keyDown(cell(1, 1), { key: "Enter" });
    expect((document.activeElement as HTMLElement).dataset.cell).toBe("2:1");
    fireEvent.input(cell(2, 1), { target: { value: "6" } });
    expect(sent.filter((o) => o.do === "add").map((o) => (o as { fields: { date: string } }).fields.date)).toEqual(["2024-09-09", "2024-09-16"]);
  });

  it("goes on from a date that is typed, also before the kernel has told of its row", async () => {
    const sent = show([]);
    for (const text of ["2", "2024-09-0", "2024-09-02"]) fireEvent.input(cell(0, 0), { target: { value: text } });
    await waitFor(() => expect(cell(1, 0).placeholder).toBe("2024-09-09"));
    fireEvent.input(cell(1, 1), { target: { value: "6" } });
    expect(sent.at(-2)).toMatchObject({ do: "add", fields: { date: "2024-09-09" } });
  });

  it("removes a row of which the kernel has not told yet, and does not show it again", async () => {
    const sent = show([row("a", "2024-09-02", 3)]);
    cell(1, 1).focus();
    fireEvent.input(cell(1, 1), { target: { value: "5" } });
    await waitFor(() => expect(cell(2, 0)).toBeTruthy());
    fireEvent.keyDown(cell(1, 1), { key: "Delete", ctrlKey: true });
    await waitFor(() => expect(cell(2, 0)).toBeNull());
    expect(sent.at(-1)).toEqual({ do: "remove", path: `measure_data.${(sent[0] as { fields: { id: string } }).fields.id}` });
    expect((document.activeElement as HTMLElement).dataset.cell).toBe("0:0");
  });

  it("refuses what is no number beside the cell, once it is left, and sends nothing", () => {
    const sent = show([row("a", "2024-09-02", 3)]);
    cell(0, 1).focus();
    fireEvent.input(cell(0, 1), { target: { value: "many" } });
    expect(screen.queryByRole("alert")).toBeNull();
    fireEvent.blur(cell(0, 1));
    expect(screen.getByRole("alert").textContent).toBe("“many” is not a number.");
    expect(sent).toEqual([]);
  });

  it("takes a block: standing rows are changed, new ones added, headings and wrong cells said", () => {
    const sent = show([row("a", "2024-09-02", 3)]);
    paste(cell(0, 0), "Week\tLate\tAll\n2024-09-02\t7\t90\n09/10/2024\t8\t90\n2024-09-23\tc\t91\n");
    expect(sent[0]).toEqual({ do: "set", path: "measure_data.a.numerator", value: 7, base: 3 });
    expect(sent.filter((o) => o.do === "add").map((o) => (o as { fields: Record<string, unknown> }).fields)).toMatchObject([{ numerator: 8, denominator: 90 }, { date: "2024-09-23", denominator: 91 }]);
    const said = screen.getByText(/rows pasted/).parentElement!.textContent!;
    expect(said).toContain("3 rows pasted; the first line was taken as headings.");
    expect(said).toContain("Line 3: “09/10/2024” could be");
    expect(said).toContain("Line 4: “c” is not a number. Left empty.");
  });

  it("takes nothing of a block that is wider than the columns that are left", () => {
    const sent = show([]);
    paste(cell(0, 2), "1\t2\t3\n4\t5\t6");
    expect(sent).toEqual([]);
    expect(screen.getByText(/Nothing was pasted/)).toBeTruthy();
  });

  it("shows the latest of many rows, and the earlier ones when asked", () => {
    show(Array.from({ length: 100 }, (_, i) => row(`r${String(i).padStart(3, "0")}`, new Date(Date.UTC(2020, 0, 6 + 7 * i)).toISOString().slice(0, 10), i)));
    expect(document.querySelectorAll("[data-row]")).toHaveLength(60);
    fireEvent.click(screen.getByText("Show 41 earlier rows"));
    expect(document.querySelectorAll("[data-row]")).toHaveLength(101);
    expect(cell(0, 1).getAttribute("aria-label")).toBe("Late, row 1, 2020-01-06");
  });

  it("gives pasted numbers without dates the dates that follow", () => {
    const sent = show([row("a", "2024-09-02", 3)]);
    paste(cell(1, 1), "5\t90\n6\t90");
    expect(sent.map((o) => (o as { fields: { date: string } }).fields.date)).toEqual(["2024-09-09", "2024-09-16"]);
  });

  it("shows what is wrong with a row below it, and offers no change to those who may not write", () => {
    show([row("a", "2024-09-02", 300)], { readOnly: "The folder is read-only.", findings: [{ id: "ME03", severity: "error", where: "measure_data.a", message: "The part is larger", cure: "Correct it.", mends: [] }] });
    expect(document.body.textContent).toContain("The part is larger. Correct it.");
    expect(cell(0, 1).readOnly).toBe(true);
    expect(cell(1, 0)).toBeNull();
  });
});

describe("its columns", () => {
  it("are counts for a proportion, a value for a mean, and groups only where there are some", () => {
    const names = (m: Partial<Item>, rows: Item[] = [], more: string[] = []): string[] => columnsOf({ ...MEASURE, ...m } as Item, rows, more).map((c) => c.id);
    expect(names({})).toEqual(["date", "numerator", "denominator", "note"]);
    expect(names({ kind: "mean" })).toEqual(["date", "value", "note"]);
    expect(names({}, [{ id: "r", group: "7a" }])).toEqual(["date", "group", "numerator", "denominator", "note"]);
    expect(names({ kind: "mean" }, [], ["site"])).toEqual(["date", "site", "value", "note"]);
  });
});
