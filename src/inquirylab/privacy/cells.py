"""From a frame of finest cells to a grid: labels, groups, counts, and the publisher's own marks."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from inquirylab.errors import PrivacyError, did_you_mean
from inquirylab.privacy.axes import ALL
from inquirylab.privacy.system import Flags, Ints

Groups = dict[Hashable, tuple[Hashable, ...]]


@dataclass(frozen=True)
class Cells:
    """The finest counts of one table.

    Parameters
    ----------
    by
        Names of the dimensions.
    labels
        The labels of each.
    groups
        Named groups of labels, a dimension.
    counts
        Counts, one dimension each; combinations without a row are zero.
    marked
        Cells that the publisher has hidden, whatever their size.
    unknown
        Cells whose count we do not know: hidden before they reached us.
    """

    by: tuple[str, ...]
    labels: tuple[tuple[Hashable, ...], ...]
    groups: tuple[Groups, ...]
    counts: Ints
    marked: Flags
    unknown: Flags

    @classmethod
    def of(
        cls,
        frame: pd.DataFrame,
        by: Sequence[str],
        count: str,
        hierarchy: Mapping[str, Any] | None = None,
        hide: str | None = None,
    ) -> Cells:
        """Read a frame; rows of the same cell are added up."""
        _need(frame, [*by, count, *([hide] if hide else [])])
        if not by or len(set(by)) != len(by):
            raise PrivacyError("A table needs at least one dimension, each named once", found=f"by={list(by)!r}")
        labels, codes = [], []
        for column in by:
            if frame[column].isna().any():
                raise PrivacyError(
                    f"The column {column!r} has rows without a label", cure="Give them one, for example 'Not known'."
                )
            found = sorted(frame[column].unique().tolist(), key=lambda v: (str(type(v)), v))
            if ALL in found:
                raise PrivacyError(
                    f"The column {column!r} already has a row {ALL!r}",
                    cure="Give the finest cells only; every margin is worked out here.",
                )
            labels.append(tuple(found))
            codes.append(pd.Categorical(frame[column], categories=found).codes.astype(np.int64))
        counts, unknown, marked = _counts(frame, count, hide, tuple(codes), tuple(len(names) for names in labels))
        groups = tuple(
            groups_of(frame, column, names, (hierarchy or {}).get(column))
            for column, names in zip(by, labels, strict=True)
        )
        stray = set(hierarchy or {}) - set(by)
        if stray:
            raise PrivacyError(
                f"The hierarchy speaks of {sorted(stray)[0]!r}, which is no dimension",
                cure=did_you_mean(sorted(stray)[0], by),
            )
        return cls(tuple(by), tuple(labels), groups, counts, marked, unknown)

    @property
    def rows(self) -> tuple[tuple[Hashable, ...], ...]:
        """The labels in print, a dimension: finest, groups, and the margin."""
        return tuple((*labels, *groups, ALL) for labels, groups in zip(self.labels, self.groups, strict=True))

    def ordered(self, by: Sequence[str]) -> Cells:
        """Return the same cells with the dimensions in another order."""
        turn = [self.by.index(name) for name in by]
        return Cells(
            tuple(by),
            tuple(self.labels[k] for k in turn),
            tuple(self.groups[k] for k in turn),
            np.transpose(self.counts, turn),
            np.transpose(self.marked, turn),
            np.transpose(self.unknown, turn),
        )


def _need(frame: pd.DataFrame, columns: Sequence[str]) -> None:
    for column in columns:
        if column not in frame.columns:
            raise PrivacyError(f"The column {column!r} is missing", cure=did_you_mean(column, map(str, frame.columns)))
    if frame.empty:
        raise PrivacyError("There is no row to publish")


def _counts(
    frame: pd.DataFrame, count: str, hide: str | None, codes: tuple[Ints, ...], shape: tuple[int, ...]
) -> tuple[Ints, Flags, Flags]:
    numbers = pd.to_numeric(frame[count], errors="coerce")
    missing = numbers.isna().to_numpy()
    words = missing & frame[count].notna().to_numpy()
    if words.any():
        raise PrivacyError(
            f"The column {count!r} has entries that are no counts",
            found=", ".join(repr(v) for v in frame.loc[words, count].unique()[:3].tolist()),
            cure="Leave a count empty where its publisher has hidden it.",
        )
    whole = numbers.fillna(0).to_numpy(dtype=float)
    if (whole < 0).any() or (whole != np.rint(whole)).any() or (whole > 2**40).any():
        bad = whole[(whole < 0) | (whole != np.rint(whole)) | (whole > 2**40)][0]
        raise PrivacyError(
            f"The column {count!r} must hold whole numbers of people or events, none below 0",
            found=repr(float(bad)),
            cure="Publish counts; rates and means are worked out from protected counts.",
        )
    place = np.ravel_multi_index(codes, shape)
    size = int(np.prod(shape))
    counts = np.zeros(size, dtype=np.int64)
    np.add.at(counts, place, whole.astype(np.int64))
    unknown, marked = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
    unknown[place[missing]] = True
    if hide is not None:
        marked[place[frame[hide].fillna(False).to_numpy(dtype=bool)]] = True
    return counts.reshape(shape), unknown.reshape(shape), (marked | unknown).reshape(shape)


def groups_of(frame: pd.DataFrame, column: str, labels: Sequence[Hashable], given: Any) -> Groups:
    """Read the groups of one dimension: names of columns, a mapping from group to members, or a list of both."""
    groups: Groups = {}
    levels = [] if given is None else [given] if isinstance(given, (str, Mapping)) else list(given)
    for level in levels:
        found = level.items() if isinstance(level, Mapping) else _parents(frame, column, level)
        for group, listed in found:
            members = tuple(dict.fromkeys(listed))
            unknown = [m for m in members if m not in labels]
            if unknown or not members:
                raise PrivacyError(
                    f"The group {group!r} of {column!r} names members that are not in the table",
                    found=", ".join(repr(u) for u in unknown[:5]) or "nobody",
                    cure="Correct the hierarchy, or add rows for them.",
                )
            if group in labels or group == ALL or (group in groups and set(groups[group]) != set(members)):
                raise PrivacyError(
                    f"{group!r} is the name of two things in {column!r}",
                    cure="Rename the group, so that a row of the published table says what it counts.",
                )
            groups[group] = members
    return groups


def _parents(frame: pd.DataFrame, column: str, level: str) -> list[tuple[Hashable, list[Hashable]]]:
    """Read the groups that a column of the frame names."""
    _need(frame, [level])
    pairs = frame[[column, level]].dropna().drop_duplicates()
    double = pairs[column].duplicated()
    if double.any():
        raise PrivacyError(
            f"{pairs[column][double].iloc[0]!r} stands in more than one {level!r}",
            cure="Correct the rows; groups that overlap are given as a mapping from group to members.",
        )
    return [(group, members.tolist()) for group, members in pairs.groupby(level, sort=True)[column]]
