"""Rows of a measure from two sources: its data file, and the rows that people typed in. PURE.

Both have the columns date, site, group ("" where it is nobody's part), numerator and denominator or value, left_out, typed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from inquirylab.record.types import Measure, MeasureRow


def typed_in(rows: Sequence[MeasureRow], measure: str | None) -> tuple[MeasureRow, ...]:
    """Return the rows of a record that were typed in for one measure and have a date, oldest first."""
    own = [r for r in rows if r.measure == measure and r.date]
    return tuple(sorted(own, key=lambda r: (str(r.date), r.id or "")))


def from_file(read: pd.DataFrame | None, measure: Measure) -> pd.DataFrame:
    """Return the rows of a data file with its groups as one column."""
    if read is None or read.empty:
        return pd.DataFrame()
    columns = [c for c in ("numerator", "denominator", "value") if c in read.columns]
    out = read[["date", "site", *columns, "left_out"]].assign(group=_group_of(read, measure), typed=False)
    out["site"] = out["site"].astype(str)
    out["left_out"] = out["left_out"].astype(str)
    return out.rename(columns={"numerator": "value"}) if columns == ["numerator"] else out


def _group_of(read: pd.DataFrame, measure: Measure) -> pd.Series[str]:
    """Return the groups of a file's rows as one text each; "" where there are none."""
    groups = [g for g in (measure.data.group if measure.data else ()) if g in read.columns]
    return read[groups].astype(str).agg(", ".join, axis=1) if groups else pd.Series("", read.index)


def from_hand(typed: Sequence[MeasureRow], measure: Measure) -> pd.DataFrame:
    """Return rows typed in by hand: counts where any row has a denominator, else values.

    A part larger than its whole is drawn as left out until somebody corrects it.
    """
    rows = pd.DataFrame(
        {
            "date": pd.to_datetime([str(r.date) for r in typed]),
            "site": [r.site or "" for r in typed],
            "group": [r.group or "" for r in typed],
            "numerator": np.array([r.numerator for r in typed], dtype=float),
            "denominator": np.array([r.denominator for r in typed], dtype=float),
            "value": np.array([r.value if r.value is not None else r.numerator for r in typed], dtype=float),
            "left_out": ["the part is larger than the whole" if _impossible(r, measure) else "" for r in typed],
            "typed": [True] * len(typed),
        }
    )
    unused = ["value"] if rows["denominator"].notna().any() else ["numerator", "denominator"]
    return rows.drop(columns=unused)


def _impossible(row: MeasureRow, measure: Measure) -> bool:
    part, whole = row.numerator, row.denominator
    return measure.kind == "proportion" and part is not None and whole is not None and part > whole


def joined(read: pd.DataFrame, hand: pd.DataFrame, said: list[str]) -> pd.DataFrame:
    """Put both together; where both have the same date, site and group, what was typed in stands."""
    amounts = [c for c in ("denominator", "value") if c in read.columns or (read.empty and c in hand.columns)][:1]
    held = hand.dropna(subset=[a for a in amounts if a in hand.columns])
    if read.empty or hand.empty:
        return held if read.empty else read
    if not set(amounts) <= set(hand.columns):
        said.append(
            "The rows typed in by hand have other columns than the file (counts, or values): they are not shown."
        )
        return read
    keys = ["date", "site", "group"]
    if read["site"].nunique() == 1:
        held = held.assign(site=held["site"].replace("", read["site"].iloc[0]))
    again = read[keys].apply(tuple, axis=1).isin(set(held[keys].itertuples(index=False, name=None)))
    if again.any():
        said.append(f"{int(again.sum())} rows of the file are replaced by rows typed in for the same date.")
    return pd.concat([read[~again], held], ignore_index=True)


def of_site(rows: pd.DataFrame, site: str) -> pd.DataFrame:
    """Return the rows of this site if there are any, else all."""
    if rows.empty or not site:
        return rows
    mine = rows["site"].str.casefold() == site.casefold()
    return rows[mine] if mine.any() else rows


def say_doubles(typed: Sequence[MeasureRow], said: list[str]) -> None:
    """Say which dates were typed in twice for the same site and group."""
    keys = [(r.date, r.site or "", r.group or "") for r in typed]
    doubles = sorted({k for k in keys if keys.count(k) > 1}, key=str)
    if doubles:
        dates = ", ".join(str(d) for d, *_ in doubles[:4])
        said.append(f"Typed in twice for the same date, site and group, and both count: {dates}.")


def whole_rows(rows: pd.DataFrame, measure: Measure, gaps: Mapping[pd.Timestamp, str]) -> pd.DataFrame:
    """Return the rows that make up everything: a row without a group is the whole of its date, else groups are added up.

    A sum of counts one of which is not known would be too low: its point is left out, with the reason that `gaps` gives.
    """
    alone = rows["group"] == ""
    has_whole = alone.groupby([rows["date"], rows["site"]]).transform("any")
    kept = rows[alone | ~has_whole]
    if measure.kind == "count" and "value" in kept.columns:
        kept = kept.groupby(["date", "left_out"], as_index=False)[["value"]].sum(min_count=1)
        kept["left_out"] = [why or gaps.get(date, "") for why, date in zip(kept["left_out"], kept["date"], strict=True)]
    return kept


def gaps_of(missing: pd.DataFrame | None, rows: pd.DataFrame, measure: Measure) -> dict[pd.Timestamp, str]:
    """Return the dates on which a site or group of a measure has no number in the file, though it should, and whose it is.

    Parameters
    ----------
    missing
        Values that are no numbers, as ``store.site_data`` lists them.
    rows
        The rows that count; what was typed in by hand is missing no more, nor a part of a whole that is known.
    """
    if missing is None or missing.empty or rows.empty:
        return {}
    unknown = missing[(missing["kind"] != "not_applicable") & missing["site"].astype(str).isin(rows["site"])]
    there = set(rows[["date", "site", "group"]].itertuples(index=False, name=None))
    found: dict[pd.Timestamp, dict[str, None]] = {}
    for key in zip(unknown["date"], unknown["site"].astype(str), _group_of(unknown, measure), strict=True):
        if key not in there and (*key[:2], "") not in there:
            found.setdefault(key[0], {})[" / ".join(filter(None, key[1:]))] = None
    return {
        date: f"no number of {', '.join(list(names)[:3])}{f' and {len(names) - 3} more' if len(names) > 3 else ''}"
        for date, names in found.items()
    }
