"""A denominator from another table: tied to the rows of the data by what both call the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from inquirylab.errors import DataError
from inquirylab.record.types import MeasureData, MeasureDataDenominatorFrom
from inquirylab.store.site_data.beside import Beside, ask_beside, read_beside
from inquirylab.store.site_data.choosing import chosen
from inquirylab.store.site_data.columns import fold
from inquirylab.store.site_data.findings import MOST_OF_A_KIND, Findings
from inquirylab.store.site_data.marks import Mark
from inquirylab.store.site_data.naming import SITE_PART, part_at_star
from inquirylab.store.site_data.numbers import Numbers, read_numbers
from inquirylab.store.site_data.periods import Spans, spans_of
from inquirylab.store.site_data.table import Codes, Days, Lines, combined_key, joined

SEPARATOR = "\x1f"
MOST_NAMED = 8
FEW = 0.1  # of the sites: that many may share a denominator before the tables are of different levels


@dataclass
class Denominators:
    """What another table says, by key and period; what was asked of it is remembered for the report.

    Attributes
    ----------
    name
        The table, as people see it.
    declared
        How the measure ties it to the data.
    keys
        Key -> its place in `entries`.
    entries
        For each key and each span of time, the row of `numbers`; -1 where there is none.
    spans
        The periods that the denominators are for; ``None`` where one is for all dates.
    numbers
        The denominators and the marks in their place.
    crosswalk
        A text of the data -> the texts that the crosswalk brings, by column.
    """

    name: str
    declared: MeasureDataDenominatorFrom
    keys: dict[str, int]
    entries: np.ndarray
    spans: Spans | None
    numbers: Numbers
    crosswalk: dict[str, dict[str, str]] = field(default_factory=dict)
    through: str = ""
    notes: list[str] = field(default_factory=list)
    asked: dict[str, bool] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)
    shared: dict[str, list[str]] = field(default_factory=dict)

    def keys_of(self, texts: dict[str, Codes], sites: Codes) -> Codes:
        """Return the key of each row of the data; "" where a part of it is not there."""
        named = dict(texts)
        way = self.declared.through
        if way is not None:
            here = named[way.column] if way.column else sites
            named |= {
                b: Codes(here.codes, [self.crosswalk.get(b, {}).get(fold(t), "") for t in here.texts])
                for b in way.brings
            }
        parts = []
        for on in self.declared.on:
            column = named[on.column] if on.column else sites
            parts.append(column.renamed([as_key(_part(t, on.part), on.digits) for t in column.texts]))
        both = joined(parts, SEPARATOR)
        return both.renamed([t if all(t.split(SEPARATOR)) else "" for t in both.texts])

    def look(self, keys: Codes, sites: Codes, days: Days) -> None:
        """Remember sites that share a denominator on one day, before any of them is given one."""
        _, entry = self._entry(keys, days)
        tied = np.flatnonzero(entry >= 0)
        if not len(tied) or len(sites.texts) < 2:
            return
        day = np.unique(days[tied], return_inverse=True)[1].reshape(-1)
        point = combined_key([day, entry[tied]], [int(day.max()) + 1, int(entry.max()) + 1])
        both = np.unique(np.stack([point, sites.codes[tied]]), axis=1)
        met, counts = np.unique(both[0], return_counts=True)
        for one in met[counts > 1]:
            names = [sites.texts[c] for c in both[1][both[0] == one]]
            self.shared |= dict.fromkeys(names, names)

    def of(self, keys: Codes, sites: Codes, days: Days) -> Numbers:
        """Return the denominator of each row of the data, and the reason where there is none."""
        place, entry = self._entry(keys, days)
        entry = np.where(sites.mask(lambda t: t in self.shared), -1, entry)
        self._remember(place, entry, sites)
        values = np.append(self.numbers.values, np.nan)[entry]
        rows = np.flatnonzero(np.isnan(values)).astype(np.int64)
        own = np.zeros(len(self.numbers.values) + 1, np.int64)
        own[self.numbers.rows] = self.numbers.codes
        first = len(self.numbers.texts)
        whole_key = np.array([bool(t) for t in keys.texts], bool)[keys.codes[rows]]
        why = np.where(place[rows] >= 0, first + 1, np.where(whole_key, first, first + 2))
        why = np.where(sites.mask(lambda t: t in self.shared)[rows], first + 3, why)
        reasons = (
            f"no row in {self.name}",
            f"no row for the date in {self.name}",
            f"no row in {self.through or self.name}",
            f"several sites share its row in {self.name}",
        )
        codes = np.where(entry[rows] >= 0, own[entry[rows]], why)
        marks = (*self.numbers.marks, *[Mark("missing")] * len(reasons))
        return Numbers(values, rows, codes, (*self.numbers.texts, *reasons), marks)

    def _entry(self, keys: Codes, days: Days) -> tuple[Lines, Lines]:
        """Return the place of each row's key, and the row of the other table; -1 for none."""
        place = np.array([self.keys.get(t, -1) for t in keys.texts], np.int64)[keys.codes]
        span = np.zeros(len(days), np.int64) if self.spans is None else self.spans.at(days)
        return place, np.where((place < 0) | (span < 0), -1, self.entries[place, span])

    def _remember(self, place: Lines, entry: Lines, sites: Codes) -> None:
        tied = np.bincount(sites.codes, entry >= 0, minlength=len(sites.texts)) > 0
        here = np.bincount(sites.codes, minlength=len(sites.texts)) > 0
        for text, found, there in zip(sites.texts, tied, here, strict=True):
            if there:
                self.asked[text] = self.asked.get(text, False) or bool(found)
        self.used |= set(np.unique(place[entry >= 0]).tolist())

    def check(self, findings: Findings) -> None:
        """Refuse a table of which many sites share one denominator: it counts another level than the data."""
        if len(self.shared) > FEW * max(len(self.asked), 1):
            names = max(self.shared.values(), key=len)
            findings.add(
                f"The data count one level and {self.name} another: up to {len(names):,} sites share one denominator",
                where="[data.denominator_from]",
                found=", ".join(map(repr, names[:3])) + (", …" if len(names) > 3 else ""),
                cure="Name in on what tells them apart, or take a table with a row for each site.",
            )

    def said(self, one_site: bool) -> list[str]:
        """Say which sites have no denominator, and how much of the table belongs to no site."""
        gone = [s for s, found in self.asked.items() if not found and s not in self.shared]
        said = list(self.notes)
        if self.shared:
            names = list(self.shared)
            said.append(
                f"{len(names):,} of {len(self.asked):,} sites share a row of {self.name} with another site, so that their "
                f"denominator is not known: {_named(names)}. Their points are missing, not zero."
            )
        if gone:
            said.append(
                f"{len(gone):,} of {len(self.asked):,} sites have no denominator in {self.name}: "
                f"{_named(gone)}. Their points are missing, not zero."
            )
        if not one_site and (rest := [k for k, i in self.keys.items() if i not in self.used]):
            said.append(
                f"{len(rest):,} of {len(self.keys):,} keys of {self.name} belong to no site of the data: "
                f"{_named([k.replace(SEPARATOR, ' / ') for k in rest])}."
            )
        return said


