// The fishbone as an outline by family, with the drawing above it. A cause becomes a driver with one action.
import { useState } from "preact/hooks";
import { newId } from "../model";
import type { Item, Model, Question, State } from "../model";
import { Answer } from "../parts/answer";
import { families, text } from "./bones";
import type { Bone } from "./bones";
import { Line } from "./line";

const ROOT = "causes.fishbone";

export function Fishbone({ model, state, causes, categories, list }: { model: Model; state: State; causes: Item[]; categories: string[]; list: Question }) {
  const [focus, setFocus] = useState("");
  const [family, setFamily] = useState("");
  const shown = state.shown as { drawing: string; usual: string[]; drivers: Record<string, string> };
  const groups = families(categories, causes);
  const readOnly = state.readOnly !== "";
  const setFamilies = (wanted: string[]): void => void model.send({ do: "set", path: "causes.categories", value: wanted, base: categories });
  const addFamily = (name: string): void => {
    if (!name.trim() || categories.includes(name.trim())) return;
    setFamilies([...categories, name.trim()]);
    setFamily("");
  };
  const add = (fields: Record<string, unknown>, before?: string): void => {
    const id = newId();
    setFocus(id);
    void model.send({ do: "add", path: ROOT, fields: { ...fields, id }, ...(before ? { before } : {}) });
  };
  return (
    <>
      {shown.drawing && <div class="drawn" role="group" aria-label="The fishbone, drawn" tabIndex={0} dangerouslySetInnerHTML={{ __html: shown.drawing }} />}
      {groups.size === 0 && (
        <div class="prose">
          <p>A fishbone gathers what might make this happen, in families. Begin with the families that people usually find, or name your own.</p>
          {!readOnly && <p class="btns"><button type="button" class="btn" onClick={() => setFamilies(shown.usual)}>Begin with {shown.usual.length} usual families</button></p>}
        </div>
      )}
      <div class="families">
        {[...groups].map(([name, bones]) => (
          <section class="family" key={name} aria-label={name || "No family yet"}>
            <div class="sec-head"><h3>{name || "No family yet"}</h3>
              {name && bones.length === 0 && !readOnly && <button type="button" class="linkish" onClick={() => setFamilies(categories.filter((c) => c !== name))}>Remove this family</button>}
            </div>
            <ul class="bones">
              {bones.map((bone, i) => (
                <BoneRow key={bone.cause.id} model={model} state={state} bone={bone} bones={bones} at={i} list={list} focus={focus === bone.cause.id} setFocus={setFocus} add={add} />
              ))}
            </ul>
            {!readOnly && <button type="button" class="linkish" onClick={() => add(name ? { category: name } : {})}><i class="ic i-plus" />A cause{name ? ` in ${name}` : ""}</button>}
          </section>
        ))}
      </div>
      {!readOnly && groups.size > 0 && (
        <form class="addline" onSubmit={(e) => { e.preventDefault(); addFamily(family); }}>
          <input class="ctl" aria-label="Another family of causes" placeholder="Another family" value={family} dir="auto" onInput={(e) => setFamily(e.currentTarget.value)} />
          <button type="submit" class="btn">Add</button>
        </form>
      )}
    </>
  );
}

interface RowProps {
  model: Model; state: State; bone: Bone; bones: Bone[]; at: number; list: Question; focus: boolean; setFocus: (id: string) => void;
  add: (fields: Record<string, unknown>, before?: string) => void;
}

function BoneRow({ model, state, bone, bones, at, list, focus, setFocus, add }: RowProps) {
  const [open, setOpen] = useState(false);
  const { cause, depth, parent, family } = bone;
  const path = `${ROOT}.${cause.id}`;
  const siblings = bones.filter((b) => b.parent === parent);
  const place = siblings.findIndex((b) => b.cause.id === cause.id);
  const drivers = (state.shown as { drivers: Record<string, string> }).drivers;
  const driver = text(cause, "becomes_driver");
  const under = (to: string): void => { setFocus(cause.id); void model.send({ do: "set", path: `${path}.parent`, value: to || null, base: parent }); };
  const up = siblings[place - 1], next = siblings[place + 1], after = siblings[place + 2];
  const keys = state.readOnly ? {} : {
    enter: () => add({ ...(family ? { category: family } : {}), ...(parent ? { parent } : {}) }, next?.cause.id),
    empty: () => { setFocus(bones[at - 1]?.cause.id ?? ""); void model.send({ do: "remove", path }); },
    ...(up ? { deeper: () => under(up.cause.id), up: () => void model.send({ do: "move", path, before: up.cause.id }) } : {}),
    ...(parent ? { shallower: () => under(bones.find((b) => b.cause.id === parent)?.parent ?? "") } : {}),
    ...(next ? { down: () => void model.send({ do: "move", path, ...(after ? { before: after.cause.id } : {}) }) } : {}),
  };
  const becomes = (): void => {
    const id = newId();
    void model.send({ do: "add", path: "driver_diagram.drivers", fields: { id, label: text(cause, "text"), level: 2 } });
    void model.send({ do: "set", path: `${path}.becomes_driver`, value: id, base: "" });
  };
  const inner = (id: string): Question => list.questions.find((q) => q.id === id) as Question;
  return (
    <li style={{ marginLeft: `${Math.min(depth, 6) * 22}px` }} aria-level={depth + 1}>
      <div class="bone">
        <Line model={model} path={`${path}.text`} value={text(cause, "text")} label={depth ? "A cause that feeds the one above" : `A cause${family ? ` in ${family}` : ""}`} placeholder="What makes this happen?" readOnly={state.readOnly !== ""} focus={focus} keys={keys} />
        {driver && drivers[driver] !== undefined && <span class="tag"><i class="ic i-link" />driver: {drivers[driver]}</span>}
        {!driver && text(cause, "text") && !state.readOnly && <button type="button" class="btn plain" onClick={becomes}>Make it a driver</button>}
        <button type="button" class="btn icon plain" aria-expanded={open} aria-label={`More about “${text(cause, "text").slice(0, 40) || "this cause"}”`} onClick={() => setOpen(!open)}>…</button>
      </div>
      {open && (
        <div class="about">
          {["kind", "support", "influence", "weight", "evidence"].map((id) => <Answer key={id} model={model} state={state} path={`${path}.${id}`} question={inner(id)} />)}
          {!state.readOnly && <button type="button" class="btn" onClick={() => void model.send({ do: "remove", path })}>Remove this cause</button>}
        </div>
      )}
    </li>
  );
}
