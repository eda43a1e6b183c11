import { act, cleanup, render } from "@testing-library/preact";
import { useReducer } from "preact/hooks";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Model, State } from "../model";
import { useModel } from "./use_model";

let tell: () => void;
let drawn: string[];
let title: string;
let again: () => void;
const model = { state: () => ({ title }) as State, onChange: (f: () => void) => { tell = f; return () => undefined; } } as Model;

function View({ atOnce = false }: { atOnce?: boolean }) {
  const state = useModel(model, atOnce);
  const [, draw] = useReducer((n: number, _: void) => n + 1, 0);
  again = () => draw();
  drawn.push(state.title);
  return <p>{state.title}</p>;
}

const frame = (): void => { void act(() => { vi.advanceTimersToNextFrame(); }); };

beforeEach(() => { vi.useFakeTimers(); drawn = []; title = "a"; });
afterEach(() => { cleanup(); vi.useRealTimers(); });

it("draws once a frame, however often something changed", () => {
  render(<View />);
  title = "b";
  tell();
  tell();
  expect(drawn).toEqual(["a"]);
  frame();
  expect(drawn).toEqual(["a", "b"]);
});

it("does not draw a second time in the frame what was drawn already", () => {
  render(<View />);
  title = "b";
  tell();
  void act(() => again());
  expect(drawn).toEqual(["a", "b"]);
  frame();
  expect(drawn).toEqual(["a", "b"]);
});

it("draws what is told after such a drawing", () => {
  render(<View />);
  tell();
  void act(() => again());
  title = "b";
  tell();
  frame();
  expect(drawn.at(-1)).toBe("b");
});

it("draws nothing once it is gone", () => {
  render(<View />);
  tell();
  cleanup();
  frame();
  expect(drawn).toEqual(["a"]);
});
