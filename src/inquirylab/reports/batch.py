"""How far a batch is, in words: what its view shows, and the same as a page that needs no script. PURE."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from inquirylab.charts.words import plural
from inquirylab.record.shown_text import in_markdown
from inquirylab.reports.fragment import Fragment

MOST_FAILED = 100
"""So many failed sites are told one by one; the batch's index page has all."""

KINDS = (("completed", "Completed"), ("skipped", "Unchanged"), ("failed", "Failed"))
MARKS = {"completed": "✓", "skipped": "•", "failed": "◆"}

STYLE = Markup(
    "<style>.inquirylab .batch li{margin:6px 0;max-width:76ch;overflow-wrap:anywhere}"
    ".inquirylab .batch .soft{color:var(--muted);font-size:13px;display:block}</style>"
)


@dataclass(frozen=True)
class Failed:
    """A site that failed: in one sentence what happened, what to do, and its partial notebook."""

    name: str
    happened: str
    cure: str = ""
    notebook: str = ""


@dataclass(frozen=True)
class BatchNow:
    """A batch as its folder shows it now.

    Attributes
    ----------
    folder
        Its folder.
    state
        ``waiting`` (nothing has begun there), ``trying`` (both engines, on the first site), ``running``, ``stopped``
        (without a sign of life, and not at its end) or ``ended``.
    title, template
        Of the report; of the notebook.
    sites, workers
        How many of each.
    ended
        Outcome -> how many sites ended so.
    running
        Sites in hand, with the seconds since they were handed out.
    failed
        The failed ones, in the order in which they failed.
    said
        What the batch said to people.
    seconds, seconds_left
        Since it began (to its end, if it has ended); until its end as far as one can tell, None where one cannot.
    report
        Path of the consolidated report, "" where there is none yet.
    """

    folder: str
    state: str = "waiting"
    title: str = ""
    template: str = ""
    sites: int = 0
    workers: int = 0
    ended: Mapping[str, int] = field(default_factory=dict)
    running: tuple[tuple[str, float], ...] = ()
    failed: tuple[Failed, ...] = ()
    said: tuple[str, ...] = ()
    seconds: float = 0.0
    seconds_left: float | None = None
    report: str = ""

    @property
    def done(self) -> int:
        """How many sites have ended."""
        return sum(self.ended.values())

    def __str__(self) -> str:
        """Say it in a line."""
        return f"{self.line} {self.state_words}"

    @property
    def line(self) -> str:
        """How many have ended, of how many."""
        if not self.sites:
            return "No site is listed yet." if self.state != "waiting" else "No batch has begun."
        return f"{self.done:,} of {plural(self.sites, 'site')} ended."

    @property
    def state_words(self) -> str:
        """What it is doing, and for how long still."""
        if self.state == "waiting":
            return "It shows here as soon as one begins in this folder."
        if self.state == "trying":
            return "The first site is run on both engines, to compare them."
        if self.state == "running":
            left = self.seconds_left
            return f"Running. {'How long it takes is not known yet' if left is None else about(left).capitalize() + ' left'}."
        if self.state == "stopped" or self.done < self.sites:
            return "Stopped before its end. The same command goes on where it stopped."
        return f"Ended, after {about(self.seconds)}."

    def to_view(self) -> dict[str, Any]:
        """Return what the view shows, as plain data; times are rounded, so that it changes when something happened."""
        return {
            "state": self.state if self.state != "ended" or self.done >= self.sites else "stopped",
            "title": self.title or "A batch",
            "template": self.template,
            "folder": self.folder,
            "line": self.line,
            "words": self.state_words,
            "sites": self.sites,
            "ended": [{"kind": kind, "label": label, "count": self.ended.get(kind, 0)} for kind, label in KINDS],
            "running": [{"name": name, "words": f"for {about(seconds)}"} for name, seconds in self.running],
            "failed": [vars(one) for one in self.failed[:MOST_FAILED]],
            "more": len(self.failed[MOST_FAILED:]),
            "said": list(self.said),
            "report": self.report,
        }


def about(seconds: float) -> str:
    """Return a length of time as people say it.

    Examples
    --------
    >>> about(20), about(700), about(9000), about(200_000)
    ('less than a minute', 'about 12 minutes', 'about 2.5 hours', 'about 2 days')
    """
    if seconds < 50:
        return "less than a minute"
    if seconds < 5400:
        return f"about {plural(round(seconds / 60), 'minute')}"
    if seconds < 129_600:
        return f"about {round(seconds / 1800) / 2:g} hours"
    return f"about {plural(round(seconds / 86_400), 'day')}"


def batch_page(now: BatchNow) -> Fragment:
    """Return how far a batch is, complete without scripts."""
    head = Markup("<h1>{}</h1><p><b>{}</b> {}</p>").format(now.title or "A batch", now.line, now.state_words)
    counts = Markup(", ").join(f"{MARKS[kind]} {label} {now.ended.get(kind, 0):,}" for kind, label in KINDS)
    parts = [head, Markup("<p>{}</p>").format(counts) if now.sites else ""]
    parts += [Markup("<p>{}</p>").format(sentence) for sentence in now.said]
    if now.failed:
        parts.append(
            Markup("<h2>Failed</h2><ul>{}</ul>").format(Markup("").join(map(_failed, now.failed[:MOST_FAILED])))
        )
    if more := len(now.failed[MOST_FAILED:]):
        parts.append(Markup("<p>{} more stand in the report.</p>").format(f"{more:,}"))
    where = Markup("<p class='soft'>{} <code>{}</code></p>")
    parts.append(where.format("The report:", now.report) if now.report else where.format("The folder:", now.folder))
    body = Markup('{}<div class="batch">{}</div>').format(STYLE, Markup("").join(parts))
    return Fragment(str(body), "\n".join(_markdown(now)))


def _failed(one: Failed) -> Markup:
    about_it = " ".join(part for part in (one.cure, one.notebook) if part)
    return Markup('<li><b><bdi>{}</bdi></b>: <bdi>{}</bdi><span class="soft">{}</span></li>').format(
        one.name, one.happened, about_it
    )


def _markdown(now: BatchNow) -> list[str]:
    counts = ", ".join(f"{label} {now.ended.get(kind, 0):,}" for kind, label in KINDS)
    lines = [f"# {in_markdown(now.title or 'A batch')}", "", f"**{now.line}** {now.state_words} {counts}.", ""]
    lines += [f"{in_markdown(sentence)}\n" for sentence in now.said]
    lines += [
        f"- **{in_markdown(one.name)}**: {in_markdown(one.happened)} {in_markdown(one.cure)}"
        for one in now.failed[:MOST_FAILED]
    ]
    return [*lines, "", f"In {in_markdown(now.report or now.folder)}"]
