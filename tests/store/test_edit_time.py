import time

import pytest

from inquirylab.store.edit_time import edit_time

HOUR = 3_600_000


def test_two_edits_of_one_millisecond_have_two_times_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: now)
    times = [edit_time() for _ in range(50)]
    assert times == list(range(times[0], times[0] + 50))


def test_a_clock_set_back_by_an_hour_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    before = edit_time()
    back = before - HOUR
    monkeypatch.setattr(time, "time_ns", lambda: back * 1_000_000)
    assert (edit_time(), edit_time()) == (back, back + 1)
