"""A data file and the measure that reads it, as many tests of readers need them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from inquirylab.record.types import Measure, MeasureData


def measure(kind: str = "count", **data: Any) -> Measure:
    return Measure(name="Late", kind=kind, data=MeasureData(**data))  # type: ignore[arg-type]


def text_file(folder: Path, text: str, name: str = "late.csv", encoding: str = "utf-8") -> Path:
    file = folder / name
    file.write_bytes(text.encode(encoding))
    return file
