"""An attacker who shares no code with the room: one variable a finest cell, one equation a printed number."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

Groups = Mapping[str, Mapping[Any, Iterable[Any]]]


class Attacker:
    """Reads published tables of the same people and bounds what is hidden.

    ``releases``: (table, columns, count). ``zeros_public``: hidden counts are known not to be zero.
    """

    def __init__(
        self,
        releases: list[tuple[pd.DataFrame, list[str], str]],
        groups: Groups | None = None,
        zeros_public: bool = False,
    ) -> None:
        self.groups = groups or {}
        atoms: dict[tuple[Any, ...], int] = {}
        self.rows: list[tuple[int, tuple[Any, ...], list[int]]] = []
        equations: list[tuple[list[int], int]] = []
        for number, (table, by, count) in enumerate(releases):
            members = [self.members(table, column) for column in by]
            for row in table[[*by, count, "published"]].itertuples(index=False):
                inside = itertools.product(*(found[label] for found, label in zip(members, row, strict=False)))
                places = [atoms.setdefault(key, len(atoms)) for key in inside]
                if row.published:
                    equations.append((places, int(row[len(by)])))
                else:
                    assert pd.isna(row[len(by)])
                    self.rows.append((number, tuple(row[: len(by)]), places))
        self.size = len(atoms)
        self.equations = [*equations]
        lines = [places for places, _ in equations]
        low = [value for _, value in equations]
        high: list[float] = list(low)
        if zeros_public:
            for _, _, places in self.rows:
                lines.append(places), low.append(1), high.append(np.inf)
        shape = (len(lines), self.size)
        flat = [place for places in lines for place in places]
        at = [k for k, places in enumerate(lines) for _ in places]
        matrix = csr_array((np.ones(len(flat)), (at, flat)), shape=shape)
        self.rules = LinearConstraint(matrix, low, high)
        self.cap = float(4 * sum(value for _, value in equations) + 1000)

    def members(self, table: pd.DataFrame, column: str) -> dict[Any, list[Any]]:
        groups = {label: list(found) for label, found in self.groups.get(column, {}).items()}
        leaves = [label for label in table[column].unique() if label != "All" and label not in groups]
        return {**{leaf: [leaf] for leaf in leaves}, **groups, "All": leaves}

    def interval(self, places: list[int]) -> tuple[int, int]:
        cost = np.zeros(self.size)
        cost[places] = 1
        ends = []
        for sign in (1, -1):
            answer = milp(
                sign * cost,
                constraints=self.rules,
                integrality=np.ones(self.size),
                bounds=Bounds(0, self.cap),
                options={"mip_rel_gap": 0},
            )
            assert answer.x is not None, answer.message
            table = np.rint(answer.x).astype(int)
            for cells, value in self.equations:
                assert table[cells].sum() == value
            ends.append(int(table[places].sum()))
        return ends[0], ends[1]

    def narrowest(self) -> int:
        """Return the width of the narrowest hidden count of any release."""
        distinct = {frozenset(places): places for _, _, places in self.rows}
        return min((high - low for low, high in map(self.interval, distinct.values())), default=10**9)


@pytest.fixture
def attacker() -> type[Attacker]:
    return Attacker


@pytest.fixture
def random_cells() -> Callable[..., pd.DataFrame]:
    """Skewed counts, as groups within schools are: many small, a few large."""

    def make(seed: int, shape: tuple[int, ...], mean: float = 25) -> pd.DataFrame:
        random = np.random.default_rng(seed)
        counts = random.poisson(random.gamma(0.7, mean / 0.7, size=shape))
        names = [[f"{axis}{k}" for k in range(size)] for axis, size in zip("abcd", shape, strict=False)]
        frame = pd.MultiIndex.from_product(names, names=list("abcd")[: len(shape)]).to_frame(index=False)
        return frame.assign(students=counts.ravel())

    return make
