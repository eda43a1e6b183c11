"""How a site's notebook ended, in words that a person can act on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from inquirylab import errors

MEND = "Open the partial notebook at that cell, mend it or its data, and run the same command again."


@dataclass(frozen=True)
class Outcome:
    """One site of a batch.

    Attributes
    ----------
    outcome
        completed, failed or skipped.
    cell, cell_number
        Id and number (from 1) of the cell that stopped.
    error, message
        The error's name and what it said.
    seconds, cpu_seconds, peak_memory_mb
        Wall time, processor time of the kernel and of its page, most memory held (None where it is not known).
    """

    name: str
    slug: str
    outcome: str
    cell: str = ""
    cell_number: int | None = None
    error: str = ""
    message: str = ""
    cure: str = ""
    seconds: float | None = None
    cpu_seconds: float | None = None
    peak_memory_mb: float | None = None
    notebook: str = ""
    page: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return the outcome as `batch.json` holds it."""
        return asdict(self)

    @property
    def where(self) -> str:
        """The cell that stopped, in words."""
        if self.cell_number is None:
            return "The notebook could not be run."
        name = f", “{self.cell}”," if self.cell else ""
        return f"Cell {self.cell_number}{name} did not end well."

    @property
    def happened(self) -> str:
        """What went wrong, in one sentence."""
        cell = f"Cell {self.cell_number}" + (f", “{self.cell}”" if self.cell else "") if self.cell_number else ""
        said = " ".join(self.message.split())
        said = said if len(said) <= 600 else said[:600] + " …"
        what = said if _is_ours(self.error) or not self.error or not said else f"{self.error}: {said}"
        return f"{cell}: {what or self.error}" if cell else what or self.error


def _is_ours(error: str) -> bool:
    """Our own errors say all in their sentence; of others the name is said too."""
    kind = getattr(errors, error, None)
    return error == "DataErrorGroup" or (isinstance(kind, type) and issubclass(kind, errors.InquiryError))


def stopped_cell(notebook: Mapping[str, Any]) -> tuple[int | None, str]:
    """Return number and id of the cell that a run stopped in: the one that failed, else the last that was begun.

    Of a kernel that died or a time limit, papermill says nothing at the cell itself.
    """
    code = [(i, c) for i, c in enumerate(notebook.get("cells", []), 1) if c.get("cell_type") == "code"]
    about = [(number, cell, cell.get("metadata", {}).get("papermill", {})) for number, cell in code]
    failed = [(number, cell) for number, cell, said in about if said.get("status") == "failed"]
    begun = [(number, cell) for number, cell, said in about if said.get("start_time")]
    for number, cell in [*failed[:1], *begun[-1:]]:
        return number, str(cell.get("id", ""))
    return None, ""
