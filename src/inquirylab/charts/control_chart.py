"""A run or control chart: one Vega-Lite specification that a page draws at three true sizes.

All horizontal places are steps of the time axis, so that time is true inside a stretch of data and a break has its
own width. The page sets width, height and padding from `usermeta.sizes` and the parameter `size` before it compiles, so text
is never scaled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from inquirylab.charts.chart_data import plot_of
from inquirylab.charts.layers import Easel
from inquirylab.charts.theme import FONT, colour
from inquirylab.charts.time_axis import TimeAxis
from inquirylab.charts.words import Voice
from inquirylab.findings.series_finding import SeriesFinding
from inquirylab.record.types import Measure, MeasureAnnotations, MeasurePhases


@dataclass(frozen=True)
class Size:
    """One true size: outer width and height in px, and the room around the plot."""

    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int

    @property
    def plot(self) -> tuple[int, int]:
        """Width and height of the plot itself."""
        return self.width - self.left - self.right, self.height - self.top - self.bottom

    @property
    def padding(self) -> dict[str, float]:
        """The room around the plot as Vega names it."""
        return {"top": self.top, "right": self.right, "bottom": self.bottom, "left": self.left}

    def usermeta(self) -> dict[str, Any]:
        """Return the size as the page's script reads it."""
        width, height = self.plot
        return {"width": width, "height": height, "padding": self.padding, "outer": self.width}


def page_sizes(phase: bool) -> dict[str, Size]:
    """Return the three sizes of a page's main chart; a phase needs room for its words above the plot."""
    return {
        "hi": Size(1104, 470, 64 if phase else 26, 168, 40, 44),
        "md": Size(704, 420, 80 if phase else 26, 150, 40, 44),
        "lo": Size(343, 340, 74 if phase else 22, 96, 24, 36),
    }


THIRD = {"lo": Size(343, 210, 10, 98, 24, 34)}


@dataclass(frozen=True)
class Setting:
    """What stands around a series: its goal, its phases, its cycles, remarks on single points."""

    goal: float | None = None
    phases: tuple[MeasurePhases, ...] = ()
    flags: tuple[MeasureAnnotations, ...] = ()
    remarks: tuple[tuple[Any, str], ...] = ()

    @classmethod
    def of(cls, measure: Measure, remarks: Sequence[tuple[Any, str]] = ()) -> Setting:
        """Return the setting that a measure's form declares."""
        goal = measure.goal.value if measure.goal else None
        return cls(goal, measure.phases, measure.annotations, tuple(remarks))


def specification(
    finding: SeriesFinding,
    voice: Voice,
    axis: TimeAxis,
    setting: Setting | None = None,
    sizes: dict[str, Size] | None = None,
) -> dict[str, Any]:
    """Return the drawing of one series with all that was found in it.

    Parameters
    ----------
    finding, voice
        The analysed series and how it is spoken of.
    axis
        Time, with its breaks.
    setting
        Goal, phases, cycles and remarks.
    sizes
        The sizes to draw it at; a page's three by default.

    Returns
    -------
    dict
        Vega-Lite, for any renderer; of its largest size until a page sets another.
    """
    setting = setting or Setting()
    phases = [p for p in setting.phases if p.start and axis.holds(p.start)]
    sizes = sizes or page_sizes(bool(phases))
    first, size = next(iter(sizes.items()))
    easel = Easel(plot_of(finding, voice, axis, setting.goal, bool(setting.flags)), finding, voice, axis)
    layers = [
        *easel.ground(),
        *easel.time(),
        *easel.lines(setting.goal),
        *easel.bars(),
        *easel.series(),
        *easel.phases(phases),
        *easel.remarks(setting.remarks),
        *easel.end_labels({name: s.plot[1] for name, s in sizes.items()}),
        *easel.flags(setting.flags),
    ]
    return {
        "encoding": easel.places,
        "layer": layers,
        "datasets": easel.datasets,
        "width": size.plot[0],
        "height": size.plot[1],
        "padding": size.padding,
        "params": [{"name": "size", "value": first}],
        "usermeta": {"sizes": {name: s.usermeta() for name, s in sizes.items()}},
        "background": "transparent",
        "autosize": {"type": "none"},
        "config": {
            "font": FONT,
            "aria": False,
            "view": {"stroke": None},
            "text": {"color": colour("muted"), "fontSize": 12, "lineBreak": "\n"},
        },
    }


def control_chart(
    finding: SeriesFinding,
    voice: Voice,
    axis: TimeAxis,
    setting: Setting | None = None,
    sizes: dict[str, Size] | None = None,
) -> alt.LayerChart:
    """Return the same as an Altair chart, to be shown by itself or worked on; parameters as of `specification`."""
    return alt.LayerChart.from_dict(specification(finding, voice, axis, setting, sizes))
