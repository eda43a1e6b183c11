import { fireEvent, render, screen } from "@testing-library/preact";
import { describe, expect, it } from "vitest";
import type { Model, State } from "../model";
import NewInquiry, { folderOf } from "./view";

const model = (ask: Model["ask"]): Model => ({ state: () => ({ shown: { beside: "/home/ana" } }) as unknown as State, onChange: () => () => undefined, ask }) as unknown as Model;

describe("a new inquiry", () => {
  it("gets a plain folder name from its title", () => {
    expect(folderOf("Élèves: à l’heure!")).toBe("eleves_a_l_heure");
    expect(folderOf("../../etc")).toBe("etc");
  });
  it("asks for a title before it makes anything, and tells why it could not", async () => {
    const asked: unknown[] = [];
    render(<NewInquiry model={model((_, details) => { asked.push(details); return Promise.reject(new Error("There is a folder of that name")); })} />);
    fireEvent.click(screen.getByText("Make the inquiry"));
    expect(screen.getByRole("alert").textContent).toContain("title first");
    fireEvent.input(screen.getByLabelText("What is it about?"), { target: { value: "Late on Mondays" } });
    fireEvent.click(screen.getByText("Make the inquiry"));
    expect((await screen.findByText(/There is a folder/)).textContent).toBeTruthy();
    expect(asked).toEqual([{ title: "Late on Mondays", site: "", folder: "late_on_mondays", cycle: "pdsa_cycle" }]);
  });
});
