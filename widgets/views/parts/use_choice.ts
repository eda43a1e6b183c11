// What somebody is choosing: shown at once, and chosen over what they chose before, though the kernel has not answered yet.
// Arrow keys go through radio buttons faster than that; chosen over what stands, each would be at odds with the one before.
import { useReducer, useRef } from "preact/hooks";
import type { Model } from "../model";

/** @param nothing what no answer is called as a base */
export function useChoice(model: Model, path: string, standing: unknown, nothing: unknown = ""): [unknown, (value: unknown) => void] {
  const [, draw] = useReducer((n: number) => n + 1, 0);
  const own = useRef({ path, waiting: 0, chosen: standing });
  if (own.current.path !== path) own.current = { path, waiting: 0, chosen: standing };
  const now = own.current;
  if (now.waiting === 0) now.chosen = standing;
  const choose = (value: unknown): void => {
    const base = now.chosen ?? nothing;
    now.chosen = value;
    now.waiting += 1;
    draw(undefined as never);
    void model.send({ do: "set", path, value, base }).then(() => {
      now.waiting -= 1;
      draw(undefined as never);
    });
  };
  return [now.chosen ?? undefined, choose];
}
