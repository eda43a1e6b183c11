// The driver diagram: a picture and a tree of one theory, edited in place, with what is known at each node.
import { useEffect, useLayoutEffect, useMemo, useReducer, useRef, useState } from "preact/hooks";
import { newId } from "../model";
import type { Model, Operation } from "../model";
import { Frame } from "../parts/frame";
import { useModel } from "../parts/use_model";
import * as acts from "./acts";
import type { Act } from "./acts";
import { commandOf, inField } from "./commands";
import type { Command } from "./commands";
import { Diagram } from "./diagram";
import { Empty } from "./empty";
import { findingsHere, ThingsToLookAt } from "./findings";
import { AimInPlace, InPlace } from "./in_place";
import { Legend } from "./legend";
import { becomeDrivers, candidates, FromCauses } from "./from_causes";
import { LinkBox } from "./link_box";
import { isTheirs, NetworkLine, NetworkPanel, takeUp } from "./network";
import { OwnEdits } from "./own_edits";
import { Panel } from "./panel";
import { shownOf } from "./shown";
import { AIM, aimWords, IDEA, keyOf, mainLink, rowsOf, theoryOf } from "./theory";
import type { Node } from "./theory";
import { useLater, useSteady } from "../parts/steady";
import { Tools } from "./tools";
import { Tree } from "./tree";
import type { Theory } from "./theory";
import type { Drop } from "./use_drag";
import { useFolded } from "./use_folded";
import { SaveVersion, useDifference } from "./versions";
import type { Looking } from "./versions";

type Place = "tree" | "diagram";
interface Spot { where: Place; id: string; fresh?: boolean }
const REGIONS = ["tools", "diagram", "tree", "panel"];
const NO_MARKS = {};
const ROOTS = ["aim", "driver_diagram", "change_ideas"];

