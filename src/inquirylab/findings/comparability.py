"""Whose numbers may stand in one chart: sites that follow the same operational definition. PURE."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inquirylab.record.types import Measure
from inquirylab.series import excluded

# What two people must agree on to get the same number, in the order in which people ask. The columns of a file are not
# among it: two files may be laid out differently and hold the same measure.
OPERATIONAL: Mapping[str, str] = {
    "name": "Measure",
    "kind": "Kind of number",
    "numerator": "Above the line",
    "denominator": "Below the line",
    "population": "Who counts",
    "include": "Included",
    "exclude": "Left out",
    "sampling": "How they are chosen",
    "instrument": "Instrument",
    "frequency": "How often",
    "unit": "Unit",
    "multiply": "Shown times",
    "definition_version": "Version of the definition",
}


@dataclass(frozen=True)
class Difference:
    """One point in which a definition differs from the one that most sites follow."""

    what: str
    most: str
    here: str


@dataclass(frozen=True)
class Pool:
    """Sites that follow one operational definition.

    Attributes
    ----------
    measure
        The definition as the first of them gives it.
    sites
        By name.
    differences
        From the definition that most sites follow; none for that one itself.
    """

    measure: Measure
    sites: tuple[str, ...]
    differences: tuple[Difference, ...] = ()


def operational(measure: Measure) -> tuple[str, ...]:
    """Return the operational definition of a measure, to be compared with others."""
    return (
        *(_words(getattr(measure, field)) for field in OPERATIONAL),
        repr(_counted(measure)),
        repr(_judged(measure)),
    )


def _counted(measure: Measure) -> tuple[Any, ...]:
    """Which rows of a file count: columns are compared too, as nobody can tell whether two names mean the same."""
    data = measure.data
    return (data.rows, data.leave_out, data.students, data.group) if data else ()


def _judged(measure: Measure) -> tuple[Any, ...]:
    """What lines and signals hang on."""
    judged = (measure.direction, measure.baseline, measure.phases, measure.chart, measure.rules, measure.goal)
    return (*judged, tuple(sorted(excluded(measure))))


def pools(sites: Iterable[tuple[str, Measure]]) -> list[Pool]:
    """Part sites by their operational definition: the one that most follow first, then by size and name.

    Parameters
    ----------
    sites
        (name, its measure) of each.
    """
    parted: dict[tuple[str, ...], list[tuple[str, Measure]]] = {}
    for name, measure in sites:
        parted.setdefault(operational(measure), []).append((name, measure))
    order: Sequence[list[tuple[str, Measure]]] = sorted(parted.values(), key=lambda p: (-len(p), p[0][0].casefold()))
    most = order[0][0][1] if order else None
    out = []
    for part in order:
        measure = part[0][1]
        names = tuple(sorted((name for name, _ in part), key=str.casefold))
        out.append(Pool(measure, names, differences(most, measure) if most is not None else ()))
    return out


def differences(most: Measure, here: Measure) -> tuple[Difference, ...]:
    """Return in which points an operational definition differs from another."""
    out = []
    for field, words in OPERATIONAL.items():
        first, second = _words(getattr(most, field)), _words(getattr(here, field))
        if first != second:
            out.append(Difference(words, first or "not said", second or "not said"))
    if _counted(most) != _counted(here):
        out.append(Difference("Rows of the file that count", _rows(most), _rows(here)))
    if _judged(most) != _judged(here):
        out.append(Difference("How it is judged", _judgement(most), _judgement(here)))
    return tuple(out)


def _judgement(measure: Measure) -> str:
    baseline = measure.baseline
    start = f"baseline until {baseline.until}" if baseline and baseline.until else "own baseline"
    return ", ".join([measure.direction or "neither", measure.chart or "chart chosen", start,
                      f"{len(measure.phases)} phases",
                      *(f"without {day:%Y-%m-%d}" for day in sorted(excluded(measure)))])  # fmt: skip


def _rows(measure: Measure) -> str:
    rules = measure.data.rows if measure.data else ()
    words = [f"{r.column}: {', '.join(r.one_of or ()) or 'not ' + ', '.join(r.none_of or ())}" for r in rules]
    groups = f"by {', '.join(measure.data.group)}" if measure.data and measure.data.group else ""
    return "; ".join([*words, groups] if groups else words) or "all"


def _words(value: Any) -> str:
    return "" if value is None else " ".join(str(value).split())
