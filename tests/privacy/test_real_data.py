"""Real tables with many small groups: Open University learners (CC BY 4.0) and Connecticut suspensions (PDDL)."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from inquirylab.privacy import audit, suppress

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"
OULAD = DATA / "oulad_assessments" / "studentInfo.csv"
SUSPENSIONS = DATA / "connecticut_suspensions" / "district_by_race"


@pytest.mark.skipif(not OULAD.exists(), reason="the shared data are not beside this checkout")
def test_learners_by_module_disability_age_and_deprivation(attacker) -> None:
    learners = pd.read_csv(OULAD, na_values=["?"]).fillna({"imd_band": "not known"})
    by = ["code_module", "disability", "age_band", "imd_band"]
    cells = learners.groupby(by, as_index=False).size()
    table = suppress(cells, by, "size")
    assert len(table) == 8 * 3 * 4 * 13 or len(table) == 8 * 3 * 4 * 12
    assert table.attrs["certificate"]["checked"] == "exact whole numbers"
    shown = table[table["published"]]
    assert (shown["size"] >= 10).all()
    everyone = shown[(shown[by] == "All").all(axis=1)]
    assert everyone["size"].tolist() == [len(learners)]
    assert len(shown) / len(table) > 0.4
    # One module at a time, an attacker who shares no code finds nothing either.
    one = cells[cells["code_module"] == "AAA"]
    small = suppress(one, ["disability", "age_band"], "size")
    assert attacker([(small, ["disability", "age_band"], "size")]).narrowest() >= 9


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
