"""`inquirylab report OUT`: write it anew in a form, or publish it, and say what came of it."""

from __future__ import annotations

from pathlib import Path

import click

from inquirylab.batch.report import publish_report, write_report
from inquirylab.errors import PrivacyError
from inquirylab.publish.authority import policy_of, read_authority
from inquirylab.publish.publication import Rules
from inquirylab.publish.report_copy import copy_report
from inquirylab.publish.report_forms import FORMS, HTML, write_form
from inquirylab.publish.scan import read_names

CLEAN, WITHHELD = 0, 1
MOST_SAID = 20


def report_and_say(out: str, form: str, target: str | None) -> None:
    """Write the index of a batch anew from its sites' data, then the file that was asked for."""
    page = write_report(out)
    if form != HTML:
        page = write_form(
            page.read_text(encoding="utf-8"), form, Path(target or page.with_name(f"report{FORMS[form]}"))
        )
    elif target:
        page = copy_report(page, Path(target))
    click.echo(f"Open the report: {page}")


def publish_and_say(
    out: str, dest: str, min_n: int | None, authority: str | None, names: str | None, within_sites: bool = False
) -> int:
    """Publish a batch and return the exit status: 0 published, 1 withheld."""
    said = read_authority(Path(authority)) if authority else {}
    if min_n is not None:
        policy_of(min_n, "small", said)  # a rule that may not be asked for is a matter of usage
    rules = Rules(min_n, authority=said, names=read_names(Path(names)) if names else (), within_sites=within_sites)
    try:
        made = publish_report(out, dest, rules)
    except PrivacyError as refused:
        click.echo(f"Withheld, nothing was written: {refused}", err=True)
        return WITHHELD
    if made.findings:
        for finding in made.findings[:MOST_SAID]:
            click.echo(f"{finding.where}: {finding.what}.", err=True)
        more = len(made.findings) - MOST_SAID
        click.echo(f"Withheld, nothing was written: {len(made.findings)} findings" + (f", {MOST_SAID} of them above." if more > 0 else "."),
                   err=True)  # fmt: skip
        return WITHHELD
    total = made.printed + made.hidden
    click.echo(
        f"{made.printed:,} of {total:,} rates are in print, none of a group below {made.min_n}; the scan found nothing."
    )
    click.echo(f"Open the published report: {made.folder / 'index.html'}")
    return CLEAN