export default function DriverDiagramView({ model: host }: { model: Model }) {
  const model = useMemo(() => new OwnEdits(host), [host]);
  const state = useModel(model);
  const root = useRef<HTMLDivElement>(null);
  const before = useRef<Theory>();
  const theory = useMemo(() => (before.current = theoryOf(state.answers, before.current)), [state.answers]);
  const shown = useMemo(() => shownOf(state), [state.shown]);
  const [looking, look] = useState<Looking>({ shown: "", comparing: false });
  const { difference, failed } = useDifference(model, state, looking);
  const [layer, setLayer] = useState(false);
  const network = layer && !difference && looking.shown === "" && !shown.network?.problem ? shown.network : null;
  const drawn = useMemo(() => (difference ? theoryOf(difference.answers) : network ? theoryOf(network.answers) : theory), [difference, theory, network]);
  const [node, setNode] = useState(AIM);
  const [link, setLink] = useState("");
  const [editing, setEditing] = useState<Spot | null>(null);
  const [linking, setLinking] = useState<Spot | null>(null);
  const [saving, setSaving] = useState(false);
  const [taking, setTaking] = useState(false);
  const causes = useMemo(() => candidates(state).length, [state.answers.causes, state.answers.driver_diagram, state.forms]);
  const wanted = useRef<Spot | null>(null);
  const [, drawAnew] = useReducer((n: number, _: void) => n + 1, 0);
  const { folded, fold, foldIdeas, reveal, ideasFolded } = useFolded(model, drawn);
  const fixed = state.readOnly !== "" || looking.shown !== "";
  const readOnly = fixed || network !== null; // with the network's layer the picture is read; the panel answers
  const findings = useMemo(() => findingsHere(state.findings), [state.findings]);
  const rows = useMemo(() => rowsOf(drawn, folded), [drawn, folded]);
  const visible = useMemo(() => rows.map((r) => r.id), [rows]);
  const aimSaid = useMemo(() => aimWords(state, drawn), [state.answers.aim, drawn.nodes.get(AIM)]);
  const here = theory.nodes.has(node) || network?.answers && drawn.nodes.has(node) ? node : AIM;

  // focus follows what was asked for, once it is drawn; the page never moves
  useLayoutEffect(() => {
    const w = wanted.current;
    if (!w) return;
    const el = root.current?.querySelector<HTMLElement>(w.where === "tree" ? `[data-row="${w.id}"]` : `[data-node="${w.id}"]`);
    if (!el) return;
    wanted.current = null;
    el.focus({ preventScroll: true });
    keepInSight(el);
  });
  useEffect(() => { model.lookAt(editing ? theory.nodes.get(editing.id)?.path ?? "" : ""); }, [editing, model]);

  const select = (id: string, where?: Place): void => {
    setNode(id);
    setLink("");
    if (!where) return;
    wanted.current = { where, id };
    drawAnew(); // also where nothing else changes: a wish that waits would take the focus from a later field
  };
  const choose = useSteady((id: string): void => select(id));
  const chooseLink = useSteady((key: string): void => {
    setLink(key);
    setNode(theory.links.find((l) => l.key === key)?.cause ?? node);
  });
  const perform = (a: Act, say = false, where?: Place): boolean => {
    if (a.refused) { model.say(a.refused); return false; }
    model.act(a.words, a.operations, say);
    if (a.select) { reveal(a.select); select(a.select, where); }
    return true;
  };
  const add = (a: Act, where: Place): void => {
    setLayer(false);
    if (!perform(a) || !a.select) return;
    setEditing({ where, id: a.select, fresh: true });
  };
  const finishName = (text: string | null): void => {
    const spot = editing;
    setEditing(null);
    if (!spot) return;
    const edited = theory.nodes.get(spot.id);
    const empty = text === null || !text.trim();
    if (spot.fresh && empty) {
      const back = acts.neighbour(theory, spot.id);
      model.forgetLast();
      return select(back, spot.where);
    }
    if (edited && text !== null && !(empty && edited.label === "")) model.act(acts.rename(edited, text).words, acts.rename(edited, text).operations);
    if (root.current?.contains(document.activeElement) || document.activeElement === document.body) wanted.current = { where: spot.where, id: spot.id };
  };
  const finishAim = (operations: Operation[] | null): void => {
    if (operations?.length) model.act("Changed the aim", operations);
    if (editing) wanted.current = { where: editing.where, id: AIM };
    setEditing(null);
  };
  const rename = (id: string, where: Place): void => { if (!readOnly) { choose(id); setEditing({ where, id }); } };
  const toggleLink = (cause: string, effect: string): void => {
    const known = theory.links.find((l) => l.key === keyOf(cause, effect));
    perform(known ? acts.unlink(theory, known) : acts.link(theory, cause, effect), true);
  };
  const renameInTree = useSteady((id: string): void => rename(id, "tree"));
  const renameInDiagram = useSteady((id: string): void => rename(id, "diagram"));
  const foldSteady = useSteady(fold);
  const later = useLater(`${here} ${link}`);
  const [laterNode = AIM, laterLink = ""] = later.split(" ");
  const drop = useSteady((d: Drop): void => {
    if (d.kind === "link") perform(acts.link(theory, d.cause, d.effect), true);
    else perform(d.kind === "under" ? acts.changeParent(theory, d.id, d.parent) : acts.putBeside(theory, state.answers, d.id, d.other, d.after), true);
  });
  const goTo = (where: Place, id: string | undefined): void => { if (id !== undefined) { reveal(id); select(id, where); } };

  const show = useSteady((p: { node?: string; link?: string }): void => { if (p.link) chooseLink(p.link); else if (p.node) goTo(seen(root.current), p.node); });
  const performSteady = useSteady((a: Act, say?: boolean): void => { perform(a, say); });
  const chooseShown = useSteady((id: string): void => goTo(seen(root.current), id));
  const askLink = useSteady((id: string): void => { setLayer(false); setLinking({ where: seen(root.current), id }); });
  const addIdea = useSteady((id: string): void => add(acts.addBelow(theory, id, IDEA), seen(root.current)));
  const plan = useSteady((idea: string): void => {
    model.act("Planned a cycle: fill it in in 05_pdsa_cycle.ipynb", [{ do: "add", path: "pdsa_cycles", fields: { id: newId(), change: idea } }], true);
  });

  const run = useSteady((command: Command, where: Place, on: string): void => {
    const level = drawn.nodes.get(on)?.level ?? 0;
    const inColumn = visible.filter((id) => drawn.nodes.get(id)?.level === level);
    const order = where === "tree" ? visible : inColumn;
    const i = order.indexOf(on);
    const kids = drawn.kids.get(on) ?? [];
    const open = !folded.has(on);
    const moves: Partial<Record<Command, () => void>> = {
      previous: () => goTo(where, order[i - 1]), next: () => goTo(where, order[i + 1]), first: () => goTo(where, order[0]), last: () => goTo(where, order.at(-1)),
      towardsAim: () => (where === "tree" && kids.length && open ? fold(on, false) : goTo(where, drawn.parent.get(on))),
      towardsIdeas: () => { if (kids.length && !open) fold(on, true); else goTo(where, kids[0]); },
      undo: () => model.undo(), redo: () => model.redo(), network: () => { if (shown.network && !shown.network.problem) setLayer(!layer); },
    };
    if (moves[command]) return moves[command]();
    if (readOnly) return;
    const changes: Partial<Record<Command, () => void>> = {
      rename: () => setEditing({ where, id: on }),
      child: () => { reveal(on); fold(on, true); add(acts.addBelow(theory, on), where); },
      sibling: () => add(acts.addBeside(theory, state.answers, on), where),
      causes: () => (causes ? setTaking(true) : model.say("No cause is left to take as a driver.")),
      link: () => (on === AIM ? model.say("The aim leads to nothing further.") : setLinking({ where, id: on })),
      weaken: () => { perform(acts.weaken(theory, mainLink(theory, on)), true); },
      because: () => { const main = mainLink(theory, on); if (main) { if (!main.id) perform(acts.writeDown(main)); chooseLink(main.key); focusBecause(root.current); } },
      moveUp: () => { perform(acts.moveAmong(theory, state.answers, on, -1), false, where); },
      moveDown: () => { perform(acts.moveAmong(theory, state.answers, on, 1), false, where); },
      outdent: () => { perform(acts.outdent(theory, on), true, where); },
      indent: () => { perform(acts.indent(theory, on), true, where); },
      remove: () => { perform(acts.removeNode(theory, on), true, where); },
    };
    changes[command]?.();
  });

  const onKeyDown = useMemo(() => (where: Place) => (e: KeyboardEvent): void => {
    if (inField(e.target) || e.isComposing) return;
    const command = commandOf(e);
    const on = (e.target as HTMLElement).closest<HTMLElement>("[data-row],[data-node]")?.dataset;
    const id = on?.row ?? on?.node;
    if (!command || command === "region" || command === "regionBack" || id === undefined) return;
    e.preventDefault();
    e.stopPropagation();
    run(command, where, id);
  }, [run]);
  const [inDiagram, inTree] = useMemo(() => [onKeyDown("diagram"), onKeyDown("tree")], [onKeyDown]);
  const onRegionKey = (e: KeyboardEvent): void => {
    const command = commandOf(e);
    if (command === "region" || command === "regionBack") { e.preventDefault(); nextRegion(root.current, command === "region" ? 1 : -1); }
    else if ((command === "undo" || command === "redo") && !inField(e.target) && !e.defaultPrevented) { e.preventDefault(); run(command, "tree", here); }
  };

  const editor = (where: Place) => {
    if (editing?.where !== where) return null;
    const edited = theory.nodes.get(editing.id);
    if (!edited) return null;
    return { id: editing.id, content: editing.id === AIM ? <AimInPlace state={state} finish={finishAim} /> : <InPlace key={editing.id} node={edited} finish={finishName} /> };
  };
  const box = (where: Place) => (linking?.where !== where ? null : {
    id: linking.id,
    content: <LinkBox theory={theory} id={linking.id} toggle={(effect) => toggleLink(linking.id, effect)} close={() => { wanted.current = linking; setLinking(null); }} />,
  });

  const begun = theory.nodes.size > 1 || theory.nodes.get(AIM)?.label !== "" || editing !== null;
  const title = (state.forms.driver_diagram?.title ?? "Driver diagram");
  const now = model.said ? (
    <span class="now" role="status">{model.said}{model.canUndoSaid && model.canUndo && <button type="button" class="linkish" onClick={() => model.undo()}>Undo</button>}</span>
  ) : <span class="sr" role="status" />;
  const extra = <>{findings.length > 0 && <a class="linkish" href="#things" onClick={(e) => { e.preventDefault(); root.current?.querySelector<HTMLElement>(".fl")?.scrollIntoView({ block: "nearest" }); }}><i class="ic i-diamond con" />{findings.length === 1 ? "1 finding" : `${findings.length} findings`}</a>}{now}</>;
  const parent = here === AIM || theory.nodes.get(here)?.level === IDEA ? theory.parent.get(here) ?? AIM : here;

  return (
    <div ref={root} class="dd" onKeyDown={onRegionKey}>
      <Frame model={model} state={state} name="driver_diagram" wide eyebrow={[title, state.title, state.site].filter(Boolean).join(" · ")} title={headline(state.title)} roots={ROOTS} extra={extra}>
        {!begun ? <Empty readOnly={readOnly} begin={() => setEditing({ where: width(root.current) < 600 ? "tree" : "diagram", id: AIM })} /> : <>
          <Tools model={model} state={state} looking={looking} look={look} readOnly={readOnly} save={() => setSaving(true)} folded={ideasFolded} foldAll={foldIdeas}
            network={shown.network} layered={network !== null} layer={setLayer} causes={causes} takeCauses={() => setTaking(!taking)}
            addDriver={() => add(acts.addBelow(theory, parent === here && (theory.nodes.get(here)?.level ?? 0) === 3 ? theory.parent.get(here) ?? AIM : parent, driverLevel(theory.nodes.get(parent)?.level ?? 0)), seen(root.current))}
            addIdea={() => add(acts.addBelow(theory, parent, IDEA), seen(root.current))} />
          {saving && <SaveVersion model={model} state={state} shown={shown} close={() => setSaving(false)} />}
          {taking && !readOnly && <FromCauses state={state} close={() => { setTaking(false); wanted.current = { where: seen(root.current), id: here }; }} take={(chosen) => { setTaking(false); perform(becomeDrivers(state, chosen), true, seen(root.current)); }} />}
          <NetworkLine network={shown.network} on={network !== null} />
          {failed && <p class="finding"><i class="ic i-diamond con" />{failed}</p>}
          {difference && <p class="sumline" role="status"><strong dir="auto">{difference.title}</strong>{looking.comparing && difference.summary.map((s) => <span class={s.role} key={s.words}><i class={`ic i-${s.shape}`} />{s.words}</span>)}
            {difference.reason && <span class="mut" dir="auto">{difference.reason}</span>}</p>}
          <div class="work">
            <section class="dia" aria-label="Diagram" data-region="diagram">
              <p class="toosmall meta">The diagram needs 600 px. The tree below holds and edits the same theory.</p>
              <Diagram theory={drawn} shown={visible} marks={difference ? NO_MARKS : network?.marks ?? shown.marks} aimWords={aimSaid} selectedNode={link ? "" : here} selectedLink={link} readOnly={readOnly || difference !== null}
                difference={difference} comparing={looking.comparing && difference !== null} folded={folded} editor={editor("diagram")} box={box("diagram")}
                choose={choose} chooseLink={chooseLink} rename={renameInDiagram} drop={drop} onKeyDown={inDiagram} />
              <Legend comparing={looking.comparing && difference !== null} layered={network !== null} />
              <ThingsToLookAt model={model} findings={findings} theory={theory} readOnly={readOnly} go={show} />
            </section>
            <section class="treebox" aria-label="Tree" data-region="tree">
              <Tree theory={drawn} marks={difference ? NO_MARKS : network?.marks ?? shown.marks} folded={folded} selected={here} editor={editor("tree")} box={box("tree")} choose={choose} fold={foldSteady} rename={renameInTree} onKeyDown={inTree} />
            </section>
            <section class="panel" aria-label={link ? "The selected link" : "The selected node"} data-region="panel">
              {network && here === laterNode && isTheirs(drawn.nodes.get(here)) ? <NetworkPanel network={network} drawn={drawn} node={drawn.nodes.get(here) as Node} readOnly={fixed} act={(d, s) => perform(takeUp(theory, drawn, d, s), true)} />
                : <Panel model={model} state={state} theory={theory} shown={shown} findings={findings} readOnly={fixed} node={theory.nodes.has(laterNode) ? laterNode : here} link={laterLink} act={performSteady} choose={chooseShown} chooseLink={chooseLink} askLink={askLink} addIdea={addIdea} plan={plan} />}
            </section>
          </div>
        </>}
      </Frame>
    </div>
  );
}

