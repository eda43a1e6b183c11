"""Values known only to bounds, in the unit of the series, where a measure asks for them as intervals."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from inquirylab.errors import DataError
from inquirylab.progress import Progress, measure_sites
from inquirylab.record.types import Measure, MeasureData
from inquirylab.store.site_data import read_site_data
from inquirylab.store.site_data.report import report_of

RATE = Measure(
    name="On time", kind="proportion", unit="%", frequency="year",
    data=MeasureData(date=("year",), site="school", value="rate", censored="interval"),
)  # fmt: skip


def written(folder: Path, rows: str, columns: str = "year,school,rate") -> Path:
    file = folder / "rates.csv"
    file.write_text(f"{columns}\n{rows}", encoding="utf-8")
    return file


def told(measure: Measure, file: Path) -> list[list[Any]]:
    bounds = read_site_data(file, measure).bounds
    return [[r.date.year, r.site, round(r.lower, 6), round(r.upper, 6)] for r in bounds.itertuples()]


def with_counts(**more: Any) -> Measure:
    assert RATE.data is not None
    return replace(RATE, data=replace(RATE.data, numerator="kept", denominator="all", **more))


def test_a_published_rate_keeps_its_bounds(tmp_path: Path) -> None:
    file = written(tmp_path, "2022,A,93.1\n2023,A,>= 95.0\n2024,A,10-20%\n2024,B,<5\n")
    inf = float("inf")
    assert told(RATE, file) == [[2023, "A", 95, inf], [2024, "A", 10, 20], [2024, "B", -inf, 5]]


def test_beside_counts_the_rate_becomes_a_share_by_what_other_rows_show(tmp_path: Path) -> None:
    columns = "year,school,kept,all,rate"
    per_cent = "2022,A,8,80,10.0\n2023,A,*,*,>= 95\n"
    share = "2022,A,8,80,0.10\n2023,A,*,*,>= 0.95\n"
    unknown = "2022,A,*,*,*\n2023,A,*,*,>= 95\n"
    for rows in (per_cent, share, unknown):
        assert told(with_counts(), written(tmp_path, rows, columns)) == [[2023, "A", 0.95, float("inf")]]


def test_a_bound_of_a_count_is_a_bound_of_its_share(tmp_path: Path) -> None:
    rows = "2022,A,8,80\n2023,A,<5,50\n2024,A,10,20-40\n2025,A,<5,*\n2026,A,*,50\n"
    assert RATE.data is not None
    counts = replace(RATE, data=replace(RATE.data, numerator="kept", denominator="all", value=None))
    found = told(counts, written(tmp_path, rows, "year,school,kept,all"))
    assert found == [[2023, "A", 0, 0.1], [2024, "A", 0.25, 0.5], [2025, "A", 0, float("inf")]]


def test_a_point_whose_counts_are_known_is_no_interval(tmp_path: Path) -> None:
    file = written(tmp_path, "2022,A,8,80,<= 10\n", "year,school,kept,all,rate")
    assert told(with_counts(), file) == []


def test_without_the_declaration_they_are_left_out_and_counted(tmp_path: Path) -> None:
    file = written(tmp_path, "2022,A,93.1\n2023,A,>= 95.0\n")
    assert RATE.data is not None
    for choice in (None, "left_out"):
        measure = replace(RATE, data=replace(RATE.data, censored=choice))
        assert told(measure, file) == []
        assert "They are left out and counted here" in " ".join(
            report_of(read_site_data(file, measure), measure).sentences
        )
    assert "They are drawn as intervals" in " ".join(report_of(read_site_data(file, RATE), RATE).sentences)


def test_rates_from_counts_need_counts(tmp_path: Path) -> None:
    file = written(tmp_path, "2022,A,93.1\n")
    assert RATE.data is not None
    with pytest.raises(DataError, match="only be worked out from counts"):
        read_site_data(file, replace(RATE, data=replace(RATE.data, censored="from_counts")))


def test_a_finding_has_them_at_their_points_and_in_no_line(tmp_path: Path) -> None:
    years = [f"{y},A,{'>= 95' if y % 3 == 0 else 93 + y % 2}" for y in range(1990, 2020)]
    file = written(tmp_path, "\n".join(years) + "\n")
    found = measure_sites(file, RATE).found.of_site("A")
    assert found is not None and len(found.x) == 30
    assert list(found.bounds.values()) == [(95.0, float("inf"))] * 10
    alone = measure_sites(written(tmp_path, "\n".join(y for y in years if ">" not in y) + "\n"), RATE).found.of_site(
        "A"
    )
    assert alone is not None and found.cl[-1] == alone.cl[-1] and len(found.runs) == len(alone.runs)


def test_a_file_of_nothing_but_bounds_is_a_chart_of_bars_or_one_sentence(tmp_path: Path) -> None:
    file = written(tmp_path, "".join(f"{y},A,{y % 7 * 10}-{y % 7 * 10 + 9}%\n" for y in range(2000, 2020)))
    measure = tmp_path / "rate.toml"
    text = 'name = "Rate"\nkind = "proportion"\nunit = "%"\nfrequency = "year"\n[data]\n'
    text += 'date = ["year"]\nsite = "school"\nvalue = "rate"\n'
    measure.write_text(text + 'censored = "interval"\n', encoding="utf-8")
    page = Progress("A", file, measure)
    assert "known only within bounds" in page.headline().html and 'class="bar"' in page.chart().html
    assert "Known only within bounds, drawn as bars" in page.missing().html
    measure.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r'No value of the measure .* is known.*censored = "interval"'):
        Progress("A", file, measure)


def test_published_per_cent_are_shown_as_per_cent_and_shares_too(tmp_path: Path) -> None:
    for rows in ("2022,A,93\n2023,A,0.5\n", "2022,A,0.93\n2023,A,0.005\n"):
        found = measure_sites(written(tmp_path, rows), RATE).found.of_site("A")
        assert found is not None and [round(v, 6) for v in found.y] == [93, 0.5]
