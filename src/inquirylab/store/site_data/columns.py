"""Which columns of a sheet a measure means: by name, by other names, by pattern, by the date in their name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase

from inquirylab.errors import did_you_mean
from inquirylab.record.types import MeasureData
from inquirylab.store.site_data.date_patterns import Period
from inquirylab.store.site_data.dates import (
    PARTS,
    find_form,
    form_of_year_parts,
    part_of_year,
    read_period,
    without_period,
)
from inquirylab.store.site_data.findings import Findings
from inquirylab.store.site_data.header import BETWEEN, Header
from inquirylab.store.site_data.naming import looks_like_a_total, site_beside, site_in_name
from inquirylab.store.site_data.table import Sheet

QUANTITIES = ("numerator", "denominator", "value")
SITE_NAMES = ("site", "school", "school name", "site name")


@dataclass(frozen=True)
class Columns:
    """The number columns of one row's point: several of them in a wide table.

    Attributes
    ----------
    positions
        Numerator, denominator, value -> position.
    period
        The date in the names of the columns; ``None`` where it stands elsewhere.
    site
        The site in the names of the columns; ``None`` where it stands elsewhere.
    """

    positions: dict[str, int]
    period: Period | None = None
    site: str | None = None


@dataclass(frozen=True)
class Plan:
    """What to read from a sheet.

    Attributes
    ----------
    texts
        Declared name -> position of each column read as text.
    quantities
        The columns of each point that a row holds.
    site
        The declared name of the site's column, if there is one.
    above
        The site that the name of the file or sheet tells, if it does.
    parts
        Where columns are parts of a year that stands elsewhere: period (of any year) -> the part as the column names it.
    """

    sheet: Sheet
    header: Header
    texts: dict[str, int] = field(default_factory=dict)
    quantities: list[Columns] = field(default_factory=list)
    site: str | None = None
    above: str | None = None
    parts: dict[Period, str] = field(default_factory=dict)

    def column_name(self, position: int) -> str:
        """Return a column's name as it stands in the file."""
        return self.header.names[position]

    def numbers(self) -> list[int]:
        """Return the positions of all number columns, each once."""
        return list(dict.fromkeys(p for columns in self.quantities for p in columns.positions.values()))

    @property
    def sites(self) -> list[str]:
        """The sites that names tell: of the file, the sheet or the columns; none where a column of texts holds them."""
        if self.site is not None:
            return []
        return [self.above] if self.above is not None else [c.site for c in self.quantities if c.site]

    def of_site(self, site: str) -> Plan:
        """Return the plan without the columns of other sites."""
        return replace(self, quantities=[c for c in self.quantities if c.site is None or fold(c.site) == fold(site)])


def make_plan(sheet: Sheet, header: Header, data: MeasureData, findings: Findings) -> Plan | None:
    """Return what to read from a sheet; ``None``, with findings noted, where a column is missing."""
    before = len(findings.errors)
    guess = None if data.site_from else next((h for h in header.names if fold(h) in SITE_NAMES), None)
    site = data.site or guess
    plan = Plan(sheet, header, site=site, above=site_in_name(sheet, data, findings))
    wanted = [*data.date, *data.group, *data.site_within, *([site] if site else [])]
    wanted += [r.column or "" for r in data.rows] + [r.column or "" for r in data.leave_out]
    wanted += data.fill_down
    wanted += [z.column for z in data.day_zero if z.column]
    wanted += tying_columns(data)
    for name in dict.fromkeys(wanted):
        position = _one(name, header, data, sheet, findings)
        if position is not None:
            plan.texts[name] = position
    quantities = {q: name for q in QUANTITIES if (name := getattr(data, q))}
    if data.site_from == "header":
        plan.quantities.extend(_by_site(quantities or {"value": "*"}, plan, data, findings))
    elif "header" in data.date_from:
        plan.quantities.extend(_by_period(quantities or {"value": "*"}, plan, data, findings))
    elif quantities:
        found = {q: _one(name, header, data, sheet, findings) for q, name in quantities.items()}
        plan.quantities.append(Columns({q: p for q, p in found.items() if p is not None}))
    return plan if len(findings.errors) == before else None


def names_of(data: MeasureData) -> list[str]:
    """Return all names of columns in a declaration, other names included."""
    names = [
        *data.date,
        *data.group,
        *data.site_within,
        *data.fill_down,
        data.site,
        data.numerator,
        data.denominator,
        data.value,
    ]
    names += [rule.column for rule in data.rows] + [rule.column for rule in data.leave_out]
    names += tying_columns(data)
    return [n for n in names if n] + [n for rule in data.renamed for n in rule.also]


