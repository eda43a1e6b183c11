"""A collection that grows to thousands of items: a page gets it whole once, then only what changed.

Each message says which state it leads from and to, so that a page that missed one notices and asks for all of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from inquirylab.definitions import Question
from inquirylab.widgets.answers import for_views


class LargeRoot:
    """What was sent of one collection.

    Examples
    --------
    >>> notes = LargeRoot("observations")
    >>> notes.take({"01a": {"seat": "A1"}}, ())["items"]
    [{'seat': 'A1', 'id': '01a'}]
    >>> notes.take({"01a": {"seat": "A1"}}, ())  # nothing changed, nothing to send
    >>> notes.take({}, ())["gone"]
    ['01a']
    """

    def __init__(self, root: str) -> None:
        self.root = root
        self._kernel = uuid4().hex[:8]
        self._count = 0
        self._nodes: Mapping[str, Any] = {}
        self._items: dict[str, dict[str, Any]] = {}

    @property
    def now(self) -> str:
        """The name of the state that was sent last; empty before the first."""
        return f"{self._kernel}:{self._count}" if self._count else ""

    def take(self, node: Any, questions: Sequence[Question]) -> dict[str, Any] | None:
        """Take in what stands now and return the message with what changed; None if nothing did."""
        nodes = node if isinstance(node, Mapping) else {}
        changed = {k: v for k, v in nodes.items() if isinstance(v, Mapping) and self._nodes.get(k) != v}
        gone = [k for k in self._items if k not in nodes]
        if self._count and not changed and not gone:
            return None
        items = for_views(changed, questions, collection=True)
        self._items.update({i["id"]: i for i in items})
        for k in gone:
            del self._items[k]
        self._nodes = nodes
        before, self._count = self.now, self._count + 1
        return self._message(before, items, gone)

    def whole(self) -> dict[str, Any]:
        """Return the message with everything."""
        return self._message("", list(self._items.values()), [])

    def _message(self, before: str, items: list[dict[str, Any]], gone: list[str]) -> dict[str, Any]:
        return {"kind": "items", "root": self.root, "before": before, "now": self.now, "items": items, "gone": gone}
