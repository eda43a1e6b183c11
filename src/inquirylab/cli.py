"""The command line: thin. Each command loads what it needs when it runs."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from inquirylab import __version__
from inquirylab.cli_inquiry import check, glossary, new, record, report_story
from inquirylab.errors import InquiryError
from inquirylab.publish.chart_command import chart_command, funnel_command
from inquirylab.publish.report_forms import FORMS, form_of
from inquirylab.publish.scan_command import scan
from inquirylab.store.data_command import data_command

OK, FINDINGS, USAGE = 0, 1, 2


class Commands(click.Group):
    """Turns our errors into one sentence and exit status 2."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except InquiryError as e:
            click.echo(f"inquirylab: {e}", err=True)
            ctx.exit(USAGE)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="inquirylab")
def main() -> None:
    """Define a problem, draw a theory, run cycles, and see from data whether things got better."""


for command in (new, check, record, glossary, data_command, chart_command, funnel_command, scan):
    main.add_command(command)


@main.command()
@click.argument("template")
@click.argument("sites", type=click.Path())
@click.option("--out", required=True, type=click.Path(), help="Folder for the report.")
@click.option(
    "--workers", default=None, type=click.IntRange(1, 256), help="Sites at once; as many as processors if not given."
)
@click.option("--timeout", default=600, show_default=True, type=click.IntRange(1), help="Seconds that a cell may take.")
@click.option(
    "--engine",
    default="",
    type=click.Choice(["", "warm", "stock"]),
    help="warm forks its kernels; chosen if not given.",
)
@click.option("--scheduler", default="", help="Address of a Dask scheduler (tcp://…) whose workers run the sites.")
@click.option("--where", "where", default=None, help="Only the sites for which this holds: \"region == 'north'\".")
@click.option(
    "--memory-limit", default=None, type=click.IntRange(1), help="Megabytes that a notebook may use (warm engine)."
)
@click.option("--notify", default=None, help="Command to run at the end; the summary as JSON is its standard input.")
@click.option("--force", is_flag=True, help="Run also the sites for which nothing changed.")
@click.option("--limit", default=None, type=click.IntRange(1), help="Only the first so many sites.")
@click.option("--dry-run", is_flag=True, help="Show what would run, and run nothing.")
@click.option(
    "--progress",
    default="auto",
    type=click.Choice(["auto", "json", "none"]),
    help="A bar on a terminal, JSON lines, or nothing.",
)
def batch(template: str, sites: str, out: str, dry_run: bool, progress: str, **options: Any) -> None:
    """Run the notebook TEMPLATE for every site in the list SITES, then write one report.

    TEMPLATE is the stem of a template (progress) or a notebook's path. SITES is a CSV file with a column `site`; every
    other column is a parameter of the template. Relative paths start at the folder of SITES. Sites for which nothing
    changed since the last run are skipped; a batch that was interrupted goes on.
    """
    from inquirylab.batch.run import make_plan

    plan = make_plan(template, sites, options.pop("limit"), options.pop("where"))
    if dry_run:
        for job in plan.jobs:
            click.echo(f"{job.slug}: {json.dumps(dict(job.parameters), ensure_ascii=False)}")
        return
    sys.exit(_run(plan, Path(out), progress, **options))


def _run(plan: Any, out: Path, progress: str, **options: Any) -> int:
    """Run a plan with its progress shown, and say how it ended and where the report is."""
    import os

    from inquirylab.batch.run import Settings, run_batch

    options["workers"] = options.get("workers") or os.cpu_count() or 1
    options["memory_limit"] = 1_000_000 * (options.get("memory_limit") or 0) or None
    notify = options.pop("notify", None)
    with _watch(len(plan.jobs), progress) as ended:
        outcomes = run_batch(plan, out, Settings(**options), ended=ended, say=lambda s: click.echo(s, err=True))
    failed = [o for o in outcomes if o.outcome == "failed"]
    if progress != "json":
        for o in failed:
            click.echo(f"{_one_line(o.name)}: {o.happened}", err=True)
        click.echo(_summary(outcomes))
        click.echo(f"Open the report: {out / 'index.html'}")
    if notify:
        _notify(notify, outcomes, out)
    return FINDINGS if failed else OK


def _notify(command: str, outcomes: list[Any], out: Path) -> None:
    """Tell a command of the user's how the batch ended."""
    import subprocess

    told = {
        "out": str(out),
        "failed": [o.name for o in outcomes if o.outcome == "failed"],
        "summary": _summary(outcomes),
    }
    subprocess.run(command, shell=True, input=json.dumps(told, ensure_ascii=False), text=True, check=False)


def _summary(outcomes: list[Any]) -> str:
    """How many sites ended how, and what they cost."""
    count = {kind: sum(o.outcome == kind for o in outcomes) for kind in ("completed", "skipped", "failed")}
    text = f"{count['completed']} sites completed, {count['failed']} failed"
    text += f", {count['skipped']} unchanged and skipped." if count["skipped"] else "."
    spent = [o.cpu_seconds for o in outcomes if o.outcome != "skipped" and o.cpu_seconds]
    return f"{text} Processor time: {sum(spent):.0f} s, {sum(spent) / len(spent):.2f} s a site." if spent else text


def _one_line(name: str) -> str:
    """A name from a file, safe for a terminal: no control characters, not too long."""
    clean = "".join(c if c.isprintable() else " " for c in name)
    return clean if len(clean) <= 60 else clean[:59] + "…"


