"""What an attacker can work out, against 120 cases that were decided twice by other means."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from inquirylab.errors import PrivacyError
from inquirylab.privacy import audit

CASES = Path(__file__).parents[2] / ".." / "shared" / "privacy"


def case(hidden: dict[str, int | None], **more: Any) -> dict[str, Any]:
    """A 2 x 2 table with every margin; ``hidden`` names the cells that are not in print."""
    truth = {"a/x": 3, "a/y": 20, "b/x": 30, "b/y": 40, "a/*": 23, "b/*": 70, "*/x": 33, "*/y": 60, "*/*": 93}
    cells = [{"id": k, "hidden": k in hidden, "value": None if k in hidden else v} for k, v in truth.items()]
    relations = [{"total": f"{row}/*", "parts": [f"{row}/x", f"{row}/y"]} for row in "ab*"]
    relations += [{"total": f"*/{column}", "parts": [f"a/{column}", f"b/{column}"]} for column in "xy*"]
    return {"cells": cells, "relations": relations, "min_n": 10, **more}


def test_a_single_hidden_cell_is_worked_out_from_its_row() -> None:
    found = audit(case({"a/x": None}))
    assert found[["cell", "lower", "upper", "safe"]].values.tolist() == [["a/x", 3, 3, False]]


def test_four_hidden_corners_protect_each_other() -> None:
    found = audit(case(dict.fromkeys(["a/x", "a/y", "b/x", "b/y"])))
    assert found.set_index("cell").loc["a/x", ["lower", "upper"]].tolist() == [0, 23]
    assert found["safe"].all()


def test_a_count_without_a_limit_has_no_upper_bound() -> None:
    found = audit(case(dict.fromkeys(["a/x", "a/*", "*/x", "*/*"]))).set_index("cell")
    assert found["upper"].isna().all() and found["safe"].all()
    assert found.loc["*/*", "lower"] == 90


def test_a_printed_percentage_gives_the_count_away() -> None:
    hidden = dict.fromkeys(["a/x", "a/y", "b/x", "b/y"])
    rate = {"num": "a/x", "den": "a/*", "shown": 13.0, "decimals": 0, "rounding": "half_up"}
    found = audit(case(hidden, rates=[rate])).set_index("cell")
    assert found.loc["a/x", ["lower", "upper"]].tolist() == [3, 3]


@pytest.mark.parametrize(("rounding", "upper"), [("half_up", 8), ("half_even", 9), ("unknown", 9)])
def test_where_a_tie_is_rounded_to_decides_the_last_unit(rounding: str, upper: int) -> None:
    """Of 20, 9 is 45 %; to whole tens half-up prints 50, half-even 40."""
    cells = [{"id": "yes", "hidden": True}, {"id": "no", "hidden": True}, {"id": "all", "hidden": False, "value": 20}]
    relations = [{"total": "all", "parts": ["yes", "no"]}]
    rate = {"num": "yes", "den": "all", "shown": 40.0, "decimals": -1, "rounding": rounding}
    found = audit({"cells": cells, "relations": relations, "min_n": 10, "rates": [rate]})
    assert found["upper"].iloc[0] == upper


def test_numbers_that_contradict_each_other_are_refused() -> None:
    broken = case({"a/x": None})
    broken["cells"][-1]["value"] = 94
    with pytest.raises(PrivacyError, match="contradict each other"):
        audit(broken)
    broken["cells"] = [
        {**cell, "hidden": cell["id"] in ("a/x", "a/y"), "value": cell["value"] or 0} for cell in broken["cells"]
    ]
    with pytest.raises(PrivacyError, match="contradict each other"):
        audit(broken)


def test_an_incomplete_case_says_what_it_needs() -> None:
    with pytest.raises(PrivacyError, match=r"relations \(total, parts\)"):
        audit({"cells": []})


@pytest.mark.skipif(not CASES.is_dir(), reason="the shared cases are not beside this checkout")
@pytest.mark.parametrize("name", sorted(p.stem for p in CASES.glob("s*.json")))
def test_the_shared_cases_are_decided_rightly(name: str) -> None:
    known = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    found = audit(known)
    assert ("safe" if found["safe"].all() else "leak") == known["verdict"]
    for row in found.itertuples():
        lower, upper = known["bounds"][row.cell]
        assert row.lower == lower
        # A missing bound means that there is no limit; some of the cases stop at a cap there.
        assert (upper is None or upper > 500) if row.upper is pd.NA else row.upper == upper
    assert sorted(found.loc[~found["safe"], "cell"]) == sorted(known["leaking_cells"])
