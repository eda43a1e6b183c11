"""Every error that inquirylab raises on purpose.

::

    InquiryError
    ├── DefinitionError     a form, rule set or word list is not as its schema says
    ├── RecordError         an inquiry's record: unknown path, wrong type, damaged log
    ├── DataError           a site's data file or its reading: column, date, value
    ├── SiteListError       the list of sites of a batch
    ├── TemplateError       a notebook template: not found, unknown parameter
    ├── AnalysisError       a chart or rule that was asked for and cannot be computed
    ├── PrivacyError        a table that cannot be certified as safe to publish
    ├── BatchError          a batch that cannot start or go on
    └── ReportError         a report or page that cannot be written

Each says, in one message: what is wrong, where, what was found, what to do.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class InquiryError(Exception):
    """The root of all errors that inquirylab raises on purpose.

    Parameters
    ----------
    what
        What is wrong, as the start of a sentence without its full stop.
    where
        File, line, column or path, as exact as it is known.
    found
        What stood there instead.
    cure
        What the reader can do, as a sentence.

    Examples
    --------
    >>> print(DataError("The column 'late' is missing", where="may.csv, line 1",
    ...                 found="'lates', 'week'", cure="Did you mean 'lates'?"))
    The column 'late' is missing (may.csv, line 1); found: 'lates', 'week'. Did you mean 'lates'?
    """

    def __init__(self, what: str, *, where: str = "", found: str = "", cure: str = "") -> None:
        self.what, self.where, self.found, self.cure = what, where, found, cure
        super().__init__(what, where, found, cure)

    def __str__(self) -> str:
        """Return the whole sentence."""
        sentence = self.what
        if self.where:
            sentence += f" ({self.where})"
        if self.found:
            sentence += f"; found: {self.found}"
        if not sentence.endswith((".", "?", "!")):
            sentence += "."
        return f"{sentence} {self.cure}" if self.cure else sentence

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by parts, so that an error survives the way back from another process."""
        return (_rebuild, (type(self), self.what, self.where, self.found, self.cure))


def _rebuild(kind: type[InquiryError], what: str, where: str, found: str, cure: str) -> InquiryError:
    return kind(what, where=where, found=found, cure=cure)


class DefinitionError(InquiryError):
    """A form, rule set or word list is not as its schema says."""


class RecordError(InquiryError):
    """An inquiry's record cannot be read, or a change to it is not allowed."""


class DataError(InquiryError):
    """A site's data file cannot be read as its measure declares."""


class SiteListError(InquiryError):
    """The list of sites of a batch cannot be used."""


class TemplateError(InquiryError):
    """A notebook template is not found or does not take a parameter."""


class AnalysisError(InquiryError):
    """A chart or rule was asked for that cannot be computed from these data."""


class PrivacyError(InquiryError):
    """A table cannot be certified as safe to publish."""


class BatchError(InquiryError):
    """A batch cannot start or go on."""


class ReportError(InquiryError):
    """A report or page cannot be written."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``"Did you mean 'x'?"`` for the nearest known word, or a list of what is known.

    Examples
    --------
    >>> did_you_mean("lates", ["late", "week"])
    "Did you mean 'late'?"
    >>> did_you_mean("zzz", ["late", "week"])
    "Known: 'late', 'week'."
    """
    known = [str(k) for k in known]
    folded = {k.casefold(): k for k in known}
    near = difflib.get_close_matches(str(word).casefold(), folded, n=1, cutoff=0.6)
    if near:
        return f"Did you mean {folded[near[0]]!r}?"
    if not known:
        return ""
    shown = ", ".join(repr(k) for k in known[:12])
    more = f" and {len(known) - 12} more" if len(known) > 12 else ""
    return f"Known: {shown}{more}."
