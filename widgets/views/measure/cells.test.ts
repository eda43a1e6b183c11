import { describe, expect, it } from "vitest";
import { nextDate, readBlock, readDate, readNumber, Unclear } from "./cells";

describe("a date as people type it", () => {
  it.each([
    ["2026-01-26", "2026-01-26"], [" 2026-1-6 ", "2026-01-06"], ["26.01.2026", "2026-01-26"], ["3.9.2024", "2024-09-03"], ["26/01/2026", "2026-01-26"],
    ["01/26/2026", "2026-01-26"], ["5/5/2026", "2026-05-05"], ["26 Jan 2026", "2026-01-26"], ["3. September 2024", "2024-09-03"], ["", ""],
  ])("%s is %s", (text, date) => expect(readDate(text)).toBe(date));

  it("is refused where it could be two dates, and says both", () => {
    const said = readDate("03/09/2024");
    expect(said).toBeInstanceOf(Unclear);
    expect((said as Error).message).toBe("“03/09/2024” could be 3 Sep 2024 or 9 Mar 2024: write 2024-09-03 or 2024-03-09.");
  });
  it.each(["2026-02-30", "31.4.2026", "yesterday", "2026", "1/1/26"])("%s is none", (text) => expect(readDate(text)).toBeInstanceOf(Error));
});

describe("a number as people type it", () => {
  it.each([["12", 12], ["12.5", 12.5], ["12,5", 12.5], ["1 234", 1234], ["1,234,567", 1234567], ["93%", 93], ["-3", -3], ["", ""], ["0", 0]])("%s is %s", (text, n) => expect(readNumber(text)).toBe(n));
  it("is refused where the comma could mean two things", () => expect((readNumber("1,234") as Error).message).toBe("“1,234” could be 1234 or 1.234: write it without the comma."));
  it.each(["c", "<5", "1.", "-", "1.2.3", "=1+1"])("%s is none", (text) => expect(readNumber(text)).toBeInstanceOf(Error));
});

describe("a block that was copied from a spreadsheet", () => {
  it("has cells by tabs and rows by lines, without the empty last one", () => expect(readBlock("a\tb\r\nc\t\r\n")).toEqual([["a", "b"], ["c", ""]]));
  it("keeps line breaks, tabs and quotes inside quoted cells", () => expect(readBlock('"two\nlines"\t"say ""x"""\n3\t4')).toEqual([["two\nlines", 'say "x"'], ["3", "4"]]));
});

describe("the date that comes next", () => {
  it.each([["2026-01-26", "week", "2026-02-02"], ["2026-01-30", "day", "2026-02-02"], ["2026-01-31", "month", "2026-02-28"], ["2026-01-26", "year", "2027-01-26"]])(
    "after %s, every %s: %s", (last, step, next) => expect(nextDate(last, step)).toBe(next));
  it("is this week's Monday where there is none yet", () => expect(nextDate(undefined, "week", new Date(2026, 0, 28))).toBe("2026-01-26"));
  it("is today for events", () => expect(nextDate("2026-01-01", "event", new Date(2026, 0, 28))).toBe("2026-01-28"));
});
