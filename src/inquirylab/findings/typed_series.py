"""The rows of a measure that were typed in by hand, as one finding. PURE."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

import numpy as np
import pandas as pd

from inquirylab.errors import AnalysisError
from inquirylab.findings.measure import find
from inquirylab.findings.series_finding import SeriesFinding
from inquirylab.record.types import Measure, MeasureData, MeasureRow
from inquirylab.series import to_series


def typed_series(typed: Iterable[MeasureRow], measure: Measure) -> SeriesFinding | None:
    """Return what all typed rows of a measure say together; None where there are none.

    Rows of several sites stand as one series, by date.
    """
    rows = [r for r in typed if r.date]
    if not rows:
        return None
    frame = pd.DataFrame(
        {
            "date": pd.to_datetime([str(r.date) for r in rows]),
            "site": "All",
            "numerator": np.array([r.numerator for r in rows], dtype=float),
            "denominator": np.array([r.denominator for r in rows], dtype=float),
            "value": np.array([r.numerator if r.value is None else r.value for r in rows], dtype=float),
            "left_out": "",
        }
    )
    unused = ["value"] if frame["denominator"].notna().any() else ["numerator", "denominator"]
    alone = dataclasses.replace(measure, data=dataclasses.replace(measure.data or MeasureData(), group=()))
    for asked in (alone, dataclasses.replace(alone, baseline=None, phases=())):
        try:
            found = find(to_series(frame.drop(columns=unused), asked), asked)
        except AnalysisError:
            continue
        return next(iter(found.series.values()), None)
    return None
