"""A record as plain data and as Markdown: for people, git and other tools."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from inquirylab.definitions import Form, Question
from inquirylab.record.driver_diagram import AIM
from inquirylab.record.network_diagram import NetworkTheory
from inquirylab.record.paths import Roots
from inquirylab.record.reading import Record
from inquirylab.record.shown_text import in_markdown, lines_in_markdown

FORMAT = 1


def plain(record: Record, roots: Roots) -> dict[str, Any]:
    """Return all answers as dicts, in the order of the forms; collections as ``{id: fields}``.

    What no form asks for stands last: nothing is left out.
    """
    out: dict[str, Any] = {}
    for root, form in roots.forms.items():
        if root in record.whole:
            out[root] = _ordered(record.whole[root], form.questions, form.collection)
    out.update({k: v for k, v in record.whole.items() if k not in out})
    return out


def as_json(
    record: Record, roots: Roots, inquiry_id: str, network: NetworkTheory | None = None, seen: bytes = b""
) -> str:
    """Return the record as JSON text, which ``inquirylab record --import`` can merge; the network's theory is not merged.

    `seen` says which edits are in it, so that an import can tell later whether they came themselves.
    """
    answered = {p: [a.author, a.milliseconds] for p, a in sorted(record.answered.items()) if "~" not in p}
    answers = plain(record, roots)
    data: dict[str, Any] = {
        "inquiry": inquiry_id,
        "format": FORMAT,
        "answers": answers,
        "answered": answered,
        "forms": {f.id: {"version": f.version, "digest": f.digest} for r, f in roots.forms.items() if r in record.tree},
    }
    if seen:
        data |= {"seen": seen.hex(), "digest": digest_of(answers)}
    if network is not None:
        data["network"] = {
            "title": network.title,
            "problem": network.problem,
            "theory": network.merged.plain() if network.merged else [],
        }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def digest_of(answers: Any) -> str:
    """Return what tells whether the answers in a JSON are as they were written, or were changed by hand."""
    return hashlib.sha256(json.dumps(answers, sort_keys=True).encode()).hexdigest()[:16]


def as_markdown(
    record: Record,
    roots: Roots,
    prompt_of: Mapping[str, str] | None = None,
    network: NetworkTheory | None = None,
) -> str:
    """Return the record as Markdown: every answer under the question that it answers.

    Parameters
    ----------
    prompt_of
        Path -> the question as it was asked when the answer was given; else the form's own words stand.
    network
        The theory of the network, which stands below the site's own diagram.
    """
    writer = _Markdown(record, prompt_of or {})
    title = record.about.title or "Inquiry"
    lines = [f"# {in_markdown(title)}", "", "*Formative: for the team, not for publication.*", ""]
    for root, form in roots.forms.items():
        if root in record.whole:
            lines += writer.form(root, form, record.whole[root])
        if root == "driver_diagram" and network is not None:
            lines += network_lines(network)
    return "\n".join(lines).rstrip() + "\n"


_SCOPES = {"network": "the network's", "both": "the network's and ours", "site": "ours"}
_STATES = {"focus": "working on it", "parked": "later", "done": "done", "not_here": "not working on it at this site"}


def network_lines(network: NetworkTheory) -> list[str]:
    """Return the network's theory and the site's as one Markdown list, what moves what below what it moves."""
    lines = ["## The network's theory", ""]
    if network.merged is None:
        return [*lines, in_markdown(network.problem), ""]
    merged = network.merged
    lines += [
        f"*Of “{in_markdown(network.title)}”, with this site's own drivers and change ideas. Read only here.*",
        "",
    ]

    def below(node: str, depth: int, seen: frozenset[str]) -> Iterator[str]:
        at = merged.nodes[node]
        said = [_SCOPES[at.scope], *([_STATES[at.state]] if at.state in _STATES else [])]
        yield f"{'  ' * depth}- {in_markdown(at.label)} ({'; '.join(said)})"
        for cause in merged.graph.causes[node]:
            if cause not in seen:
                yield from below(cause, depth + 1, seen | {cause})

    lines += below(AIM, 0, frozenset([AIM]))
    loose = [n for n in merged.nodes if not merged.graph.reaches(n)]
    for node in (n for n in loose if not set(merged.graph.effects[n]) & set(loose)):
        lines += below(node, 0, frozenset([node]))
    return [*lines, ""]


def roots_as_markdown(record: Record, roots: Roots, wanted: Sequence[str], level: int = 2) -> str:
    """Return some roots of the record as Markdown, as :func:`as_markdown` returns all; `level` is that of their titles."""
    writer = _Markdown(record, {}, level)
    lines = [line for r in wanted if r in record.whole for line in writer.form(r, roots.forms[r], record.whole[r])]
    return "\n".join(lines).rstrip() + "\n"


def in_words(question: Question | None, value: Any, names: Mapping[str, str]) -> str:
    """Return one answer as people read it: a choice by its label, a reference by its name (`names`: id -> name).

    Examples
    --------
    >>> in_words(None, True, {}), in_words(None, 4, {})
    ('yes', '4')
    """
    if question is not None and question.kind == "choice":
        labels = {c.id: c.label for c in question.choices}
        given = value if isinstance(value, list) else [value]
        return ", ".join(labels.get(str(v), str(v)) for v in given)
    if question is not None and (question.kind == "reference" or question.item == "reference"):
        return names.get(str(value), str(value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if question is not None and question.derived and (moment := _MOMENT.match(str(value))):
        return f"{moment[1]} {moment[2]}"
    return str(value)


_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)")  # when a prediction was locked


def label_of(node: Any, questions: Sequence[Question]) -> str:
    """Return a short name for an item: its title, label or name, else its first text."""
    if not isinstance(node, Mapping):
        return str(node)
    for key in ("title", "label", "name", "display", "question", "what", "who", "text"):
        if isinstance(node.get(key), str) and node[key]:
            return str(node[key])
    first = next(
        (node[q.id] for q in questions if q.kind in ("text", "long_text") and isinstance(node.get(q.id), str)), ""
    )
    return first if len(first) <= 60 else first[:59] + "…"


def _ordered(node: Any, questions: Sequence[Question], collection: bool) -> Any:
    if not isinstance(node, Mapping):
        return node
    if collection:
        return {k: _ordered(v, questions, False) for k, v in node.items()}
    out = {}
    for q in questions:
        if q.id in node:
            out[q.id] = (
                _ordered(node[q.id], q.questions, q.kind == "list" and not q.item) if q.questions else node[q.id]
            )
    out.update({k: v for k, v in node.items() if k not in out})
    return out


class _Markdown:
    def __init__(self, record: Record, prompts: Mapping[str, str], level: int = 2) -> None:
        self.prompts, self.mark = prompts, "#" * level
        self.names = short_names(record)

    def form(self, root: str, form: Form, node: Any) -> list[str]:
        lines = [f"{self.mark} {in_markdown(form.title)}", ""]
        if form.working_labels:
            lines += ["*Working labels; the source's own wording can be entered in one file.*", ""]
        if not form.collection:
            return lines + list(self.answers(root, form.questions, node))
        for item, fields in node.items() if isinstance(node, Mapping) else ():
            lines += [f"{self.mark}# {in_markdown(label_of(fields, form.questions) or item)} {{#{item}}}", ""]
            lines += list(self.answers(f"{root}.{item}", form.questions, fields))
        return lines

    def answers(self, path: str, questions: Sequence[Question], node: Any, indent: str = "") -> Iterator[str]:
        if not isinstance(node, Mapping):
            yield from (f"{indent}{_block(node, indent)}", "")
            return
        known = {q.id: q for q in questions}
        for key in [*(k for k in known if k in node), *(k for k in node if k not in known)]:
            q, here = known.get(key), f"{path}.{key}"
            if q is not None and q.derived and q.kind == "text" and key == "snapshot":
                continue  # for machines
            prompt = self.prompts.get(here) or (q.label or q.prompt if q else key)
            if isinstance(node[key], Mapping):
                yield from (f"{indent}- **{in_markdown(prompt)}**", "")
                yield from self.nested(here, q, node[key], indent + "  ")
            else:
                yield from (f"{indent}- **{in_markdown(prompt)}** {self.value(q, node[key], indent + '  ')}", "")

    def nested(self, path: str, q: Question | None, node: Mapping[str, Any], indent: str) -> Iterator[str]:
        questions = q.questions if q else ()
        if q is None or q.kind != "list":
            yield from self.answers(path, questions, node, indent)
            return
        for item, fields in node.items():
            if isinstance(fields, Mapping):
                yield from (f"{indent}- {in_markdown(label_of(fields, questions) or item)}", "")
                yield from self.answers(f"{path}.{item}", questions, fields, indent + "  ")
            else:
                yield from (f"{indent}- {self.value(q, fields, indent + '  ')}", "")

    def value(self, q: Question | None, value: Any, indent: str) -> str:
        words = in_words(q, value, self.names)
        plain_text = isinstance(value, str) and (q is None or q.kind not in ("choice", "reference"))
        return _block(words, indent) if plain_text and not (q and q.item == "reference") else in_markdown(words)


def short_names(record: Record) -> dict[str, str]:
    """Return id -> short name of everything that can be referred to."""
    return dict(_names(record))


def _names(record: Record) -> Iterator[tuple[str, str]]:
    def below(node: Any) -> Iterator[tuple[str, str]]:
        if isinstance(node, Mapping):
            for key, value in node.items():
                if isinstance(value, Mapping):
                    name = label_of(value, ())
                    if name:
                        yield key, name
                    yield from below(value)

    yield "aim", "the aim"
    yield from below(record.tree)


def _block(value: Any, indent: str) -> str:
    return f"\n{indent}".join(lines_in_markdown(str(value)))
