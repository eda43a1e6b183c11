"""What answers of an older schema are read as.

A step is a reading, never a rewriting: two machines that rewrote the same old answer would make two of it.
Answers stay where they were written; a later edit writes the path of today and replaces what stood under the old.
Long texts keep the place of their first name for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from inquirylab.store.entry import Entry, rank

SCHEMA = 1


@dataclass(frozen=True)
class Step:
    """What changed from one schema to the next.

    Parameters
    ----------
    renamed
        Old path -> new path. A word ``*`` stands for any id.
    values
        New path, ``*`` for ids -> what turns an old answer into a new one.
    """

    renamed: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)


#: Step ``i`` leads from schema ``i + 1`` to schema ``i + 2``. There is one schema so far.
STEPS: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Migrations:
    """The way from any older schema to that of today."""

    steps: Sequence[Step] = STEPS

    def reading(self, path: str, value: Any, schema: int) -> tuple[str, Any]:
        """Return where an answer stands today, and as what.

        Examples
        --------
        >>> m = Migrations([Step({"aim.goal": "aim.target"}, {"aim.target": float})])
        >>> m.reading("aim.goal", "7", schema=1)
        ('aim.target', 7.0)
        """
        for step in self.steps[max(schema - 1, 0) :]:
            path = _renamed(path, step.renamed)
            change = _matching(path, step.values)
            if change is not None and value is not None:
                with suppress(TypeError, ValueError, KeyError, IndexError, AttributeError):
                    value = change(value)  # else it stays as it was written, and `check` lists it
        return path, value

    def old_names(self, path: str) -> list[str]:
        """Return the paths under which older schemas kept what stands at `path` today, newest first."""
        out = []
        for step in reversed(self.steps):
            path_before = _renamed(path, {new: old for old, new in step.renamed.items()})
            if path_before != path:
                out.append(path_before)
                path = path_before
        return out

    def text_name(self, path: str) -> str:
        """Return the first name that a long text ever had."""
        return [path, *self.old_names(path)][-1]

    def text_today(self, name: str) -> str:
        """Return where a long text with that first name stands today."""
        return self.reading(name, None, 1)[0]


def entries_today(entries: Mapping[str, list[Entry]], migrations: Migrations) -> dict[str, list[Entry]]:
    """Return all answers where they stand today, as what they are read as today."""
    out: dict[str, list[Entry]] = {}
    for path, found in entries.items():
        for e in found:
            today, value = migrations.reading(path, e.value, e.schema)
            out.setdefault(today, []).append(e._replace(value=value))
    for found in out.values():
        found.sort(key=rank, reverse=True)
    return out


def _renamed(path: str, names: Mapping[str, str]) -> str:
    words = path.split(".")
    for old, new in names.items():
        pattern = old.split(".")
        head = words[: len(pattern)]
        if len(head) == len(pattern) and all(p in ("*", w) for p, w in zip(pattern, head, strict=True)):
            ids = [w for p, w in zip(pattern, head, strict=True) if p == "*"]
            return ".".join([ids.pop(0) if w == "*" else w for w in new.split(".")] + words[len(pattern) :])
    return path


def _matching(path: str, changes: Mapping[str, Callable[[Any], Any]]) -> Callable[[Any], Any] | None:
    words = path.split(".")
    for pattern, change in changes.items():
        parts = pattern.split(".")
        if len(parts) == len(words) and all(p in ("*", w) for p, w in zip(parts, words, strict=True)):
            return change
    return None
