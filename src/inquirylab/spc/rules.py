"""The rules that were asked for: sets by name, with numbers of one's own where wanted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from inquirylab.definitions.rule_set import Rule, load_rule_set, rule_set_ids
from inquirylab.errors import AnalysisError, did_you_mean

ALIASES = {"anhøj": "anhoej", "anhoj": "anhoej", "perla": "run_chart", "nhs": "mdc", "we": "western_electric"}


@dataclass(frozen=True, slots=True)
class AskedRule:
    """A rule with the numbers it is to use."""

    rule_set: str
    rule: Rule
    numbers: Mapping[str, float]


def asked_rules(names: Iterable[str]) -> tuple[AskedRule, ...]:
    """Read names such as ``"anhoej"``, ``"run-chart"`` or ``"run-chart:shift=8,trend=on"``.

    After a colon stand rules of that set with the length to use, or ``on`` or ``off``.

    Raises
    ------
    AnalysisError
        If there is no such rule set or rule, or a length is not a whole number.

    Examples
    --------
    >>> [(asked.rule.id, dict(asked.numbers)) for asked in asked_rules(["run-chart:shift=8,runs=off"])]
    [('shift', {'length': 8})]
    """
    names = [names] if isinstance(names, str) else list(names)
    asked = [rule for name in names for rule in _of_set(str(name))]
    return tuple({rule.rule.id: rule for rule in asked}.values())


def _of_set(name: str) -> list[AskedRule]:
    stem, _, changes = name.partition(":")
    stem = stem.strip().casefold().replace("-", "_")
    stem = ALIASES.get(stem, stem)
    if stem not in rule_set_ids():
        raise AnalysisError("There is no such rule set", found=repr(name), cure=did_you_mean(stem, rule_set_ids()))
    rules = load_rule_set(stem).rules
    wanted = _changes(changes, [rule.id for rule in rules], name)
    found = []
    for rule in rules:
        change = wanted.get(rule.id, "on" if rule.on else "off")
        if change == "off":
            continue
        numbers = dict(rule.numbers) if change == "on" else {**rule.numbers, "length": _length(change, rule, name)}
        found.append(AskedRule(stem, rule, numbers))
    return found


def _changes(text: str, known: list[str], name: str) -> dict[str, str]:
    wanted = {}
    for part in filter(None, (p.strip() for p in text.split(","))):
        rule, _, value = part.partition("=")
        if rule not in known:
            raise AnalysisError(
                "The rule set has no such rule", where=name, found=repr(rule), cure=did_you_mean(rule, known)
            )
        wanted[rule] = value.strip() or "on"
    return wanted


def _length(text: str, rule: Rule, name: str) -> int:
    if not text.isdigit() or int(text) < 2 or "length" not in rule.numbers:
        raise AnalysisError(
            f"The rule {rule.id!r} takes a length, 'on' or 'off'",
            where=name,
            found=repr(text),
            cure=f"Write {rule.id}=7.",
        )
    return int(text)
