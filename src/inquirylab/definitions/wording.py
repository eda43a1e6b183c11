"""The same questions in other words: another language, or a hub's own wording. Ids, and so every record, stay.

A file of words has one table for each form, and in it ``title``, ``help``, and the tables ``sections``, ``section_helps``,
``prompts``, ``labels``, ``helps``, ``examples``, ``units`` and ``choices``, by the ids of questions ("plan.what") and
choices ("act.adopt").
An overlay is a folder with such files and, in ``forms/``, whole forms of its own.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from inquirylab.definitions.form import Form, Question
from inquirylab.definitions.loader import form_ids, load_form, parse_form, read_toml
from inquirylab.errors import DefinitionError, did_you_mean

_FIELDS = {"prompts": "prompt", "labels": "label", "helps": "help", "examples": "example", "units": "unit"}
_HERE = files("inquirylab.definitions")


def languages() -> tuple[str, ...]:
    """Return the languages in which forms can be asked."""
    found = (f.name[:-5] for f in (_HERE / "languages").iterdir() if f.name.endswith(".toml"))
    return ("en", *sorted(found))


@cache
def load_words(language: str) -> Mapping[str, Any]:
    """Return the words of a language that inquirylab ships: form id -> words.

    Raises
    ------
    DefinitionError
        There is no such language.
    """
    if language == "en":
        return {}
    if language not in languages():
        raise DefinitionError(f"There is no language {language!r}", cure=did_you_mean(language, languages()))
    return read_toml((_HERE / "languages" / f"{language}.toml").read_bytes(), f"definitions/languages/{language}.toml")


def worded(form: Form, words: Mapping[str, Any], where: str = "") -> Form:
    """Return a form in other words; what has none keeps its own.

    Raises
    ------
    DefinitionError
        The words name a section, question or choice that the form does not have.

    Examples
    --------
    >>> worded(load_form("pdsa_cycle"), load_words("es")["pdsa_cycle"]).question("learned").prompt
    '¿Qué pensamos ahora?'
    """
    _refuse_unknown(form, words, where)
    titles, helps = words.get("sections", {}), words.get("section_helps", {})
    sections = tuple(
        dataclasses.replace(s, title=titles.get(s.id, s.title), help=helps.get(s.id, s.help)) for s in form.sections
    )
    digest = hashlib.sha256(f"{form.digest}{json.dumps(words, sort_keys=True)}".encode()).hexdigest()[:16]
    changed = {k: words[k] for k in ("title", "help", "source") if k in words}
    if "working_labels" in words:
        changed["working_labels"] = bool(words["working_labels"])
    sources = {form.source: words["source"]} if "source" in words else {}
    questions = _questions(form.questions, words, "", sources)
    return dataclasses.replace(form, sections=sections, questions=questions, digest=digest, **changed)


def untranslated(form: Form, words: Mapping[str, Any]) -> list[str]:
    """Return what of a form has no words: ids of sections, questions and choices that people read."""
    out = [what for what in ("title", "help") if getattr(form, what) and not words.get(what)]
    out += [f"section {s.id}" for s in form.sections if s.id not in words.get("sections", {})]
    out += [f"help of section {s.id}" for s in form.sections if s.help and s.id not in words.get("section_helps", {})]
    for path, q in form.walk():
        if not q.derived or q.choices:
            out += [] if path in words.get("prompts", {}) else [f"prompt {path}"]
        out += [f"choice {path}.{c.id}" for c in q.choices if f"{path}.{c.id}" not in words.get("choices", {})]
        said = {table: getattr(q, field) for table, field in _FIELDS.items() if table != "prompts"}
        out += [f"{_FIELDS[t]} {path}" for t, value in said.items() if value and path not in words.get(t, {})]
    return out


def roots_in_words(language: str = "en", overlay: Path | None = None) -> list[Form]:
    """Return the forms of a record in a language, a hub's words and own forms laid over them."""
    words: Mapping[str, Any] = load_words(language) if language in languages() else {}
    forms = {i: load_form(i) for i in form_ids()}
    forms = {i: worded(f, words[i], f"languages/{language}.toml") if i in words else f for i, f in forms.items()}
    if overlay is not None:
        for file in sorted((overlay / "forms").glob("*.toml")):
            form = parse_form(file.read_bytes(), str(file))
            if form.id in forms:
                raise DefinitionError(
                    "A form of this id is there already",
                    where=str(file),
                    found=form.id,
                    cure="Give it an id of its own: other ideas are another form.",
                )
            if not form.root or form.root in {f.root for f in forms.values()}:
                raise DefinitionError("A form needs a root of its own", where=str(file), found=repr(form.root))
            forms[form.id] = form
        for file in sorted(overlay.glob("*.toml")):
            for form_id, own in read_toml(file.read_bytes(), str(file)).items():
                if form_id not in forms:
                    raise DefinitionError(
                        f"There is no form {form_id!r}", where=str(file), cure=did_you_mean(form_id, forms)
                    )
                forms[form_id] = worded(forms[form_id], own, str(file))
    return list(forms.values())


def _questions(
    questions: tuple[Question, ...], words: Mapping[str, Any], prefix: str, sources: Mapping[str, str]
) -> tuple[Question, ...]:
    out = []
    for q in questions:
        path = prefix + q.id
        own = {field: words[table][path] for table, field in _FIELDS.items() if path in words.get(table, {})}
        choices = tuple(
            dataclasses.replace(c, label=words.get("choices", {}).get(f"{path}.{c.id}", c.label)) for c in q.choices
        )
        own["source"] = sources.get(q.source, q.source)  # one that was its form's goes with the form's
        nested = _questions(q.questions, words, f"{path}.", sources)
        out.append(dataclasses.replace(q, choices=choices, questions=nested, **own))
    return tuple(out)


def _refuse_unknown(form: Form, words: Mapping[str, Any], where: str) -> None:
    questions = dict(form.walk())
    known = {
        "sections": {s.id for s in form.sections},
        "section_helps": {s.id for s in form.sections},
        "choices": {f"{path}.{c.id}" for path, q in questions.items() for c in q.choices},
        **{table: set(questions) for table in _FIELDS},
    }
    for name, ids in _named(words):
        if name not in known:
            raise DefinitionError(
                f"A form has no {name!r}",
                where=f"{where}, {form.id}",
                cure=did_you_mean(name, [*known, "title", "help", "source", "working_labels"]),
            )
        for unknown in ids - known[name]:
            raise DefinitionError(
                f"The form {form.id!r} has no {unknown!r}",
                where=f"{where}, {form.id}.{name}",
                cure=did_you_mean(unknown, known[name]),
            )


def _named(words: Mapping[str, Any]) -> Iterator[tuple[str, set[str]]]:
    for name, value in words.items():
        if isinstance(value, Mapping):
            yield name, set(value)
        elif name not in ("title", "help", "source", "working_labels"):
            yield name, set()
