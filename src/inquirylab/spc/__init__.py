"""Statistical process control, vectorized over many series. PURE."""

from inquirylab.spc.analysis import Analysis, analyse
from inquirylab.spc.choose import ChartChoice, choose_chart
from inquirylab.spc.conventions import Conventions
from inquirylab.spc.detectable import Detectable, detectable
from inquirylab.spc.explain import Explanation, explain
from inquirylab.spc.funnel import Funnel, funnel
from inquirylab.spc.rephase import PhaseProposal, suggest_phase
from inquirylab.spc.sentences import describe_signals
from inquirylab.spc.spread import spread_over_time

__all__ = [
    "Analysis",
    "ChartChoice",
    "Conventions",
    "Detectable",
    "Explanation",
    "Funnel",
    "PhaseProposal",
    "analyse",
    "choose_chart",
    "describe_signals",
    "detectable",
    "explain",
    "funnel",
    "spread_over_time",
    "suggest_phase",
]
