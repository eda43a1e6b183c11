// Sheets for paper: the plan, the seating chart, a sheet for each observer, the minutes.
import { useState } from "preact/hooks";
import type { Cycle } from "./cycle";

const SHEETS = [
  { id: "plan", label: "The plan, to hand round" }, { id: "sheets", label: "Seating and observation sheets" }, { id: "minutes", label: "Discussion and learning" },
] as const;

export function Print({ cycle: { model, lesson }, only }: { cycle: Cycle; only?: string }) {
  const [said, setSaid] = useState("");
  const open = async (id: string): Promise<void> => {
    setSaid("Preparing…");
    try {
      const page = String(await model.ask("print", { lesson: lesson.id, sheet: id }));
      const url = URL.createObjectURL(new Blob([page], { type: "text/html" }));
      const opened = window.open(url, "_blank");
      setSaid(opened ? "It opened in a new tab: print it there." : "This browser let no new tab open. Allow it for this page and press again.");
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
    } catch (e) {
      setSaid(e instanceof Error ? e.message : String(e));
    }
  };
  return (
    <div class="btns">
      {SHEETS.filter((s) => !only || s.id === only).map((s) => <button type="button" class="btn" key={s.id} onClick={() => void open(s.id)}>{s.label}</button>)}
      <span class="hint" role="status">{said}</span>
    </div>
  );
}
