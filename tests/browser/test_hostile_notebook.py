"""The notebooks of a hostile inquiry as pages in a browser: nothing runs, nothing is asked of another host, all is text.

All templates run one after another in one kernel; its pages are those of `nbconvert --to inquirylab` and of Jupyter's own
`--to html`, with the state of the widgets in it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert.exporters import HTMLExporter

from inquirylab.publish.exporter import InquiryExporter
from inquirylab.templates import list_templates
from tests.browser.conftest import Visit
from tests.hostile import MARKUP, Page, hostile_inquiry

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
DONE = "() => document.readyState === 'complete'"
HURT = "() => [window.hurt ?? 0, ...[...document.querySelectorAll('.hurt')].map((e) => e.outerHTML.slice(0, 120))]"


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """All templates after one another, run in the folder of a hostile inquiry."""
    folder = tmp_path_factory.mktemp("hostile") / "inquiry"
    hostile_inquiry(folder).close()
    whole = nbformat.v4.new_notebook()
    for number, path in enumerate(sorted(list_templates().values())):
        for cell in nbformat.read(path, as_version=4).cells:
            cell["id"] = f"{cell['id']}_{number}"
            whole.cells.append(cell)
    NotebookClient(whole, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(folder)}}).execute()
    assert whole.metadata["widgets"], "the state of the widgets is in the notebook"
    return whole


def looked_at(visit: Visit, path: Path) -> tuple[list[Any], list[str]]:
    """Open a page and return what hurt, and its dialogs."""
    dialogs: list[str] = []

    def dismiss(dialog: Any) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    visit.page.on("dialog", dismiss)
    visit.page.goto(path.resolve().as_uri(), wait_until="commit")
    visit.page.wait_for_function(DONE)
    return list(visit.page.evaluate(HURT)), dialogs


def test_our_page_shows_it_all_as_text(executed: Any, visit: Visit, tmp_path: Path) -> None:
    html, _ = InquiryExporter().from_notebook_node(executed)
    (tmp_path / "page.html").write_text(html, encoding="utf-8")
    assert looked_at(visit, tmp_path / "page.html") == ([0], [])
    assert visit.outside == [] and visit.console == []
    assert MARKUP in visit.page.inner_text("main") and visit.page.locator("main").count() == 1
    assert Page(html).wrong == []


def test_jupyters_own_page_asks_only_what_it_asks_for_an_empty_notebook(
    executed: Any, visit: Visit, tmp_path: Path
) -> None:
    for name, notebook in (("empty", nbformat.v4.new_notebook(metadata=executed.metadata)), ("full", executed)):
        html, _ = HTMLExporter().from_notebook_node(notebook)
        (tmp_path / f"{name}.html").write_text(html, encoding="utf-8")
    assert looked_at(visit, tmp_path / "empty.html") == ([0], [])
    usual = set(visit.outside)
    visit.outside.clear()
    assert looked_at(visit, tmp_path / "full.html") == ([0], [])
    assert set(visit.outside) <= usual and not any("hostile.example" in address for address in visit.outside)
    assert MARKUP in visit.page.inner_text("main")
