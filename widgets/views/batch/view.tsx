// A batch as people watch it: how many sites ended, which failed and why, how long it still takes.
import { useEffect, useState } from "preact/hooks";
import type { Model } from "../model";
import { useModel } from "../parts/use_model";

export interface Failed { name: string; happened: string; cure: string; notebook: string }
export interface Shown {
  state: "waiting" | "trying" | "running" | "stopped" | "ended";
  title: string; template: string; folder: string; line: string; words: string; sites: number;
  ended: { kind: string; label: string; count: number }[];
  running: { name: string; words: string }[];
  failed: Failed[]; more: number; said: string[]; report: string; looks: number;
}

const STATES = { waiting: "i-clock", trying: "i-half", running: "i-half", stopped: "i-off", ended: "i-check" } as const;
const ENDS: Record<string, string> = { completed: "i-check", skipped: "i-dot", failed: "i-diamond" };
const SILENT_MS = 25_000; // the kernel looks every second, and says so every five

export default function Batch({ model }: { model: Model }) {
  const now = useModel(model).shown as unknown as Shown;
  const heard = useHeard(now.looks);
  return (
    <section class="iq" aria-label={now.title} lang="en"><div class="in batch">
      <header class="head"><div><p class="eyebrow">{["Batch", now.template].filter(Boolean).join(" · ")}</p><h1>{now.title}</h1></div></header>
      <div class="state">
        <span role="status" class={now.state === "stopped" || !heard ? "now" : ""}>
          <i class={`ic ${heard ? STATES[now.state] : "i-off"}`} />
          {heard ? now.words : "This page hears nothing of it any more. The batch itself goes on: run this cell again to watch it."}
        </span>
      </div>
      {now.sites > 0 && <HowFar now={now} />}
      {now.said.map((sentence) => <p class="finding" key={sentence}><i class="ic i-said" /><span>{sentence}</span></p>)}
      {heard && now.running.length > 0 && (
        <section aria-label="Running now">
          <div class="sec-head"><h2>Running now</h2></div>
          <ul class="sites">{now.running.map((s) => <li key={s.name}><i class="ic i-half mut" /><span dir="auto">{s.name}</span><span class="meta">{s.words}</span></li>)}</ul>
        </section>
      )}
      {now.failed.length > 0 && <FailedSites failed={now.failed} more={now.more} />}
      <p class="meta place">{now.report ? <>The report: <code>{now.report}</code></> : <>The folder: <code>{now.folder}</code></>}</p>
    </div></section>
  );
}

function HowFar({ now }: { now: Shown }) {
  const done = now.ended.reduce((sum, e) => sum + e.count, 0);
  return (
    <div class="far">
      <p class="big" id="iq-batch-line">{now.line}</p>
      <div class="bar" role="progressbar" aria-labelledby="iq-batch-line" aria-valuemin={0} aria-valuemax={now.sites} aria-valuenow={done} aria-valuetext={now.line}>
        {now.ended.map((e) => e.count > 0 && <span key={e.kind} class={e.kind} style={{ width: `${(100 * e.count) / now.sites}%` }} />)}
      </div>
      <ul class="ends">{now.ended.map((e) => <li key={e.kind} class={e.kind}><i class={`ic ${ENDS[e.kind]}`} />{e.label} <b>{e.count.toLocaleString("en-GB")}</b></li>)}</ul>
    </div>
  );
}

function FailedSites({ failed, more }: { failed: Failed[]; more: number }) {
  return (
    <section aria-label="Failed">
      <div class="sec-head"><h2>Failed</h2><p class="meta">One that fails never stops the others.</p></div>
      <ul class="sites">
        {failed.map((f) => (
          <li key={f.name}><i class="ic i-diamond con" />
            <div><b dir="auto">{f.name}</b><p>{f.happened}</p>{f.cure && <p class="meta">{f.cure}</p>}{f.notebook && <p class="meta"><code>{f.notebook}</code></p>}</div></li>
        ))}
      </ul>
      {more > 0 && <p class="meta">{more.toLocaleString("en-GB")} more stand in the report.</p>}
    </section>
  );
}

/** Whether the kernel has given a sign lately. */
function useHeard(looks: number): boolean {
  const [heard, setHeard] = useState(true);
  useEffect(() => {
    setHeard(true);
    const timer = setTimeout(() => setHeard(false), SILENT_MS);
    return () => { clearTimeout(timer); };
  }, [looks]);
  return heard;
}
