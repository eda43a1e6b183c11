"""What must be decided before anything is hidden: how small is small, and what a zero is."""

from __future__ import annotations

from dataclasses import dataclass

from inquirylab.errors import PrivacyError, did_you_mean

FLOOR = 5
"""Below this a smallest group needs a recorded authority. States use 5 to 30, most often 10 (NCES 2011-603)."""
ZEROS = ("small", "public")


@dataclass(frozen=True)
class Policy:
    """The smallest group in print, and the zero policy.

    Parameters
    ----------
    min_n
        Counts below it are hidden; hidden counts keep an interval of at least ``min_n - 1``.
    zeros
        ``"small"``: a zero is hidden like any small count. ``"public"``: zeros are printed, so
        that everyone knows that no hidden count is zero.
    authority
        Who allowed a ``min_n`` below 5; goes into the certificate.

    Examples
    --------
    >>> Policy(10).width
    9
    >>> Policy(3)
    Traceback (most recent call last):
    ...
    inquirylab.errors.PrivacyError: The smallest group to publish is below 5 and no authority is recorded; found: ...
    """

    min_n: int = 10
    zeros: str = "small"
    authority: str | None = None

    def __post_init__(self) -> None:
        if isinstance(self.min_n, bool) or int(self.min_n) != self.min_n or self.min_n < 2:
            raise PrivacyError(
                "The smallest group to publish must be a whole number of at least 2", found=f"min_n={self.min_n!r}"
            )
        if self.min_n < FLOOR and not (self.authority or "").strip():
            raise PrivacyError(
                f"The smallest group to publish is below {FLOOR} and no authority is recorded",
                found=f"min_n={self.min_n}",
                cure='Say who decided this, for example authority="Board decision of 3 May 2024", or raise min_n.',
            )
        if self.zeros not in ZEROS:
            raise PrivacyError(
                "The zero policy is not known", found=f"zeros={self.zeros!r}", cure=did_you_mean(self.zeros, ZEROS)
            )

    @property
    def width(self) -> int:
        """How wide the interval of a hidden count must be."""
        return int(self.min_n) - 1

    def is_small(self, count: int) -> bool:
        """Tell whether a count is hidden for being small."""
        return count < self.min_n and not (count == 0 and self.zeros == "public")
