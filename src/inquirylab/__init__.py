"""inquirylab: define a problem, draw a theory, run cycles, and see from data whether things got better.

The public names are found when they are first used: `import inquirylab` loads neither pandas nor altair.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from inquirylab.batch.watch import watch as watch
    from inquirylab.inquiry import Inquiry as Inquiry
    from inquirylab.inquiry import create as create
    from inquirylab.inquiry import open as open
    from inquirylab.inquiry.starting import find_inquiry as find_inquiry
    from inquirylab.inquiry.starting import new_inquiry as new_inquiry
    from inquirylab.progress import Progress as Progress
    from inquirylab.progress import measure_sites as measure_sites
    from inquirylab.store.measure_file import read_measure as read_measure

__version__ = "0.1.0"

_HOMES = {
    "Inquiry": "inquirylab.inquiry",
    "Progress": "inquirylab.progress",
    "create": "inquirylab.inquiry",
    "find_inquiry": "inquirylab.inquiry.starting",
    "measure_sites": "inquirylab.progress",
    "new_inquiry": "inquirylab.inquiry.starting",
    "open": "inquirylab.inquiry",
    "read_measure": "inquirylab.store.measure_file",
    "watch": "inquirylab.batch.watch",
}

__all__ = [
    "Inquiry",
    "Progress",
    "create",
    "find_inquiry",
    "measure_sites",
    "new_inquiry",
    "open",
    "read_measure",
    "watch",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'inquirylab' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
