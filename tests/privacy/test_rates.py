"""Rates hide with their counts; codes are given only as far as they leave every hidden count wide."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from inquirylab.errors import PrivacyError
from inquirylab.privacy import coded_rates, outcome_cells, rates, suppress
from inquirylab.privacy.coding import spans


@pytest.fixture
def late() -> pd.DataFrame:
    random = np.random.default_rng(6)
    enrolled = random.integers(15, 400, 12)
    return pd.DataFrame(
        {"site": [f"s{k:02}" for k in range(12)], "late": random.binomial(enrolled, 0.06), "enrolled": enrolled}
    )


@pytest.fixture
def table(late: pd.DataFrame) -> pd.DataFrame:
    return suppress(outcome_cells(late, ["site"], "late", "enrolled"), ["site", "outcome"], "count")


def test_a_rate_is_hidden_whenever_its_numerator_or_denominator_is(late, table) -> None:
    shown = rates(table).set_index("site")
    assert 0 < shown["published"].sum() < len(shown)
    hidden = shown[~shown["published"]]
    assert hidden["rate"].isna().all()
    assert (hidden["numerator"].isna() | hidden["denominator"].isna()).all()
    truth = late.set_index("site")
    for site, row in shown[shown["published"]].drop(index="All").iterrows():
        assert row["rate"] == truth.loc[site, "late"] / truth.loc[site, "enrolled"]


def test_a_numerator_above_its_denominator_is_refused(late) -> None:
    with pytest.raises(PrivacyError, match="larger than 'enrolled'"):
        outcome_cells(late.assign(late=500), ["site"], "late", "enrolled")


@pytest.mark.parametrize("total", range(0, 700, 7))
@pytest.mark.parametrize("width", [4, 9, 19])
def test_codes_cover_every_count_once_and_leave_the_width(total: int, width: int) -> None:
    found = spans(total, width)
    if found:
        assert found[0][0] == 0 and found[-1][1] == total
        assert all(before[1] + 1 == after[0] for before, after in pairwise(found))
        assert all(most - least >= width for least, most, _ in found)


def test_codes_are_true_and_an_attacker_who_uses_them_stays_out(late, table) -> None:
    coded = coded_rates(table).set_index("site")
    assert coded["code"].notna().any()
    assert coded.loc[coded["published"], "code"].isna().all()
    sites = list(late["site"])
    truth = late.set_index("site")
    # The attacker: one yes and one no a site, all printed sums, and each code as a pair of bounds.
    least, most = np.zeros(24), np.full(24, 1e6)
    for k, site in enumerate(sites):
        code, whole = coded.loc[site, "code"], int(truth.loc[site, "enrolled"])
        if isinstance(code, str):
            low, high, _ = next(s for s in spans(whole, 9) if s[2] == code)
            assert low <= truth.loc[site, "late"] <= high
            least[k], most[k] = low, high
    lines, sums = [], []
    for row in table[table["published"]].itertuples():
        line = np.zeros((2, 12))
        line[
            np.ix_([0, 1] if row.outcome == "All" else [int(row.outcome == "no")],
                   range(12) if row.site == "All" else [sites.index(row.site)])
        ] = 1  # fmt: skip
        lines.append(line.ravel()), sums.append(row.count)
    sums = [int(row.iloc[-2]) for _, row in table[table["published"]].iterrows()]
    rules = LinearConstraint(np.array(lines), sums, sums)
    for row in table[~table["published"]].itertuples():
        if row.site == "All" or row.outcome == "All":
            continue
        cost = np.zeros(24)
        cost[sites.index(row.site) + 12 * (row.outcome == "no")] = 1
        ends = [
            milp(s * cost, constraints=rules, integrality=np.ones(24), bounds=Bounds(least, most)).fun for s in (1, -1)
        ]
        assert -ends[1] - ends[0] >= 9 - 1e-6


def test_codes_need_the_certificate(table) -> None:
    with pytest.raises(PrivacyError, match="certificate"):
        coded_rates(pd.DataFrame(table.to_dict()))


def test_a_coded_table_cannot_be_an_earlier_release(late, table) -> None:
    cells = outcome_cells(late, ["site"], "late", "enrolled")
    with pytest.raises(PrivacyError, match="no certificate"):
        suppress(cells, ["site", "outcome"], "count", earlier=[coded_rates(table)])


def test_groups_within_sites_can_be_coded(late) -> None:
    random = np.random.default_rng(3)
    rows = late.loc[late.index.repeat(2)].reset_index(drop=True).assign(group=["x", "y"] * 12)
    rows["enrolled"] = rows["enrolled"] * 2 + 60
    rows["late"] = random.binomial(rows["enrolled"], 0.03)
    made = suppress(
        outcome_cells(rows.head(10), ["site", "group"], "late", "enrolled"), ["site", "group", "outcome"], "count"
    )
    coded = coded_rates(made)
    assert coded.attrs["certificate"]["checked"] == "exact whole numbers"
    assert coded["code"].notna().any()
