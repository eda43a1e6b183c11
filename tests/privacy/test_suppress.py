"""Nothing hidden can be worked out: checked by an attacker who shares no code with the room."""

from __future__ import annotations

import os

import numpy as np
import pandas as pd
import pytest

from inquirylab.errors import PrivacyError
from inquirylab.privacy import suppress

SOAK = bool(os.environ.get("INQUIRYLAB_SOAK"))
TABLES = 500 if SOAK else 32


def shape_of(seed: int) -> tuple[int, ...]:
    """Half of the tables have two dimensions, the others three or four."""
    random = np.random.default_rng(seed + 10_000)
    if seed % 4 < 2:
        return tuple(int(k) for k in random.integers(2, 8, 2))
    if seed % 4 == 2:
        return tuple(int(k) for k in random.integers(2, 5, 3))
    return (3, int(random.integers(2, 4)), 2, 2)


@pytest.mark.parametrize("seed", range(TABLES))
def test_no_hidden_count_of_a_random_table_can_be_worked_out(seed, random_cells, attacker) -> None:
    shape, min_n = shape_of(seed), (10, 10, 5, 20)[seed % 7 % 4]
    zeros = "public" if seed % 5 == 0 else "small"
    cells = random_cells(seed, shape, mean=[12, 25, 60][seed % 3])
    by = list("abcd")[: len(shape)]
    table = suppress(cells, by, "students", min_n=min_n, zeros=zeros)
    truth = margins(cells, by)
    shown = table[table["published"]].set_index(by)["students"]
    assert (shown == truth.loc[shown.index]).all()
    assert ((shown >= min_n) | ((shown == 0) & (zeros == "public"))).all()
    assert len(table) == len(truth)
    assert attacker([(table, by, "students")], zeros_public=zeros == "public").narrowest() >= min_n - 1


def margins(cells: pd.DataFrame, by: list[str]) -> pd.Series:
    """Every cell and margin, by repeated groupby."""
    frames = [cells[[*by, "students"]]]
    for column in by:
        frames += [frame.assign(**{column: "All"}).groupby(by, as_index=False)["students"].sum() for frame in frames]
    return pd.concat(frames).set_index(by)["students"]
