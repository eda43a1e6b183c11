"""The words of the field with their meaning: from ``words/glossary.toml``, and what the forms and rule sets say of themselves."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from inquirylab.definitions.loader import form_ids, load_form, read_toml
from inquirylab.definitions.rule_set import load_rule_set, rule_set_ids
from inquirylab.errors import DefinitionError


class Term(NamedTuple):
    """One word of the field.

    Attributes
    ----------
    also
        Other names for it.
    see
        Terms to read with it.
    kind
        ``word``, ``form`` or ``rules``.
    """

    term: str
    means: str
    also: tuple[str, ...] = ()
    see: tuple[str, ...] = ()
    source: str = ""
    kind: str = "word"


@cache
def glossary() -> tuple[Term, ...]:
    """Return all terms in the order of the alphabet.

    Examples
    --------
    >>> next(t.also for t in glossary() if t.term == "driver")
    ('primary driver', 'secondary driver', 'tertiary driver')
    """
    path = files("inquirylab.definitions") / "words" / "glossary.toml"
    terms = terms_of(read_toml(path.read_bytes(), "definitions/words/glossary.toml")["term"])
    known = {t.term.casefold() for t in terms}
    forms = [load_form(i) for i in form_ids()]
    terms += [
        Term(f.title, f.help, source=f.source, kind="form") for f in forms if f.help and f.title.casefold() not in known
    ]
    for rules in map(load_rule_set, rule_set_ids()):
        said = "; ".join(r.title for r in rules.rules)
        terms.append(Term(rules.title, f"{rules.help} Its rules: {said}.".strip(), source=rules.source, kind="rules"))
    return tuple(sorted(terms, key=lambda t: t.term.casefold()))


def terms_of(entries: Sequence[dict[str, Any]]) -> list[Term]:
    """Return the terms of a glossary's file.

    Raises
    ------
    DefinitionError
        A term stands twice, has no meaning, or names another one that is not there.
    """
    terms = []
    for entry in entries:
        also, see = (tuple(entry.get(key, ())) for key in ("also", "see"))
        terms.append(Term(entry.get("term", ""), entry.get("means", ""), also, see, entry.get("source", "")))
    names = [t.term.casefold() for t in terms]
    for t in terms:
        wrong = (
            "has no meaning"
            if not (t.term and t.means)
            else "stands twice"
            if names.count(t.term.casefold()) > 1
            else ""
        )
        lost = [s for s in t.see if s.casefold() not in names]
        if wrong or lost:
            raise DefinitionError(
                f"The term {t.term!r} {wrong or f'names {lost[0]!r}, which is no term'}",
                where="definitions/words/glossary.toml",
                cure="Correct the file.",
            )
    return terms
