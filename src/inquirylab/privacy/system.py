"""What an attacker sees: cells, the sums that bind them, and which of them are hidden.

A :class:`System` holds nothing but public knowledge, and perhaps a ``start``: one complete
table that fits it. On the publisher's side that is the truth; an auditor finds one.
Everything is in whole numbers, so that what is proved here is proved exactly.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from inquirylab.errors import PrivacyError

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

UNBOUNDED = 1 << 40
"""Stands for "no upper limit is known"; larger than any count of people."""


@dataclass(frozen=True)
class Rate:
    """A percentage in print: ``shown`` with so many ``decimals``, from two cells (by position)."""

    numerator: int
    denominator: int
    shown: float
    decimals: int
    rounding: str = "half_up"

    def inequalities(self) -> list[tuple[int, int, int]]:
        """Return ``(a, b, c)`` for which ``a*numerator + b*denominator <= c`` says what was printed.

        With ``S`` the printed digits as a whole number, in units of ``step``, half-up rounding says
        ``(2S - 1) step <= 200 numerator / denominator < (2S + 1) step``. Half-even rounding may include
        both ends; an unknown rounding is taken as including both. A tenth of a percent has step 1/10:
        then both sides are multiplied by 10.
        """
        fine, step = 10 ** max(self.decimals, 0), 10 ** max(-self.decimals, 0)
        digits = round(self.shown * fine / step)
        even = digits % 2 == 0
        low_open = self.rounding == "half_even" and not even
        high_open = self.rounding == "half_up" or low_open
        return [
            (-200 * fine, (2 * digits - 1) * step, -1 if low_open else 0),
            (200 * fine, -(2 * digits + 1) * step, -1 if high_open else 0),
        ]


@dataclass(frozen=True)
class System:
    """Published numbers and the equations between them.

    Parameters
    ----------
    names
        One hashable name a cell.
    values
        Counts, shape ``(cells,)``; where hidden, ignored.
    hidden
        Which cells are not published, shape ``(cells,)``.
    relations
        Sparse whole numbers, shape ``(relations, cells)``; every row times the complete table is 0.
    lower, upper
        What is known of each hidden count beyond the sums, shape ``(cells,)``.
    sensitive
        Hidden cells that must keep an interval of at least ``width``.
    width
        ``min_n - 1``.
    rates
        Percentages in print.
    start
        A complete table that fits, or None.
    """

    names: tuple[Hashable, ...]
    values: Ints
    hidden: Flags
    relations: csr_array
    lower: Ints
    upper: Ints
    sensitive: Flags
    width: int
    rates: tuple[Rate, ...] = ()
    start: Ints | None = field(default=None, repr=False)

    @classmethod
    def from_case(cls, case: Mapping[str, Any]) -> System:
        """Read a case: ``cells`` (id, hidden, value), ``relations`` (total, parts), ``rates``, ``min_n``.

        Optional: ``need_width`` (else ``min_n - 1``), ``sensitive`` (else every hidden cell) and
        ``lower_bound_hidden`` (1 where zeros are published, so that what is hidden is not zero).
        """
        from scipy.sparse import csr_array

        try:
            names = tuple(cell["id"] for cell in case["cells"])
            place = {name: at for at, name in enumerate(names)}
            if len(place) != len(names):
                raise PrivacyError("Two cells have the same id", cure="Give every cell an id of its own.")
            hidden = np.array([bool(cell["hidden"]) for cell in case["cells"]])
            values = np.array([0 if cell["hidden"] else int(cell["value"]) for cell in case["cells"]], dtype=np.int64)
            rows, columns, entries = [], [], []
            for row, relation in enumerate(case["relations"]):
                for cell, entry in [(relation["total"], -1), *((part, 1) for part in relation["parts"])]:
                    rows.append(row)
                    columns.append(place[cell])
                    entries.append(entry)
            rates = tuple(
                Rate(place[r["num"]], place[r["den"]], r["shown"], r["decimals"], r.get("rounding", "unknown"))
                for r in case.get("rates", ())
            )
            sensitive = np.zeros(len(names), dtype=bool)
            sensitive[[place[name] for name in case.get("sensitive", names)]] = True
            width = int(case["need_width"]) if "need_width" in case else int(case["min_n"]) - 1
        except (KeyError, TypeError, ValueError) as problem:
            raise PrivacyError(
                "A case to audit is not complete",
                found=repr(problem),
                cure="It needs cells (id, hidden, value), relations (total, parts) and min_n.",
            ) from problem
        shape = (len(case["relations"]), len(names))
        return cls(
            names=names,
            values=values,
            hidden=hidden,
            relations=csr_array((np.array(entries, dtype=np.int64), (rows, columns)), shape=shape),
            lower=np.full(len(names), int(case.get("lower_bound_hidden", 0)), dtype=np.int64),
            upper=np.full(len(names), UNBOUNDED, dtype=np.int64),
            sensitive=sensitive & hidden,
            width=width,
            rates=rates,
        )

    def fits(self, table: Ints) -> bool:
        """Tell whether a complete table reproduces every published number, exactly."""
        open_cells = ~self.hidden
        return bool(
            np.array_equal(table[open_cells], self.values[open_cells])
            and not (self.relations @ table).any()
            and (table[self.hidden] >= self.lower[self.hidden]).all()
            and (table[self.hidden] <= self.upper[self.hidden]).all()
            and (table >= 0).all()
            and all(
                a * int(table[r.numerator]) + b * int(table[r.denominator]) <= c
                for r in self.rates
                for a, b, c in r.inequalities()
            )
        )
