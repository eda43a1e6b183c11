// Beside the picture: what is said of the selected node or link, and where it is changed.
import type { ComponentChildren } from "preact";
import { memo } from "preact/compat";
import { useState } from "preact/hooks";
import type { Finding, Model, Question, State } from "../model";
import { Answer } from "../parts/answer";
import { ConflictBox } from "../parts/conflict";
import { Notebook } from "../parts/notebook";
import { EVIDENCE } from "./edges";
import { FindingsOf, placeOf } from "./findings";
import { Measures } from "./measures";
import { StandsFor } from "./network";
import { unlink, weaken, writeDown } from "./acts";
import type { Act } from "./acts";
import type { Shown } from "./shown";
import { AIM, IDEA, LEVELS, nameOf } from "./theory";
import type { Link, Node, Theory } from "./theory";

export interface PanelProps {
  model: Model; state: State; theory: Theory; shown: Shown; findings: readonly Finding[]; readOnly: boolean;
  act: (a: Act, say?: boolean) => void; chooseLink: (key: string) => void; choose: (id: string) => void; askLink: (id: string) => void; addIdea: (id: string) => void; plan: (idea: string) => void;
}

const question = (state: State, path: string): Question | undefined => {
  const [root = "", ...words] = path.split(".");
  let questions = state.forms[root]?.questions ?? [];
  let found: Question | undefined;
  for (const w of words) { found = questions.find((q) => q.id === w); questions = found?.questions ?? []; }
  return found;
};

/** One answer of the form, under a shorter label; nothing where a hub's form has no such question. */
function Asked({ p, form, path, label, rows }: { p: PanelProps; form: string; path: string; label?: string; rows?: number }) {
  const q = question(p.state, form);
  if (!q) return null;
  return <Answer model={p.model} state={{ ...p.state, findings: [] }} path={path} question={label === undefined ? q : { ...q, label }} {...(rows === undefined ? {} : { rows })} readOnly={p.readOnly} />;
}

export const Panel = memo(function Panel(p: PanelProps & { node: string; link: string }) {
  const link = p.theory.links.find((l) => l.key === p.link);
  if (p.link && link) return <LinkPanel {...p} link={link} />;
  const node = p.theory.nodes.get(p.node);
  return node ? <NodePanel {...p} here={node} /> : null;
});

function NodePanel(p: PanelProps & { here: Node }) {
  const { here, theory } = p;
  const own = p.findings.filter((f) => placeOf(theory, f.where).node === here.id);
  const cycles = p.shown.cycles[here.id] ?? [];
  const links = theory.up.get(here.id) ?? [];
  return (
    <div class="pc" data-path={here.path}>
      <div class="blk top"><p class="eyebrow">{LEVELS[here.level]}</p><h2 dir="auto">{nameOf(here)}</h2>
        {p.shown.known[here.id] && <p class="meta">{p.shown.known[here.id]}</p>}
        <FindingsOf model={p.model} findings={own} readOnly={p.readOnly} /><Differing p={p} paths={["label", "name", "level", "drivers"].map((q) => `${here.path}.${q}`)} /></div>
      {here.id === AIM && <AimAsked {...p} />}
      {here.level > 0 && here.level < IDEA && <div class="blk"><Asked p={p} form="driver_diagram.drivers.definition" path={`${here.path}.definition`} label="Definition" /></div>}
      {here.level === IDEA && <IdeaAsked {...p} />}
      {here.id !== AIM && <Block title="Leads to" action={p.readOnly ? null : <button type="button" class="linkish" onClick={() => p.askLink(here.id)}>Link to…</button>}>
        {!links.length && <p class="meta">Nothing yet.</p>}
        <ul>{links.map((l) => <li key={l.key}><LinkLine p={p} link={l} /></li>)}</ul>
      </Block>}
      <Measures model={p.model} state={p.state} node={here} measures={p.shown.measures[here.id] ?? []} readOnly={p.readOnly} />
      {cycles.length > 0 && <Block title="Cycles"><ul>{cycles.map((c) => (
        <li class="cy" key={c.id}><i class={`ic i-${c.shape}`} /><div><span dir="auto">{c.title}</span> <span class="meta">{c.words}</span></div></li>
      ))}</ul><p class="meta">in <Notebook model={p.model} state={p.state} name="05_pdsa_cycle" /></p></Block>}
      <StandsFor state={p.state} node={here} network={p.shown.network} readOnly={p.readOnly} act={(a) => p.act(a, true)} />
      {here.level > 0 && here.level < IDEA && <div class="blk"><More title="Who and how far">
        {() => ["state", "owner", "system_part", "skips_levels"].map((q) => <Asked key={q} p={p} form={`driver_diagram.drivers.${q}`} path={`${here.path}.${q}`} />)}</More></div>}
      {!p.readOnly && <div class="blk btns">
        {here.level === IDEA ? <button type="button" class="btn primary" onClick={() => p.plan(here.id)}>Plan a cycle</button>
          : here.id !== AIM && <button type="button" class="btn primary" onClick={() => p.addIdea(here.id)}>Add a change idea</button>}
      </div>}
    </div>
  );
}

