"""`inquirylab scan`: look through finished files before they leave."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

CLEAN, FOUND, UNREAD = 0, 1, 2


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True))
@click.option("--data", multiple=True, type=click.Path(exists=True, dir_okay=False),
              help="The unprotected cells (CSV); more than once for several releases, oldest first.")  # fmt: skip
@click.option("--min-n", default=10, show_default=True, type=click.IntRange(2), help="The smallest group in print.")
@click.option("--zeros", default="small", show_default=True, type=click.Choice(["small", "public"]))
@click.option("--by", multiple=True, help="A column of labels in the data (if not given: every column of words).")
@click.option("--count", "counts", multiple=True, help="A column of counts (if not given: all whole numbers).")
@click.option("--names", type=click.Path(exists=True, dir_okay=False), help="A local key file with people's names.")
@click.option("--json", "as_json", is_flag=True, help="For tools.")
def scan(
    paths: tuple[str, ...],
    data: tuple[str, ...],
    min_n: int,
    zeros: str,
    by: tuple[str, ...],
    counts: tuple[str, ...],
    names: str | None,
    as_json: bool,
) -> None:
    """Find hidden counts, what comes from them, small counts and names in finished files.

    Reads HTML with its charts' data, notebooks with outputs, widget state, metadata and parameters, CSV, JSON, SVG, PDF
    and file names. Exit status: 0 nothing found, 1 something found, 2 something cannot be read.
    """
    from inquirylab.publish.scan import read_names
    from inquirylab.publish.scan import scan as look

    people = read_names(Path(names)) if names else []
    found = look(paths, data, min_n=min_n, zeros=zeros, by=by or None, counts=counts or None, names=people)
    if as_json:
        click.echo(json.dumps([finding.to_dict() for finding in found], ensure_ascii=False, indent=1))
    else:
        for finding in found:
            click.echo(f"{finding.where}: {finding.what.removesuffix('.')}.")
        click.echo(f"{len(found)} finding{'' if len(found) == 1 else 's'}." if found else "Nothing found.")
    unread = any(finding.kind == "unreadable" for finding in found)
    sys.exit(UNREAD if unread else FOUND if found else CLEAN)
