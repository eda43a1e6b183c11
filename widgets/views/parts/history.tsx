// Who changed what, when: of a whole view, or of one answer.
import { useEffect, useState } from "preact/hooks";
import { at } from "../model";
import type { Model, State } from "../model";
import { dayWords, placeWords } from "./words";

interface Entry { author: string; at: string; paths: string[]; value?: unknown }

export function History({ model, state, roots, path, close }: { model: Model; state: State; roots?: string[]; path?: string; close: () => void }) {
  const [entries, setEntries] = useState<Entry[] | null>(null);
  const [failed, setFailed] = useState("");
  useEffect(() => {
    let gone = false;
    model.ask("history", { path: path ?? "" }).then(
      (found) => { if (!gone) setEntries(found as Entry[]); },
      (e: Error) => { if (!gone) setFailed(e.message); },
    );
    return () => { gone = true; };
  }, [model, path, state.answers]);
  const shown = entries?.filter((e) => !roots || e.paths.some((p) => roots.includes(p.split(".")[0] ?? ""))) ?? [];
  const stands = path ? at(state.answers, path) : undefined;
  const back = (e: Entry): boolean => ["string", "number", "boolean"].includes(typeof e.value) && e.value !== stands && !state.readOnly;
  return (
    <div class="history" role="region" aria-label={path ? "History of this answer" : "History"}>
      <div class="sec-head"><h2>History</h2><button type="button" class="btn plain" onClick={close}>Close</button></div>
      {failed && <p class="hint">{failed}</p>}
      {!failed && entries === null && <p class="hint">Reading…</p>}
      {entries !== null && shown.length === 0 && <p class="hint">Nothing was changed here yet.</p>}
      <ol>
        {shown.slice(0, 60).map((e, i) => (
          <li key={i}>
            <span class="mut">{dayWords(e.at)} · <bdi>{e.author}</bdi></span>{" "}
            {path ? null : [...new Set(e.paths.filter((p) => !p.includes("~")).map((p) => placeWords(state, p)))].slice(0, 4).join("; ")}
            {path && e.value !== null && e.value !== undefined && <q dir="auto">{String(e.value)}</q>}
            {path && back(e) && <button type="button" class="linkish" onClick={() => void model.send({ do: "set", path, value: e.value, base: stands ?? "" })}>Bring back<span class="sr"> {String(e.value)}</span></button>}
          </li>
        ))}
      </ol>
    </div>
  );
}
