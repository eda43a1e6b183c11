"""Each signal in a sentence that a teacher understands, made from the rule's own words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from inquirylab.spc.analysis import Analysis
from inquirylab.spc.patterns import expected_runs
from inquirylab.spc.rules import AskedRule, asked_rules

_SIDES = {1: "above", -1: "below", 0: "around"}
_MOVES = {1: "rising", -1: "falling"}


def describe_signals(analysis: Analysis) -> pd.DataFrame:
    """Say every signal of an analysis in words.

    Returns
    -------
    pandas.DataFrame
        One row a signal: ``by``…, ``phase``, ``rule``, ``first`` and ``last`` (x of its first and last point; missing
        for signals of a whole series), ``length``, ``side``, ``sentence`` and ``evidence`` (what is known against
        the rule, or empty).

    Examples
    --------
    >>> from inquirylab.spc import analyse
    >>> weeks = pd.DataFrame({"week": range(1, 13), "late": [5, 9, 3, 8, 9, 4, 3, 8, 9, 4, 5, 40]})
    >>> describe_signals(analyse(weeks, x="week", y="late", chart="i"))["sentence"].tolist()
    ['One point is above the upper limit (three sigma).']
    """
    rules = {asked.rule.id: asked for asked in asked_rules(analysis.rules)}
    keys = [*analysis.by, "phase"]
    limits = analysis.summary[[*keys, "longest_run_max"]]
    grouped = analysis.signals.groupby(["signal"], sort=True)
    first = grouped.first()
    if len(first):
        first = first.assign(first=grouped[analysis.x].min(), last=grouped[analysis.x].max())
        first = first.reset_index().merge(limits, on=keys, how="left")
        first["sentence"] = [_sentence(row, rules) for row in first.to_dict("records")]
    else:
        first = analysis.signals.assign(
            first=analysis.signals[analysis.x], last=analysis.signals[analysis.x], sentence=""
        )
    columns = [*keys, "rule", "first", "last", "length", "side", "sentence"]
    table = pd.concat([first[columns], *_whole(analysis, rules, keys)], ignore_index=True)
    table["evidence"] = [rules[rule].rule.evidence if rule in rules else "" for rule in table["rule"]]
    return table


def _sentence(row: Mapping[Any, Any], rules: dict[str, AskedRule]) -> str:
    if row["rule"] == "sigma":
        return f"One point is {_SIDES[row['side']]} the {'upper' if row['side'] > 0 else 'lower'} limit (three sigma)."
    asked = rules[row["rule"]]
    side = (_MOVES if asked.rule.pattern == "trend" else _SIDES)[row["side"]]
    most = row["longest_run_max"]
    limit = int(most) if np.isfinite(most) else ""
    words = {**asked.numbers, "length": row["length"], "side": side, "limit": limit}
    return asked.rule.sentence.format(**words)


def _whole(analysis: Analysis, rules: dict[str, AskedRule], keys: list[str]) -> list[pd.DataFrame]:
    """Return the signals that belong to a whole series and to no point of it."""
    found = []
    for rule, flag in (("crossings", "crossings_signal"), ("runs", "n_runs_signal")):
        if rule not in rules or flag not in analysis.summary.columns:
            continue
        rows = analysis.summary[analysis.summary[flag]]
        if rows.empty:
            continue
        sentences = [_whole_sentence(rules[rule], row) for row in rows.to_dict("records")]
        found.append(rows[keys].assign(rule=rule, length=rows["n_useful"], side=0, sentence=sentences))
    return found


def _whole_sentence(asked: AskedRule, row: Mapping[Any, Any]) -> str:
    if asked.rule.pattern == "crossings":
        return asked.rule.sentence.format(crossings=int(row["n_crossings"]), limit=int(row["n_crossings_min"]))
    tail = asked.numbers["tail"]
    fewest, most = expected_runs(int(row["n_useful"]), tail)
    return asked.rule.sentence.format(runs=row["n_runs"], fewest=fewest, most=most, tail=f"{tail:.1%}")
