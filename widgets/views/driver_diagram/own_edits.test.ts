import { beforeEach, describe, expect, it } from "vitest";
import type { Model, Operation, Outcome, State } from "../model";
import { at } from "../model";
import * as acts from "./acts";
import { applied, inverse, OwnEdits } from "./own_edits";
import { AIM, theoryOf } from "./theory";

/** A record in memory: operations are done when the test says that the answer has come. */
class Record {
  answers: { [root: string]: unknown };
  sent: Operation[] = [];
  private waiting: (() => void)[] = [];
  private listeners: (() => void)[] = [];
  private gone = new Map<string, never>();
  private shown: State | null = null;
  constructor(answers: { [root: string]: unknown }) { this.answers = answers; }
  host(): Model {
    return {
      state: () => (this.shown ??= { answers: this.answers } as State),
      onChange: (f: () => void) => { this.listeners.push(f); return () => undefined; },
      send: (op: Operation) => { this.sent.push(op); return new Promise<Outcome>((done) => this.waiting.push(() => done(this.take(op)))); },
    } as unknown as Model;
  }
  private take(op: Operation): Outcome {
    if (op.do === "set" && op.value === "refuse me") return { ok: false, message: "No." };
    this.answers = applied(this.answers, op, this.gone);
    this.tell();
    return { ok: true, result: null };
  }
  tell(): void { this.shown = null; for (const f of this.listeners) f(); }
  async answer(): Promise<void> {
    for (const w of this.waiting.splice(0)) w();
    await new Promise((r) => setTimeout(r));
  }
}

const start = () => ({ aim: { what: "More" }, driver_diagram: { drivers: [{ id: "p", label: "P", level: 1 }, { id: "s", label: "S", level: 2 }, { id: "t", label: "T", level: 2 }], edges: [
  { id: "e1", cause: "p", effect: AIM }, { id: "e2", cause: "s", effect: "p", because: "so" }, { id: "e3", cause: "t", effect: "p" }] }, change_ideas: [{ id: "i", name: "I", drivers: ["s"] }] });

let record: Record;
let own: OwnEdits;
beforeEach(() => { record = new Record(start()); own = new OwnEdits(record.host()); });
const label = () => at(own.state().answers, "driver_diagram.drivers.s.label");
const theory = () => theoryOf(own.state().answers);

describe("one's own edits", () => {
  it("show before the kernel has answered, and stay when it has", async () => {
    void own.send({ do: "set", path: "driver_diagram.drivers.s.label", value: "New", base: "S" });
    expect(label()).toBe("New");
    await record.answer();
    expect(label()).toBe("New");
  });

  it("go when the record refuses them, with its words", async () => {
    void own.send({ do: "set", path: "driver_diagram.drivers.s.label", value: "refuse me", base: "S" });
    await record.answer();
    expect([label(), own.said]).toEqual(["S", "No."]);
  });

  it("are taken back and done again, one act at a time", async () => {
    const act = acts.removeNode(theory(), "s");
    own.act(act.words, act.operations);
    await record.answer();
    expect(theory().nodes.has("s")).toBe(false);
    expect(at(own.state().answers, "change_ideas.i.drivers")).toEqual([]);
    own.undo();
    expect(theory().nodes.has("s")).toBe(true);
    expect(theory().links.map((l) => l.key).sort()).toEqual(["i>s", "p>aim", "s>p", "t>p"]);
    own.redo();
    expect(theory().nodes.has("s")).toBe(false);
  });

  it("are not taken back over what somebody else has written since", async () => {
    void own.send({ do: "set", path: "driver_diagram.drivers.s.label", value: "Mine", base: "S" });
    await record.answer();
    record.answers = applied(record.answers, { do: "set", path: "driver_diagram.drivers.s.label", value: "Theirs" });
    record.tell();
    own.undo();
    expect(label()).toBe("Theirs");
    expect(own.said).toContain("somebody has changed it");
  });

  it("of one text typed in one go are one step", async () => {
    for (const value of ["N", "Ne", "New"]) void own.send({ do: "set", path: "driver_diagram.drivers.s.label", value, base: "S" });
    await record.answer();
    own.undo();
    expect(label()).toBe("S");
    expect(own.canUndo).toBe(false);
  });
});

describe("an operation and its inverse", () => {
  it.each<Operation>([
    { do: "set", path: "aim.what", value: "Less" }, { do: "set", path: "aim.target", value: 80 }, { do: "add", path: "change_ideas", fields: { id: "j", name: "J" } },
    { do: "move", path: "driver_diagram.drivers.p" }, { do: "move", path: "driver_diagram.drivers.t", before: "p" },
  ])("leave nothing behind: %j", (op) => {
    const before = start();
    const back = inverse(before, op);
    expect(back && applied(applied(before, op), back)).toEqual(before);
  });
});

describe("what people do to a theory", () => {
  const done = (act: acts.Act) => { expect(act.refused).toBeUndefined(); own.act(act.words, act.operations); return act; };

  it("a new node is linked to where it was made", () => {
    const made = done(acts.addBelow(theory(), "p")).select as string;
    expect(theory().nodes.get(made)?.level).toBe(2);
    expect(theory().parent.get(made)).toBe("p");
    const idea = done(acts.addBelow(theory(), made)).select as string;
    expect(at(own.state().answers, `change_ideas.${idea}.drivers`)).toEqual([made]);
  });

  it("a new sibling stands right after", () => {
    const made = done(acts.addBeside(theory(), own.state().answers, "s")).select as string;
    expect(theory().kids.get("p")).toEqual(["s", made, "t"]);
  });

  it("moves among siblings, and says when it cannot", () => {
    done(acts.moveAmong(theory(), own.state().answers, "t", -1));
    expect(theory().kids.get("p")).toEqual(["t", "s"]);
    expect(acts.moveAmong(theory(), own.state().answers, "t", -1).refused).toBe("It is the first already.");
  });

  it("another parent means another level, another link, and a because to be written anew", () => {
    done(acts.changeParent(theory(), "t", "s"));
    expect(theory().nodes.get("t")?.level).toBe(3);
    done(acts.changeParent(theory(), "s", AIM));
    expect([theory().nodes.get("s")?.level, theory().nodes.get("t")?.level]).toEqual([1, 2]);
    expect(theory().links.find((l) => l.key === "s>aim")?.because).toBe("");
  });

  it.each([
    ["a circle", () => acts.link(theory(), "p", "s"), "circle"], ["the same again", () => acts.link(theory(), "s", "p"), "already"],
    ["an idea to the aim", () => acts.link(theory(), "i", AIM), "moves a driver"], ["below itself", () => acts.changeParent(theory(), "p", "s"), "below itself"],
    ["the aim away", () => acts.removeNode(theory(), AIM), "The aim stays"], ["below an idea", () => acts.addBelow(theory(), "i"), "Nothing stands below"],
    ["an idea below the aim", () => acts.addBelow(theory(), AIM, 4), "Choose the driver first"],
  ])("refuses %s in words", (_, act, words) => expect(act().refused).toContain(words));

  it("weakens a link that only the idea's own list names by writing it down", () => {
    done(acts.weaken(theory(), theory().links.find((l) => l.key === "i>s")));
    expect(theory().links.find((l) => l.key === "i>s")).toMatchObject({ weak: true, listed: true });
  });
});