def tying_columns(data: MeasureData) -> list[str]:
    """Return the data's columns by which it is tied to the table of its denominators."""
    other = data.denominator_from
    if other is None:
        return []
    brought = set(other.through.brings) if other.through else set()
    named = [on.column for on in other.on if on.column not in brought]
    return [n for n in (*named, other.through.column if other.through else None) if n]


def told_apart(names: Sequence[str]) -> list[str]:
    """Return names of columns; those that come several times are numbered from the left.

    Examples
    --------
    >>> told_apart(["Week", "Late", "late"])
    ['Week', 'Late (1)', 'late (2)']
    """
    folded = [fold(n) for n in names]
    met = Counter[str]()
    out = []
    for name, key in zip(names, folded, strict=True):
        met[key] += 1
        out.append(f"{name} ({met[key]})" if name and folded.count(key) > 1 else name)
    return out


def fold(text: str) -> str:
    r"""Return a name as names are compared: capitals and blanks do not matter.

    Examples
    --------
    >>> fold(" School\n Name ")
    'school name'
    """
    return " ".join(text.split()).casefold()


def find_columns(name: str, names: list[str], also: Iterable[str] = ()) -> list[int]:
    """Return the positions of the columns that a name means.

    A whole name wins over the last part of one (``Late`` for ``Autumn / Late``), and that over a pattern with ``*``;
    the name itself wins over the other names that the measure gives. Of columns called alike, ``Late (2)`` is the second.

    Examples
    --------
    >>> find_columns("late", ["Week", "Autumn / Late"]), find_columns("LEA Name", ["LSS Name"], ["LSS Name"])
    ([1], [0])
    >>> find_columns("Submitted*", ["Submitted Mar 8", "Complete Mar 8"])
    [0]
    """
    folded = [fold(n) for n in names]
    numbered = [fold(n) for n in told_apart(names)]
    last = [n.rsplit(BETWEEN, 1)[-1] for n in folded]
    for candidate in map(fold, (name, *also)):
        for texts in (folded, numbered, last):
            if found := [i for i, text in enumerate(texts) if text == candidate]:
                return found
        if "*" in candidate:
            pattern = candidate.replace("[", "[[]")
            for texts in (folded, last):
                if found := [i for i, text in enumerate(texts) if text and fnmatchcase(text, pattern)]:
                    return found
    return []


def _also(name: str, data: MeasureData) -> tuple[str, ...]:
    return tuple(n for r in data.renamed if fold(r.column or "") == fold(name) for n in r.also)


def _one(name: str, header: Header, data: MeasureData, sheet: Sheet, findings: Findings) -> int | None:
    found = find_columns(name, header.names, _also(name, data))
    if len(found) == 1:
        return found[0]
    if found:
        findings.add(
            f"Several columns are called {name!r}",
            where=f"{sheet.name}, line {header.above}",
            found=", ".join(f"column {i + 1}: {header.names[i]!r}" for i in found[:6]),
            cure=f"Name the one that is meant in full, or the second of them as '{name} (2)'.",
        )
    else:
        findings.add(
            f"There is no column {name!r}",
            where=f"{sheet.name}, line {header.above}",
            cure=did_you_mean(name, [n for n in header.names if n]),
        )
    return None


def _by_period(quantities: dict[str, str], plan: Plan, data: MeasureData, findings: Findings) -> list[Columns]:
    """Return the columns of each period that their names hold."""
    names = plan.header.names
    taken = set(plan.texts.values())
    form = data.date_form or find_form([n for i, n in enumerate(names) if i not in taken], inside=True) or "date"
    begins = data.school_year_begins or 9
    periods = {i: p for i, n in enumerate(names) if i not in taken and (p := _period_of(n, form, begins))}
    rests = {i: without_parts(names[i], form) for i in periods}
    if not periods and (data.date or len(data.date_from) > 1):
        periods, rests = _parts_of_a_year(plan, taken, data)
    found: dict[Period, dict[str, int]] = {}
    for quantity, name in quantities.items():
        matches = [i for i in find_columns(name, names, _also(name, data)) if i in periods]
        matches = matches or [i for i in periods if fold(rests[i]) == fold(name)]
        if not matches:
            findings.add(
                f"No column {name!r} has a date in its name",
                where=f"{plan.sheet.name}, line {plan.header.above}",
                cure=did_you_mean(name, [names[i] for i in periods] or [n for n in names if n]),
            )
        for i in matches:
            if quantity in found.setdefault(periods[i], {}):
                findings.add(
                    "Two columns are the same date",
                    where=f"{plan.sheet.name}, line {plan.header.above}",
                    found=f"{names[found[periods[i]][quantity]]!r} and {names[i]!r}",
                    cure=f"Name {quantity} so that only one of them is meant.",
                )
            found[periods[i]][quantity] = i
    for period, positions in found.items():
        _note_without(positions, quantities, str(period.day), "date", plan, findings)
    return [Columns(positions, period) for period, positions in found.items()]


