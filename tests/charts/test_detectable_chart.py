"""One chart and one sentence: could this measure show a change by the date?"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest
import vl_convert

from inquirylab.charts.detectable_chart import detectable_alt, detectable_chart, detectable_table, detectable_title
from inquirylab.spc import Detectable, detectable


def asked(n: int = 200, **more: Any) -> Detectable:
    random = np.random.default_rng(11)
    weeks = pd.date_range("2025-01-06", periods=20, freq="7D")
    frame = pd.DataFrame({"week": weeks, "late": random.binomial(n, 0.2, 20), "n": n})
    return detectable(frame, "week", "late", "n", by_when=12, simulations=60, **more)


@pytest.fixture(scope="module")
def seen() -> Detectable:
    """A fall that large groups can show."""
    return asked()


@pytest.fixture(scope="module")
def unseen() -> Detectable:
    """Small groups and small changes: no answer."""
    return asked(12, changes=(0.02, 0.05))


def rows(found: Detectable) -> list[dict[str, float]]:
    drawn = detectable_chart(found).to_dict()
    return next(held for held in drawn["datasets"].values() if "level" in held[0])


@pytest.mark.parametrize("mode", ["light", "dark", "print"])
def test_it_draws_with_its_sentence(seen: Detectable, mode: Any) -> None:
    drawn = detectable_chart(seen, mode=mode).to_dict()
    assert " ".join(drawn["title"]["subtitle"]) == seen.sentence
    assert vl_convert.vegalite_to_svg(drawn).startswith("<svg")


def test_the_curve_is_the_table_and_its_left_end_the_false_alarm_rate(seen: Detectable) -> None:
    drawn = rows(seen)
    assert [row["seen"] for row in drawn] == (100 * seen.table["seen"]).tolist()
    assert drawn[0]["size"] == 0
    assert drawn[0]["seen"] == 100 * seen.false_alarm
    assert f"no change: {100 * seen.false_alarm:.0f} false alarms" in json.dumps(detectable_chart(seen).to_dict())


def test_the_smallest_change_is_marked_only_if_there_is_one(seen: Detectable, unseen: Detectable) -> None:
    assert f"to {seen.level:.3g} or beyond" in json.dumps(detectable_chart(seen).to_dict())
    assert "or beyond" not in json.dumps(detectable_chart(unseen).to_dict())
    assert vl_convert.vegalite_to_svg(detectable_chart(unseen).to_dict()).startswith("<svg")


def test_titles_say_what_could_be_seen(seen: Detectable, unseen: Detectable) -> None:
    assert detectable_title(seen) == f"late: a fall of {100 * abs(seen.smallest):.0f} % or more would be seen in time"
    assert detectable_title(unseen) == "late: no fall that was tried would be seen in time"
    assert " rise " in detectable_title(asked(direction="up", changes=(0.5,)))


def test_the_table_twin_and_the_words_have_the_same_numbers(seen: Detectable) -> None:
    table = detectable_table(seen)
    assert len(table) == len(seen.table)
    assert table["Lasting fall"].iloc[:2].tolist() == ["none", "5 %"]
    assert table["Seen in so many of 100"].iloc[0] == f"{100 * seen.false_alarm:.0f}"
    assert seen.sentence in detectable_alt(seen)
