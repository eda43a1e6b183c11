"""From a site's file to what it says, as a notebook asks for it."""

from __future__ import annotations

from pathlib import Path

import pytest

import inquirylab
from inquirylab.errors import DataError
from tests.samples import late_rows


def test_a_fall_is_found_and_said(late_file: Path, late_measure: Path) -> None:
    progress = inquirylab.Progress("Elm", late_file, late_measure)
    assert "has been below its centre line" in progress.headline().markdown
    bundle = progress.chart()._repr_mimebundle_()
    assert set(bundle) == {"text/html", "text/markdown", "text/plain", "application/vnd.inquirylab.chart+json"}
    assert "<script" not in bundle["text/html"]


def test_every_part_has_words_for_places_without_html(late_file: Path, late_measure: Path) -> None:
    progress = inquirylab.Progress("Oak", late_file, [late_measure, late_measure])
    for part in (
        progress.headline(),
        progress.chart(),
        progress.words(),
        progress.other_measures(),
        progress.missing(),
    ):
        assert part.markdown.strip() and part.html.strip()


def test_a_site_that_is_not_in_the_file_is_refused_with_the_nearest_name(late_file: Path, late_measure: Path) -> None:
    with pytest.raises(DataError, match="Did you mean 'Elm'"):
        inquirylab.Progress("Elms", late_file, late_measure)


def test_wrong_rows_of_another_site_do_not_stop_this_one(late_file: Path, late_measure: Path) -> None:
    with late_file.open("a") as file:
        file.write("2024-01-08,Fir,300,200\n")
    assert inquirylab.Progress("Oak", late_file, late_measure).finding.site == "Oak"
    with pytest.raises(DataError, match="line 50"):
        inquirylab.Progress("Fir", late_file, late_measure)


def test_a_file_without_a_column_of_sites_is_all_this_sites(tmp_path: Path, late_measure: Path) -> None:
    late_measure.write_text(late_measure.read_text().replace('site = "school"\n', ""))
    rows = [",".join(row.split(",")[::2][:2] + row.split(",")[3:]) for row in late_rows("Oak")]
    (tmp_path / "oak.csv").write_text("\n".join(["week,late,enrolled", *rows]) + "\n")
    assert inquirylab.Progress("Oak", tmp_path / "oak.csv", late_measure).finding.last == 23


def test_no_measure_is_refused(late_file: Path) -> None:
    with pytest.raises(DataError, match="No measure was named"):
        inquirylab.Progress("Oak", late_file, [])


def test_hostile_text_is_text_everywhere(late_measure: Path, tmp_path: Path) -> None:
    name = "<script>alert(1)</script>|*_`"
    (tmp_path / "late.csv").write_text("\n".join(["week,school,late,enrolled", *late_rows(name)]) + "\n")
    progress = inquirylab.Progress(name, tmp_path / "late.csv", late_measure)
    for part in (progress.headline(), progress.chart(), progress.words(), progress.missing()):
        assert "<script>" not in part.html and "<script>" not in part.markdown
