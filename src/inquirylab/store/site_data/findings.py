"""What is wrong with a file: gathered while it is read, said together."""

from __future__ import annotations

from inquirylab.errors import DataError

MOST_SHOWN = 20
MOST_OF_A_KIND = 50


class DataErrorGroup(DataError):  # noqa: N818 - named as ExceptionGroup is
    """Several things are wrong with the data; each is a `DataError` of its own in ``findings``."""

    def __init__(self, findings: list[DataError]) -> None:
        self.findings = tuple(findings)
        super().__init__(f"{len(findings)} things are wrong with the data")

    def __str__(self) -> str:
        """Return every finding on a line of its own."""
        shown = [f"{i}. {f}" for i, f in enumerate(self.findings[:MOST_SHOWN], 1)]
        more = len(self.findings) - MOST_SHOWN
        return "\n".join([f"{self.what}:", *shown, *([f"… and {more} more."] if more > 0 else [])])

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by findings."""
        return (DataErrorGroup, (list(self.findings),))


class Findings:
    """Gathers what is wrong, so that one run says everything."""

    def __init__(self) -> None:
        self.errors: list[DataError] = []

    def add(self, what: str, *, where: str = "", found: str = "", cure: str = "") -> None:
        """Note one finding."""
        self.errors.append(DataError(what, where=where, found=found, cure=cure))

    def more(self, of_a_kind: int, what: str, where: str) -> None:
        """Note how many findings of a kind were not noted one by one, if any."""
        if of_a_kind > MOST_OF_A_KIND:
            self.add(f"{of_a_kind - MOST_OF_A_KIND:,} more {what}", where=where, cure="Correct them likewise.")

    def take(self, error: DataError) -> None:
        """Note what another reader raised."""
        self.errors.extend(error.findings if isinstance(error, DataErrorGroup) else [error])

    def raise_all(self) -> None:
        """Raise the one finding, or all of them together; do nothing when there is none."""
        if len(self.errors) == 1:
            raise self.errors[0]
        if self.errors:
            raise DataErrorGroup(self.errors)