def _note_without(
    positions: dict[str, int], quantities: dict[str, str], whose: str, what: str, plan: Plan, findings: Findings
) -> None:
    """Note the quantities for which a date or a site has no column."""
    for quantity in quantities.keys() - positions.keys():
        findings.add(
            f"There is no column of {quantities[quantity]!r} for {whose}",
            where=f"{plan.sheet.name}, line {plan.header.above}",
            cure=f"Add it, or leave that {what} out of the file.",
        )


def _by_site(quantities: dict[str, str], plan: Plan, data: MeasureData, findings: Findings) -> list[Columns]:
    """Return the columns of each site that their names hold, and of each period if they hold that too; totals are none."""
    names, where = plan.header.names, f"{plan.sheet.name}, line {plan.header.above}"
    free = [i for i, name in enumerate(names) if name and i not in plan.texts.values()]
    dated = "header" in data.date_from
    form = (data.date_form or find_form([names[i] for i in free], inside=True) or "date") if dated else ""
    found: dict[tuple[str, Period | None], dict[str, int]] = {}
    for quantity, name in quantities.items():
        matched = False
        for i in free:
            period = _period_of(names[i], form, data.school_year_begins or 9) if dated else None
            site = site_beside(without_parts(names[i], form) if dated else names[i], name)
            if not site or (dated and period is None) or looks_like_a_total(site):
                continue
            matched = True
            if quantity in found.setdefault((site, period), {}):
                findings.add(
                    "Two columns are the same site",
                    where=where,
                    found=f"{names[found[site, period][quantity]]!r} and {names[i]!r}",
                    cure="Give them different names.",
                )
            found[site, period][quantity] = i
        if not matched:
            cure = f"Say {quantity} = \"*\" if every column is a site, or name what stands beside the sites, as in 'Hill / Late'."
            findings.add(f"No column {name!r} has a site in its name", where=where, found=str(names[:6]), cure=cure)
    for (site, _), positions in found.items():
        _note_without(positions, quantities, repr(site), "site", plan, findings)
    return [Columns(positions, period, site) for (site, period), positions in found.items()]


def _parts_of_a_year(plan: Plan, taken: set[int], data: MeasureData) -> tuple[dict[int, Period], dict[int, str]]:
    """Return the periods of columns such as ``Sep``, whose year stands elsewhere, and what they are called beside them."""
    levels = {i: n.split(BETWEEN) for i, n in enumerate(plan.header.names) if i not in taken and n}
    said = data.date_form if data.date_form in PARTS else None
    form = said or form_of_year_parts(list(dict.fromkeys(part for parts in levels.values() for part in parts)))
    periods, rests = {}, {}
    for i, parts in levels.items() if form else ():
        for part in parts:
            if form and (period := part_of_year(part, form, data.school_year_begins or 9)):
                periods[i], rests[i] = period, BETWEEN.join(p for p in parts if p != part)
                plan.parts[period] = part
                break
    return periods, rests


def _period_of(name: str, form: str, begins: int) -> Period | None:
    """Return the period in a column's name; its last part says it best, then the parts above."""
    for part in reversed(name.split(BETWEEN)):
        if period := read_period(part, form, begins=begins, inside=True):
            return period
    return read_period(name.replace(BETWEEN, " "), form, begins=begins, inside=True)


def without_parts(name: str, form: str) -> str:
    """Return a column's name without the dates in its parts.

    Examples
    --------
    >>> without_parts("Sep 2024 / Late", "month")
    'Late'
    """
    return BETWEEN.join(filter(None, (without_period(part, form) for part in name.split(BETWEEN))))
