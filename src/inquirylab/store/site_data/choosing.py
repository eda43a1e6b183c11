"""Which rows of a sheet are rows of the measure, and of which site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

import numpy as np
import pyarrow as pa

from inquirylab.errors import DataError
from inquirylab.record.types import MeasureData
from inquirylab.store.site_data.columns import Plan, fold
from inquirylab.store.site_data.filling import filled_down
from inquirylab.store.site_data.table import Array, Codes, Lines, Mask, as_codes, joined, side_by_side

MOST_KEPT = 2**30  # bytes of the rows that a measure keeps of one file
WITHIN = " / "
SITE = "\0site"  # among the texts met: those of the site, whatever its column is called


@dataclass(frozen=True)
class Kept:
    """The rows that the measure's rules choose, as columns still in Arrow's form."""

    texts: dict[str, Codes]
    numbers: dict[int, Array]
    lines: Lines
    read: int


def keep_rows(plan: Plan, data: MeasureData, site: str | None, seen: dict[str, dict[str, None]]) -> Kept:
    """Read the columns of a plan, keeping the measure's rows; blocks of a large file are let go one by one."""
    names, positions = list(plan.texts), plan.numbers()
    batches: list[list[Array]] = []
    lines: list[Lines] = []
    read = held = 0
    places = [*plan.texts.values(), *positions]
    fill = {i for i, place in enumerate(places) if place in {plan.texts[n] for n in data.fill_down}}
    last: dict[int, pa.Scalar] = {}
    for batch in plan.sheet.take(plan.header.above, list(plan.texts.values()), positions):
        read += len(batch.lines)
        columns = filled_down(batch.columns, fill, last) if fill else batch.columns
        mask = _mask(dict(zip(names, columns, strict=False)), plan, data, site, seen, len(batch.lines))
        if mask is None:
            batches.append(columns)
            lines.append(batch.lines)
        else:
            batches.append([c.filter(pa.array(mask)) for c in columns])
            lines.append(batch.lines[mask])
        held += sum(c.nbytes for c in batches[-1])
        if held > MOST_KEPT:
            raise DataError(
                "The file has more rows of this measure than can be held at once",
                where=plan.sheet.name,
                found=f"more than {sum(map(len, lines)):,} rows",
                cure="Choose rows with [[data.rows]], or read one site at a time.",
            )
    whole = [_joined_arrays([b[i] for b in batches]) for i in range(len(names) + len(positions))]
    codes = side_by_side(as_codes, whole[: len(names)], sum(map(len, lines)))
    texts = {name: full(column, name, data) for name, column in zip(names, codes, strict=True)}
    every = np.concatenate(lines) if lines else np.array([], np.int64)
    return Kept(texts, dict(zip(positions, whole[len(names) :], strict=True)), every, read)


def _joined_arrays(arrays: Sequence[Array]) -> Array:
    if len(arrays) == 1:
        return arrays[0]
    chunks = [chunk for a in arrays for chunk in (a.chunks if isinstance(a, pa.ChunkedArray) else [a])]
    return pa.chunked_array(chunks) if chunks else pa.chunked_array([], pa.string())


def _mask(
    columns: dict[str, Array],
    plan: Plan,
    data: MeasureData,
    site: str | None,
    seen: dict[str, dict[str, None]],
    length: int,
) -> Mask | None:
    """Return which rows are rows of the measure; ``None`` for all."""
    if not data.rows and (site is None or plan.site is None):
        return None
    mask = np.ones(length, dtype=bool)
    for rule in data.rows:
        codes = full(as_codes(columns[rule.column or ""]), rule.column or "", data)
        seen.setdefault(rule.column or "", {}).update(dict.fromkeys(codes.texts[:2000]))
        mask &= codes.mask(lambda text, rule=rule: chosen(text, rule.one_of, rule.none_of))  # type: ignore[misc]
    if site is not None and plan.site is not None and not data.cumulative:
        codes = sites_of(plan, data, {n: full(as_codes(columns[n]), n, data) for n in (*data.site_within, plan.site)})
        seen.setdefault(SITE, {}).update(dict.fromkeys(codes.texts))
        mask &= codes.mask(lambda text: fold(text) == fold(site))
    return mask


def full(codes: Codes, column: str, data: MeasureData) -> Codes:
    """Return a column with the zeros put back that its codes lost in front, if the measure says how wide they are."""
    digits = next((w.digits for w in data.widths if fold(w.column or "") == fold(column)), None)
    return codes if not digits else codes.renamed([t.zfill(digits) if t.isdigit() else t for t in codes.texts])


def chosen(text: str, one_of: Sequence[str], none_of: Sequence[str]) -> bool:
    """Say whether a text is one of the first and none of the second; ``*`` within a longer text stands for anything.

    Examples
    --------
    >>> chosen("Secondary", ["secondary"], []), chosen("District total", [], ["*total"]), chosen("*", ["*"], [])
    (True, False, True)
    """
    text = fold(text)

    def fits(wanted: str) -> bool:
        wanted = fold(wanted)
        return text == wanted or ("*" in wanted and len(wanted) > 1 and fnmatchcase(text, wanted.replace("[", "[[]")))

    return (not one_of or any(map(fits, one_of))) and not any(map(fits, none_of))


def sites_of(plan: Plan, data: MeasureData, texts: dict[str, Codes]) -> Codes:
    """Return the site of each row: its column, within other columns, with zeros put back in front."""
    if plan.site is None:
        raise AssertionError("the file has no column of sites")
    site = texts[plan.site]
    if data.site_width:
        site = site.renamed([t.zfill(data.site_width) if t.isdigit() else t for t in site.texts])
    site = joined([*(texts[n] for n in data.site_within), site], WITHIN)
    return site if plan.above is None else site.renamed([plan.above + WITHIN + t for t in site.texts])
