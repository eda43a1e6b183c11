import { describe, expect, it } from "vitest";
import { TeamClock } from "./team_clock";

const MINUTES = 60_000;

describe("the clock that the devices of a team share", () => {
  it("leaves a device alone whose clock is right within what the way there and back can tell", () => {
    const clock = new TeamClock();
    expect([clock.hear(10_000, 10_900, 11_000), clock.offset]).toEqual([false, 0]);
  });

  it("knows by how much a device is late or early", () => {
    const [late, early] = [new TeamClock(), new TeamClock()];
    late.hear(10_000, 10_050 + 3 * MINUTES, 10_100);
    early.hear(10_000, 10_050 - 3 * MINUTES, 10_100);
    expect([late.offset, early.offset]).toEqual([3 * MINUTES, -3 * MINUTES]);
  });

  it("counts the quickest answer, and stays with it when slower ones follow", () => {
    const clock = new TeamClock();
    clock.hear(0, 4_500 + 3 * MINUTES, 5_000);
    expect(clock.offset).toBe(2_000 + 3 * MINUTES);
    clock.hear(6_000, 6_020 + 3 * MINUTES, 6_040);
    expect(clock.offset).toBe(3 * MINUTES);
    expect([clock.hear(7_000, 9_900 + 3 * MINUTES, 10_000), clock.offset]).toEqual([false, 3 * MINUTES]);
  });

  it("follows a clock that is set in the middle of a lesson", () => {
    const clock = new TeamClock();
    clock.hear(0, 10 + 3 * MINUTES, 20);
    clock.hear(4_000 + 3 * MINUTES, 4_020 + 3 * MINUTES, 4_040 + 3 * MINUTES);
    expect(clock.offset).toBe(0);
  });

  it("begins with what was known before", () => {
    const clock = new TeamClock(3 * MINUTES);
    expect([clock.hear(0, 3 * MINUTES, 10), clock.offset]).toEqual([false, 3 * MINUTES]);
  });
});
