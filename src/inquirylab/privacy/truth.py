"""The unprotected counts, and which of them must not be found in what is published."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from inquirylab.privacy.axes import ALL
from inquirylab.privacy.bundles import narrow_counts, public_system
from inquirylab.privacy.cells import Cells
from inquirylab.privacy.releases import Union
from inquirylab.privacy.system import Flags

Key = tuple[str, ...]
WORD = re.compile(r"\w+")
MOST_SEARCHED = 600
"""Outside flow networks, a union of tables is searched anew up to so many hidden cells."""


def fold(label: Any) -> str:
    """Return a label as it is compared: no case, no extra space."""
    return _fold(label) if isinstance(label, str) else _fold(str(label))


@lru_cache(maxsize=1 << 16)
def _fold(label: str) -> str:
    return " ".join(label.split()).casefold()


def slug(text: str) -> str:
    """Return a label as file names spell it."""
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")


class Labels(frozenset[str]):
    """Folded labels of one dimension, quick to find in texts and file names."""

    @cached_property
    def _by_slug(self) -> dict[str, str]:
        return {slug(label): label for label in sorted(self)}

    @cached_property
    def _by_word(self) -> dict[str, list[str]]:
        """Labels by that word of theirs which fewest others have."""
        words = {label: WORD.findall(label) or [label] for label in sorted(self)}
        often = Counter(word for some in words.values() for word in set(some))
        found: dict[str, list[str]] = {}
        for label, some in words.items():
            found.setdefault(min(some, key=lambda word: often[word]), []).append(label)
        return found

    def of_file(self, file: str) -> str | None:
        """Return the label that a file is named after, as a site's page is."""
        return self._by_slug.get(slug(file.rsplit("/", 1)[-1].rsplit(".", 1)[0]))

    def mentioned(self, text: str) -> list[str]:
        """Return the labels that stand in a folded text as whole words."""
        near = [label for word in dict.fromkeys(WORD.findall(text)) for label in self._by_word.get(word, ())]
        return [label for label in near if re.search(rf"(?<!\w){re.escape(label)}(?!\w)", text)]


@dataclass
class Truth:
    """One count, in every cell and margin of one or more releases.

    Parameters
    ----------
    count
        The column.
    by
        The dimensions.
    union
        All releases in one grid.
    small
        Which of its cells are too small to print.
    width
        ``min_n - 1``.
    lower
        1 where zeros are public, so that what is hidden is not zero.
    spellings
        Other ways in which a label may be written in a record -> the label (both folded): dates, above all.
    only_rates
        Look for rates of a cell (its ratio to another count of it) and not for its shares of totals: where such shares are
        never worked out, some of a hundred thousand printed rates equal one by chance.
    """

    count: str
    by: tuple[str, ...]
    union: Union
    small: Flags
    width: int
    lower: int
    places: dict[Key, list[int]] = field(default_factory=dict)
    releases: list[dict[Key, int]] = field(default_factory=list)
    secret: set[int] = field(default_factory=set)
    known: set[int] = field(default_factory=set)
    spellings: dict[str, str] = field(default_factory=dict)
    only_rates: bool = False

    @classmethod
    def of(cls, frames: Sequence[pd.DataFrame], by: Sequence[str], count: str, min_n: int, zeros: str) -> Truth:
        """Read the finest cells of one or more releases, oldest first."""
        tables = [Cells.of(frame, by, count) for frame in frames]
        union = Union.of(tables)
        values = union.grid.values.ravel()
        small = (values < min_n) & ~((values == 0) & (zeros == "public"))
        truth = cls(count, tuple(by), union, small, min_n - 1, int(zeros == "public"))
        for table, view in zip(tables, union.views, strict=True):
            rows = [[fold(label) for label in labels] for labels in table.ordered(tuple(by)).rows]
            truth.releases.append(dict(zip(product(*rows), view.ravel().tolist(), strict=True)))
            for key, place in truth.releases[-1].items():
                if place not in truth.places.setdefault(key, []):
                    truth.places[key].append(place)
                if small[place]:
                    truth.secret.add(place)
        return truth

    @cached_property
    def values(self) -> Any:
        """True counts, one a cell of the grid."""
        return self.union.grid.values.ravel()

    def only_secret(self) -> set[int]:
        """Return the counts that are secret somewhere and in print nowhere."""
        secret, printed = ({int(self.values[p]) for p in places} for places in (self.secret, self.known))
        return secret - printed

    @cached_property
    def labels(self) -> tuple[Labels, ...]:
        """The labels of each dimension, the margin aside."""
        found: list[set[str]] = [set() for _ in self.by]
        for key in self.places:
            for names, label in zip(found, key, strict=True):
                names.add(label)
        return tuple(Labels(names - {fold(ALL)}) for names in found)

    def shares(self, key: Key) -> list[float]:
        """Return every share of a total that a cell stands for, where the cell or the total is secret."""
        found: list[float] = []
        if self.only_rates:
            return found
        choices = [{label, fold(ALL)} for label in key]
        for total in product(*choices):
            for own, whole in zip(self.places.get(key, []), self.places.get(total, []), strict=False):
                if own != whole and self.values[whole] and (own in self.secret or whole in self.secret):
                    found.append(float(self.values[own] / self.values[whole]))
        return found

    def worked_out(self) -> int:
        """Return how many small counts can be worked out too closely from all that was found in print."""
        size = len(self.values)
        hidden = np.ones(size, dtype=bool)
        hidden[sorted(self.known)] = False
        hidden &= ~self.union.empty
        sensitive = np.zeros(size, dtype=bool)
        sensitive[sorted(self.secret - self.known)] = True
        sensitive[self.union.increments] |= self.small[self.union.increments]
        if not self.known or not sensitive.any():
            return 0
        system = public_system(self.union.grid, hidden, sensitive & hidden, self.lower, self.width)
        return narrow_counts(system, MOST_SEARCHED)


def name_pattern(names: Sequence[str]) -> re.Pattern[str] | None:
    """Return a pattern that finds any of these names as whole words."""
    words = sorted({re.escape(n.strip()) for n in names if len(n.strip()) > 2}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.I) if words else None


def says_hidden(fields: Mapping[str, Any]) -> bool:
    """Tell whether a row says of itself that it is not published."""
    word = next((v for k, v in fields.items() if fold(k) == "published"), None)
    return word is not None and fold(word) in ("false", "0", "no")
