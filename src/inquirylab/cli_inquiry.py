"""The commands for one inquiry: new, check, record."""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from inquirylab.inquiry import Inquiry

OK, FINDINGS = 0, 1
CYCLES = ["lesson_study", "pdsa_cycle", "design_cycle"]


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path())
@click.option("--title", default=None, help="What the inquiry is called; the folder's name if not given.")
@click.option("--site", default=None, help="Where it is: a school, a course, a district.")
@click.option("--cycle", default=None, type=click.Choice(CYCLES), help="The kind of cycle the team runs first.")
@click.option("--language", default="en", show_default=True, help="Language of the questions: en or es.")
@click.option("--network", default=None, type=click.Path(), help="The inquiry folder of your hub, if it has one.")
def new(
    folder: str, title: str | None, site: str | None, cycle: str | None, language: str, network: str | None
) -> None:
    """Make a new inquiry in the folder DIR, with its notebooks."""
    from inquirylab.inquiry import create
    from inquirylab.templates import copy_notebooks

    with create(folder, title=title, site=site, cycle=cycle, language=language, network=network) as inquiry:
        notebooks = copy_notebooks(inquiry.folder.path)
        click.echo(f"{inquiry.folder.path}: a new inquiry. Next: {_first_step(inquiry)}")
        if notebooks:
            click.echo(f"Open {notebooks[0].name} there in JupyterLab.")


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="Findings as JSON, for tools.")
@click.pass_context
def check(ctx: click.Context, folder: str, as_json: bool) -> None:
    """Say what is missing in the inquiry DIR or could be better. Exit status 1 if there are findings."""
    with _opened(folder) as inquiry:
        findings = inquiry.findings()
        if as_json:
            click.echo(json.dumps([f.to_dict() for f in findings], ensure_ascii=False, indent=1, default=str))
        else:
            for f in findings:
                click.echo(str(f))
            counts = {s: sum(f.severity == s for f in findings) for s in ("error", "warning", "info")}
            click.echo(", ".join(f"{n} {s}{'' if n == 1 or s == 'info' else 's'}" for s, n in counts.items()))
            for node in inquiry.known().values():
                if node.signal:
                    click.echo(f"known: {node.label}: {node.sentence()}")
            for step in inquiry.next_steps()[:3]:
                click.echo(f"next: {step.where}: {step.sentence}")
    ctx.exit(FINDINGS if findings else OK)


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="The record as JSON; with --history, the history.")
@click.option("--markdown", is_flag=True, help="The record as Markdown.")
@click.option("--history", is_flag=True, help="Who changed what, when.")
@click.option("--import", "source", default=None, type=click.Path(), help="Merge another copy, or its record.json.")
@click.option("--redact", default=None, metavar="TEXT", help="Really remove a text, such as a child's name.")
@click.option("--why", default=None, help="Why the text is removed; it is kept, so do not repeat the text.")
@click.pass_context
def record(
    ctx: click.Context,
    folder: str,
    as_json: bool,
    markdown: bool,
    history: bool,
    source: str | None,
    redact: str | None,
    why: str | None,
) -> None:
    """Show the record of the inquiry DIR, merge another copy into it, or remove a text from it."""
    if (redact is None) != (why is None):
        raise click.UsageError("--redact TEXT and --why W go together.")
    if sum(map(bool, (markdown, history, source, redact))) > 1 or (as_json and markdown):
        raise click.UsageError("Choose one of --json, --markdown, --history, --import and --redact.")
    with _opened(folder) as inquiry:
        if source is not None:
            _import(inquiry, source)
        elif redact is not None and why is not None:
            ctx.exit(_redact(inquiry, redact, why))
        elif history:
            _history(inquiry, as_json)
        else:
            click.echo(inquiry.as_json() if as_json else inquiry.as_markdown(), nl=False)
            _say_names(inquiry, as_json)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="The terms as JSON, for tools.")
def glossary(as_json: bool) -> None:
    """Print the words of the field with their meaning and source, as Markdown."""
    from inquirylab.definitions.glossary import glossary as terms
    from inquirylab.reports.glossary_page import glossary_markdown

    told = [t._asdict() for t in terms()]
    click.echo(json.dumps(told, ensure_ascii=False, indent=1) if as_json else glossary_markdown(terms()), nl=as_json)


def report_story(folder: str, form: str, target: str | None) -> None:
    """Write the whole story of an inquiry and say where it is."""
    from inquirylab.publish.team_report import write_story

    with _opened(folder) as inquiry:
        written = write_story(inquiry, form, Path(target) if target else None)
        _say_names(inquiry, whole=False)
    click.echo(f"Open the report: {written}")


def _opened(folder: str) -> Inquiry:
    from inquirylab.inquiry import open as open_inquiry

    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        inquiry = open_inquiry(folder)
    for w in said:
        click.echo(f"inquirylab: {w.message}", err=True)
    return inquiry


def _import(inquiry: Inquiry, source: str) -> None:
    done = inquiry.import_(source)
    click.echo(f"{len(done.paths)} answer{'' if len(done.paths) == 1 else 's'} merged.")
    for path in done.conflicts:
        click.echo(f"to settle: {path}")
    for sentence in done.skipped:
        click.echo(f"skipped: {sentence}", err=True)


def _say_names(inquiry: Inquiry, whole: bool) -> None:
    held = inquiry.held_back()
    if held:
        one = len(held) == 1
        texts = "a text that may name a child" if one else f"{len(held)} texts that may name a child"
        how = "in it, for JSON is the whole record" if whole else "left out"
        click.echo(f"inquirylab: {texts} {'is' if one else 'are'} {how}; first at {next(iter(held))}.", err=True)


def _redact(inquiry: Inquiry, text: str, why: str) -> int:
    from inquirylab.store.redaction import NowhereError

    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always", UserWarning)
        try:
            left = inquiry.redact(text, why=why)
        except NowhereError as e:
            click.echo(f"inquirylab: {e}", err=True)
            return FINDINGS
    for w in said:
        click.echo(f"inquirylab: {w.message}", err=True)
    click.echo("The text is removed from the record, its logs and its past.")
    for name in left:
        click.echo(f"still in {name}: this file is yours to change", err=True)
    return FINDINGS if left else OK


def _history(inquiry: Inquiry, as_json: bool) -> None:
    changes: list[dict[str, Any]] = inquiry.history()
    if as_json:
        click.echo(json.dumps(changes, ensure_ascii=False, indent=1))
        return
    for c in changes:
        click.echo(f"{c['at'][:19].replace('T', ' ')}  {c['author']}  {_what(c)}")


def _what(change: Mapping[str, Any]) -> str:
    if stone := change.get("redacted"):
        one = stone["places"] == 1
        return f"redacted a text in {stone['places']} place{'' if one else 's'}: {stone['why']}"
    shown = [p for p in change["paths"] if "~" not in p] or change["paths"]
    more = f" and {len(shown) - 3} more" if len(shown) > 3 else ""
    return f"{', '.join(shown[:3])}{more}"


def _first_step(inquiry: Inquiry) -> str:
    steps = inquiry.next_steps()
    return steps[0].sentence if steps else "open it in a notebook."
