// The fishbone: drawn on wide screens, and always an outline that grows with the keyboard.
import { useRef, useState } from "preact/hooks";
import { at, itemsAt, newId, questionAt } from "../model";
import type { Item, Model, Question, State } from "../model";
import { Answer, FindingLine, Removed } from "../parts/answer";
import { becomeDriver, driverOf } from "./drivers";
import { Line, step } from "./line";
import { familiesOf, NO_FAMILY, STARTING_FAMILIES } from "./tree";
import type { Family, Placed } from "./tree";

const LIST = "causes.fishbone";
interface Props { model: Model; state: State }

export function Fishbone({ model, state }: Props) {
  const [focus, setFocus] = useState("");
  const [open, setOpen] = useState("");
  const box = useRef<HTMLDivElement>(null);
  const categories = ((at(state.answers, "causes.categories") as unknown[] | undefined) ?? []).map(String);
  const families = familiesOf(categories, itemsAt(state.answers, LIST));
  const svg = String(state.shown["svg"] ?? "");
  const add = (fields: Record<string, unknown>, before?: string): void => {
    const id = newId();
    setFocus(id);
    void model.send({ do: "add", path: LIST, fields: { id, ...fields }, ...(before ? { before } : {}) });
  };
  const jump = (e: MouseEvent): void => {
    const id = (e.target as Element).closest("[data-cause]")?.getAttribute("data-cause");
    if (id) box.current?.querySelector<HTMLElement>(`[data-path="${LIST}.${id}.text"]`)?.focus();
  };
  return (
    <section aria-label="Fishbone">
      <div class="sec-head"><h2>What makes this happen?</h2><p class="meta">{state.forms["causes"]?.help}</p></div>
      {svg && <div class="drawing" onClick={jump} dangerouslySetInnerHTML={{ __html: svg }} />}
      {!families.length && <Start model={model} />}
      {families.length > 0 && !state.readOnly && <p class="hint keys">Enter: a cause beside · Ctrl+Enter, or Tab in an empty line: a cause below, what makes it happen · Shift+Tab in an empty line: one level up · Escape in an empty line: away with it</p>}
      <div class="families" ref={box}>
        {families.map((f) => (
          <div class="family" key={f.name}>
            <h3 dir="auto">{f.name}</h3>
            <ol>{f.placed.map((p) => <Cause key={p.item.id} model={model} state={state} placed={p} family={f} focus={focus === p.item.id} focused={() => setFocus("")} open={open === p.item.id} setOpen={setOpen} add={add} setFocus={setFocus} step={(path, by) => step(box.current, path, by)} />)}</ol>
            {!state.readOnly && <button type="button" class="linkish" onClick={() => add(f.name === NO_FAMILY ? {} : { category: f.name })}><i class="ic i-plus" />Add a cause<span class="sr"> to {f.name}</span></button>}
          </div>
        ))}
      </div>
      <Removed model={model} state={state} under={LIST} />
      <details><summary>Families and effect</summary>
        {["effect", "categories"].map((w) => <Answer key={w} model={model} state={state} path={`causes.${w}`} question={questionAt(state.forms, `causes.${w}`) as Question} />)}
      </details>
    </section>
  );
}

function Start({ model }: { model: Model }) {
  return (
    <>
      <p class="hint prose">A fishbone gathers what makes a problem happen, family by family, before anybody defends a solution. For example, under Policies: “Due days of several modules fall into one week.”</p>
      <button type="button" class="btn" onClick={() => void model.send({ do: "set", path: "causes.categories", value: STARTING_FAMILIES, base: [] })}>Begin with six families</button>
    </>
  );
}

interface CauseProps extends Props {
  placed: Placed; family: Family; focus: boolean; focused: () => void; open: boolean; setOpen: (id: string) => void;
  add: (fields: Record<string, unknown>, before?: string) => void; setFocus: (id: string) => void; step: (path: string, by: number) => void;
}

function Cause(props: CauseProps) {
  const { model, state, placed, family, add } = props;
  const { item, depth, siblings } = placed;
  const path = `${LIST}.${item.id}`;
  const text = String(item["text"] ?? "");
  const parent = itemsAt(state.answers, LIST).find((c) => c.id === item["parent"]);
  const after = siblings[siblings.indexOf(item) + 1]?.id;
  const same = { ...(parent ? { parent: parent.id } : {}), ...(item["category"] ? { category: item["category"] } : {}) };
  const driver = driverOf(state, item);
  const keys = {
    sibling: () => add(same, after),
    child: (): boolean => {
      const above = text ? item : family.placed[family.placed.indexOf(placed) - 1]?.item;
      if (text) add({ ...(item["category"] ? { category: item["category"] } : {}), parent: item.id });
      else if (above && above.id !== item["parent"]) set(model, `${path}.parent`, above.id, item["parent"]);
      else return false;
      return true;
    },
    out: (): boolean => {
      if (parent) set(model, `${path}.parent`, String(parent["parent"] ?? "") || null, parent.id);
      return parent !== undefined;
    },
    gone: () => {
      props.step(`${path}.text`, -1);
      void model.send({ do: "remove", path });
    },
    up: (by: number) => props.step(`${path}.text`, by),
  };
  const questions = questionAt(state.forms, LIST)?.questions.filter((q) => q.id !== "text") ?? [];
  return (
    <li style={{ "--depth": Math.min(depth, 6) }}>
      <div class="cause">
        <Line model={model} path={`${path}.text`} value={text} label={depth ? `Cause of: ${String(parent?.["text"] ?? "")}` : `Cause, ${family.name}`} placeholder={depth ? "Because …" : "What makes it happen?"} readOnly={state.readOnly !== ""} focus={props.focus} focused={props.focused} keys={keys} />
        <button type="button" class="linkish" aria-expanded={props.open} onClick={() => props.setOpen(props.open ? "" : item.id)}>{supportWords(state, item)}<span class="sr"> {text}</span></button>
        {driver ? <span class="tag"><i class="ic i-link" />driver: {String(driver["label"] ?? "")}</span>
          : text && !state.readOnly && <button type="button" class="linkish" aria-label={`Make it a driver: ${text}`} onClick={() => void becomeDriver(model, state, path, text, "", String(parent?.["becomes_driver"] ?? ""))}>Make it a driver</button>}
      </div>
      {state.findings.filter((f) => f.where.startsWith(path)).map((f) => <FindingLine key={f.id} message={f.message} cure={f.cure} />)}
      {props.open && <div class="edit">{questions.map((q) => <Answer key={q.id} model={model} state={state} path={`${path}.${q.id}`} question={q} />)}
        <div class="btns"><button type="button" class="btn" onClick={() => props.setOpen("")}>Done</button><button type="button" class="btn plain" onClick={() => void model.send({ do: "remove", path })}>Remove</button></div></div>}
    </li>
  );
}

function set(model: Model, path: string, value: unknown, base: unknown): void {
  void model.send({ do: "set", path, value, base: base ?? "" });
}

function supportWords(state: State, item: Item): string {
  const choices = questionAt(state.forms, LIST)?.questions.find((q) => q.id === "support")?.choices ?? [];
  return choices.find((c) => c.id === item["support"])?.label ?? "How do we know?";
}