/** What two people changed at the same time and no field of the panel shows: the words, the level, the strength. */
function Differing({ p, paths }: { p: PanelProps; paths: string[] }) {
  const words = (value: unknown): string => {
    const one = (v: unknown): string => p.theory.nodes.get(String(v))?.label ?? String(v ?? "(empty)");
    return Array.isArray(value) ? value.map(one).join(", ") : one(value);
  };
  const found = p.state.conflicts.filter((c) => c.kind === "two_answers" && paths.includes(c.path));
  return <>{found.map((c) => <ConflictBox key={c.path} model={p.model} conflict={c} me={p.state.me} inWords={words} />)}</>;
}

function AimAsked(p: PanelProps) {
  const ids = ["what", "for_whom", "where", "baseline", "target", "by_when", "measure", "direction"];
  return (
    <div class="blk long">
      {ids.map((q) => <Asked key={q} p={p} form={`aim.${q}`} path={`aim.${q}`} />)}
      <More title="Whose outcome must rise most, and who set this aim">
        {() => ["baseline_by", "equity_clause", "inclusive_clause"].map((q) => <Asked key={q} p={p} form={`aim.${q}`} path={`aim.${q}`} />)}</More>
    </div>
  );
}

function IdeaAsked(p: PanelProps & { here: Node }) {
  const ask = (q: string, label?: string) => <Asked key={q} p={p} form={`change_ideas.${q}`} path={`${p.here.path}.${q}`} {...(label === undefined ? {} : { label })} />;
  return (
    <div class="blk long">
      {ask("description", "On Monday")}{ask("hypothesis", "Hypothesis")}{ask("harm_check", "Harm check")}
      <More title="Kind, warrant, effort, origin">{() => ["kind", "warrant", "benefit", "effort", "origin", "proposer", "core", "adaptable"].map((q) => ask(q))}</More>
    </div>
  );
}

function LinkLine({ p, link }: { p: PanelProps; link: Link }) {
  return (
    <>
      <button type="button" class="linkish" onClick={() => p.chooseLink(link.key)}><span class="sr">Link to </span><span dir="auto">{nameOf(p.theory.nodes.get(link.effect))}</span></button>
      {link.because && <p dir="auto">because {link.because}</p>}
      <p class="meta">{link.weak ? "weak" : "strong"}{link.evidence ? ` · evidence: ${EVIDENCE[link.evidence] ?? ""}` : ""}{link.because ? "" : " · no “because” yet"}</p>
    </>
  );
}

function LinkPanel(p: PanelProps & { link: Link }) {
  const { link, theory } = p;
  const own = p.findings.filter((f) => placeOf(theory, f.where).link === link.key);
  const path = `driver_diagram.edges.${link.id}`;
  const idea = theory.nodes.get(link.cause);
  const hypothesis = idea?.level === IDEA && typeof idea.fields.hypothesis === "string" ? idea.fields.hypothesis : "";
  return (
    <div class="pc" data-path={link.id ? path : ""}>
      <div class="blk top"><p class="eyebrow">{link.weak ? "Weak link" : "Link"}</p>
        <h2 class="ends"><button type="button" class="linkish" dir="auto" onClick={() => p.choose(link.cause)}>{nameOf(theory.nodes.get(link.cause))}</button> <span class="mut">leads to</span>{" "}
          <button type="button" class="linkish" dir="auto" onClick={() => p.choose(link.effect)}>{nameOf(theory.nodes.get(link.effect))}</button></h2>
        <FindingsOf model={p.model} findings={own} readOnly={p.readOnly} /><Differing p={p} paths={["cause", "effect", "strength"].map((q) => `${path}.${q}`)} /></div>
      <div class="blk">
        {link.id ? <>
          <Asked p={p} form="driver_diagram.edges.because" path={`${path}.because`} label="Because" />
          <Asked p={p} form="driver_diagram.edges.evidence" path={`${path}.evidence`} label="Evidence" />
          {link.evidence === "research" && <Asked p={p} form="driver_diagram.edges.tier" path={`${path}.tier`} label="Tier" />}
        </> : <>
          {hypothesis && <p dir="auto"><b>The idea’s hypothesis:</b> {hypothesis}</p>}
          {!p.readOnly && <button type="button" class="btn" onClick={() => p.act(writeDown(link))}>Write down why</button>}
        </>}
      </div>
      {!p.readOnly && <div class="blk btns">
        <button type="button" class="btn" aria-pressed={link.weak} onClick={() => p.act(weaken(theory, link), true)}>{link.weak ? "Make it strong" : "Make it weak"}</button>
        <button type="button" class="btn" onClick={() => p.act(unlink(theory, link), true)}>Remove the link</button>
      </div>}
    </div>
  );
}

/** What folds away is made when it is opened. */
function More({ title, children }: { title: string; children: () => ComponentChildren }) {
  const [open, setOpen] = useState(false);
  return <details onToggle={(e) => setOpen(e.currentTarget.open)}><summary>{title}</summary>{open && children()}</details>;
}

export function Block({ title, action, children }: { title: string; action?: ComponentChildren; children: ComponentChildren }) {
  return <div class="blk"><h3>{title}{action}</h3>{children}</div>;
}
