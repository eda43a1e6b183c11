"""Two notebooks are the same if they differ only in ids, times, process numbers and addresses; in all else they are not."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from nbformat.v4 import new_output

from inquirylab.batch.warm.canary import judge
from inquirylab.batch.warm.canonical import differences
from tests.batch.warm.conftest import notebook

STATE = "application/vnd.jupyter.widget-state+json"
VIEW = "application/vnd.jupyter.widget-view+json"


def executed(prefix: str = "a") -> Any:
    """A notebook with a stream, a failure's traceback and a box of two widgets, its ids made from `prefix`."""
    book = notebook("site = 1", "print(site)", "box")
    ids = [f"{prefix}{n}".ljust(32, "0") for n in range(3)]
    place = f"/tmp/ipykernel_{ord(prefix)}/17.py at 0x7f{ord(prefix):010x}"
    children = [f"IPY_MODEL_{ids[1]}", f"IPY_MODEL_{ids[2]}"]
    widgets = {
        ids[0]: {"model_name": "VBoxModel", "state": {"children": children}},
        ids[1]: {"model_name": "IntSliderModel", "state": {"value": 3}},
        ids[2]: {"model_name": "TextModel", "state": {"value": "word"}},
    }
    book.metadata["widgets"] = {
        STATE: {"state": dict(sorted(widgets.items(), reverse=prefix == "b")), "version_major": 2}
    }
    book.cells[1].outputs = [new_output("stream", name="stdout", text="one\ntwo\n"),
                             new_output("stream", name="stderr", text=place)]  # fmt: skip
    book.cells[2].outputs = [new_output("display_data", data={VIEW: {"model_id": ids[0]}, "text/plain": "VBox()"})]
    for n, cell in enumerate(book.cells):
        cell.id = f"{prefix}-{n}"
        cell.metadata["papermill"] = {
            "status": "completed",
            "exception": False,
            "start_time": prefix,
            "duration": ord(prefix),
        }
    return book


def test_ids_times_and_process_numbers_do_not_count() -> None:
    assert differences(executed("a"), executed("b")) == []


def test_where_a_stream_is_cut_does_not_count() -> None:
    cut = executed()
    cut.cells[1].outputs[0:1] = [new_output("stream", name="stdout", text=part) for part in ("one\n", "two\n")]
    assert differences(executed(), cut) == []


def changed(path: str) -> Any:
    book = executed()
    widgets = book.metadata["widgets"][STATE]["state"]
    slider = next(w for w in widgets.values() if w["model_name"] == "IntSliderModel")
    box = next(w for w in widgets.values() if w["model_name"] == "VBoxModel")
    match path:
        case "text":
            book.cells[1].outputs[0].text = "one\ntwo \n"
        case "stream":
            book.cells[1].outputs[0].name = "stderr"
        case "source":
            book.cells[1].source += " "
        case "count":
            book.cells[1].execution_count = 9
        case "status":
            book.cells[1].metadata["papermill"]["status"] = "failed"
        case "output":
            del book.cells[2].outputs[0]
        case "cell":
            del book.cells[2]
        case "widget":
            slider["state"]["value"] = 4
        case "order of children":
            box["state"]["children"].reverse()
        case "which widget is shown":
            book.cells[2].outputs[0].data[VIEW]["model_id"] = next(k for k, w in widgets.items() if w is slider)
        case "notebook":
            book.metadata["language_info"] = {"name": "r"}
    return book


CHANGES = ["text", "stream", "source", "count", "status", "output", "cell", "widget", "order of children",
           "which widget is shown", "notebook"]  # fmt: skip


@pytest.mark.parametrize("path", CHANGES)
def test_every_other_difference_counts(path: str) -> None:
    assert differences(executed("b"), changed(path))


class Engines:
    """Runs that give prepared notebooks, and count how often each engine ran."""

    def __init__(self, culprit: str = "", clock: bool = False) -> None:
        self.culprit, self.clock, self.runs = culprit, clock, []

    def __call__(self, engine: str, preload: Any) -> Any:
        self.runs.append(engine)
        book = copy.deepcopy(executed())
        if engine == "warm" and any(name.startswith(self.culprit) for name in preload if self.culprit):
            book.cells[1].outputs[0].text = "another text"
        if self.clock:
            book.cells[2].outputs[0].data["text/plain"] = str(len(self.runs))
        return book


def test_a_canary_that_sees_no_difference_runs_each_engine_once() -> None:
    engines = Engines()
    assert judge(engines, ["pandas"]).fit
    assert engines.runs == ["stock", "warm"]


def test_a_cell_that_differs_from_itself_is_no_evidence() -> None:
    verdict = judge(Engines(clock=True), ["pandas"])
    assert verdict.fit
    assert verdict.changeable == (2,)


def test_a_difference_falls_back_and_names_the_cell_and_the_library() -> None:
    verdict = judge(Engines(culprit="altair", clock=True), ["pandas.core", "altair.vegalite", "altair.utils", "numpy"])
    assert not verdict.fit
    assert (verdict.differs[0].cell, verdict.library) == (1, "altair")
    assert str(verdict).startswith("The warm engine differs from stock papermill in the outputs of cell 2:")
    assert "'altair'" in str(verdict) and str(verdict).endswith("Stock runs instead.")
