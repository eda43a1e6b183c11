"""A rule set: what counts as a signal and how it is said, read from ``rule_sets/*.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from inquirylab.definitions.loader import _HERE, check, read_toml
from inquirylab.errors import DefinitionError, did_you_mean


@dataclass(frozen=True)
class Rule:
    """One rule: the pattern it looks for, with which numbers, and its sentence."""

    id: str
    title: str
    pattern: str
    sentence: str
    numbers: Mapping[str, float] = field(default_factory=dict)
    on: bool = True
    evidence: str = ""
    source: str = ""


@dataclass(frozen=True)
class RuleSet:
    """Rules that are used together, in order of precedence, and where they are published."""

    id: str
    version: int
    title: str
    source: str
    rules: tuple[Rule, ...]
    help: str = ""


@cache
def rule_set_ids() -> tuple[str, ...]:
    """Return the ids of the rule sets that inquirylab ships, sorted."""
    return tuple(sorted(f.name[:-5] for f in (_HERE / "rule_sets").iterdir() if f.name.endswith(".toml")))


@cache
def load_rule_set(rule_set_id: str) -> RuleSet:
    """Return a rule set that inquirylab ships.

    Raises
    ------
    DefinitionError
        No such rule set, or its file is not as ``schema/rule_set.json`` says.

    Examples
    --------
    >>> [rule.id for rule in load_rule_set("anhoej").rules]
    ['run', 'crossings']
    """
    if rule_set_id not in rule_set_ids():
        raise DefinitionError(f"There is no rule set {rule_set_id!r}", cure=did_you_mean(rule_set_id, rule_set_ids()))
    return parse_rule_set((_HERE / "rule_sets" / f"{rule_set_id}.toml").read_bytes(), f"rule_sets/{rule_set_id}.toml")


def parse_rule_set(content: bytes, where: str) -> RuleSet:
    """Turn the content of a rule set's file into a rule set; `where` names the file in errors."""
    data = read_toml(content, where)
    check(data, "rule_set", where)
    rules = tuple(Rule(**rule) for rule in data.pop("rule"))
    return RuleSet(**data, rules=rules)
