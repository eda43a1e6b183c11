"""The published numbers as files for other people's tools: CSV, and a JSON schema that says what each column is."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pandas as pd

from inquirylab.charts.words import NOUNS
from inquirylab.findings.published import EVERY, Protected
from inquirylab.publish.files import write_atomically
from inquirylab.publish.protecting import period_key
from inquirylab.record.shown_text import in_cell
from inquirylab.series import multiplier

OWN = ("site", "period", "numerator", "denominator", "value", "in_print")


def write_numbers(folder: Path, protected: Protected, number: int) -> list[tuple[str, str]]:
    """Write the rows of one pool; return (name of the file, what it is) of each."""
    stem = "numbers" if not number else f"numbers-{number + 1}"
    columns = _columns(protected)
    table = number_rows(protected)
    lines = io.StringIO()
    out = csv.writer(lines, lineterminator="\r\n")
    out.writerow(in_cell(str(c)) for c in columns)
    for row in table.itertuples(index=False):
        out.writerow(in_cell(cell) if isinstance(cell, str) else cell for cell in row)
    write_atomically(folder / f"{stem}.csv", lines.getvalue())
    schema = _schema(protected, columns, f"{stem}.csv")
    write_atomically(folder / f"{stem}.schema.json", json.dumps(schema, ensure_ascii=False, indent=1) + "\n")
    what = f"{protected.pool.measure.name or 'the measure'}, every site, group, total and period: {len(table):,} rows"
    return [(f"data/{stem}.csv", what), (f"data/{stem}.schema.json", "what its columns are")]


def _columns(protected: Protected) -> dict[str, str]:
    """Return the column of the file -> that of the table."""
    groups = {f"{g} (group)" if g in OWN else g: g for g in protected.groups}
    numbers = ["numerator", "denominator"] if protected.shape != "count" else ["numerator"]
    return {
        "site": "site",
        **groups,
        "period": "x",
        **{n: n for n in numbers},
        **({"value": "value"} if protected.shape != "count" else {}),  # else the count is the value
        "in_print": "published",
    }


def number_rows(protected: Protected) -> pd.DataFrame:
    """Return the rows as they are written: text where there is text, nothing where a number is hidden."""
    table, unit = protected.table, multiplier(protected.measure)
    rate = table["numerator"].astype("Float64")
    if protected.shape != "count":
        rate = rate / table["denominator"].astype("Float64")
    shown = table["published"].to_numpy(dtype=bool)
    out = pd.DataFrame({name: table.get(column) for name, column in _columns(protected).items()})
    out["period"] = [period_key(x) for x in table["x"]]
    if "value" in out.columns:
        out["value"] = [f"{v * unit:.6g}" if on else "" for v, on in zip(rate, shown, strict=True)]
    out["in_print"] = ["yes" if on else "no" for on in shown]
    for name in ("numerator", "denominator"):
        if name in out.columns:
            out[name] = ["" if pd.isna(v) else f"{v:g}" if v != int(v) else str(int(v)) for v in out[name]]
    by = ["site", *(c for c in out.columns if c not in OWN)]
    out[by] = out[by].astype(str)
    return out.sort_values([*by, "period"], kind="stable").reset_index(drop=True)


def _schema(protected: Protected, columns: dict[str, str], file: str) -> dict[str, Any]:
    measure = protected.pool.measure
    hidden = "empty where it is hidden"
    noun = NOUNS.get(measure.frequency or "", "point")
    says = {
        "site": f"The site; {EVERY} for all sites of which every number of the period is known.",
        "period": f"The first day of the {noun}.",
        "numerator": f"{measure.numerator or measure.name or 'The count'}; {hidden}.",
        "denominator": f"{measure.denominator or 'How many there are'}; {hidden}.",
        "value": f"{measure.name or 'The measure'}{', ' + measure.unit if measure.unit else ''}; {hidden}.",
        "in_print": "Whether the value is in print. Why one is not is never said.",
    }
    kinds: dict[str, dict[str, Any]] = {
        "period": {"type": "string", "format": "date"},
        "numerator": {"type": ["integer", "number", "null"], "minimum": 0},
        "denominator": {"type": ["integer", "null"], "minimum": 0},
        "value": {"type": ["number", "null"]},
        "in_print": {"type": "string", "enum": ["yes", "no"]},
    }
    properties = {
        name: {"description": says.get(name, f"The group by {name}; {EVERY} for all groups together."),
               **kinds.get(name, {"type": "string"})}
        for name in columns
    }  # fmt: skip
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{measure.name or 'The measure'}: published numbers ({file})",
        "description": "One row of the file. Text that a spreadsheet could take for a formula begins with an apostrophe.",
        "type": "object",
        "properties": properties,
        "required": list(columns),
        "additionalProperties": False,
    }
