"""Statistical process control, vectorized over many series. PURE."""

from inquirylab.spc.analysis import Analysis, analyse
from inquirylab.spc.conventions import Conventions

__all__ = ["Analysis", "Conventions", "analyse"]
