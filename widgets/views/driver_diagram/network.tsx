// The network's theory as a layer over the team's own: what the hub says, where this site stands, and taking a driver up.
import { newId } from "../model";
import type { State } from "../model";
import { edgeTo } from "./acts";
import type { Act } from "./acts";
import type { NetworkDriver, NetworkShown } from "./shown";
import { IDEA, LEVELS, nameOf } from "./theory";
import type { Node, Theory } from "./theory";

const HUB = "hub:";
const STATES: [string, string, string][] = [
  ["focus", "Work on it here", "working on it"], ["parked", "Later", "later"], ["not_here", "Not at this site", "not working on it at this site"],
];

export const isTheirs = (node: Node | undefined): boolean => node?.fields.scope === "network";

/** Say where this site stands on a driver of the network: a driver of its own that stands for it; the network's stays as it is. */
export function takeUp(theory: Theory, drawn: Theory, driver: NetworkDriver, state: string): Act {
  const id = newId();
  const fields = { id, label: driver.label, level: driver.level, state, owner_scope: "hub", overlay_of: driver.id };
  const words = `“${driver.label}”: ${STATES.find(([s]) => s === state)?.[2] ?? state}`;
  // it hangs where it hangs in the network, as far as this site has what it leads to
  const links = (drawn.up.get(HUB + driver.id) ?? []).filter((l) => theory.nodes.has(l.effect));
  return { words, operations: [{ do: "add", path: "driver_diagram.drivers", fields }, ...links.map((l) => edgeTo(id, l.effect, l.because))], select: id };
}

export function NetworkButton({ network, on, turn }: { network: NetworkShown | null; on: boolean; turn: (on: boolean) => void }) {
  if (!network || network.problem) return null;
  return <button type="button" class="btn plain" aria-pressed={on} onClick={() => turn(!on)}><i class="ic i-link" />Network</button>;
}

/** What the layer shows, in a line; or why the network cannot be read. */
export function NetworkLine({ network, on }: { network: NetworkShown | null; on: boolean }) {
  if (network?.problem) return <p class="sumline meta" role="status"><i class="ic i-off" /><span dir="auto">{network.problem}</span> Your own theory is shown by itself.</p>;
  if (!network || !on) return null;
  const silent = network.drivers.filter((d) => !d.here.length).length;
  return (
    <p class="sumline" role="status"><strong>With the network’s theory</strong><span class="mut"><span>of “<bdi>{network.title}</bdi>”</span></span>
      <span>{silent ? <><i class="ic i-link" />{silent === 1 ? "1 of its drivers" : `${silent} of its drivers`} not answered here</> : <><i class="ic i-check" />every driver answered here</>}</span>
      <span class="mut">Read here; choose a driver to say where you stand. Nothing of the network’s is changed.</span></p>
  );
}

/** Beside the picture: a node that is the network's alone. */
export function NetworkPanel({ network, drawn, node, readOnly, act }: { network: NetworkShown; drawn: Theory; node: Node; readOnly: boolean; act: (driver: NetworkDriver, state: string) => void }) {
  const driver = network.drivers.find((d) => HUB + d.id === node.id);
  const links = drawn.up.get(node.id) ?? [];
  return (
    <div class="pc">
      <div class="blk top"><p class="eyebrow">{LEVELS[node.level]} · the network’s</p><h2 dir="auto">{nameOf(node)}</h2>
        {driver?.definition && <p dir="auto">{driver.definition}</p>}</div>
      {links.length > 0 && <div class="blk"><h3>Leads to</h3><ul>{links.map((l) => (
        <li key={l.key}><span dir="auto">{nameOf(drawn.nodes.get(l.effect))}</span>{l.because && <p class="meta" dir="auto">because {l.because}</p>}</li>
      ))}</ul></div>}
      <div class="blk"><h3>Here</h3>
        {driver ? <>
          <p class="meta">This site says nothing of it yet. Say where you stand, and it becomes a driver of yours that stands for the network’s.</p>
          {!readOnly && <div class="btns">{STATES.map(([state, words], i) => (
            <button type="button" class={`btn ${i ? "" : "primary"}`} key={state} onClick={() => act(driver, state)}>{words}<span class="sr">: {driver.label}</span></button>
          ))}</div>}
        </> : <p class="meta">{node.level === IDEA ? "A change idea of the network. To test it here, add one of your own below the driver that you work on." : "The aim of the network, until you write one of your own."}</p>}
      </div>
    </div>
  );
}

/** Of a driver of one's own: which of the network's it stands for. */
export function StandsFor({ state, node, network, readOnly, act }: { state: State; node: Node; network: NetworkShown | null; readOnly: boolean; act: (a: Act) => void }) {
  if (!network || network.problem || node.level < 1 || node.level >= IDEA) return null;
  const named = typeof node.fields.overlay_of === "string" ? node.fields.overlay_of : "";
  const lost = named !== "" && !network.drivers.some((d) => d.id === named);
  const id = `stands-${state.inquiry}-${node.id}`;
  const choose = (value: string): void => act({
    words: value ? "It stands for a driver of the network" : "It is this site’s own",
    operations: [
      { do: "set", path: `${node.path}.overlay_of`, value: value || null, base: named },
      { do: "set", path: `${node.path}.owner_scope`, value: value ? "hub" : "site", base: typeof node.fields.owner_scope === "string" ? node.fields.owner_scope : "" },
    ],
  });
  return (
    <div class="blk"><div class="field"><label class="lab" for={id}>Which of the network’s drivers does it stand for?</label>
      <select id={id} class="ctl" value={named} disabled={readOnly} onChange={(e) => choose(e.currentTarget.value)}>
        <option value="">None: it is our own</option>
        {lost && <option value={named}>One that the network no longer has</option>}
        {network.drivers.map((d) => <option value={d.id} key={d.id}>{d.label}</option>)}
      </select></div></div>
  );
}
