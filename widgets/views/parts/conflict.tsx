// Two people changed one answer at the same time: both stand here until somebody chooses; the other stays in the history.
import type { Conflict, Model } from "../model";
import { dayWords, initials } from "./words";

export function ConflictBox({ model, conflict, me, inWords }: { model: Model; conflict: Conflict; me: string; inWords: (value: unknown) => string }) {
  const choose = (value: unknown): void => { void model.send({ do: "resolve", path: conflict.path, value }); };
  const others = conflict.values.filter((v) => v.author !== me).map((v) => v.author);
  const texts = conflict.values.map((v) => inWords(v.value));
  const joinable = conflict.values.every((v) => typeof v.value === "string");
  return (
    <div class="conflict" role="group" aria-label="Two versions differ">
      <p><i class="ic i-tilde" /><b>{others.length ? others.join(", ") : "Two pages"} and you changed this at the same time.</b> Choose one{joinable ? " or join them" : ""}; the other stays in History.</p>
      <div class="split">
        {conflict.values.map((v, i) => (
          <div class="version" key={i}>
            <p class="mut"><span class="face sm" aria-hidden="true">{initials(v.author)}</span> {v.author === me ? "Yours" : `${v.author}’s`}, {dayWords(v.at)}</p>
            <p>{differing(texts[i] ?? "", texts[1 - i] ?? "")}</p>
            <button type="button" class="btn" onClick={() => choose(v.value)}>{v.author === me ? "Use yours" : `Use ${v.author}’s`}</button>
          </div>
        ))}
      </div>
      {joinable && <button type="button" class="btn plain" onClick={() => choose(texts.filter((t, i) => texts.indexOf(t) === i).join(" / "))}>Join both, to edit</button>}
    </div>
  );
}

/** A text with the words marked that the other text does not have. */
function differing(text: string, other: string) {
  const there = new Set(other.split(/\s+/));
  return text.split(/(\s+)/).map((w, i) => (/\S/.test(w) && !there.has(w) ? <u class="differs" key={i}>{w}</u> : w));
}
