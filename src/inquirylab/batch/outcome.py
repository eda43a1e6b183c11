"""How a site's notebook ended, in words that a person can act on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

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
        ours = self.error.endswith("Error") and self.error in OURS
        what = said if ours or not self.error or not said else f"{self.error}: {said}"
        return f"{cell}: {what or self.error}" if cell else what or self.error


OURS = (
    "DataError",
    "DefinitionError",
    "RecordError",
    "TemplateError",
    "AnalysisError",
    "PrivacyError",
    "ReportError",
    "SiteListError",
)


def stopped_cell(notebook: Mapping[str, Any]) -> tuple[int | None, str]:
    """Return number and id of the cell that a run stopped in: the one that failed, else the one that was running."""
    code = [(i, c) for i, c in enumerate(notebook.get("cells", []), 1) if c.get("cell_type") == "code"]
    for status in ("failed", "running"):
        for number, cell in code:
            if cell.get("metadata", {}).get("papermill", {}).get("status") == status:
                return number, str(cell.get("id", ""))
    return None, ""
