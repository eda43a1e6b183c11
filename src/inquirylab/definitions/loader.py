"""The one loader of definitions: TOML, checked against its schema, turned into frozen objects."""

from __future__ import annotations

import hashlib
import json
import keyword
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from inquirylab.definitions.form import Choice, Form, Question, Section
from inquirylab.errors import DefinitionError, did_you_mean

_HERE = files("inquirylab.definitions")


def form_ids() -> tuple[str, ...]:
    """Return the ids of the forms that inquirylab ships, sorted."""
    return tuple(sorted(f.name[:-5] for f in (_HERE / "forms").iterdir() if f.name.endswith(".toml")))


@cache
def load_form(form_id: str) -> Form:
    """Return a form that inquirylab ships.

    Raises
    ------
    DefinitionError
        No such form, or its file is not as ``schema/form.json`` says.

    Examples
    --------
    >>> load_form("measure").question("direction").choices[0].label
    'Higher is better'
    """
    if form_id not in form_ids():
        raise DefinitionError(f"There is no form {form_id!r}", cure=did_you_mean(form_id, form_ids()))
    where = f"definitions/forms/{form_id}.toml"
    form = parse_form((_HERE / "forms" / f"{form_id}.toml").read_bytes(), where, trusted=True)
    if form.id != form_id:
        raise DefinitionError("A form's id is not the name of its file", where=where, found=form.id)
    return form


def parse_form(content: bytes, where: str, trusted: bool = False) -> Form:
    """Turn the content of a form's file into a form; `where` names the file in errors.

    A `trusted` form, one that inquirylab ships, is checked against its schema by the tests, not each time it is read.
    A question that names no source has that of the question or form that holds it; ``source = ""`` says that it is ours alone.
    """
    data = read_toml(content, where)
    if not trusted:
        check(data, "form", where)
    digest = hashlib.sha256(json.dumps(data, sort_keys=True, default=str).encode()).hexdigest()[:16]
    sections = tuple(Section(**s) for s in data.pop("section", []))
    questions = _questions(data.pop("question"), where, "", data["source"])
    known = {s.id for s in sections}
    for q in questions:
        if q.section and q.section not in known:
            raise DefinitionError(
                f"The question {q.id!r} names an unknown section {q.section!r}",
                where=where,
                cure=did_you_mean(q.section, known),
            )
    return Form(**data, sections=sections, questions=questions, digest=digest)


def read_toml(content: bytes, where: str) -> dict[str, Any]:
    """Read TOML; an error names the file and, where the parser knows it, the line."""
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as e:
        raise DefinitionError(
            "The file is not UTF-8 text", where=f"{where}, byte {e.start}", cure="Save it as UTF-8."
        ) from e
    except tomllib.TOMLDecodeError as e:
        raise DefinitionError(
            "The file is not valid TOML", where=where, found=str(e), cure="The comment at its top shows the syntax."
        ) from e


def check(data: Mapping[str, Any], schema: str, where: str) -> None:
    """Check data against ``schema/<schema>.json`` and raise the most telling error."""
    import jsonschema  # slow to import, and needed only where a definition is first loaded

    validator = jsonschema.Draft202012Validator(_schema(schema))
    error = jsonschema.exceptions.best_match(validator.iter_errors(data))
    if error is not None:
        path = "".join(f"[{p + 1}]" if isinstance(p, int) else f".{p}" for p in error.absolute_path).lstrip(".")
        raise DefinitionError(
            f"The definition does not fit its schema: {error.message}",
            where=f"{where}, {path}" if path else where,
            cure=f"definitions/schema/{schema}.json says what is allowed.",
        )


@cache
def _schema(name: str) -> dict[str, Any]:
    return dict(json.loads((_HERE / "schema" / f"{name}.json").read_text(encoding="utf-8")))


def _questions(items: list[dict[str, Any]], where: str, prefix: str, source: str) -> tuple[Question, ...]:
    seen: set[str] = set()
    out = []
    for item in items:
        path = prefix + item["id"]
        if path in seen:
            raise DefinitionError(
                f"Two questions have the id {path!r}", where=where, cure="Give one of them another id."
            )
        if item["id"] == "id":
            raise DefinitionError(
                f"The id {path!r} is kept for the ids of items", where=where, cure="Choose another id."
            )
        if keyword.iskeyword(item["id"]):
            raise DefinitionError(
                f"The id {path!r} is a word that Python keeps for itself",
                where=where,
                cure="Choose another id: it becomes a field of a type.",
            )
        seen.add(path)
        out.append(_question({"source": source, **item}, where, path))
    return tuple(out)


def _question(item: dict[str, Any], where: str, path: str) -> Question:
    choices = tuple(Choice(**c) for c in item.pop("choice", []))
    nested = _questions(item.pop("question", []), where, f"{path}.", item["source"])
    item["to"] = tuple(item.get("to", ()))
    item["required_when"] = {k: tuple(v) for k, v in item.get("required_when", {}).items()}
    return Question(**item, choices=choices, questions=nested)
