"""Find out whether the warm engine is the same as stock papermill, for this template, with these libraries, here.

The first site of a batch runs on both. Where the notebooks differ, stock runs once more: a cell that differs from
itself (a clock, a random number, the order of a set) is no evidence. Otherwise the batch falls back to stock, and the
library at fault is looked for by leaving out one after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from inquirylab.batch.warm.canonical import Difference, differences

Run = Callable[[str, Sequence[str]], Mapping[str, Any]]
"""Runs the site: engine (``"stock"`` or ``"warm"``) and the libraries to preload -> the executed notebook."""


@dataclass(frozen=True)
class Verdict:
    """What the canary found.

    Attributes
    ----------
    fit
        Whether the warm engine may run the other sites.
    differs
        The differences that count, in the order of the cells.
    library
        Without which preloaded library the difference is gone; "" if there is none such.
    changeable
        Cells (from 0; -1 the whole notebook) that differ between two stock runs as well.
    """

    fit: bool
    differs: tuple[Difference, ...] = ()
    library: str = ""
    changeable: tuple[int, ...] = field(default=())

    def __str__(self) -> str:
        """Say in a sentence what a person should know."""
        if self.fit:
            return "The warm engine gives the same notebook as stock papermill."
        cause = f"; the library {self.library!r} behaves otherwise when it is preloaded" if self.library else ""
        return f"The warm engine differs from stock papermill in the {self.differs[0]}{cause}. Stock runs instead."


def judge(run: Run, preload: Sequence[str]) -> Verdict:
    """Run one site on both engines and compare.

    Parameters
    ----------
    run
        Runs the site; a failing notebook is returned like any other, up to where it failed.
    preload
        The modules that the zygote imports.

    Returns
    -------
    Verdict
        Two runs where all is well, one more where something differs, and one for each library to find the one at fault.
    """
    stock = run("stock", ())
    found = differences(stock, run("warm", preload))
    if not found:
        return Verdict(fit=True)
    changeable = {(d.cell, d.part) for d in differences(stock, run("stock", ()))}
    found = [d for d in found if (d.cell, d.part) not in changeable]
    cells = tuple(sorted({cell for cell, _ in changeable}))
    if not found:
        return Verdict(fit=True, changeable=cells)
    return Verdict(False, tuple(found), _library_at_fault(run, stock, found[0], preload), cells)


def _library_at_fault(run: Run, stock: Mapping[str, Any], first: Difference, preload: Sequence[str]) -> str:
    """Return the top-level name without which `first` is gone."""
    tops = list(dict.fromkeys(name.partition(".")[0] for name in preload))
    for top in tops:
        without = [name for name in preload if name.partition(".")[0] != top]
        there = {(d.cell, d.part) for d in differences(stock, run("warm", without))}
        if (first.cell, first.part) not in there:
            return top
    return ""
