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
