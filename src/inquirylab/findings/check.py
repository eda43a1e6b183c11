"""All checks of a record, in the order of the thread."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from inquirylab.findings import (
    aim,
    completeness,
    driver_diagram,
    health,
    lesson_study,
    measures,
    names_in_notes,
    pdsa_cycle,
    practice_brief,
    problem,
)
from inquirylab.findings import network as network_findings
from inquirylab.findings.finding import SEVERITIES, Finding
from inquirylab.record.network_diagram import NetworkTheory
from inquirylab.record.paths import Roots
from inquirylab.record.reading import Record

if TYPE_CHECKING:
    from inquirylab.findings.team_measure import Stray


def check(
    record: Record,
    roots: Roots,
    *,
    conflicts: Iterable[Mapping[str, Any]] = (),
    damage: Sequence[str] = (),
    unread: Mapping[str, str] | None = None,
    strays: Mapping[str, Sequence[Stray]] | None = None,
    network: NetworkTheory | None = None,
    names: Sequence[str] = (),
    key_problem: str = "",
    today: dt.date,
) -> list[Finding]:
    """Return what could be better or is missing; errors first, then in the order of the thread.

    Parameters
    ----------
    record
        The record; never refused for being incomplete.
    roots
        The forms in use.
    conflicts
        What people must settle, as :meth:`inquirylab.inquiry.Inquiry.conflicts` returns it.
    damage
        Sentences about stretches of logs that cannot be read.
    unread
        Measure id -> why its data cannot be used.
    strays
        Measure id -> dates to be left out of it that fit no point.
    network
        The theory of the network that the inquiry belongs to, merged with its own.
    names
        Names of children from a key file that its owner keeps outside the inquiry.
    key_problem
        Why that file cannot be used.
    today
        The day from which "past" and "long ago" are judged.
    """

    def all_findings() -> Iterator[Finding]:
        yield from health.findings(record, roots, conflicts, damage)
        yield from completeness.findings(record, roots)
        yield from problem.findings(record, today)
        yield from aim.findings(record, today)
        yield from driver_diagram.findings(record, today)
        yield from network_findings.findings(record, network)
        yield from measures.findings(record, unread or {}, strays or {})
        yield from pdsa_cycle.findings(record, roots, today)
        yield from lesson_study.findings(record)
        yield from practice_brief.findings(record, today)
        yield from names_in_notes.findings(record, names, key_problem)

    return sorted(all_findings(), key=lambda f: SEVERITIES.index(f.severity))
