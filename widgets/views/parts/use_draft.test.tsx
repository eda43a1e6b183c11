import { act, render, screen } from "@testing-library/preact";
import { describe, expect, it } from "vitest";
import type { Model, Operation, Outcome, State } from "../model";
import { useDraft } from "./use_draft";

/** A record of one answer, whose answers come when the test says so. */
class Record {
  text: string;
  sent: { operation: Operation; settle: (outcome: Outcome) => void }[] = [];
  constructor(text: string) { this.text = text; }
  get model(): Model {
    return {
      state: () => ({ answers: { aim: { what: this.text } } }) as unknown as State,
      send: (operation: Operation) => new Promise<Outcome>((settle) => this.sent.push({ operation, settle })),
    } as unknown as Model;
  }
}

const number = (text: string): unknown => (text === "" ? "" : Number.isFinite(Number(text)) ? Number(text) : new Error("not a number"));

interface Asked { model: Model; standing: string; parse?: (t: string) => unknown; path?: string }
function Field({ model, standing, parse = (t) => t, path = "aim.what" }: Asked) {
  const draft = useDraft(model, path, standing, parse);
  return (
    <div>
      <input aria-label="what" value={draft.text} onInput={(e) => draft.write(e.currentTarget.value)} />
      <p role="note">{draft.refused}</p>
    </div>
  );
}

const box = (): HTMLInputElement => screen.getByLabelText("what");
async function type(text: string): Promise<void> {
  await act(() => { box().value = text; box().dispatchEvent(new Event("input", { bubbles: true })); });
}

describe("what somebody is typing", () => {
  it("is sent with what it was typed over", async () => {
    const record = new Record("Late");
    render(<Field model={record.model} standing="Late" />);
    await type("Later");
    await type("Latest");
    expect(record.sent.map((s) => s.operation)).toEqual([
      { do: "set", path: "aim.what", value: "Later", base: "Late" },
      { do: "set", path: "aim.what", value: "Latest", base: "Later" },
    ]);
  });

  it("is sent line by line as it is typed, and a line that has just begun stays on the screen", async () => {
    const lines = (text: string): string[] => text.split(",").map((l) => l.trim()).filter(Boolean);
    const record = new Record("");
    const shown = render(<Field model={record.model} standing="" parse={lines} />);
    await type("bus,");
    record.text = "bus";
    await act(async () => { record.sent[0]?.settle({ ok: true, result: null }); await Promise.resolve(); });
    shown.rerender(<Field model={record.model} standing="bus" parse={lines} />);
    expect(record.sent.map((s) => s.operation)).toEqual([{ do: "set", path: "aim.what", value: ["bus"], base: [] }]);
    expect(box().value).toBe("bus,");
  });

  it("stays on the screen while others write, and takes their words in once it is saved", async () => {
    const record = new Record("Late");
    const shown = render(<Field model={record.model} standing="Late" />);
    await type("Late in May");
    record.text = "Very late";
    shown.rerender(<Field model={record.model} standing="Very late" />);
    expect(box().value).toBe("Late in May");
    record.text = "Very late in May";
    await act(async () => { record.sent[0]?.settle({ ok: true, result: null }); await Promise.resolve(); });
    expect(box().value).toBe("Very late in May");
  });

  it("takes in what others write where nothing of its own is waiting", () => {
    const record = new Record("Late");
    const shown = render(<Field model={record.model} standing="Late" />);
    shown.rerender(<Field model={record.model} standing="Later" />);
    expect(box().value).toBe("Later");
  });

  it("turns to another answer with its words, and neither takes the other's", async () => {
    const record = new Record("Late");
    const shown = render(<Field model={record.model} standing="Late" />);
    await type("Later");
    shown.rerender(<Field model={record.model} standing="Everybody" path="aim.for_whom" />);
    expect(box().value).toBe("Everybody");
    await act(async () => { record.sent[0]?.settle({ ok: false, message: "There is nothing called that." }); await Promise.resolve(); });
    expect([box().value, screen.getByRole("note").textContent]).toEqual(["Everybody", ""]);
    await type("Everybody here");
    expect(record.sent[1]?.operation).toEqual({ do: "set", path: "aim.for_whom", value: "Everybody here", base: "Everybody" });
    shown.rerender(<Field model={record.model} standing="Later" />);
    expect(box().value).toBe("Later");
  });

  it("is not sent when it cannot be an answer, and says why", async () => {
    const record = new Record("");
    render(<Field model={record.model} standing="" parse={number} />);
    await type("many");
    expect(record.sent).toEqual([]);
    expect(screen.getByRole("note").textContent).toBe("not a number");
    expect(box().value).toBe("many");
  });

  it("says why the record refused it, and keeps the words", async () => {
    const record = new Record("");
    render(<Field model={record.model} standing="" />);
    await type("x");
    await act(async () => { record.sent[0]?.settle({ ok: false, message: "There is nothing called that." }); await Promise.resolve(); });
    expect(screen.getByRole("note").textContent).toBe("There is nothing called that.");
    expect(box().value).toBe("x");
  });

  it("sends an empty base where nothing stood", async () => {
    const record = new Record("");
    render(<Field model={record.model} standing="" parse={number} />);
    await type("4");
    expect(record.sent[0]?.operation).toEqual({ do: "set", path: "aim.what", value: 4, base: "" });
  });
});
