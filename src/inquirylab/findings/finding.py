"""One thing that `check` has to say: what, where, how grave, and what to do about it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


@dataclass(frozen=True)
class Mend:
    """One click that mends a finding: an operation on the record and the words for its button."""

    label: str
    operation: str  # "remove" | "restore" | "set"
    path: str
    value: Any = None


@dataclass(frozen=True)
class Finding:
    """One finding. `where` is a path of the record.

    Examples
    --------
    >>> print(Finding("DD01", "error", "aim.by_when", "The aim has no date", "Say by when."))
    error DD01 aim.by_when: The aim has no date. Say by when.
    """

    id: str
    severity: Severity
    where: str
    message: str
    cure: str = ""
    mends: tuple[Mend, ...] = ()

    def __str__(self) -> str:
        """Return the finding as one line."""
        stop = "" if self.message.endswith((".", "?", "!", "…")) else "."
        return f"{self.severity} {self.id} {self.where}: {self.message}{stop} {self.cure}".rstrip()

    def to_dict(self) -> dict[str, Any]:
        """Return the finding as plain data."""
        return asdict(self)
