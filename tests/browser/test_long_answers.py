"""Answers of 100,000 characters, everywhere at once: every view opens, stays within its page and complains of nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests import hostile
from tests.browser.bench import DRAWN, Bench
from tests.samples import VIEWS


@pytest.fixture(scope="module")
def endless(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Hostile words and then so many others, as the answer to every question that takes lines."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hostile, "LINES", hostile.LINES + "many words " * 9100)
        with hostile.hostile_inquiry(tmp_path_factory.mktemp("endless") / "inquiry") as inquiry:
            yield inquiry


@pytest.mark.parametrize("name", VIEWS)
def test_every_view_shows_them(bench: Callable[[Any], Bench], endless: Any, name: str) -> None:
    view = getattr(endless, name)()
    shown = bench(view)
    shown.page.wait_for_selector(".iq h1")
    shown.page.evaluate(DRAWN)
    assert shown.page.evaluate("[window.hurt ?? 0, document.querySelectorAll('.hurt').length]") == [0, 0]
    assert shown.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert shown.said == [] and view.html()
