"""The site that a name tells: of a file, of a sheet, of a column; and names that are of all sites together."""

from __future__ import annotations

import re

from inquirylab.record.types import MeasureData
from inquirylab.store.site_data.dates import FORMS, without_period
from inquirylab.store.site_data.findings import Findings
from inquirylab.store.site_data.header import BETWEEN
from inquirylab.store.site_data.table import Sheet

SITE_PART = "{site}"
_TOTAL = re.compile(
    r"(grand |sub)?total\b.*|.* (sub)?totals?|(.* )?averages?|all( .*(schools|sites|districts|pupils|students|groups))?"
    r"|state|statewide|national|overall|regional",
    re.I,
)


def looks_like_a_total(name: str) -> bool:
    """Say whether a name is of several sites or groups together.

    Examples
    --------
    >>> looks_like_a_total("All schools"), looks_like_a_total("Trust average"), looks_like_a_total("Totnes Primary")
    (True, True, False)
    """
    return _TOTAL.fullmatch(" ".join(name.split())) is not None


def site_beside(column: str, quantity: str) -> str | None:
    """Return the site in the name of a column beside the quantity; ``None`` where it names another quantity.

    Examples
    --------
    >>> site_beside("Hill Primary", "*"), site_beside("Hill / Late", "late"), site_beside("Late (Hill)", "Late (*)")
    ('Hill Primary', 'Hill', 'Hill')
    >>> site_beside("Hill / On roll", "Late") is None
    True
    """
    if "*" in quantity or SITE_PART in quantity:
        return part_at_star(column, quantity)
    parts = [" ".join(p.split()) for p in column.split(BETWEEN)]
    wanted = " ".join(quantity.split()).casefold()
    rest = [p for p in parts if p.casefold() != wanted]
    return BETWEEN.join(rest) if rest and len(rest) < len(parts) else None


def site_in_name(sheet: Sheet, data: MeasureData, findings: Findings) -> str | None:
    """Return the site, ``None`` where the measure does not take it from a name; a name without one is noted."""
    if data.site_from in (None, "header"):
        return None
    name = sheet.file.rsplit(".", 1)[0] if data.site_from == "file_name" else sheet.sheet
    site = part_at_star(name, data.site_name) if data.site_name else name
    if site and data.site_from in data.date_from:
        form = data.date_form if data.date_form in FORMS else "school_year"
        site = next((s for f in (form, "year") if (s := without_period(site, f)) != site), site)
    if not site:
        findings.add(
            f"No site stands in the {data.site_from.replace('_', ' ')}",
            where=sheet.name,
            found=repr(name),
            cure="Correct site_name in the measure file, or leave this one out with files or sheets.",
        )
    return site or ""


def part_at_star(name: str, pattern: str) -> str | None:
    """Return what stands at ``{site}``, else at the first ``*``, of a pattern; other stars stand for anything.

    Examples
    --------
    >>> part_at_star("late_North_2024", "late_*_*"), part_at_star("notes", "late_*") is None
    ('North', True)
    >>> part_at_star("2024-09_North", "*_{site}")
    'North'
    """
    before, _, after = pattern.partition(SITE_PART if SITE_PART in pattern else "*")
    start, rest = (".*".join(map(re.escape, part.split("*"))) for part in (before, after))
    match = re.fullmatch(f"{start}(.+?){rest}", name.strip(), re.I | re.S)
    return match[1].strip() if match else None
