"""Named columns of a file, read without a measure file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from inquirylab.errors import DataError
from inquirylab.store.plain_table import read_columns


def written(folder: Path, text: str) -> Path:
    file = folder / "data.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_dates_with_the_day_first_are_dates(tmp_path: Path) -> None:
    file = written(tmp_path, "week,late\n03/02/2025,5\n24/02/2025,7\n")
    assert read_columns(file, numbers=["late"], x="week")["week"].tolist() == list(
        pd.to_datetime(["2025-02-03", "2025-02-24"])
    )


def test_dates_that_could_be_two_stay_text(tmp_path: Path) -> None:
    file = written(tmp_path, "week,late\n03/02/2025,5\n05/02/2025,7\n")
    assert read_columns(file, numbers=["late"], x="week")["week"].tolist() == ["03/02/2025", "05/02/2025"]


def test_a_known_mark_is_missing_and_never_zero(tmp_path: Path) -> None:
    file = written(tmp_path, "week,late\n1,*\n2,7\n3,\n")
    values = read_columns(file, numbers=["late"], x="week")["late"].tolist()
    assert np.isnan(values[0])
    assert np.isnan(values[2])
    assert values[1] == 7


def test_a_stranger_among_numbers_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"line 3, column 'late'.*'seven'"):
        read_columns(written(tmp_path, "week,late\n1,5\n2,seven\n"), numbers=["late"], x="week")


def test_an_unknown_column_has_a_suggestion(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="Did you mean 'late'"):
        read_columns(written(tmp_path, "week,late\n1,5\n"), numbers=["lates"], x="week")


def test_excel_is_read_too(tmp_path: Path) -> None:
    pytest.importorskip("openpyxl")
    file = tmp_path / "data.xlsx"
    pd.DataFrame({"week": [1, 2], "late": [5, 7]}).to_excel(file, index=False)
    assert read_columns(file, numbers=["late"], x="week")["late"].tolist() == [5, 7]
