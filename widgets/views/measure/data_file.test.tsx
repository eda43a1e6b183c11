import { act, cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Item, Model, State } from "../model";
import { DataFile } from "./data_file";

const PROPOSAL = { file: "late.csv", sheet: "", rows: 24, header_line: 1, kind: "proportion", name: "Late", notes: [], columns: [{ name: "week", role: "date", form: "date", examples: [], marks: [] }], data: { date: ["week"], numerator: "late", denominator: "enrolled" } };
const TRIAL = { names: ["week"], rows: [["2024-09-02"]], count: 24, missing: [], notes: [], refusals: [] };

/** A kernel that says what stands in a file at once, and that it reads it only when the test says so. */
function show(): () => Promise<void> {
  let read: (answer: unknown) => void = () => undefined;
  const ask = (what: string): Promise<unknown> => what === "read_so" ? new Promise((answer) => { read = answer; }) : Promise.resolve(what === "try" ? TRIAL : PROPOSAL);
  const model = { ask } as unknown as Model;
  const state = { readOnly: "" } as unknown as State;
  render(<><DataFile model={model} state={state} measure={{ id: "m" } as Item} files={["late.csv"]} /><input aria-label="What is counted?" /></>);
  return () => act(async () => { read(null); await Promise.resolve(); });
}
const settled = (): Promise<void> => act(async () => { await vi.advanceTimersByTimeAsync(200); });

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); cleanup(); });

describe("the site of a data file", () => {
  it("stands in a column, or each column is one, and back", async () => {
    const asked: Item[] = [];
    const columns = ["week", "Hill", "Lake"].map((name, i) => ({ name, role: i ? "number" : "date", form: "", examples: [], marks: [] }));
    const found = { ...PROPOSAL, kind: "mean", columns, data: { date: ["week"], value: "Hill" } };
    const model = { ask: (what: string, said: { data: Item }) => { if (what === "try") asked.push(said.data); return Promise.resolve(what === "try" ? TRIAL : found); } };
    render(<DataFile model={model as unknown as Model} state={{ readOnly: "" } as unknown as State} measure={{ id: "m" } as Item} files={["late.csv"]} />);
    fireEvent.click(screen.getByText("late.csv"));
    await settled();
    fireEvent.change(screen.getByLabelText("Site"), { target: { value: "*" } });
    await settled();
    expect(asked.at(-1)).toEqual({ date: ["week"], site_from: "header", value: "*" });
    expect((screen.getByLabelText("The number") as HTMLSelectElement).selectedOptions[0]?.text).toBe("every such column");
    fireEvent.change(screen.getByLabelText("Site"), { target: { value: "" } });
    await settled();
    expect(asked.at(-1)).toEqual({ date: ["week"], value: "Hill" });
  });
});

describe("a data file that is read", () => {
  it("gives the keyboard its place where the questions stood", async () => {
    const read = show();
    fireEvent.click(screen.getByText("late.csv"));
    await settled();
    const button = screen.getByText("Read the file so");
    button.focus();
    fireEvent.click(button);
    await read();
    expect((document.activeElement as HTMLElement).className).toBe("data-file");
  });

  it("takes the keyboard from nobody who has gone on and writes elsewhere", async () => {
    const read = show();
    fireEvent.click(screen.getByText("late.csv"));
    await settled();
    fireEvent.click(screen.getByText("Read the file so"));
    screen.getByLabelText("What is counted?").focus();
    await read();
    expect(document.activeElement).toBe(screen.getByLabelText("What is counted?"));
  });
});
