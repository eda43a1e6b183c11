import { act, render, screen } from "@testing-library/preact";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Model, State } from "../model";
import Batch from "./view";
import type { Shown } from "./view";

const RUNNING: Shown = {
  state: "running", title: "Attendance", template: "06_progress.ipynb", folder: "/home/ana/out", line: "3 of 10 sites ended.", words: "Running. About 12 minutes left.", sites: 10,
  ended: [{ kind: "completed", label: "Completed", count: 2 }, { kind: "skipped", label: "Unchanged", count: 0 }, { kind: "failed", label: "Failed", count: 1 }],
  running: [{ name: "Leeds", words: "for less than a minute" }],
  failed: [{ name: "<b>York</b>", happened: "Cell 3: KeyError: 'late'", cure: "Open it.", notebook: "notebooks/york.ipynb" }], more: 0, said: [], report: "", looks: 1,
};
const model = (shown: Partial<Shown>): Model => ({ state: () => ({ shown: { ...RUNNING, ...shown } }) as unknown as State, onChange: () => () => undefined }) as unknown as Model;

afterEach(() => { vi.useRealTimers(); });

describe("a batch that one watches", () => {
  it("says how far it is, what runs, and of each failed site its sentence", () => {
    render(<Batch model={model({})} />);
    expect(screen.getByRole("status").textContent).toBe("Running. About 12 minutes left.");
    const bar = screen.getByRole("progressbar");
    expect([bar.getAttribute("aria-valuenow"), bar.getAttribute("aria-valuemax"), bar.getAttribute("aria-valuetext")]).toEqual(["3", "10", "3 of 10 sites ended."]);
    expect(screen.getByText("Leeds")).toBeTruthy();
    expect(screen.getByText("<b>York</b>")).toBeTruthy();
    expect(screen.getByText("Cell 3: KeyError: 'late'")).toBeTruthy();
  });
  it("draws no bar before a batch has begun, and no running site after its end", () => {
    const { container, unmount } = render(<Batch model={model({ state: "waiting", sites: 0, ended: [], running: [], failed: [] })} />);
    expect(container.querySelector("[role=progressbar]")).toBeNull();
    unmount();
    render(<Batch model={model({ state: "ended", running: [] })} />);
    expect(screen.queryByText("Running now")).toBeNull();
  });
  it("tells how many failed sites it does not show", () => {
    render(<Batch model={model({ more: 1234 })} />);
    expect(screen.getByText("1,234 more stand in the report.")).toBeTruthy();
  });
  it("says so when its kernel is silent, until it hears again", async () => {
    vi.useFakeTimers();
    const { rerender } = render(<Batch model={model({})} />);
    await act(async () => { await vi.advanceTimersByTimeAsync(26_000); });
    expect(screen.getByRole("status").textContent).toContain("run this cell again");
    expect(screen.queryByText("Leeds")).toBeNull();
    rerender(<Batch model={model({ looks: 2 })} />);
    await act(async () => { await vi.advanceTimersByTimeAsync(10); });
    expect(screen.getByRole("status").textContent).toContain("About 12 minutes left");
  });
});
