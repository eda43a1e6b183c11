"""How far sites lie apart over time: quantiles by hand, one drawing, one table, the same words."""

from __future__ import annotations

import pandas as pd
import pytest
import vl_convert

from inquirylab.charts.spread_chart import spread_alt, spread_chart, spread_table
from inquirylab.spc import Analysis, analyse
from inquirylab.spc.spread import spread_over_time


@pytest.fixture(scope="module")
def five() -> Analysis:
    """Five sites at 1 to 5 in the first month, all at 3 in the second; the fifth has no value in the third."""
    months = pd.to_datetime(["2024-01-01", "2024-02-01", "2024-03-01"])
    values = [(1, 3, 2), (2, 3, 2), (3, 3, 4), (4, 3, 4), (5, 3, None)]
    rows = [
        (site, month, value)
        for site, three in zip("abcde", values, strict=True)
        for month, value in zip(months, three, strict=True)
    ]
    return analyse(pd.DataFrame(rows, columns=["site", "month", "late"]), "month", "late", by="site")


def test_quantiles_are_those_of_the_values_at_each_date(five: Analysis) -> None:
    table = spread_over_time(five)
    assert table["n_series"].tolist() == [5, 5, 4]
    assert table["median"].tolist() == [3, 3, 3]
    assert table["lower_quarter"].tolist() == [2, 3, 2]
    assert table["upper_quarter"].tolist() == [4, 3, 4]
    assert table["lowest_tenth"].tolist() == pytest.approx([1.4, 3, 2])


def test_the_table_twin_has_a_row_for_each_date_and_names_no_site(five: Analysis) -> None:
    table = spread_table(five)
    assert table.iloc[0].tolist() == ["1 Jan 2024", "5", "3", "2", "4", "1.4", "4.6"]
    assert len(table) == 3
    assert not set("abcde") & {cell for row in table.to_numpy().tolist() for cell in row}


def test_the_words_say_how_it_began_and_how_it_ended(five: Analysis) -> None:
    words = spread_alt(five)
    assert "how far 5 series lie apart" in words
    assert "first point the middle series is at 3, the middle half lies between 2 and 4" in words


@pytest.mark.parametrize("mode", ["light", "dark", "print"])
def test_it_draws(five: Analysis, mode: str) -> None:
    svg = vl_convert.vegalite_to_svg(spread_chart(five, mode=mode).to_dict())  # type: ignore[arg-type]
    assert svg.startswith("<svg") and "how far 5 series lie apart" in svg
