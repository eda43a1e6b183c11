"""Which sites an unknown file is about: in a column, in names of files or sheets, in codes that lost their zeros."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from inquirylab.errors import DataError
from inquirylab.record.types import MeasureData
from inquirylab.store.site_data.alike import site_name_of
from inquirylab.store.site_data.choosing import chosen
from inquirylab.store.site_data.columns import fold
from inquirylab.store.site_data.dates import holds_a_period
from inquirylab.store.site_data.files import open_file
from inquirylab.store.site_data.findings import Findings
from inquirylab.store.site_data.lost_zeros import full_width
from inquirylab.store.site_data.naming import looks_like_a_total, site_in_name
from inquirylab.store.site_data.recognising import Column, Recognised, recognise_sheet
from inquirylab.store.site_data.table import Mask, combined_key

_SITE = (
    "school name",
    "site",
    "school",
    "la_name",
    "institution",
    "provider",
    "district name",
    "district",
    "name",
    "site name",
    "schule",
    "école",
    "escuela",
    "class",
    "campus",
    "academy",
    "établissement",
    "etablissement",
    "colegio",
    "centro",
    "einrichtung",
    "standort",
    "local authority",
    "authority",
    "council",
)

# What stands in the names of schools, where each has a column of its own.
_CALLED = re.compile(
    r"\b(school|primary|elementary|academy|college|high|middle|infants?|junior|campus|saint|st\.?|lycée|collège|école|schule"
    r"|grundschule|gymnasium|realschule|ceip|ies|instituto|colegio|escuela|site)\b",
    re.I,
)


def site_answers(
    found: Recognised, files: Sequence[Path], sheets: Sequence[str], notes: list[str]
) -> dict[str, object]:
    """Return the column of sites, and how wide its codes are if they lost zeros."""
    texts = found.of_role("text") + found.of_role("code")
    many = [c for c in texts if c.distinct > 1 or fold(c.name) in _SITE]  # a file of one site may name it in a column

    def rank(column: Column) -> tuple[int, int]:
        name = fold(column.name)
        place = next((i for i, s in enumerate(_SITE) if name == s), None)
        if place is None:
            place = next((20 + i for i, s in enumerate(_SITE) if s in name and "type" not in name), 99)
        return (place + (30 if column.role == "code" else 0), -column.distinct)

    best = min(many, key=rank, default=None)
    if best is not None and rank(best)[0] >= 99:
        if site_name_of([f.stem for f in files], False) is not None or (
            len(sheets) > 1 and not any(map(holds_a_period, sheets))
        ):
            return {}  # the names of files or sheets say it better than a column that nobody called so
        notes.append(f"{best.name!r} is taken as the site, as no column has a name for it.")
    if best is None:
        return {}
    if not (found_width := full_width(best, found.of_role("text") + found.of_role("code"))):
        return {"site": best.name}
    width, shown = found_width
    notes.append(f"Codes in {best.name!r} seem to have lost zeros in front: {shown}. Without site_width they stay so.")
    return {"site": best.name, "site_width": width}


def named_sites(
    answers: dict[str, object], found: Recognised, files: Sequence[Path], sheets: Sequence[str], notes: list[str]
) -> dict[str, object]:
    """Propose files, or sheets, as sites where several are alike and no column tells the site."""
    dates: list[Any] = answers.get("date_from", [])  # type: ignore[assignment]
    pattern = site_name_of([f.stem for f in files], "file_name" in dates) if len(files) > 1 else None
    if pattern is not None and ("site" not in answers or _same_sites(found, files, str(answers["site"]))):
        said: dict[str, object] = {"site_from": "file_name", **({"site_name": pattern} if pattern else {})}
        sites = [site_in_name(replace(found.sheet, file=f.name), _data(said, dates), Findings()) or "" for f in files]
        notes.append(f"Each file is taken as a site: {', '.join(map(repr, dict.fromkeys(sites[:4])))}.")
        return said
    if "site" in answers:
        return {}
    if len(sheets) > 1 and "sheet_name" not in dates and not any(map(holds_a_period, sheets)):
        notes.append(f"Each sheet is taken as a site: {', '.join(map(repr, sheets[:4]))}.")
        return {"site_from": "sheet_name"}
    numbers = [c.name for c in found.of_role("number")]
    if len([n for n in numbers if _CALLED.search(n)]) > max(1, len(numbers) / 2) and not dates:
        sites = [n for n in numbers if not looks_like_a_total(n)]
        totals = "; totals are left out" if len(sites) < len(numbers) else ""
        notes.append(f"Each column is taken as a site: {', '.join(map(repr, sites[:4]))}{totals}.")
        return {"site_from": "header"}
    more = "" if len(numbers) < 3 else ' If each column is a site, say site_from = "header".'
    notes.append(f"No column of sites was found: the whole file is read as one site's.{more}")
    return {}


def _data(said: dict[str, object], dates: list[Any]) -> MeasureData:
    return MeasureData(site_from="file_name", site_name=str(said.get("site_name", "")) or None, date_from=tuple(dates))


def _same_sites(found: Recognised, files: Sequence[Path], site: str) -> bool:
    """Say whether two files hold the same "sites": classes then, each of its own school."""
    other = next((f for f in files if f.name != found.sheet.file), None)
    try:
        sheets = [found, recognise_sheet(open_file(other)[0])] if other else []
    except DataError:
        return False
    met = [{t for c in s.columns if c.name == site and c.codes for t in c.codes.texts if t} for s in sheets]
    return len(met) == 2 and len(met[0] & met[1]) > len(met[0]) / 2


def within_answer(found: Recognised, answers: dict[str, object]) -> list[str]:
    """Return the fewest columns that tell sites of the same name apart: those after which no date comes twice."""
    by_name = {c.name: c for c in found.columns}
    named = [c for n in names_in(answers) if (c := by_name.get(n)) and c.role in ("text", "code", "date")]
    if not named or "site" not in answers or not found.rows:
        return []
    keep = np.ones(found.rows, dtype=bool)
    for rule in answers.get("rows", []):  # type: ignore[attr-defined]
        codes = by_name[rule["column"]].codes
        if codes is not None:
            keep &= codes.mask(lambda text, rule=rule: chosen(text, rule.get("one_of", ()), rule.get("none_of", ())))  # type: ignore[misc]
    others = [c for c in found.columns if c.role in ("code", "text") and c not in named and c.distinct > 1]
    chosen_columns: list[Column] = []
    while (doubles := _doubles([*named, *chosen_columns], keep)) and others and len(chosen_columns) < 3:
        best = min(others, key=lambda c: (_doubles([*named, *chosen_columns, c], keep), c.distinct))
        if _doubles([*named, *chosen_columns, best], keep) == doubles:
            break
        chosen_columns.append(best)
        others.remove(best)
    return [c.name for c in sorted(chosen_columns, key=lambda c: c.position)]


def width_answers(
    found: Recognised, names: Sequence[str], answers: dict[str, object], notes: list[str]
) -> list[dict[str, object]]:
    """Return the width of codes beside the site's that lost zeros in front."""
    used = [c for c in found.of_role("code") if c.name in names and c.name != answers.get("site")]
    others = found.of_role("text") + found.of_role("code")
    widths = [(c.name, w) for c in used if (w := full_width(c, others))]
    for name, (_, shown) in widths:
        notes.append(f"Codes in {name!r} seem to have lost zeros in front: {shown}. Without widths they stay so.")
    return [{"column": name, "digits": width} for name, (width, _) in widths]


def _doubles(columns: Sequence[Column], keep: Mask) -> int:
    codes = [c.codes for c in columns if c.codes is not None]
    key = combined_key([c.codes for c in codes], [len(c.texts) for c in codes])[keep]
    return len(key) - len(np.unique(key))


def names_in(answers: dict[str, object]) -> list[str]:
    """Return the names of columns in a declaration."""
    named = [answers[k] for k in ("date", "site_within", "group") if k in answers]
    plain = [answers[k] for k in ("site", "numerator", "denominator", "value") if k in answers]
    return [str(n) for part in named if isinstance(part, list) for n in part] + [str(n) for n in plain]
