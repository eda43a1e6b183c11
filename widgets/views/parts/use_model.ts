import { useEffect, useReducer, useRef } from "preact/hooks";
import type { Model, State } from "../model";

/** Draw again whenever the model changed: at most once a frame, or at once where the next key already belongs to what is new. */
export function useModel(model: Model, atOnce = false): State {
  const [, draw] = useReducer((n: number, _: void) => n + 1, 0);
  const frame = useRef(0);
  // whatever this drawing is for, it shows all that was told so far: no second one is needed in this frame
  const drop = (): void => { cancelAnimationFrame(frame.current); frame.current = 0; };
  drop();
  useEffect(() => {
    const soon = atOnce ? (): void => draw() : (): void => { frame.current ||= requestAnimationFrame(() => { frame.current = 0; draw(); }); };
    const stop = model.onChange(soon);
    return () => { stop(); drop(); };
  }, [model]);
  return model.state();
}
