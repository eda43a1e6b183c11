// Any form: its sections and questions, or a list of filled-in forms with one of them open.
import { useRef, useState } from "preact/hooks";
import { itemsAt, newId } from "../model";
import type { Form, Item, Model, State } from "../model";
import { Answer, isEmpty, isRequired, labelOf, MoveButtons, Removed, useNewItem } from "../parts/answer";
import { Frame } from "../parts/frame";
import { useModel } from "../parts/use_model";

export default function FormView({ model }: { model: Model }) {
  const state = useModel(model);
  const roots = Object.keys(state.forms);
  const first = state.forms[roots[0] ?? ""];
  const title = roots.length === 1 ? first?.title ?? "" : roots.map((r) => state.forms[r]?.title).join(", ");
  return (
    <Frame model={model} state={state} name={`form-${roots.join("-")}`} eyebrow={[state.title, state.site].filter(Boolean).join(" · ")} title={title} roots={roots}>
      {roots.map((root) => {
        const form = state.forms[root] as Form;
        return form.collection ? <Collection key={root} model={model} state={state} form={form} /> : <FormFields key={root} model={model} state={state} form={form} path={root} />;
      })}
    </Frame>
  );
}

/** The questions of a form under a path, section by section. */
export function FormFields({ model, state, form, path }: { model: Model; state: State; form: Form; path: string }) {
  const answers = (path === form.root ? state.answers[path] : itemsAt(state.answers, form.root).find((i) => path.endsWith(i.id))) as Record<string, unknown> | undefined;
  const groups = [{ id: "", title: "", help: "" }, ...form.sections];
  const missing = form.questions.filter((q) => isRequired(q, answers ?? {}) && isEmpty(answers?.[q.id])).length;
  return (
    <div class="form">
      {form.help && <p class="hint prose">{form.help}</p>}
      <p class="hint" role="note">{missing ? `${missing} of the questions that are needed ${missing === 1 ? "is" : "are"} still open.` : "All that is needed is answered."}</p>
      {groups.map((section) => {
        const questions = form.questions.filter((q) => (q.section || "") === section.id);
        if (!questions.length) return null;
        return (
          <section key={section.id} aria-label={section.title || form.title}>
            {section.title && <div class="sec-head"><h2>{section.title}</h2></div>}
            {section.help && <p class="hint prose">{section.help}</p>}
            {questions.filter((q) => !(q.derived && isEmpty(answers?.[q.id]))).map((q) => <Answer key={q.id} model={model} state={state} path={`${path}.${q.id}`} question={q} />)}
          </section>
        );
      })}
    </div>
  );
}

/** What an item is called: where its first words only point to something, what that is called. */
const nameOf = (state: State, item: Item): string => {
  const label = labelOf(item);
  return state.names.find((n) => n.id === label)?.label ?? label;
};

function Collection({ model, state, form }: { model: Model; state: State; form: Form }) {
  const items = itemsAt(state.answers, form.root);
  const [open, setNow] = useState<string | null>(model.recall(`open:${form.root}`));
  const box = useRef<HTMLElement>(null);
  const fresh = useNewItem(box, items);
  const setOpen = (id: string | null): void => { setNow(id); model.remember(`open:${form.root}`, id ?? ""); };
  const add = (): void => {
    const id = newId();
    setOpen(id);
    fresh(id);
    void model.send({ do: "add", path: form.root, fields: { id } });
  };
  return (
    <section class="collection" aria-label={form.title} ref={box}>
      {Object.keys(state.forms).length > 1 && <div class="sec-head"><h2>{form.title}</h2></div>}
      {!items.length && <p class="prose">{form.help || "Nothing here yet."}</p>}
      <ol class="items">
        {items.map((item, i) => (
          <li class="item" key={item.id} data-item={item.id}>
            <div class="item-head">
              <button type="button" class="linkish name" aria-expanded={open === item.id} onClick={() => setOpen(open === item.id ? null : item.id)}>
                <i class={`ic ${open === item.id ? "i-down" : "i-right"}`} /><bdi>{nameOf(state, item) || "Without a name yet"}</bdi>
              </button>
              <MoveButtons model={model} path={`${form.root}.${item.id}`} name={nameOf(state, item)} before={items[i - 1]?.id} after={items[i + 2]?.id} first={i === 0} last={i === items.length - 1} disabled={state.readOnly !== ""} />
            </div>
            {open === item.id && <FormFields model={model} state={state} form={form} path={`${form.root}.${item.id}`} />}
          </li>
        ))}
      </ol>
      {state.readOnly === "" && <button type="button" class="btn" onClick={add}><i class="ic i-plus" />Add</button>}
      <Removed model={model} state={state} under={form.root} />
    </section>
  );
}
