"""Real tables with many small groups: Open University learners (CC BY 4.0) and Connecticut suspensions (PDDL)."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd
import pytest

from inquirylab.privacy import audit, suppress

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"
OULAD = DATA / "oulad_assessments" / "studentInfo.csv"
SUSPENSIONS = DATA / "connecticut_suspensions" / "district_by_race"


FEW = ["code_module", "disability", "age_band"]
MANY = [*FEW, "imd_band"]


@pytest.mark.skipif(not OULAD.exists(), reason="the shared data are not beside this checkout")
@pytest.mark.parametrize(
    "by",
    [
        FEW,
        pytest.param(MANY, marks=pytest.mark.skipif(not os.environ.get("INQUIRYLAB_SOAK"), reason="takes 20 seconds")),
    ],
    ids=["three dimensions", "four dimensions"],
)
def test_learners_by_module_disability_age_and_deprivation(by: list[str], attacker) -> None:
    learners = pd.read_csv(OULAD, na_values=["?"]).fillna({"imd_band": "not known"})
    cells = learners.groupby(by, as_index=False).size()
    table = suppress(cells, by, "size")
    assert table.attrs["certificate"]["checked"] == "exact whole numbers"
    shown = table[table["published"]]
    assert (shown["size"] >= 10).all()
    # Totals over all but one dimension are never given up.
    margins = (table[by] == "All").sum(axis=1)
    assert table.loc[margins >= len(by) - 1, "published"].all()
    assert shown.loc[(shown[by] == "All").all(axis=1), "size"].tolist() == [len(learners)]
    if by == FEW:
        assert attacker([(table, by, "size")]).narrowest() >= 9


@pytest.mark.skipif(not SUSPENSIONS.is_dir(), reason="the shared data are not beside this checkout")
def test_marks_of_a_state_are_honoured() -> None:
    rows = pd.read_csv(SUSPENSIONS / "suspension-rates__2010-11_race.csv")
    rows["marked"] = rows["Count"].astype(str).str.strip().isin(["*", "N/A", "nan"])
    rows["Count"] = pd.to_numeric(rows["Count"].where(~rows["marked"]), errors="coerce")
    assert rows["marked"].any()
    districts = rows["District"].unique()[:60]
    rows = rows[rows["District"].isin(districts)]
    by = ["District", "Race/Ethnicity"]
    table = suppress(rows[[*by, "Count"]], by, "Count")
    marked = set(map(tuple, rows.loc[rows["marked"], by].values))
    hidden = set(map(tuple, table.loc[~table["published"], by].values))
    assert marked <= hidden
    assert {(district, "All") for district, _ in marked} <= hidden
    assert audit(table)["safe"].all()
