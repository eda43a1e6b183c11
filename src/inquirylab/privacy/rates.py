"""Rates from protected counts: yes and no are one more dimension, and a rate hides with its counts."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from inquirylab.errors import PrivacyError
from inquirylab.privacy.axes import ALL

OUTCOME, YES, NO = "outcome", "yes", "no"


def outcome_cells(frame: pd.DataFrame, by: Sequence[str], numerator: str, denominator: str) -> pd.DataFrame:
    """Return finest cells with the outcome as one more dimension, ready for ``suppress``.

    Parameters
    ----------
    frame
        One row a cell: the columns of ``by``, how many had the outcome, and of how many.

    Returns
    -------
    cells
        Two rows a row: the columns of ``by``, ``outcome`` (yes or no) and ``count``.

    Examples
    --------
    >>> one = pd.DataFrame({"site": ["A"], "late": [3], "enrolled": [40]})
    >>> outcome_cells(one, ["site"], "late", "enrolled").values.tolist()
    [['A', 'yes', 3], ['A', 'no', 37]]
    """
    missing = [c for c in (*by, numerator, denominator) if c not in frame.columns]
    if missing:
        raise PrivacyError(f"The column {missing[0]!r} is missing", found=", ".join(map(str, frame.columns)))
    too_many = frame[numerator] > frame[denominator]
    if too_many.any():
        raise PrivacyError(
            f"{numerator!r} is larger than {denominator!r} in {int(too_many.sum())} rows",
            cure="The denominator must count everybody whom the numerator could count.",
        )
    labels = frame[list(by)]
    yes = labels.assign(outcome=YES, count=frame[numerator])
    no = labels.assign(outcome=NO, count=frame[denominator] - frame[numerator])
    return pd.concat([yes, no], ignore_index=True)


def rates(table: pd.DataFrame, outcome: str = OUTCOME, yes: str = YES) -> pd.DataFrame:
    """Return a rate for each row of a protected table whose numerator and denominator are both in print.

    A bar, a colour, a rank, a mean or an interval is a rate too: draw them from these rows alone.

    Parameters
    ----------
    table
        What ``suppress`` returned, the outcome being one of its dimensions.
    outcome, yes
        That dimension, and the label that the numerator counts.

    Returns
    -------
    frame
        The other dimensions, ``numerator``, ``denominator``, ``rate`` (0 to 1; missing where hidden), ``published``.
    """
    count = table.columns[-2]
    by = [c for c in table.columns[:-2] if c != outcome]
    if outcome not in table.columns or yes not in set(table[outcome]):
        raise PrivacyError(
            f"The table has no {outcome!r} with a row {yes!r}",
            cure="Make its cells with outcome_cells before suppress.",
        )
    top = table[table[outcome] == yes].set_index(by)[count]
    whole = table[table[outcome] == ALL].set_index(by)[count]
    frame = pd.DataFrame({"numerator": top, "denominator": whole.reindex(top.index)})
    shown = frame["numerator"].notna() & frame["denominator"].notna() & (frame["denominator"] != 0).fillna(False)
    frame["rate"] = (frame["numerator"] / frame["denominator"].replace(0, pd.NA)).astype("Float64").where(shown)
    # A numerator beside a hidden denominator (or the other way round) stays: it is certified as it stands.
    frame["published"] = shown
    return frame.reset_index()