def _named(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_NAMED:,} more" if len(names) > MOST_NAMED else ""
    return ", ".join(map(repr, names[:MOST_NAMED])) + more


def as_key(text: str, digits: int | None) -> str:
    """Return a text as keys are compared: capitals and blanks do not matter, lost zeros are put back."""
    text = fold(text)
    return text.zfill(digits) if digits and text.isdigit() else text


def _part(text: str, pattern: str | None) -> str:
    return (part_at_star(text, pattern.replace("{key}", SITE_PART)) or "") if pattern else text


def read_denominators(place: str | Path, data: MeasureData, findings: Findings) -> Denominators | None:
    """Read the table of denominators that a measure names; ``None``, with findings noted, where it cannot be."""
    declared = data.denominator_from
    if declared is None:
        return None
    before = len(findings.errors)
    try:
        _check(declared, data)
        table = _table(place, declared, findings)
        crosswalk, through = _crosswalk(place, declared, findings)
    except DataError as e:
        findings.take(e)
        return None
    if len(findings.errors) > before:
        return None
    return _entered(table, declared, data, crosswalk, through, findings)


def _check(declared: MeasureDataDenominatorFrom, data: MeasureData) -> None:
    absent = [n for n in ("column", "on") if not getattr(declared, n)]
    if data.denominator or absent:
        raise DataError(
            "The denominator is named twice"
            if data.denominator
            else "The measure does not say how the tables are tied",
            where="[data.denominator_from]",
            found=repr(data.denominator) if data.denominator else f"nothing for {' and '.join(absent)}",
            cure="Leave out denominator, or [data.denominator_from]."
            if data.denominator
            else "Add it to the measure file.",
        )


def _table(place: str | Path, declared: MeasureDataDenominatorFrom, findings: Findings) -> Beside:
    columns = [on.there or on.column or "" for on in declared.on]
    columns += [declared.column or "", *([declared.date] if declared.date else [])]
    columns += [r.column or "" for r in declared.rows]
    if "" in columns:
        raise DataError(
            "A column of the other table has no name", where="[data.denominator_from]", cure="Name it as there."
        )
    if declared.file:
        table = read_beside(place, declared.file, declared.sheet, columns, findings)
    elif declared.query:
        table = ask_beside(place, declared.query, columns, findings)
    else:
        raise DataError("No file is named", where="[data.denominator_from]", cure="Name the other table's file.")
    keep = np.ones(len(table.lines), bool)
    for rule in declared.rows:
        keep &= table.texts[rule.column or ""].mask(lambda t, rule=rule: chosen(t, rule.one_of, rule.none_of))  # type: ignore[misc]
    return table.keep(keep)


