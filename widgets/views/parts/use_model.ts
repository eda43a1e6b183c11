import { useEffect, useReducer } from "preact/hooks";
import type { Model, State } from "../model";

/** Draw again whenever the model changed: at most once a frame, or at once where the next key already belongs to what is new. */
export function useModel(model: Model, atOnce = false): State {
  const [, draw] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    let frame = 0;
    const soon = atOnce ? (): void => draw(undefined as never) : (): void => { frame ||= requestAnimationFrame(() => { frame = 0; draw(undefined as never); }); };
    const stop = model.onChange(soon);
    return () => { stop(); cancelAnimationFrame(frame); };
  }, [model]);
  return model.state();
}
