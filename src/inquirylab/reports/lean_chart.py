"""A chart of a notebook's own with the columns that it draws: Altair embeds every column of the table."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

NEEDS_ALL = re.compile(r'"content": "data"|"geoshape"|datum\[(?!\s*(?:\'|\\"))|"(?:pivot|flatten|quantile)"')
"""Tooltips of whole rows, maps, columns whose names are only known when it is drawn: nothing is left out."""

PARTS = re.compile(r"""[\\.\[\]'"]+""")


def lean(chart: Any) -> Any:
    """Return a Vega-Lite specification whose rows hold no column that it does not name.

    A column is kept where its name occurs as a word in any text of the specification: a field, part of an expression.

    Examples
    --------
    >>> rows = [{"week": 1, "late": 5, "note": "…"}]
    >>> chart = {"mark": "line", "encoding": {"x": {"field": "week"}, "y": {"field": "late"}}, "data": {"values": rows}}
    >>> lean(chart)["data"]["values"]
    [{'week': 1, 'late': 5}]
    """
    if not isinstance(chart, Mapping):
        return chart
    said = {key: _without_rows(value) for key, value in chart.items() if key != "datasets"}
    if NEEDS_ALL.search(json.dumps(said, default=str)):
        return chart
    words = "\n".join(_texts(said))
    out: dict[str, Any] = _pruned({key: value for key, value in chart.items() if key != "datasets"}, words)
    if isinstance(chart.get("datasets"), Mapping):
        out["datasets"] = {name: _rows(rows, words) for name, rows in chart["datasets"].items()}
    return out


def _rows(rows: Any, words: str) -> Any:
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        return rows
    names = {name for row in rows for name in row}
    kept = {name for name in names if re.search(rf"(?<!\w){re.escape(_plain(name))}(?!\w)", words)}
    return [{k: v for k, v in row.items() if k in kept} for row in rows] if kept else rows


def _plain(name: str) -> str:
    """A name stands with backslashes before its dots, or in quotes and brackets: words and what parts them are compared."""
    return PARTS.sub(" ", name).strip()


def _pruned(value: Any, words: str) -> Any:
    """Return a part of a specification with the rows that stand in it made lean."""
    if isinstance(value, Mapping):
        return {k: _rows(v, words) if k == "values" else _pruned(v, words) for k, v in value.items()}
    return [_pruned(item, words) for item in value] if isinstance(value, list) else value


def _without_rows(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {k: _without_rows(v) for k, v in value.items() if k != "values"}
    return [_without_rows(item) for item in value] if isinstance(value, list) else value


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield _plain(value)
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield from _texts(item) if name != "$schema" else ()
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
