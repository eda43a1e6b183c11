// What lines and marks mean.
const MARKS: [string, string, string][] = [
  ["dot", "up", "measure improved, or adopted"], ["half", "", "tested"], ["ring", "", "under way, or too few points"], ["dash", "", "nobody is testing this"], ["diamond", "con", "finding"],
];

export function Legend({ comparing, layered }: { comparing: boolean; layered: boolean }) {
  const line = (kind: string) => <svg class="edges sample" width="26" height="8" aria-hidden="true"><g class={kind}><path class="e" d="M0 4h26" /></g></svg>;
  if (comparing) return null;
  return (
    <p class="legend">
      <span>{line("")}leads to</span><span>{line("weak")}weak link</span>
      {layered && <span><span class="swatch" aria-hidden="true" />the network’s alone</span>}
      {MARKS.map(([shape, role, words]) => <span key={shape}><i class={`ic i-${shape} ${role}`} />{words}</span>)}
    </p>
  );
}
