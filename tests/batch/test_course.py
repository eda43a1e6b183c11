"""The course of a batch, and who watches it: only the folder is read, whatever state it is in."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest

from inquirylab.batch.course import Course, course_path
from inquirylab.batch.outcome import Outcome
from inquirylab.batch.watch import SILENT_SECONDS, Watched

COMPLETED, SKIPPED = Outcome("Leeds", "leeds", "completed"), Outcome("York", "york", "skipped")
FAILED = Outcome(
    "Hull", "hull", "failed", "cell-3", 3, "KeyError", "'late'", "Open it.", notebook="notebooks/hull.ipynb"
)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / ".batch").mkdir()
    return tmp_path


def begun(out: Path, sites: int = 4, **about: Any) -> Course:
    return Course(out, title="Attendance", template="06_progress.ipynb", sites=sites, workers=2, **about)


def noted(out: Path, *events: dict[str, Any]) -> None:
    """A course as another process writes it."""
    course_path(out).write_text("".join(json.dumps(event) + "\n" for event in events))


def test_a_folder_in_which_nothing_has_begun_is_watched_until_it_has(tmp_path: Path) -> None:
    watched = Watched(tmp_path / "not there yet")
    assert watched.look().state == "waiting"
    assert str(tmp_path) in watched.look().folder
    (tmp_path / "not there yet" / ".batch").mkdir(parents=True)
    course = begun(tmp_path / "not there yet")
    now = watched.look()
    assert (now.state, now.sites, now.workers, now.title) == ("running", 4, 2, "Attendance")
    assert now.seconds_left is None, "nothing is known before a site has ended"
    course.end()


def test_each_event_shows_as_it_is_noted(out: Path) -> None:
    course, watched = begun(out), Watched(out)
    course.trying()
    assert watched.look().state == "trying"
    course.said("Stock runs instead.")
    course.site_ended(SKIPPED)
    for site in (COMPLETED, FAILED):
        course.site_begun(site.name, site.slug)
    now = watched.look()
    assert now.state == "running" and now.said == ("Stock runs instead.",)
    assert [name for name, _ in now.running] == ["Leeds", "Hull"]
    course.site_ended(COMPLETED)
    course.site_ended(FAILED)
    now = watched.look()
    assert now.running == () and dict(now.ended) == {"skipped": 1, "completed": 1, "failed": 1}
    assert now.failed[0].happened == "Cell 3, “cell-3”: KeyError: 'late'"
    assert now.failed[0].notebook == "notebooks/hull.ipynb"
    assert now.seconds_left is not None and now.seconds_left >= 0
    course.end()
    assert watched.look().state == "ended"


def test_who_comes_later_sees_the_same(out: Path) -> None:
    course, early = begun(out), Watched(out)
    for site in (COMPLETED, FAILED):
        course.site_begun(site.name, site.slug)
        early.look()
        course.site_ended(site)
    course.end()
    late = Watched(out).look()
    assert (late.ended, late.failed, late.state) == (early.look().ended, early.look().failed, "ended")


def test_the_next_run_begins_anew(out: Path) -> None:
    first, watched = begun(out), Watched(out)
    first.site_ended(FAILED)
    first.end()
    assert watched.look().failed
    second = begun(out, sites=2)
    now = watched.look()
    assert (now.sites, now.failed, now.state, dict(now.ended)) == (2, (), "running", {})
    second.end()


def test_a_line_that_is_not_whole_is_read_when_it_is_and_a_damaged_one_never(out: Path) -> None:
    line = json.dumps({"event": "site_ended", "at": 1.0, "name": "Leeds", "slug": "leeds", "outcome": "completed"})
    noted(out, {"event": "begun", "at": 0.0, "sites": 2})
    watched = Watched(out)
    with course_path(out).open("a") as file:
        file.write(f'{{"event": "site_en\n[1]\n{line[:20]}')
        file.flush()
        assert watched.look().done == 0
        file.write(f"{line[20:]}\n")
        file.flush()
        assert watched.look().done == 1


def test_without_a_sign_of_life_it_was_stopped_and_with_one_it_runs(out: Path) -> None:
    begin = {"event": "site_begun", "at": 1.0, "name": "Leeds", "slug": "leeds"}
    noted(out, {"event": "begun", "at": 0.0, "sites": 2}, begin)
    assert Watched(out).look().state == "running"
    long_ago = time.time() - 2 * SILENT_SECONDS
    os.utime(course_path(out), (long_ago, long_ago))
    now = Watched(out).look()
    assert now.state == "stopped" and now.running == ()
    assert "The same command goes on" in now.state_words


def test_a_run_that_lives_gives_signs_of_life(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inquirylab.batch.course.BEAT_SECONDS", 0.01)
    course = begun(out)
    os.utime(course_path(out), (0, 0))
    deadline = time.monotonic() + 60
    while Watched(out).look().state != "running":
        assert time.monotonic() < deadline
        time.sleep(0.02)
    course.end()


def test_time_left_follows_from_the_sites_that_ran(out: Path) -> None:
    now = time.time()
    events: list[dict[str, Any]] = [{"event": "begun", "at": now - 500, "sites": 110}]
    for n in range(60):  # these took no time
        events.append({"event": "site_ended", "at": now - 500, "name": f"s{n}", "slug": f"s{n}", "outcome": "skipped"})
    for n in range(10):
        at = now - 100 + 10 * n
        events.append({"event": "site_begun", "at": at, "name": f"r{n}", "slug": f"r{n}"})
        events.append({"event": "site_ended", "at": at + 10, "name": f"r{n}", "slug": f"r{n}", "outcome": "completed"})
    noted(out, *events)
    left = Watched(out).look().seconds_left
    assert left is not None and 300 < left <= 400, "forty sites, ten seconds each"


def test_a_disk_that_takes_no_more_does_not_stop_the_batch(tmp_path: Path) -> None:
    course = begun(tmp_path / "no such folder")
    course.site_begun("Leeds", "leeds")
    course.site_ended(FAILED)
    course.end()
    assert Watched(tmp_path / "no such folder").look().state == "waiting"