def _crosswalk(
    place: str | Path, declared: MeasureDataDenominatorFrom, findings: Findings
) -> tuple[dict[str, dict[str, str]], str]:
    """Return what a crosswalk brings for each text of the data; a text with two meanings is noted."""
    way = declared.through
    if way is None:
        return {}, ""
    there = way.there or way.column or ""
    table = read_beside(place, way.file or "", way.sheet, [there, *way.brings], findings)
    found: dict[str, dict[str, str]] = {b: {} for b in way.brings}
    texts = table.texts[there]
    for brought in way.brings:
        column = table.texts[brought]
        for row, (a, b) in enumerate(zip(texts.codes, column.codes, strict=True)):
            key, value = fold(texts.texts[a]), column.texts[b]
            if key and fold(found[brought].setdefault(key, value)) != fold(value):
                findings.add(
                    f"A code has two meanings in column {brought!r}",
                    where=f"{table.name}, line {table.lines[row]}",
                    found=f"{key!r}: {found[brought][key]!r} and {value!r}",
                    cure="Correct it, or take a crosswalk in which each code stands once.",
                )
    return found, table.name


def _entered(
    table: Beside, declared: MeasureDataDenominatorFrom, data: MeasureData,
    crosswalk: dict[str, dict[str, str]], through: str, findings: Findings,
) -> Denominators:  # fmt: skip
    parts = []
    for on in declared.on:
        there = table.texts[on.there or on.column or ""]
        parts.append(there.renamed([as_key(t, on.digits) for t in there.texts]))
    keys = joined(parts, SEPARATOR)
    column = declared.column or ""
    decimal = {"point": ".", "comma": ","}.get(data.decimal or "")
    numbers = read_numbers({column: table.texts[column].to_text()}, data.marks, decimal)[column]
    whole_key = keys.mask(lambda t: all(t.split(SEPARATOR)))
    _note_strangers(table, column, numbers, whole_key, findings)
    spans, span = None, np.zeros(len(table.lines), np.int64)
    if declared.date:
        spans, span = spans_of(table, declared.date, declared.date_form, data, whole_key, findings)
    place = {t: i for i, t in enumerate(t for t in keys.texts if all(t.split(SEPARATOR)))}
    entries = np.full((max(len(place), 1), len(spans.starts) if spans else 1), -1, np.int64)
    values = numbers.values.copy()
    twice: dict[tuple[int, int], list[int]] = {}
    for row in np.flatnonzero(whole_key & (span >= 0)).tolist():
        at = (place[keys.texts[keys.codes[row]]], int(span[row]))
        if entries[at] < 0:
            entries[at] = row
        elif declared.add_up:
            values[entries[at]] += values[row]  # a mark among them leaves the sum unknown
        else:
            twice.setdefault(at, [int(entries[at])]).append(row)
    _note_twice(table, keys, list(twice.values()), findings)
    if declared.add_up:
        numbers = _with_sums(numbers, values)
    notes = (
        [] if spans else [f"The denominators in {table.name} have no date: each is taken for all dates of its site."]
    )
    if silent := int((~whole_key & ~np.isnan(numbers.values)).sum()):
        notes.append(f"{silent:,} denominators in {table.name} have no key and belong to no site.")
    return Denominators(table.name, declared, place, entries, spans, numbers, crosswalk, through, notes)


def _with_sums(numbers: Numbers, values: np.ndarray) -> Numbers:
    """Return sums as numbers; a sum of which a part is hidden is marked as not known."""
    hidden = np.flatnonzero(np.isnan(values)).astype(np.int64)
    own = dict(zip(numbers.rows.tolist(), numbers.codes.tolist(), strict=True))
    codes = np.array([own.get(int(r), len(numbers.texts)) for r in hidden], np.int64)
    return Numbers(
        values, hidden, codes, (*numbers.texts, "a part of the sum is hidden"), (*numbers.marks, Mark("missing"))
    )


def _note_strangers(table: Beside, column: str, numbers: Numbers, wanted: np.ndarray, findings: Findings) -> None:
    strange = [(r, t) for r, t in numbers.strangers() if wanted[r]]
    for row, text in strange[:MOST_OF_A_KIND]:
        findings.add(
            "A denominator is neither a number nor a known mark",
            where=f"{table.name}, line {table.lines[row]}, column {column!r}",
            found=repr(text[:60]),
            cure="Correct it, or say what it means with [[data.marks]].",
        )
    findings.more(len(strange), "denominators are neither numbers nor known marks", table.name)


def _note_twice(table: Beside, keys: Codes, twice: Sequence[Sequence[int]], findings: Findings) -> None:
    for rows in twice[:MOST_OF_A_KIND]:
        lines = [str(table.lines[r]) for r in rows]
        findings.add(
            f"{len(rows)} rows are the denominator of the same site and period",
            where=f"{table.name}, lines {', '.join(lines[:6])}{', …' if len(lines) > 6 else ''}",
            found=repr(keys.texts[keys.codes[rows[0]]].replace(SEPARATOR, " / ")),
            cure="Name in on what tells them apart, choose with rows, or say add_up = true if they are parts of one.",
        )
    findings.more(len(twice), "denominators stand there several times", table.name)
