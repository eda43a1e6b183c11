// The clock of the lesson: it runs from the moment that the record knows, so that a reload or a second device shows the same.
import { useEffect, useState } from "preact/hooks";
import { timeNow } from "../model";
import type { Model } from "../model";
import { clock } from "../parts/lesson/notes";
import type { Lesson } from "../parts/lesson/notes";
import { secondsAt } from "./sitting";

export function useSeconds(model: Model, lesson: Lesson, every = 1000): number | null {
  const [, tick] = useState(0);
  const running = Boolean(lesson.started) && !lesson.ended;
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => tick((n) => n + 1), every);
    return () => clearInterval(timer);
  }, [running, every]);
  return secondsAt(lesson, lesson.ended ? Date.parse(lesson.ended) : timeNow(model)) ?? null;
}

export function Clock({ model, lesson }: { model: Model; lesson: Lesson }) {
  const seconds = useSeconds(model, lesson);
  return <span class="clock" role="timer" aria-label="Time since the lesson began">{seconds === null ? "0:00" : clock(seconds)}</span>;
}

/** The time that a note will bear. */
export function NoteTime({ model, lesson, begun }: { model: Model; lesson: Lesson; begun: number | null }) {
  const now = useSeconds(model, lesson);
  if (begun === null) return <>{now === null ? "before the lesson" : `at ${clock(now)}`}</>;
  const at = secondsAt(lesson, begun);
  return <>{at === undefined ? "before the lesson" : `at ${clock(at)}`}</>;
}
