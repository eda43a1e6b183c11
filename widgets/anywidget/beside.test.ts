import { describe, expect, it } from "vitest";
import { linkTo, siteOf } from "./beside";

const LAB = { baseUrl: "/user/ana/" };

describe("another notebook of the inquiry", () => {
  it("opens in JupyterLab beside this one", () => {
    const link = linkTo("late/06_progress.ipynb", "05_pdsa_cycle.ipynb", LAB);
    expect(link?.href).toBe("/user/ana/lab/tree/late/05_pdsa_cycle.ipynb");
    expect(JSON.parse(link?.open["data-commandlinker-args"] ?? "")).toEqual({ path: "late/05_pdsa_cycle.ipynb" });
  });
  it("opens in Notebook at its own address", () => {
    expect(linkTo("start.ipynb", "zu spät/01.ipynb", { baseUrl: "/", notebookPage: "notebooks" })?.href).toBe("/notebooks/zu%20sp%C3%A4t/01.ipynb");
  });
  it("is found above this one, on the same drive", () => {
    const link = linkTo("RTC:team/work/ana.ipynb", "../late/01.ipynb", LAB);
    expect(link?.href).toBe("/user/ana/lab/tree/team/late/01.ipynb");
    expect(JSON.parse(link?.open["data-commandlinker-args"] ?? "")).toEqual({ path: "RTC:team/late/01.ipynb" });
  });
  it("is no link above what the server shows, or where no notebook shows this view", () => {
    expect(linkTo("ana.ipynb", "../late/01.ipynb", LAB)).toBeNull();
    expect(linkTo(undefined, "01.ipynb", LAB)).toBeNull();
    expect(linkTo("ana.ipynb", "01.ipynb", siteOf(document))).toBeNull();
  });
});
