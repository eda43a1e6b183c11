import { useEffect, useState } from "preact/hooks";
import type { Model } from "../model";

/** What the kernel tells when asked; asked again whenever `stamp` changes, and the old answer stays until the new one is there. */
export function useTold<T>(model: Model, question: string, details: Record<string, unknown>, stamp: string): { told: T | null; failed: string } {
  const [held, setHeld] = useState<{ of: string; told: T | null; failed: string }>({ of: "", told: null, failed: "" });
  const of = JSON.stringify([question, details]);
  useEffect(() => {
    let gone = false;
    model.ask(question, details).then(
      (told) => { if (!gone) setHeld({ of, told: told as T, failed: "" }); },
      (e: Error) => { if (!gone) setHeld({ of, told: null, failed: e.message }); },
    );
    return () => { gone = true; };
  }, [of, stamp]);
  return held.of === of ? held : { told: null, failed: "" };
}
