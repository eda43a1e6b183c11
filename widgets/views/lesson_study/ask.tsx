// Questions of the form, several at once, under their usual time.
import { Answer } from "../parts/answer";
import type { Cycle } from "./cycle";
import { question } from "./cycle";

export function Ask({ cycle, ids, rows }: { cycle: Cycle; ids: string[]; rows?: number }) {
  const { model, state, path } = cycle;
  return (
    <>
      {ids.map((id) => {
        const q = question(state, id);
        return q && <Answer key={id} model={model} state={state} path={`${path}.${id}`} question={q} {...(rows ? { rows } : {})} />;
      })}
    </>
  );
}

export function Part({ title, time, children }: { title: string; time?: string; children: preact.ComponentChildren }) {
  return (
    <section class="part">
      <div class="sec-head"><h2>{title}</h2>{time && <span class="meta"><i class="ic i-clock" /> usually {time}</span>}</div>
      {children}
    </section>
  );
}

/** A small table's cell that asks one question; with `rows`, short answers too wrap and are seen whole. */
export function Cell({ cycle, path, id, label, rows }: { cycle: Cycle; path: string; id: string; label: string; rows?: number }) {
  const q = question(cycle.state, id);
  const shown = q && rows && q.kind === "text" ? { ...q, kind: "long_text" as const } : q;
  return shown ? <Answer model={cycle.model} state={cycle.state} path={path} question={shown} bare label={label} {...(rows ? { rows } : {})} /> : null;
}
