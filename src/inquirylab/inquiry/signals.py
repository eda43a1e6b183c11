"""What a record's measures say now: from the inquiry's data files, and from rows typed in by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from inquirylab.errors import DataError, InquiryError
from inquirylab.record.reading import Record
from inquirylab.record.types import Measure, MeasureRow

if TYPE_CHECKING:
    import pandas as pd

    from inquirylab.findings.series_finding import SeriesFinding
    from inquirylab.store.site_data import Reading


class MeasureSignal(NamedTuple):
    """The latest of one measure.

    Attributes
    ----------
    measure
        Its id.
    words
        What was found, as the title of its chart says it.
    since
        The date of the point that completed the latest signal; None where there is none.
    error
        Why its data cannot be used; empty if they can.
    """

    measure: str
    words: str
    since: dt.date | None = None
    error: str = ""


def measure_signals(record: Record, folder: Path) -> dict[str, MeasureSignal]:
    """Return the latest signal of every measure that has data, by its id.

    A measure's data are the files of the inquiry's ``data`` folder that its ``data`` part reads, or that of a measure
    file of the same name beside them (``data/*.toml``); rows typed in by hand complete what the files do not have.

    Parameters
    ----------
    record
        Its measures, its rows typed in by hand, and its site.
    folder
        The inquiry's folder.
    """
    out = {}
    for measure in record.measures:
        typed = [r for r in record.measure_data if r.measure == measure.id]
        form = _with_data(measure, folder / "data")
        if measure.id is None or not (typed or form.data):
            continue
        try:
            out[measure.id] = _signal(form, typed, folder / "data", record.about.site)
        except InquiryError as e:
            out[measure.id] = MeasureSignal(measure.id, "", error=str(e))
    return out


def data_stamp(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Return what changes when a data file does: names, sizes, times."""
    found = []
    with suppress(OSError):
        for file in sorted((folder / "data").iterdir()):
            stat = file.stat()
            found.append((file.name, stat.st_size, stat.st_mtime_ns))
    return tuple(found)


def _with_data(measure: Measure, data: Path) -> Measure:
    """Return the measure with the data part of the measure file of its name, if it has none itself."""
    if measure.data is not None or not measure.name or not data.is_dir():
        return measure
    from inquirylab.store.measure_file import read_measure

    for file in sorted(data.glob("*.toml")):
        with suppress(InquiryError):
            found = read_measure(file)
            if (found.name or "").casefold() == measure.name.casefold() and found.data is not None:
                return replace(
                    measure, data=found.data, unit=measure.unit or found.unit, kind=measure.kind or found.kind
                )
    return measure


def _signal(measure: Measure, typed: list[MeasureRow], data: Path, site: str | None) -> MeasureSignal:
    import pandas as pd

    from inquirylab.charts.words import Voice, title
    from inquirylab.findings.measure import find
    from inquirylab.series import to_series

    reading = _read(measure, data, site) if measure.data else None
    groups = measure.data.group if measure.data else ()
    by_hand = _by_hand(typed, groups)
    rows = by_hand if reading is None else reading.rows
    if reading is not None and len(by_hand):
        new = by_hand[~by_hand["date"].isin(rows["date"])]
        rows = pd.concat([rows, new.assign(site=rows["site"].iloc[0] if len(rows) else "")], ignore_index=True)
    series = to_series(rows, measure, None if reading is None else reading.bounds)
    if series.empty:
        raise DataError(f"No value of the measure {measure.name!r} is known")
    found = find(series, measure)
    each = [(_since(f), key, f) for key, f in found.series.items()]
    since, key, finding = max(each, key=lambda e: (e[0] is not None, e[0] or dt.date.min))
    words = title(finding, Voice.of(measure, finding.y), place=False)
    group = f" ({', '.join(key[1:])})" if len(each) > 1 and len(key) > 1 else ""
    return MeasureSignal(measure.id or "", f"{words}{group}.", since)


def _read(measure: Measure, data: Path, site: str | None) -> Reading:
    """Read the measure's files: the rows of the inquiry's site, or of the only site in them."""
    from inquirylab.store.site_data import read_site_data

    try:
        return read_site_data(data, measure, site=site)
    except DataError:
        if site is None:
            raise
        whole = read_site_data(data, measure)
        if whole.rows["site"].nunique() != 1:
            raise
        return whole


def _by_hand(typed: list[MeasureRow], groups: Sequence[str]) -> pd.DataFrame:
    """Return rows typed in by hand as a file's rows are; rows of groups are added up where no row is of all."""
    import pandas as pd

    of_all = [r for r in typed if not r.group]
    rows = [r for r in (of_all or typed) if r.date is not None]
    frame = pd.DataFrame({"date": pd.to_datetime([str(r.date) for r in rows]), "site": ""})
    for name in ("numerator", "denominator", "value"):
        numbers = [getattr(r, name) for r in rows]
        if any(v is not None for v in numbers):
            frame[name] = pd.Series(numbers, dtype=float)
    for name in groups:
        frame[name] = ""
    return frame.assign(left_out="")


def _since(finding: SeriesFinding) -> dt.date | None:
    """Return the date that completed the latest signal: a run that goes on, else the last point beyond a limit."""
    if finding.few or finding.last is None:
        return None
    if finding.current:
        return finding.x[finding.current.completing].astype("datetime64[D]").astype(dt.date)  # type: ignore[no-any-return]
    after = [i for i in finding.beyond if not (finding.frozen and finding.baseline[i])]
    return finding.x[max(after)].astype("datetime64[D]").astype(dt.date) if after else None
