"""Lists that several people change: places for items, and what a whole list says that was typed over an older one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from inquirylab.errors import RecordError, did_you_mean
from inquirylab.store.identity import place_between


def place_for(path: str, places: Mapping[str, str], before: str | None, adding: str = "") -> str | None:
    """Return the place for an item before `before`, or at the end.

    Parameters
    ----------
    path
        The list, for errors.
    places
        Item -> its place, of the items that stand there.
    before
        The item to stand before; None for the end.
    adding
        The id of a new item: None is returned where that alone puts it at the end.

    Raises
    ------
    RecordError
        `before` is no item of the list.
    """
    ordered = sorted((place, item) for item, place in places.items())
    if before is None:
        last = ordered[-1][0] if ordered else None
        return None if adding and (last is None or adding > last) else place_between(last, None)
    names = [item for _, item in ordered]
    if before not in names:
        raise RecordError(f"{path!r} has no item {before!r}", cure=did_you_mean(before, names))
    at = names.index(before)
    return place_between(ordered[at - 1][0] if at else None, ordered[at][0])


def list_changes(
    standing: Mapping[str, Any], wanted: Sequence[Any], seen: Sequence[Any] | None
) -> tuple[list[str], list[Any]]:
    """Return which items go and which values come, when a whole list is set.

    Only what differs from the list that it was typed over, `seen`, is a change: what a colleague added since stays.

    Examples
    --------
    >>> list_changes({"i": "one", "k": "two", "m": "Ben's"}, ["two", "three"], ["one", "two"])
    (['i'], ['three'])
    """
    over = list(standing.values()) if seen is None else list(seen)
    new = []
    for value in wanted:
        if value in over:
            over.remove(value)
        else:
            new.append(value)
    left = dict(standing)
    gone = []
    for value in over:
        item = next((k for k, v in left.items() if v == value), None)
        if item is not None:
            del left[item]
            gone.append(item)
    return gone, [v for v in new if v not in left.values()]
