"""Statistical process control, vectorized over many series. PURE."""

from inquirylab.spc.analysis import Analysis, analyse
from inquirylab.spc.choose import ChartChoice, choose_chart
from inquirylab.spc.conventions import Conventions

__all__ = ["Analysis", "ChartChoice", "Conventions", "analyse", "choose_chart"]