class _watch:  # noqa: N801 (used like a function)
    """Shows each outcome as it comes: a bar on a terminal, JSON lines for tools, or nothing."""

    def __init__(self, total: int, progress: str) -> None:
        self.total, self.progress, self.bar = total, progress, None

    def __enter__(self) -> Any:
        if self.progress == "json":
            return lambda o: click.echo(json.dumps(o.to_dict(), ensure_ascii=False))
        if self.progress == "auto" and sys.stderr.isatty():
            from tqdm import tqdm

            self.bar = tqdm(total=self.total, unit="site", dynamic_ncols=True)
        return self._advance

    def _advance(self, outcome: Any) -> None:
        if self.bar is not None:
            self.bar.set_postfix_str(_one_line(outcome.name), refresh=False)
            self.bar.update()

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.close()


@main.command()
@click.argument("folder", metavar="OUT|DIR", type=click.Path(exists=True, file_okay=False))
@click.option("--to", "form", default=None, type=click.Choice(list(FORMS)),
              help="Its form; what the ending of --out says if not given, else html.")  # fmt: skip
@click.option("--out", "target", default=None, type=click.Path(dir_okay=False),
              help="Write it to this file, to stand alone; else it lies in the folder.")  # fmt: skip
@click.option("--publish", default=None, metavar="DEST", help="Make a report that may leave the team, in this folder.")
@click.option("--min-n", default=None, type=click.IntRange(2), help="With --publish: the smallest group in print [10].")
@click.option("--authority", default=None, type=click.Path(exists=True, dir_okay=False),
              help="With --min-n below 5: a TOML file with who, when and why.")  # fmt: skip
@click.option("--names", default=None, type=click.Path(exists=True, dir_okay=False),
              help="With --publish: a local key file; no name in it may stand in the report.")  # fmt: skip
@click.option(
    "--within-sites", is_flag=True, help="With --publish: the groups of each site too; far more is hidden then."
)
def report(
    folder: str,
    form: str | None,
    target: str | None,
    publish: str | None,
    min_n: int | None,
    authority: str | None,
    names: str | None,
    within_sites: bool,
) -> None:
    """Write the report of the batch in OUT anew from its sites' data, or publish it; tell the story of the inquiry in DIR."""
    from inquirylab.batch.report_command import publish_and_say, report_and_say
    from inquirylab.store.inquiry_folder import TOML

    team = (Path(folder) / TOML).is_file()
    if publish:
        if team:
            raise click.UsageError("A team's story names people and small numbers: --publish DEST is for a batch.")
        if target or form in ("docx", "markdown"):
            raise click.UsageError(
                "A published report is its folder: pages, PDF and numbers. Leave --to and --out away."
            )
        sys.exit(publish_and_say(folder, publish, min_n, authority, names, within_sites))
    if min_n or authority or names or within_sites:
        raise click.UsageError("--min-n, --authority, --names and --within-sites belong to --publish DEST.")
    form = form or form_of(target)
    if target and Path(target).suffix.casefold() in set(FORMS.values()) - {FORMS[form]}:
        raise click.UsageError(
            f"--to {form} and --out {Path(target).name} do not agree: end its name in {FORMS[form]}."
        )
    (report_story if team else report_and_say)(folder, form, target)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="For tools.")
def templates(as_json: bool) -> None:
    """List the notebook templates and the parameters that each takes."""
    from inquirylab.templates import list_templates, parameters

    found = {}
    for stem, path in list_templates().items():
        takes = parameters(json.loads(path.read_text(encoding="utf-8")), path.name)
        found[stem] = {
            "file": path.name,
            "parameters": {p.name: None if p.required else p.default for p in takes.values()},
        }
    if as_json:
        click.echo(json.dumps(found, indent=1))
        return
    for stem, about in found.items():
        click.echo(f"{stem} ({about['file']}): {', '.join(about['parameters'])}")


@main.command()
@click.argument("folder", default="inquirylab-demo", type=click.Path())
@click.option("--sites", default=None, type=click.IntRange(1), help="Only the first so many sites.")
@click.option("--workers", default=None, type=click.IntRange(1, 256), help="Sites at once.")
@click.option("--progress", default="auto", type=click.Choice(["auto", "json", "none"]))
def demo(folder: str, sites: int | None, workers: int | None, progress: str) -> None:
    """Run the England example: weekly school attendance, one notebook for each local authority, one report.

    FOLDER receives the data, the measures, the list of sites, and the report. The data are real: contains public sector
    information licensed under the Open Government Licence v3.0 (Department for Education).
    """
    from inquirylab.batch.run import make_plan
    from inquirylab.examples import copy_example

    place = copy_example("england", folder)
    click.echo(
        "Weekly attendance in England's secondary schools (Department for Education, Open Government Licence v3.0)."
    )
    sys.exit(_run(make_plan("progress", place / "sites.csv", sites), place / "report", progress, workers=workers))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="For tools.")
def doctor(as_json: bool) -> None:
    """Say whether everything that inquirylab needs is here."""
    from inquirylab.doctor import examine

    checks = examine()
    if as_json:
        click.echo(json.dumps([c.to_dict() for c in checks], indent=1))
    else:
        for c in checks:
            click.echo(f"{'ok ' if c.ok else 'NO '} {c.subject}: {c.found}{'' if c.ok else ' ' + c.cure}")
    sys.exit(OK if all(c.ok for c in checks) else FINDINGS)
