"""Statistical process control, vectorized over many series. PURE."""

from inquirylab.spc.analysis import Analysis, analyse
from inquirylab.spc.choose import ChartChoice, choose_chart
from inquirylab.spc.conventions import Conventions
from inquirylab.spc.funnel import Funnel, funnel

__all__ = ["Analysis", "ChartChoice", "Conventions", "Funnel", "analyse", "choose_chart", "funnel"]
