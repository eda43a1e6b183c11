"""A data file for a measure: kept, looked at, tried, and read from then on as a person confirmed it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inquirylab.definitions import Question, load_form, read_toml
from inquirylab.errors import DataError
from inquirylab.inquiry.measured import read_file
from inquirylab.record.answers import typed
from inquirylab.store.data_files import FOLDER, data_files, keep_data

if TYPE_CHECKING:
    from inquirylab.inquiry.inquiry import Inquiry

PREVIEW = 6
COLUMNS = 200


class DataChoice:
    """What a view asks of the inquiry's data files."""

    def __init__(self, inquiry: Inquiry) -> None:
        self.inquiry, self.folder = inquiry, inquiry.folder.path

    def files(self) -> list[str]:
        """Return the names of the data files of the inquiry."""
        return [p.name for p in data_files(self.folder)]

    def keep(self, name: str, content: bytes) -> str:
        """Keep a file in the inquiry's data folder; return the name that it has there."""
        self.inquiry.may_write()
        return keep_data(self.folder, name, content)

    def propose(self, file: str) -> dict[str, Any]:
        """Return what is recognised in a file: its columns, the declaration that follows, what to look at first."""
        from inquirylab.store.site_data.proposing import propose

        proposal = propose(self._place(file))
        found = proposal.recognised
        said = read_toml(proposal.toml.encode(), "proposal")
        columns = [
            {
                "name": c.name,
                "role": c.role,
                "form": c.form,
                "examples": [e[:60] for e in c.examples[:3]],
                "marks": [{"mark": m, "means": kind, "count": n} for m, (kind, n) in c.marks.items()],
            }
            for c in found.columns[:COLUMNS]
        ]
        data = {k: v for k, v in said["data"].items() if v not in ("?", ["?"])}
        return {
            "file": file,
            "sheet": found.sheet.sheet or "",
            "header_line": found.header.above,
            "rows": found.rows,
            "columns": columns,
            "notes": list(proposal.notes),
            "data": {**data, "files": [file]},
            "kind": said.get("kind", ""),
            "name": said.get("name", ""),
        }

    def try_out(self, measure: str, data: Mapping[str, Any]) -> dict[str, Any]:
        """Read a file as a declaration says and return rows to look at, what is missing, and what was refused."""
        found = self.inquiry.record_of_measure(measure)
        asked = replace(found, data=typed(load_form("measure"), {"data": dict(data)}, "the choices").data)
        read = read_file(self.folder / FOLDER, asked)
        rows: list[list[str]] = []
        names: list[str] = []
        if read.rows is not None:
            names = [c for c in read.rows.columns if c not in ("line", "left_out")]
            rows = [[_shown(v) for v in row] for row in read.rows[names].head(PREVIEW).itertuples(index=False)]
        missing: list[Any] = []
        if read.missing is not None and len(read.missing):
            counts = read.missing.groupby(["kind", "column", "mark"], dropna=False)["count"].sum().reset_index()
            missing = counts.assign(count=counts["count"].astype(int)).to_dict("records")
        return {
            "names": names,
            "rows": rows,
            "count": 0 if read.rows is None else len(read.rows),
            "missing": missing,
            "notes": list(read.notes),
            "refusals": list(read.refusals),
        }

    def read_so(self, measure: str, data: Mapping[str, Any], kind: str = "", name: str = "") -> None:
        """Write into the record how a measure reads its data; answers that are there and not named are emptied.

        Raises
        ------
        RecordError
            The declaration does not fit the measure form, or it could not be saved.
        """
        found = self.inquiry.record_of_measure(measure)
        typed(load_form("measure"), {"data": dict(data)}, "the choices")
        path = f"measures.{measure}"
        group = load_form("measure").question("data")
        for question in group.questions if group else ():
            self._answer(f"{path}.data.{question.id}", question, data.get(question.id))
        if kind and not found.kind:
            self.inquiry.set(f"{path}.kind", kind)
        if name and not found.name:
            self.inquiry.set(f"{path}.name", name)

    def _answer(self, path: str, question: Question, value: Any) -> None:
        """Set one answer so that it is exactly this afterwards: lists too, which else only grow."""
        before = self.inquiry.get(path)
        if value is None and before is None:
            return
        if question.kind == "list" and not question.item:
            for item in before if isinstance(before, Mapping) else ():
                self.inquiry.remove(f"{path}.{item}")
            for fields in value or ():
                self.inquiry.add(path, fields)
        elif question.kind == "list":
            kept = list(before.values()) if isinstance(before, Mapping) else []
            if kept != list(value or ()):
                self.inquiry.set(path, list(value or ()), base=kept)
        elif before != value:
            self.inquiry.set(path, value)

    def _place(self, file: str) -> Path:
        if file not in self.files():
            raise DataError("There is no such data file", where=file, cure="Drop it in once more.")
        return self.folder / FOLDER / file


def _shown(value: Any) -> str:
    if hasattr(value, "date"):
        return str(value.date())
    return f"{value:g}" if isinstance(value, float) else str(value)
