"""What was published before: each release with its private counts, and all of them as one table.

Releases meet in one of two ways. Either they show the same counts (a site was added, a week, a
district): then all stand in one grid, and the totals of each release are groups of it. Or they
are cumulative: the same cells have grown since; then every release is the sum of the increments
up to it, and an increment that is small is as sensitive as a small count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from inquirylab.errors import PrivacyError
from inquirylab.privacy.axes import Axis
from inquirylab.privacy.cells import Cells
from inquirylab.privacy.grid import Grid
from inquirylab.privacy.system import Flags, Ints


@dataclass(frozen=True)
class Release:
    """One published table: its finest counts (private) and which of its rows were hidden.

    Parameters
    ----------
    cells
        The finest counts, labels and groups.
    hidden
        Shape of :meth:`rows`: which of them are not in print.
    width
        The width it was protected for.
    name
        What people call it.
    """

    cells: Cells
    hidden: Flags
    width: int
    name: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for a ledger. Private: it holds the counts."""
        cells = self.cells
        return {
            "name": self.name,
            "by": list(cells.by),
            "labels": [list(names) for names in cells.labels],
            "groups": [[[group, list(members)] for group, members in groups.items()] for groups in cells.groups],
            "counts": cells.counts.ravel().tolist(),
            "unknown": np.flatnonzero(cells.unknown).tolist(),
            "hidden": np.flatnonzero(self.hidden).tolist(),
            "width": self.width,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Release:
        """Read what :meth:`to_dict` wrote."""
        labels = tuple(tuple(names) for names in data["labels"])
        groups = tuple({group: tuple(members) for group, members in groups} for groups in data["groups"])
        shape = tuple(len(names) for names in labels)
        unknown = np.zeros(shape, dtype=bool)
        unknown.flat[data["unknown"]] = True
        counts = np.array(data["counts"], dtype=np.int64).reshape(shape)
        cells = Cells(tuple(data["by"]), labels, groups, counts, unknown.copy(), unknown)
        hidden = np.zeros(tuple(len(rows) for rows in cells.rows), dtype=bool)
        hidden.flat[data["hidden"]] = True
        return cls(cells, hidden, int(data["width"]), data.get("name", ""))


def as_release(earlier: Release | pd.DataFrame) -> Release:
    """Return the release behind a table that :func:`suppress` made in this session, or the release itself."""
    if isinstance(earlier, Release):
        return earlier
    release = getattr(getattr(earlier, "attrs", {}).get("certificate"), "release", None)
    if release is None:
        raise PrivacyError(
            "An earlier table has no certificate, so it cannot be protected together with the new one",
            cure="Pass what suppress returned, or Release.from_dict of your ledger; a table read back "
            "from a file has lost its private counts.",
        )
    return release  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Union:
    """All releases in one grid.

    Parameters
    ----------
    grid
        The table that holds every count ever published.
    views
        For each release, where its rows stand in the (flattened) grid, in the shape of its rows.
    counted
        Finest cells that any release counts; the others are zero by construction and known to be.
    increments
        Nodes of the grid that are what came between two releases; never in print.
    """

    grid: Grid
    views: tuple[Ints, ...]
    counted: Flags
    increments: Ints

    @property
    def is_cumulative(self) -> bool:
        """True if counts have grown between releases."""
        return bool(len(self.increments))

    @cached_property
    def empty(self) -> Flags:
        """Cells of the (flattened) grid in which no release counts anybody: known to be zero."""
        counted = Grid.of(self.grid.axes, self.counted.astype(np.int64))
        return np.asarray(counted.values.ravel() == 0)

    @classmethod
    def of(cls, tables: Sequence[Cells]) -> Union:
        """Put tables, oldest first, into one grid."""
        by = max((table.by for table in tables), key=len)
        for table in tables:
            if set(table.by) != set(by):
                raise PrivacyError(
                    "An earlier table has other dimensions than the new one",
                    found=f"{', '.join(table.by)} and {', '.join(by)}",
                    cure="Publish both from one table with all their dimensions.",
                )
        tables = [table.ordered(by) for table in tables]
        labels = [_all_labels([table.labels[k] for table in tables]) for k in range(len(by))]
        spots = [tuple(_spots(table, k, labels[k]) for k in range(len(by))) for table in tables]
        known = [np.zeros([len(names) for names in labels], dtype=bool) for _ in tables]
        counts = [np.zeros([len(names) for names in labels], dtype=np.int64) for _ in tables]
        for table, spot, here, count in zip(tables, spots, known, counts, strict=True):
            finest = np.ix_(
                *[
                    [min(members) for members in rows[: len(names)]]
                    for rows, names in zip(spot, table.labels, strict=True)
                ]
            )
            here[finest], count[finest] = True, table.counts
        axes = [Axis.of(len(names), {m for spot in spots for m in spot[k]}) for k, names in enumerate(labels)]
        if _agree(known, counts):
            finest_counts, counted, first = _merge(known, counts), np.logical_or.reduce(known), None
        else:
            finest_counts, counted = _grow(known, counts)
            steps = len(tables)
            first = Axis.of(steps, [frozenset(range(k + 1)) for k in range(steps)])
        return cls._lay_out(axes, first, spots, finest_counts, counted)

    @classmethod
    def _lay_out(
        cls, axes: list[Axis], first: Axis | None, spots: Sequence[Any], counts: Ints, counted: Flags
    ) -> Union:
        """Order the axes (those with groups first), and find where the rows of each release stand."""
        every = [*axes, first] if first is not None else axes
        order = sorted(range(len(every)), key=lambda k: -(len(every[k]) - every[k].leaves))
        grid = Grid.of(tuple(every[k] for k in order), np.transpose(counts, order))
        number = np.transpose(np.arange(grid.values.size).reshape(grid.shape), np.argsort(order))
        views, increments = [], []
        for release, spot in enumerate(spots):
            nodes = [[axis.node(members) for members in rows] for axis, rows in zip(axes, spot, strict=True)]
            if first is None:
                views.append(number[np.ix_(*nodes)])
            else:
                views.append(number[np.ix_(*nodes, [first.node(range(release + 1))])][..., 0])
                if release:
                    increments.append(number[np.ix_(*nodes, [release])].ravel())
        between = np.unique(np.concatenate(increments)) if increments else np.zeros(0, dtype=np.int64)
        return cls(grid, tuple(views), np.transpose(counted, order), between)


def _all_labels(lists: Sequence[Sequence[Any]]) -> list[Any]:
    return list(dict.fromkeys(label for labels in lists for label in labels))


def _spots(table: Cells, axis: int, labels: list[Any]) -> list[frozenset[int]]:
    """Return the leaves of each row label of a table along an axis."""
    place = {label: at for at, label in enumerate(labels)}
    own = [frozenset({place[label]}) for label in table.labels[axis]]
    groups = [frozenset(place[m] for m in members) for members in table.groups[axis].values()]
    return [*own, *groups, frozenset(place[label] for label in table.labels[axis])]


def _agree(known: list[Flags], counts: list[Ints]) -> bool:
    merged = _merge(known, counts)
    return all(np.array_equal(merged[here], count[here]) for here, count in zip(known, counts, strict=True))


def _merge(known: list[Flags], counts: list[Ints]) -> Ints:
    merged = np.zeros_like(counts[0])
    for here, count in zip(known, counts, strict=True):
        merged[here] = count[here]
    return merged


def _grow(known: list[Flags], counts: list[Ints]) -> tuple[Ints, Flags]:
    """Return increments and which of them are counted, the releases along the last axis."""
    steps = [counts[0], *(later - sooner for sooner, later in pairwise(counts))]
    lost = any((sooner & ~later).any() for sooner, later in pairwise(known))
    if lost or any((step < 0).any() for step in steps[1:]):
        raise PrivacyError(
            "The new counts do not continue those of an earlier release: some have become smaller"
            + (" or were left out" if lost else ""),
            cure="A correction of published numbers, or another population, cannot be protected together with them: "
            "withdraw the earlier table, or publish the new counts under labels of their own.",
        )
    return np.stack(steps, axis=-1), np.stack(known, axis=-1)
