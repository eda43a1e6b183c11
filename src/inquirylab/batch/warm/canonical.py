"""A notebook without what differs between any two runs of it: ids, times, process numbers, addresses.

Widgets are named by random ids and listed in an order that follows from those, so their state is compared as a graph:
each widget becomes a label made of its own state and, round by round, of the labels of the widgets that it refers to.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_RANDOM = re.compile(
    r"(?P<id>[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12})"
    r"|(?P<address>\b0x[0-9a-f]{6,})|(?P<process>(?:ipykernel|kernel)[_-]\d+(?:[/\\]\d+)?)"
)
_VIEW = "application/vnd.jupyter.widget-view+json"
_STATE = "application/vnd.jupyter.widget-state+json"
_PAPERMILL_TIMES = {"start_time", "end_time", "duration", "input_path", "output_path", "environment_variables"}
_ROUNDS = 4
"""How far a widget's label looks: a box in a tab in an accordion is three away from what it shows."""


@dataclass(frozen=True)
class Difference:
    """Where two notebooks differ.

    Attributes
    ----------
    cell
        Position of the cell, from 0; -1 for the notebook as a whole.
    part
        ``source``, ``outputs``, ``metadata``, ``widgets``…
    one, other
        What stands there, shortened.
    """

    cell: int
    part: str
    one: str
    other: str

    def __str__(self) -> str:
        """Say it in a line."""
        place = f"cell {self.cell + 1}" if self.cell >= 0 else "the notebook"
        return f"{self.part} of {place}: {self.one} / {self.other}"


def canonical(notebook: Mapping[str, Any]) -> dict[str, Any]:
    """Return `notebook` as plain data without ids, times, process numbers and addresses.

    Examples
    --------
    >>> cell = {"cell_type": "code", "id": "a1", "source": "1", "metadata": {}, "outputs": [], "execution_count": 1}
    >>> canonical({"cells": [cell], "metadata": {}})["cells"]
    [{'cell_type': 'code', 'source': '1', 'metadata': {}, 'outputs': [], 'execution_count': 1}]
    """
    metadata = dict(notebook["metadata"])
    widgets = metadata.pop("widgets", {}).get(_STATE, {}).get("state", {})
    labels = _labels(widgets)
    return {
        "cells": [_cell(cell, labels) for cell in notebook["cells"]],
        "metadata": _plain(_without_times(metadata)),
        "widgets": dict(sorted(Counter(labels.values()).items())),
    }


def differences(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[Difference]:
    """Return where two executed notebooks differ, cell by cell, in the order of the cells."""
    a, b = canonical(one), canonical(other)
    found = []
    if len(a["cells"]) != len(b["cells"]):
        found.append(Difference(-1, "number of cells", str(len(a["cells"])), str(len(b["cells"]))))
    for at, (left, right) in enumerate(zip(a["cells"], b["cells"], strict=False)):
        parts = [*left, *(part for part in right if part not in left)]
        found += [_differ(at, p, left.get(p), right.get(p)) for p in parts if left.get(p) != right.get(p)]
    found += [_differ(-1, p, a[p], b[p]) for p in ("metadata", "widgets") if a[p] != b[p]]
    return found


def _differ(cell: int, part: str, one: Any, other: Any) -> Difference:
    """Describe a difference by the text around the first character that differs."""
    left, right = (json.dumps(side, ensure_ascii=False, default=str) for side in (one, other))
    first = next((i for i, (x, y) in enumerate(zip(left, right, strict=False)) if x != y), min(len(left), len(right)))
    start = max(0, first - 40)
    return Difference(cell, part, left[start : first + 60], right[start : first + 60])


def _cell(cell: Mapping[str, Any], labels: Mapping[str, str]) -> dict[str, Any]:
    plain = {key: value for key, value in cell.items() if key != "id"}
    plain["metadata"] = _plain(_without_times(plain["metadata"]))
    if "outputs" in plain:
        plain["outputs"] = [_output(output, labels) for output in _joined(plain["outputs"])]
    return plain


def _without_times(metadata: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in metadata.items() if key != "execution"}
    if "papermill" in kept:
        kept["papermill"] = {k: v for k, v in kept["papermill"].items() if k not in _PAPERMILL_TIMES}
    return kept


def _joined(outputs: list[Any]) -> list[dict[str, Any]]:
    """Join neighbouring pieces of a stream: where a kernel cuts its streams is a matter of time."""
    done: list[dict[str, Any]] = []
    for output in outputs:
        last = done[-1] if done else None
        if last and output["output_type"] == "stream" == last["output_type"] and last["name"] == output["name"]:
            last["text"] += "".join(output["text"])
        elif output["output_type"] == "stream":
            done.append({**output, "text": "".join(output["text"])})
        else:
            done.append(dict(output))
    return done


def _output(output: dict[str, Any], labels: Mapping[str, str]) -> Any:
    view = output.get("data", {}).get(_VIEW)
    if view and view.get("model_id") in labels:
        output["data"] = {**output["data"], _VIEW: {**view, "model_id": labels[view["model_id"]]}}
    return _plain(output)


def _plain(value: Any) -> Any:
    """Return `value` with every random word replaced by what kind of word it was."""
    if isinstance(value, str):
        return _RANDOM.sub(lambda found: f"<{found.lastgroup}>", value)
    if isinstance(value, Mapping):
        return {_plain(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value


def _labels(widgets: Mapping[str, Any]) -> dict[str, str]:
    """Return a label for each widget that says all about it but its id (colour refinement)."""
    labels = dict.fromkeys(widgets, "")
    for _ in range(_ROUNDS):
        labels = {model: _label(state, labels) for model, state in widgets.items()}
    return labels


def _label(state: Any, labels: Mapping[str, str]) -> str:
    def named(value: Any) -> Any:
        if isinstance(value, str):
            model = value.removeprefix("IPY_MODEL_")
            return f"widget {labels[model]}" if model in labels else _plain(value)
        if isinstance(value, Mapping):
            return {key: named(item) for key, item in value.items()}
        if isinstance(value, (list, tuple)):
            return [named(item) for item in value]
        return value

    name = str(state.get("model_name", "?"))
    text = json.dumps(named(state), sort_keys=True, default=str)
    return f"{name} {hashlib.blake2b(text.encode(), digest_size=8).hexdigest()}"
