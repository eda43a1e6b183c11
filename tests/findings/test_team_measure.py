"""One measure of a team: rows typed in and rows of a file become one finding, and groups stand beside one another."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from inquirylab.findings.team_measure import TeamMeasure, recommended, team_measure
from inquirylab.findings.team_rows import typed_in
from inquirylab.record.types import Measure, MeasureBaseline, MeasureExcluded, MeasurePhases, MeasureRow
from inquirylab.reports.measure import shown
from inquirylab.series import to_series

LATE = Measure(id="m", name="Late", kind="proportion", unit="%", direction="down", frequency="week")
MONDAY = dt.date(2024, 9, 2)


def week(i: int) -> dt.date:
    return MONDAY + dt.timedelta(weeks=i)


def rows(numbers: list[int], whole: int = 100, **more: Any) -> list[MeasureRow]:
    made = []
    for i, n in enumerate(numbers):
        own = f"r{i}{more.get('group', '')}{more.get('site', '')}"
        made.append(MeasureRow(id=own, measure="m", date=week(i), numerator=n, denominator=whole, **more))
    return made


def values(team: TeamMeasure) -> list[float]:
    assert team.finding is not None
    return [round(float(v), 6) for v in team.finding.y]


def test_nothing_typed_and_nothing_read_is_no_finding_and_no_error() -> None:
    team = team_measure(LATE, [])
    assert (team.finding, team.points, team.refusals) == (None, 0, ())


def test_rows_typed_in_are_a_series_in_order_of_time_and_in_the_unit_of_the_chart() -> None:
    typed = typed_in([*reversed(rows([9, 12, 10])), MeasureRow(id="x", measure="other", date=MONDAY, value=1)], "m")
    assert values(team_measure(LATE, typed)) == [9.0, 12.0, 10.0]


def test_fewer_than_ten_points_are_a_run_chart_that_says_it_cannot_be_judged() -> None:
    team = team_measure(LATE, rows([9, 12, 10, 11]))
    assert team.finding is not None and team.finding.few
    assert team.proposed == "run" and "There are 4 points so far" in team.why


def test_groups_are_shown_side_by_side_and_added_up_to_the_whole() -> None:
    team = team_measure(LATE, [*rows([10, 20], 100, group="7a"), *rows([5, 5], 50, group="7b")])
    assert values(team) == [10.0, pytest.approx(25 / 150 * 100, abs=1e-5)]
    assert team.parts is not None and [key[1:] for key in team.parts.series] == [("7a",), ("7b",)]


def test_a_row_without_a_group_is_the_whole_of_its_date() -> None:
    team = team_measure(LATE, [*rows([10], 100, group="7a"), *rows([30], 300)])
    assert values(team) == [10.0]


def test_where_rows_name_the_inquirys_site_the_others_do_not_count() -> None:
    typed = [*rows([10, 10], site="Ash"), *rows([90, 90], site="Oak")]
    assert values(team_measure(LATE, typed, site="ash")) == [10.0, 10.0]
    assert values(team_measure(LATE, typed, site="Elm")) == [50.0, 50.0]


def test_counts_of_sites_are_added_up_and_values_are_averaged() -> None:
    typed = [MeasureRow(id=s, measure="m", date=MONDAY, site=s, value=v) for s, v in (("a", 3), ("b", 5))]
    assert values(team_measure(replace(LATE, kind="count", unit=""), typed)) == [8.0]
    assert values(team_measure(replace(LATE, kind="mean", unit=""), typed)) == [4.0]


def test_a_sum_of_counts_one_of_which_is_not_known_is_left_out_with_its_reason() -> None:
    """A dip in the sum would else tell of an improvement that is none."""
    count = replace(LATE, kind="count", unit="")
    read = pd.DataFrame(
        [
            {"date": pd.Timestamp(str(week(i))), "site": s, "numerator": n, "left_out": ""}
            for i in range(12)
            for s, n in (("Hill", 5), ("Lake", 6), ("Moor", 7))
            if (i, s) not in {(3, "Moor"), (5, "Lake"), (5, "Moor"), (7, "Hill")}
        ]
    )
    gone = pd.DataFrame(
        [
            {"date": pd.Timestamp(str(week(i))), "site": s, "kind": k, "column": "late", "mark": "*", "count": 1}
            for i, s, k in (
                (3, "Moor", "suppressed"), (5, "Lake", "missing"), (5, "Moor", "censored"), (7, "Hill", "not_applicable"),
            )
        ]
    )  # fmt: skip
    team = team_measure(count, [], read, missing=gone)
    finding = team.finding
    assert finding is not None
    assert [(str(t)[:10], why) for t, why in finding.left_out] == [
        (str(week(3)), "no number of Moor"),
        (str(week(5)), "no number of Lake, Moor"),
    ]
    assert team.points == 10 and set(values(team)) <= {18.0, 13.0, 11.0, 5.0}
    typed = [MeasureRow(id="t", measure="m", date=week(3), site="Moor", value=7)]
    again = team_measure(count, typed, read, missing=gone).finding
    assert again is not None and [str(t)[:10] for t, _ in again.left_out] == [str(week(5))]
    only = team_measure(count, [], read, missing=gone, site="Hill").finding
    assert only is not None and not only.left_out


def file_rows(numbers: list[int]) -> pd.DataFrame:
    dates = pd.to_datetime([str(week(i)) for i in range(len(numbers))])
    return pd.DataFrame({"date": dates, "site": "Ash", "numerator": numbers, "denominator": 100, "left_out": ""})


def test_a_row_typed_in_stands_for_the_files_row_of_its_date_and_that_is_said() -> None:
    team = team_measure(LATE, rows([50]), file_rows([10, 11, 12]))
    assert values(team) == [50.0, 11.0, 12.0]
    assert "1 rows of the file are replaced by rows typed in for the same date." in team.notes


def test_values_typed_beside_a_file_of_counts_are_left_out_and_that_is_said() -> None:
    typed = [MeasureRow(id="v", measure="m", date=week(5), value=12)]
    team = team_measure(LATE, typed, file_rows([10, 11, 12]))
    assert values(team) == [10.0, 11.0, 12.0] and "not shown" in team.notes[0]


def test_a_date_typed_in_twice_is_said() -> None:
    twice = [*rows([10, 11]), replace(rows([12])[0], id="again")]
    assert any("Typed in twice" in note and str(MONDAY) in note for note in team_measure(LATE, twice).notes)


def test_a_part_larger_than_its_whole_is_left_out_with_its_reason() -> None:
    team = team_measure(LATE, rows([10, 120, 11]))
    assert values(team) == [10.0, 11.0]
    assert team.finding is not None and [why for _, why in team.finding.left_out] == [
        "the part is larger than the whole"
    ]


ALARM = MeasureExcluded(id="e", date=week(4), reason="Fire alarm")
NUMBERS = [10, 12, 9, 11, 60, 10, 12, 9, 11, 10, 12, 9, 11, 4, 5, 4, 3, 5, 4, 3, 4, 5, 4]
WITHOUT = [r for i, r in enumerate(rows(NUMBERS)) if i != 4]


def lines(team: TeamMeasure) -> dict[str, str]:
    assert team.finding is not None
    f = team.finding
    return {name: repr(getattr(f, name)) for name in ("x", "y", "cl", "lcl", "ucl", "baseline", "phase", "runs")}


@pytest.mark.parametrize("chart", ["run", "i", "p", "pp"])
@pytest.mark.parametrize("phases", [(), (MeasurePhases(start=week(13), recalculate=True),)], ids=["frozen", "phases"])
@pytest.mark.parametrize("from_a_file", [True, False], ids=["file", "typed"])
def test_lines_and_runs_are_those_of_the_series_without_a_point_that_the_team_leaves_out(
    chart: Any, from_a_file: bool, phases: tuple[MeasurePhases, ...]
) -> None:
    asked = replace(LATE, chart=chart, baseline=MeasureBaseline(until=week(12)), phases=phases)
    without = lines(team_measure(asked, WITHOUT, site="Ash"))
    asked = replace(asked, excluded=(ALARM,))
    read = file_rows(NUMBERS) if from_a_file else None
    team = team_measure(asked, [] if from_a_file else rows(NUMBERS), read, site="Ash")
    assert lines(team) == without
    assert team.finding is not None and team.finding.left_out == ((np.datetime64(week(4), "s"), "Fire alarm"),)
    assert team.points == len(WITHOUT) and team.proposed == team_measure(LATE, WITHOUT).proposed


def test_a_date_is_left_out_of_every_group_that_is_shown_side_by_side() -> None:
    typed = [*rows([10, 20, 30], group="7a"), *rows([5, 5, 5], group="7b")]
    team = team_measure(replace(LATE, excluded=(replace(ALARM, date=week(1)),)), typed)
    assert values(team) == [7.5, 17.5]
    assert team.parts is not None
    assert [len(f.left_out) for f in team.parts.series.values()] == [1, 1]


def test_a_point_that_two_people_leave_out_has_both_reasons_and_one_without_a_reason_says_so() -> None:
    asked = replace(LATE, excluded=(ALARM, replace(ALARM, id="f", reason="A drill"), MeasureExcluded(date=week(1))))
    team = team_measure(asked, rows([10, 12, 11, 9, 40]))
    assert team.finding is not None
    assert [why for _, why in team.finding.left_out] == ["no reason given yet", "Fire alarm; A drill"]


def test_a_first_or_last_point_that_is_left_out_stays_on_the_chart() -> None:
    team = team_measure(replace(LATE, excluded=(ALARM,)), rows([10, 12, 11, 9, 40]))
    seen = shown(team)
    assert seen is not None and "30 Sep 2024: Fire alarm" in seen.drawings["hi"]
    assert [(r[0], r[-1]) for r in seen.table.rows][-1] == ("30 Sep 2024", "left out: Fire alarm")
    assert "1 week left out: 30 Sep 2024 (Fire alarm)." in seen.alt
    assert seen.lines[-1][1] == "Left out: 30 Sep 2024 (Fire alarm)."
    assert [d for d, _ in seen.held] == [str(week(i)) for i in range(4)]


def test_a_measure_all_of_whose_points_are_left_out_is_empty_and_no_error() -> None:
    asked = replace(LATE, excluded=tuple(MeasureExcluded(date=week(i), reason="Closed") for i in range(2)))
    assert team_measure(asked, rows([10, 12])).points == 0
    shown(team_measure(asked, rows([10, 12])))


def test_a_date_that_fits_no_point_is_named_with_the_nearest_one() -> None:
    tuesday = week(2) + dt.timedelta(days=1)
    asked = replace(LATE, excluded=(ALARM, replace(ALARM, date=tuesday)))
    assert team_measure(asked, rows(NUMBERS)).strays == ((tuesday, week(2)),)
    assert team_measure(asked, []).strays == ()


def test_what_a_chosen_chart_cannot_draw_is_a_sentence_and_no_chart() -> None:
    team = team_measure(
        replace(LATE, kind="scale", chart="p"), [replace(r, denominator=None) for r in rows([3, 5] * 6)]
    )
    assert team.finding is None and len(team.refusals) == 1


def test_a_baseline_without_points_is_said_and_the_chart_is_drawn_without_it() -> None:
    early = replace(LATE, baseline=MeasureBaseline(until=dt.date(2020, 1, 1)))
    team = team_measure(early, rows([10, 12, 11] * 5))
    assert team.finding is not None and not team.finding.frozen
    assert "No point lies before 2020-01-01" in team.notes[0]


def test_a_long_run_asks_wheelers_questions_and_changes_no_line() -> None:
    frozen = replace(LATE, baseline=MeasureBaseline(points=12))
    team = team_measure(frozen, rows([10, 12, 9, 11, 10, 12, 9, 11, 10, 12, 9, 11, 4, 5, 4, 3, 5, 4, 3, 4, 5, 4]))
    assert [str(p.first)[:10] for p in team.phases] == [str(week(12))]
    assert team.finding is not None and len(set(team.finding.cl.round(6))) == 1


@pytest.mark.parametrize(
    ("kind", "chart"),
    [("proportion", "p"), ("count", "c"), ("mean", "i"), ("median", "run"), ("time_between", "t"), (None, "i")],
)
def test_the_proposed_chart_follows_the_kind_of_number_and_says_why(kind: Any, chart: str) -> None:
    measure = replace(LATE, kind=kind)
    typed = rows([3, 5, 4, 6, 4, 5, 3, 4, 6, 5, 4, 3])
    plain = [MeasureRow(id=r.id, measure="m", date=r.date, value=r.numerator) for r in typed]
    team = team_measure(measure, typed if kind == "proportion" else plain)
    assert team.proposed == chart and team.why


def test_another_chart_is_used_where_a_person_chose_one() -> None:
    team = team_measure(replace(LATE, chart="i"), rows([3, 5, 4, 6, 4, 5, 3, 4, 6, 5, 4, 3]))
    assert team.whole is not None and team.whole.chart == "i" and team.proposed == "p"


def test_a_rate_without_denominators_is_charted_as_single_values() -> None:
    series = to_series(
        pd.DataFrame({"date": pd.date_range("2024-09-02", periods=12, freq="7D"), "site": "Ash", "value": 0.5, "left_out": ""}),
        LATE,
    )  # fmt: skip
    assert recommended(series, LATE)[0] == "i"
