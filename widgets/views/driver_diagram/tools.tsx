// Above the picture: add, undo, fold, export, versions.
import { useState } from "preact/hooks";
import type { Model, State } from "../model";
import type { OwnEdits } from "./own_edits";
import { NetworkButton } from "./network";
import type { Download, NetworkShown } from "./shown";
import { Versions } from "./versions";
import type { Looking } from "./versions";

const EXPORTS: [string, string][] = [
  ["svg", "Drawing (SVG)"], ["png", "Picture (PNG)"], ["mermaid", "Mermaid"], ["table", "Table (CSV)"], ["markdown", "Markdown"],
];

export function Tools({ model, state, looking, look, addDriver, addIdea, folded, foldAll, save, readOnly, network, layered, layer, takeCauses, causes }: {
  model: OwnEdits; state: State; looking: Looking; look: (l: Looking) => void; addDriver: () => void; addIdea: () => void;
  folded: boolean; foldAll: (yes: boolean) => void; save: () => void; readOnly: boolean;
  network: NetworkShown | null; layered: boolean; layer: (on: boolean) => void; takeCauses: () => void; causes: number;
}) {
  return (
    <div class="bar" role="toolbar" aria-label="Tools" data-region="tools">
      {!readOnly && <>
        <button type="button" class="btn" onClick={addDriver}><i class="ic i-plus" /><span class="sr">Add a </span>Driver</button>
        <button type="button" class="btn" onClick={addIdea}><i class="ic i-plus" /><span class="sr">Add a </span>Change idea</button>
        {causes > 0 && <button type="button" class="btn plain" aria-keyshortcuts="C" onClick={takeCauses}>From the causes<span class="sr">: {causes} to take</span></button>}
        <button type="button" class="btn plain" aria-keyshortcuts="Control+Z" disabled={!model.canUndo} onClick={() => model.undo()}>Undo</button>
        <button type="button" class="btn plain" aria-keyshortcuts="Control+Shift+Z" disabled={!model.canRedo} onClick={() => model.redo()}>Redo</button>
      </>}
      <button type="button" class="btn plain" aria-pressed={folded} onClick={() => foldAll(!folded)}>{folded ? "Unfold all" : "Fold ideas"}</button>
      <NetworkButton network={network} on={layered} turn={layer} />
      <Export model={model} />
      <span class="spacer" />
      <Versions state={state} looking={looking} look={look} save={save} />
    </div>
  );
}

function Export({ model }: { model: Model }) {
  const [open, setOpen] = useState(false);
  const [said, setSaid] = useState("");
  const take = async (kind: string): Promise<void> => {
    setSaid("Making it…");
    try {
      download((await model.ask("export", { as: kind })) as Download);
      setSaid("");
      setOpen(false);
    } catch (e) {
      setSaid((e as Error).message);
    }
  };
  return (
    <div class="export" onKeyDown={(e) => { if (e.key === "Escape" && open) { e.preventDefault(); setOpen(false); } }}
      onFocusOut={(e) => { if (!e.currentTarget.contains(e.relatedTarget as Node | null)) setOpen(false); }}>
      <button type="button" class="btn plain" aria-expanded={open} onClick={() => setOpen(!open)}>Export</button>
      {open && <div class="menu">{EXPORTS.map(([kind, words]) => <button type="button" class="btn plain" key={kind} onClick={() => void take(kind)}>{words}</button>)}
        {said && <p class="hint" role="status">{said}</p>}</div>}
    </div>
  );
}

export function download(file: Download): void {
  const bytes = Uint8Array.from(atob(file.content), (c) => c.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes], { type: file.type }));
  const a = document.createElement("a");
  a.href = url;
  a.download = file.name;
  document.body.append(a);
  a.click();
  a.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
