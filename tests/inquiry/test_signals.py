"""What the measures of a record say now, at the nodes of its theory: from files beside it and from rows typed in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import inquirylab
from inquirylab.cli_inquiry import check

# Twelve weeks at 10 and 12 in turn, twelve at 4 and 6: a run of twelve below the centre line, and still going on.
LATE = [10, 12] * 6 + [4, 6] * 6
START = dt.date(2024, 1, 8)


def week(i: int) -> str:
    return (START + dt.timedelta(7 * i)).isoformat()


@pytest.fixture
def inq(tmp_path: Path) -> Iterator[inquirylab.Inquiry]:
    with inquirylab.create(tmp_path / "late", title="Late", site="Elm", author="Ana") as made:
        yield made


def with_measure(inq: inquirylab.Inquiry, **fields: object) -> tuple[str, str]:
    """Add a driver and its measure; return their ids."""
    driver = inq.add("driver_diagram.drivers", {"label": "Mornings at home", "level": 1})
    form = {
        "name": "Late arrivals",
        "kind": "count",
        "direction": "down",
        "frequency": "week",
        "chart": "i",
        "node": driver,
    }
    return driver, inq.add("measures", {**form, **fields})


def type_in(inq: inquirylab.Inquiry, measure: str, first: int = 0, last: int = 24) -> None:
    for i in range(first, last):
        inq.add("measure_data", {"measure": measure, "date": week(i), "site": "Elm", "numerator": LATE[i]})


def written(inq: inquirylab.Inquiry, last: int = 24, sites: tuple[str, ...] = ("Elm", "Oak")) -> None:
    rows = "".join(f"{week(i)},{s},{LATE[i] if s == 'Elm' else 7 + i % 2}\n" for s in sites for i in range(last))
    (inq.folder.path / "data" / "late.csv").write_text(f"week,school,late\n{rows}", encoding="utf-8")


DATA = {"files": ["late.csv"], "date": ["week"], "site": "school", "numerator": "late"}


def test_rows_typed_in_are_charted_and_the_signal_stands_at_the_driver(inq: inquirylab.Inquiry) -> None:
    driver, measure = with_measure(inq)
    assert inq.known()[driver].signal == "" and inq.known()[driver].sentence().endswith("No signal yet.")
    type_in(inq, measure)
    signal = inq.signals()[measure]
    assert signal.words == "Late arrivals has been below its centre line for 12 weeks, since 1 Apr 2024."
    assert signal.since is not None and dt.date(2024, 4, 1) < signal.since <= dt.date(2024, 6, 17)
    assert inq.known()[driver].signal == signal.words
    steps = [s for s in inq.next_steps() if s.where == f"measures.{measure}"]
    assert steps[0].sentence.startswith("At “Mornings at home”: Late arrivals has been below its centre line")
    assert inq.known({measure: "My own words."})[driver].signal == "My own words."


def test_rows_of_the_inquirys_site_are_read_from_its_data_folder(inq: inquirylab.Inquiry) -> None:
    driver, measure = with_measure(inq, data=DATA)
    written(inq)
    assert "below its centre line for 12 weeks" in inq.known()[driver].signal
    inq.set("about.site", "Oak")
    assert inq.signals()[measure].words == "Late arrivals: no signal of change."
    assert inq.signals()[measure].since is None


def test_a_measure_file_of_the_same_name_says_how_the_data_are_read(inq: inquirylab.Inquiry) -> None:
    driver, _ = with_measure(inq)
    written(inq)
    toml = 'name = "late arrivals"\nkind = "count"\n[data]\ndate = ["week"]\nsite = "school"\nnumerator = "late"\n'
    (inq.folder.path / "data" / "late.toml").write_text(toml, encoding="utf-8")
    assert "below its centre line for 12 weeks" in inq.known()[driver].signal


def test_rows_typed_in_complete_what_a_file_does_not_have(inq: inquirylab.Inquiry) -> None:
    driver, measure = with_measure(inq, data=DATA)
    written(inq, last=18)
    type_in(inq, measure, first=18)
    assert "below its centre line for 12 weeks" in inq.known()[driver].signal


def test_a_new_file_is_seen_without_opening_anew(inq: inquirylab.Inquiry) -> None:
    driver, _ = with_measure(inq, data=DATA)
    written(inq, last=8)
    assert inq.known()[driver].signal == "Late arrivals: too few points to judge."
    written(inq)
    assert "below its centre line" in inq.known()[driver].signal


def test_data_that_cannot_be_used_are_one_finding_and_stop_nothing(inq: inquirylab.Inquiry) -> None:
    driver, measure = with_measure(inq, data={**DATA, "numerator": "lates"})
    written(inq)
    found = [f for f in inq.findings() if f.id == "ME06"]
    assert len(found) == 1 and found[0].where == f"measures.{measure}.data" and "Did you mean 'late'" in found[0].cure
    assert inq.known()[driver].signal == "" and inq.next_steps()


def test_a_date_to_be_left_out_that_fits_no_point_is_one_finding_with_the_nearest_point(
    inq: inquirylab.Inquiry,
) -> None:
    _, measure = with_measure(inq)
    type_in(inq, measure)
    right = {"date": week(3), "reason": "Fire alarm"}
    wrong = {"id": "tuesday", "date": "2024-01-30", "reason": "Fire alarm"}
    for point in (right, wrong):
        inq.add(f"measures.{measure}.excluded", point)
    (found,) = (f for f in inq.findings() if f.id == "ME07")
    assert str(found) == (
        f"warning ME07 measures.{measure}.excluded.tuesday: “Late arrivals” leaves out 2024-01-30, but has no point on "
        "that date. Name the date of a point, such as 2024-01-29, or remove this one."
    )
    inq.remove(found.mends[0].path)
    assert [f for f in inq.findings() if f.id == "ME07"] == []


def test_check_says_what_is_known(inq: inquirylab.Inquiry) -> None:
    _, measure = with_measure(inq)
    type_in(inq, measure)
    output = CliRunner().invoke(check, [str(inq.folder.path)]).output
    assert "known: Mornings at home: Nobody tests this yet. Late arrivals has been below its centre line" in output
