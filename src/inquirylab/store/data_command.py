"""`inquirylab data FILE`: what was recognised in a file, and how a measure would read it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from inquirylab.store.site_data.proposing import Proposal


@click.command("data")
@click.argument("place", metavar="FILE")
@click.option("--measure", "measure_file", metavar="FILE.toml", help="Read the data as this measure says, and report.")
@click.option("--query", metavar="TABLE|SELECT", help="For a database: the table, or a query.")
@click.option("--out", metavar="FILE.toml", help="Write the proposal to this file; one that exists is not overwritten.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def data_command(place: str, measure_file: str | None, query: str | None, out: str | None, as_json: bool) -> None:
    """Show what is recognised in a data file, folder or database, or at an address, and propose how a measure reads it.

    With --measure: read it as the measure says, and report what is missing, of which kind, and what that does.
    """
    from inquirylab.errors import InquiryError

    try:
        said = _report(place, measure_file) if measure_file else _proposal(place, query, out)
    except InquiryError as e:
        click.echo(str(e), err=True)
        sys.exit(2)
    click.echo(json.dumps(said[0], ensure_ascii=False, indent=2, default=str) if as_json else said[1])


def _report(place: str, measure_file: str) -> tuple[dict[str, Any], str]:
    from inquirylab.store.measure_file import read_measure
    from inquirylab.store.site_data import read_site_data
    from inquirylab.store.site_data.report import report_of

    measure = read_measure(measure_file)
    report = report_of(read_site_data(place, measure), measure)
    kinds = report.by_kind.to_dict("records")
    lines = [*report.sentences]
    if kinds:
        lines += [
            "",
            *(f"  {k['kind']:<15} {k['column']:<40} {k['mark'] or 'blank':<20} {k['count']:>9,}" for k in kinds),
        ]
    return {"sentences": report.sentences, "missing": kinds}, "\n".join(lines)


def _proposal(place: str, query: str | None, out: str | None) -> tuple[dict[str, Any], str]:
    from inquirylab.errors import DataError
    from inquirylab.store.site_data.proposing import propose

    proposal = propose(place, query)
    text = _table(proposal) + "\n\n" + _tried(place, proposal) + "\n\n" + proposal.toml
    if out:
        try:
            with Path(out).open("x", encoding="utf-8") as stream:
                stream.write(proposal.toml)
        except OSError as e:
            raise DataError("The proposal cannot be written", where=out, found=e.strerror or "") from e
        text += f"\nWritten to {out}."
    columns = [
        {"name": c.name, "is": c.role, "form": c.form, "distinct": c.distinct, "examples": c.examples,
         "marks": {m: {"means": kind, "count": n} for m, (kind, n) in c.marks.items()}}
        for c in proposal.recognised.columns
    ]  # fmt: skip
    found = proposal.recognised
    return {
        "file": found.sheet.file, "sheet": found.sheet.sheet, "header_line": found.header.above,
        "title": found.header.title, "rows": found.rows, "columns": columns, "notes": proposal.notes,
        "measure": proposal.toml,
    }, text  # fmt: skip


def _table(proposal: Proposal) -> str:
    found = proposal.recognised
    lines = [
        f"{found.sheet.name}: header in line {found.header.above}, {found.rows:,} rows, {len(found.columns)} columns"
    ]
    lines += [f"  above it: {t[:100]}" for t in found.header.title[:4]]
    for c in found.columns:
        marks = ", ".join(
            f"{m or 'blank'} = {(kind or 'NOT KNOWN').replace('_', ' ')} ({n:,})"
            for m, (kind, n) in list(c.marks.items())[:5]
        )
        what = f"{c.role} ({c.form})" if c.form else c.role
        lines.append(f"  {c.name[:44]:<44} {what:<20} {marks or ', '.join(c.examples)[:70]}")
    return "\n".join([*lines, *(f"Note: {note}" for note in proposal.notes)])


def _tried(place: str, proposal: Proposal) -> str:
    """Say what reading with the proposal gives: rows, or what is still wrong."""
    from inquirylab.errors import InquiryError
    from inquirylab.store.site_data import read_site_data
    from inquirylab.store.site_data.report import report_of

    try:
        measure = proposal.measure()
        return "Read so: " + "\n".join(report_of(read_site_data(place, measure), measure).sentences)
    except InquiryError as e:
        return f"Read so, it is refused: {e}"