const driverLevel = (above: number): number => Math.min(3, above + 1);
const headline = (title: string): string => (title ? `Our theory: ${title.charAt(0).toLowerCase()}${title.slice(1)}` : "Our theory");
const width = (el: HTMLElement | null): number => el?.offsetWidth ?? 0;

/** Where acts from outside happen: in the picture where it is shown, else in the tree. */
const seen = (el: HTMLElement | null): Place => (el?.querySelector<HTMLElement>(".field-of-nodes")?.offsetWidth ? "diagram" : "tree");

function nextRegion(root: HTMLElement | null, by: 1 | -1): void {
  const regions = REGIONS.map((r) => root?.querySelector<HTMLElement>(`[data-region=${r}]`)).filter((r): r is HTMLElement => !!r);
  const at = regions.findIndex((r) => r.contains(document.activeElement));
  for (let step = 1; step <= regions.length; step++) {
    const region = regions[(at + by * step + regions.length * 2) % regions.length];
    const stop = [...(region?.querySelectorAll<HTMLElement>("button,[tabindex],input,textarea,select,summary") ?? [])].find((e) => e.tabIndex >= 0 && e.offsetParent !== null && !(e as HTMLButtonElement).disabled);
    if (stop) { stop.focus(); return; }
  }
}

/** Scroll the box of the picture alone, so that what has the focus can be seen. */
function keepInSight(el: HTMLElement): void {
  const box = el.closest<HTMLElement>(".cv,.tree");
  if (!box || box.scrollHeight <= box.clientHeight) return;
  const [a, b] = [el.getBoundingClientRect(), box.getBoundingClientRect()];
  if (a.top < b.top + 24) box.scrollTop -= b.top + 24 - a.top;
  else if (a.bottom > b.bottom) box.scrollTop += a.bottom - b.bottom + 8;
}

/** The panel is filled a moment after the choice; a dozen frames are more than enough. */
function focusBecause(root: HTMLElement | null, left = 12): void {
  const field = root?.querySelector<HTMLElement>(".panel [data-path$='.because'] .ctl");
  if (field) field.focus();
  else if (left) requestAnimationFrame(() => focusBecause(root, left - 1));
}

