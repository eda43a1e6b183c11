"""Suppress: publish a table with every margin so that no hidden count can be worked out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from inquirylab.errors import PrivacyError
from inquirylab.privacy.bundles import system_of
from inquirylab.privacy.cells import Cells
from inquirylab.privacy.certificate import certify
from inquirylab.privacy.draft import Draft
from inquirylab.privacy.policy import Policy
from inquirylab.privacy.protect import Protection
from inquirylab.privacy.releases import Release, Union, as_release
from inquirylab.privacy.system import Flags, Ints

MARGIN, GRAND = 1.6, 50.0
"""What hiding a margin costs beside a cell, and what hiding the total of everything costs."""


def suppress(
    cells: pd.DataFrame,
    by: str | Sequence[str],
    count: str,
    min_n: int = 10,
    zeros: str = "small",
    earlier: Sequence[Release | pd.DataFrame] = (),
    hierarchy: Mapping[str, Any] | None = None,
    *,
    hide: str | None = None,
    most_extra: float | None = None,
    authority: str | None = None,
    name: str = "",
) -> pd.DataFrame:
    """Hide small counts, and as few others as it takes, and prove that this is enough.

    Parameters
    ----------
    cells
        The finest cells, one row each: the columns of ``by`` and ``count``, non-negative whole
        numbers. Combinations without a row count as zero; a missing count is one that its
        publisher has hidden, and stays hidden with every total that holds it.
    by
        The dimensions, any number; one may be named alone.
    count
        The column of counts.
    min_n
        The smallest group in print. Below 5 only with an ``authority``.
    zeros
        ``"small"`` hides zeros like other small counts; ``"public"`` prints them.
    earlier
        What was published before, oldest first: tables that this function returned, or
        :class:`Release` objects from a ledger. Their numbers are frozen; all releases are
        protected together.
    hierarchy
        Groups above the labels of a dimension, which get rows of their own:
        ``{"site": ["district", "region"]}`` names columns of ``cells``, from fine to coarse;
        ``{"group": {"Any need": ["SEN support", "EHC plan"]}}`` names members (groups may overlap).
    hide
        A column of flags: cells hidden by their publisher, whatever their size.
    most_extra
        Refuse if more than this share of the rows that are large enough would have to be hidden.
        Default: 0.3 with ``earlier``, else no limit.
    authority
        Who allowed a ``min_n`` below 5.
    name
        What people call this release.

    Returns
    -------
    frame
        Every cell, group and margin (``"All"``): the columns of ``by``, ``count`` (missing where hidden) and
        ``published``. One marker only: nothing says why a row is hidden. ``attrs["certificate"]``
        sums up the proof; the proof itself is private.

    Raises
    ------
    PrivacyError
        The table cannot be certified, or too much of it would have to be hidden.

    Notes
    -----
    For every hidden count there are two complete tables of whole numbers, differing there by at
    least ``min_n - 1``, that reproduce every number of this and of the earlier releases.
    Method: complementary cell suppression with sliding protection levels (Fischetti and Salazar
    2001); cycles in flow networks for two dimensions (Cox 1980, JASA 75).

    Examples
    --------
    >>> import pandas as pd
    >>> rows = [("North", "a", 3), ("North", "b", 40), ("South", "a", 21), ("South", "b", 37), ("West", "b", 18)]
    >>> table = suppress(pd.DataFrame(rows, columns=["site", "group", "students"]), ["site", "group"], "students")
    >>> table[~table["published"]][["site", "group"]].values.tolist()
    [['North', 'a'], ['North', 'b'], ['South', 'a'], ['South', 'b'], ['West', 'a'], ['West', 'b']]
    """
    by = [by] if isinstance(by, str) else list(by)
    policy = Policy(min_n, zeros, authority)
    new = Cells.of(cells, by, count, hierarchy, hide)
    before = [as_release(one) for one in earlier]
    union = Union.of([*(one.cells for one in before), new])
    width = max([policy.width, *(one.width for one in before)])
    draft = _draft(union, before, new, policy, width)
    small = draft.hidden.copy()
    stuck = Protection(draft, union.grid).run()
    view = union.views[-1]
    if len(stuck):
        raise _refusal(union, f"{len(stuck)} hidden counts could be worked out from what is in print already")
    proof = certify(system_of(draft), list(draft.moves.values()))
    hidden = draft.hidden[view]
    extra, large = int((hidden & ~small[view]).sum()), int((~small[view]).sum())
    limit = (0.3 if before else 1.0) if most_extra is None else most_extra
    if extra > limit * large:
        raise _refusal(union, f"{extra} of {large} rows that are large enough would have to be hidden")
    new = new.ordered(by)
    proof.update(min_n=policy.min_n, zeros=policy.zeros, extra=extra, releases=len(before) + 1)
    if authority:
        proof["authority"] = authority
    proof.release, proof.view = Release(new, hidden, width, name), view
    table = _frame(new, count, draft.values[view], hidden)
    table.attrs["certificate"] = proof
    return table


def _draft(union: Union, before: Sequence[Release], new: Cells, policy: Policy, width: int) -> Draft:
    """Say of every node of the grid whether it is in print, hidden, or never shown."""
    grid = union.grid
    size = grid.values.size
    values = grid.values.ravel()
    small = (values < policy.min_n) & ~((values == 0) if policy.zeros == "public" else np.zeros(size, dtype=bool))
    empty = union.empty
    published, kept = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
    for release, view in zip(before, union.views, strict=False):
        order = [release.cells.by.index(name) for name in new.by] if set(release.cells.by) == set(new.by) else None
        hidden = np.transpose(release.hidden, order) if order is not None else release.hidden
        published[view[~hidden]] = True
        kept[view[hidden]] = True
    kept &= ~published
    mine = np.zeros(size, dtype=bool)
    mine[union.views[-1]] = True
    marked = _marked(new, union.views[-1], size)
    late = mine & published & (small | marked) & ~empty
    if late.any():
        raise PrivacyError(
            f"{int(late.sum())} rows that must be hidden now were published in an earlier release",
            cure="What is public cannot be hidden again: use the rules of that release, or leave those rows out.",
        )
    between = np.zeros(size, dtype=bool)
    between[union.increments] = True
    sensitive = between & small & ~mine & ~published & ~empty
    zero = mine & (values == 0) & (policy.zeros == "public")
    never = ~mine & ~published
    hidden = ((mine & (small | marked)) | kept | never) & ~published & ~empty & ~(zero & ~marked)
    fixed = ~hidden & (published | empty | zero)
    lower = np.where((mine | kept) & hidden, 1 if policy.zeros == "public" else 0, 0).astype(np.int64)
    lower = np.minimum(lower, values)
    margins = grid.margins.ravel()
    weight = np.where(margins == 0, 1.0, MARGIN)
    weight[-1] = GRAND
    return Draft(values, grid.relations(), hidden, fixed, mine | kept | sensitive, weight, lower, width)


def _marked(new: Cells, view: Ints, size: int) -> Flags:
    """Mark cells that their publisher has hidden; a total of an unknown count is unknown too."""
    marked = np.zeros(size, dtype=bool)
    finest = view[tuple(slice(len(labels)) for labels in new.labels)]
    marked[finest[new.marked]] = True
    if new.unknown.any():
        holds: Any = new.unknown.astype(np.int64)
        for axis, (labels, groups) in enumerate(zip(new.labels, new.groups, strict=True)):
            moved = np.moveaxis(holds, axis, 0)
            sums = [moved[[labels.index(m) for m in members]].sum(axis=0) for members in groups.values()]
            holds = np.moveaxis(np.concatenate([moved, *(s[None] for s in sums), moved.sum(axis=0)[None]]), 0, axis)
        marked[view[holds > 0]] = True
    return marked


def _refusal(union: Union, why: str) -> PrivacyError:
    if union.is_cumulative:
        cure = (
            "Publish what is new as a table of its own (the period since the last release), "
            "or wait until more has come in; running totals give the difference away."
        )
    elif len(union.views) > 1:
        cure = "Publish the added sites in a table of their own, without a total over old and new ones."
    else:
        cure = "Publish fewer dimensions, wider groups or fewer totals."
    return PrivacyError(f"The table is not published: {why}", cure=cure)


def _frame(cells: Cells, count: str, values: Ints, hidden: Flags) -> pd.DataFrame:
    """Write the rows out, margins last."""
    index = pd.MultiIndex.from_product(cells.rows, names=list(cells.by))
    frame = index.to_frame(index=False)
    shown = pd.array(values.ravel(), dtype="Int64")
    shown[hidden.ravel()] = pd.NA
    frame[count] = shown
    frame["published"] = ~hidden.ravel()
    return frame
