"""How far a batch is, in words that a person reads in passing, and as a page without scripts."""

from __future__ import annotations

import pytest

from inquirylab.reports.batch import MOST_FAILED, BatchNow, Failed, about, batch_page

RUNNING = BatchNow(
    "/home/ana/out", "running", "Attendance", "06_progress.ipynb", 1000, 2, {"completed": 400, "failed": 2},
    (("Leeds", 12.0),), (Failed("Hull", "Cell 3: no data", "Open it."),), (), 600, 840, "",
)  # fmt: skip


def test_it_is_said_in_a_line() -> None:
    assert str(RUNNING) == "402 of 1,000 sites ended. Running. About 14 minutes left."


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (BatchNow("out"), "No batch has begun. It shows here as soon as one begins in this folder."),
        (BatchNow("out", "trying", sites=1), "0 of 1 site ended. The first site is run on both engines, to compare them."),
        (BatchNow("out", "running", sites=5), "0 of 5 sites ended. Running. How long it takes is not known yet."),
        (
            BatchNow("out", "ended", sites=5, ended={"completed": 5}, seconds=7300),
            "5 of 5 sites ended. Ended, after about 2 hours.",
        ),
        (
            BatchNow("out", "ended", sites=5, ended={"completed": 4}),
            "4 of 5 sites ended. Stopped before its end. The same command goes on where it stopped.",
        ),
    ],
)  # fmt: skip
def test_every_state_has_words(now: BatchNow, words: str) -> None:
    assert str(now) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "less than a minute"),
        (60, "about 1 minute"),
        (5000, "about 83 minutes"),
        (6000, "about 1.5 hours"),
        (90_000, "about 25 hours"),
        (180_000, "about 2 days"),
    ],
)
def test_times_are_said_as_people_do(seconds: float, words: str) -> None:
    assert about(seconds) == words


def test_the_page_tells_each_failed_site_its_sentence_and_is_whole_without_a_script() -> None:
    page = batch_page(RUNNING)
    for told in (page.html, page.markdown):
        assert "402 of 1,000 sites ended." in told and "About 14 minutes left." in told
        assert "Hull" in told and "Cell 3: no data" in told and "Open it." in told
        assert "/home/ana/out" in told
    assert "<script" not in page.html


def test_words_of_users_are_data() -> None:
    hostile = "<img src=x onerror=alert(1)>*"
    page = batch_page(
        BatchNow("out", title=hostile, sites=1, failed=(Failed(hostile, hostile, hostile),), said=(hostile,))
    )
    assert "<img" not in page.html and "&lt;img" in page.html
    assert "<img" not in page.markdown.replace(r"\<", "") and r"\*" in page.markdown


def test_of_very_many_failed_sites_some_are_shown_and_the_rest_counted() -> None:
    failed = tuple(Failed(f"Site {n}", "No data") for n in range(MOST_FAILED + 1234))
    now = BatchNow("out", sites=5000, failed=failed)
    assert len(now.to_view()["failed"]) == MOST_FAILED and now.to_view()["more"] == 1234
    assert "1,234 more stand in the report." in batch_page(now).html


def test_a_batch_that_ended_before_its_last_site_is_shown_as_stopped() -> None:
    assert BatchNow("out", "ended", sites=2, ended={"completed": 1}).to_view()["state"] == "stopped"
    assert BatchNow("out", "ended", sites=1, ended={"completed": 1}).to_view()["state"] == "ended"
