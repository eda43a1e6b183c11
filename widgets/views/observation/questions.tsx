// The questions that observers answer: one is marked, and notes go to it. And the phases of the lesson.
import { memo } from "preact/compat";
import { useMemo, useRef } from "preact/hooks";
import { newId, timeNow } from "../model";
import type { Model } from "../model";
import { PHASES, plannedPhases, stretches } from "../parts/lesson/notes";
import type { Lesson, Note } from "../parts/lesson/notes";

interface Props { lesson: Lesson; notes: readonly Note[]; chosen: string; choose: (id: string) => void }

export const Questions = memo(function Questions({ lesson, notes, chosen, choose }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const questions = lesson.data_questions ?? [];
  const counts = useMemo(() => countByQuestion(notes), [notes]);
  const options = [...questions.map((q, i) => ({ id: q.id ?? "", mark: `Q${i + 1}`, words: q.question || "Not worded yet" })), { id: "", mark: "–", words: questions.length ? "Something else" : "No data question yet" }];
  const move = (e: KeyboardEvent, i: number): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    if (!step) return;
    e.preventDefault();
    e.stopPropagation();
    const next = (i + step + options.length) % options.length;
    choose(options[next]?.id ?? "");
    (list.current?.children[next] as HTMLElement | undefined)?.focus();
  };
  return (
    <div class="dq">
      <h2 id="iq-dq">Data questions <span class="meta">notes go to the marked one</span></h2>
      <div class="qs" role="radiogroup" aria-labelledby="iq-dq" ref={list}>
        {options.map((o, i) => (
          <button type="button" role="radio" key={o.id} aria-checked={chosen === o.id} tabIndex={chosen === o.id ? 0 : -1} onClick={() => choose(o.id)} onKeyDown={(e) => move(e, i)}>
            <b>{o.mark}</b><span dir="auto">{o.words}</span><span class="n">{o.id ? counts.get(o.id) ?? 0 : ""}</span>
          </button>
        ))}
      </div>
    </div>
  );
});

function countByQuestion(notes: readonly Note[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const n of notes) if (n.data_question) counts.set(n.data_question, (counts.get(n.data_question) ?? 0) + 1);
  return counts;
}

/** The phases that this lesson has, in order. */
export function phaseIds(lesson: Lesson): string[] {
  return [...new Set(plannedPhases(lesson).map((p) => p.phase))].slice(0, 5);
}

export function beginPhase(model: Model, lesson: Lesson, phase: string | undefined): void {
  if (!phase || stretches(lesson).filter((p) => !p.planned).at(-1)?.phase === phase) return;
  void model.send({ do: "add", path: `lesson_study_cycles.${lesson.id}.phases_taught`, fields: { id: newId(), phase, began: new Date(timeNow(model)).toISOString() } });
}

export function Phases({ model, lesson, disabled }: { model: Model; lesson: Lesson; disabled: boolean }) {
  const all = stretches(lesson);
  const taught = all.filter((p) => !p.planned);
  const now = taught.at(-1);
  const plan = plannedPhases(lesson);
  return (
    <div class="ph" role="group" aria-label="Lesson phase">
      {phaseIds(lesson).map((id, i) => {
        const was = taught.filter((p) => p.phase === id).at(-1);
        const planned = plan.find((p) => p.phase === id);
        const words = was === now && now ? `since ${Math.round(now.from)} min` : was ? `${Math.round(was.from)} to ${Math.round(was.to)} min` : `planned at ${Math.round(planned?.from ?? 0)}`;
        return (
          <button type="button" key={id} aria-pressed={now?.phase === id} disabled={disabled} aria-keyshortcuts={`${i + 1}`} onClick={() => beginPhase(model, lesson, id)}>
            {PHASES[id] ?? id}<span>{words}</span>
          </button>
        );
      })}
    </div>
  );
}
