import { useEffect, useReducer } from "preact/hooks";
import type { Model, State } from "../model";

/** Draw again whenever the model changed, at most once a frame. */
export function useModel(model: Model): State {
  const [, draw] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    let frame = 0;
    const soon = (): void => { frame ||= requestAnimationFrame(() => { frame = 0; draw(undefined as never); }); };
    const stop = model.onChange(soon);
    return () => { stop(); cancelAnimationFrame(frame); };
  }, [model]);
  return model.state();
}
