"""One layer of a chart in Vega-Lite's own words.

Altair's objects would say the same; they copy and check themselves at each step, which took half of the time of a site.
A test checks every specification against Vega-Lite's schema, once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Layer = dict[str, Any]
Channel = dict[str, Any]

END = {"field": "e"}
"""Where a row's span ends."""
WORDS = {"field": "t", "type": "nominal"}
PIECE = {"field": "k", "type": "nominal"}
"""Which unbroken piece of a line a row belongs to."""


def layer(rows: str, mark: str, look: dict[str, Any], encoding: Mapping[str, Any], *transform: Layer) -> Layer:
    """Return a layer that draws the named rows.

    Places (``x`` and ``y``) that `encoding` does not name are those of the chart.
    """
    made: Layer = {"data": {"name": rows}, "mark": {"type": mark, **look}}
    if encoding:
        made["encoding"] = encoding
    if transform:
        made["transform"] = list(transform)
    return made


def at(expression: str) -> Channel:
    """Return a fixed place, in px."""
    return {"value": {"expr": expression}}


def only(test: str) -> Layer:
    """Return the transform that keeps rows for which an expression is true."""
    return {"filter": test}


def let(name: str, expression: str) -> Layer:
    """Return the transform that works out a column."""
    return {"calculate": expression, "as": name}


def tip(**titles: str) -> list[Channel]:
    """Return what a pointer tells: column -> title, where there is a title."""
    return [{"field": name, "type": "nominal", "title": title} for name, title in titles.items() if title]


def as_is(column: str) -> Channel:
    """Return a channel whose column holds the colour, shape or size itself."""
    kind = "quantitative" if column == "s" else "nominal"
    return {"field": column, "type": kind, "scale": None, "legend": None}


def place(column: str, low: float, high: float) -> Channel:
    """Return a place along an axis that layers draw themselves."""
    scale = {"domain": [low, high], "nice": False, "zero": False}
    return {"field": column, "type": "quantitative", "axis": None, "scale": scale}
