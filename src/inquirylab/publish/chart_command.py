"""`inquirylab chart` and `inquirylab funnel`: from a data file to a chart, useful on its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

YEARS = range(1900, 2101)


@click.command("chart")
@click.argument("data", type=click.Path())
@click.option("--x", required=True, metavar="COL", help="Date or order.")
@click.option("--y", required=True, metavar="COL", help="Value or numerator.")
@click.option("--n", default=None, metavar="COL", help="Denominator.")
@click.option("--by", multiple=True, metavar="COL", help="One series for each value; may be repeated.")
@click.option(
    "--chart",
    "kind",
    default=None,
    metavar="KIND",
    help="run i mr xbar s p pp u up c g t ip; chosen from the data if not given.",
)
@click.option("--freeze", default=None, metavar="N|DATE", help="Lines from the first N points, or up to a date.")
@click.option("--phase", multiple=True, metavar="DATE|LABEL", help="The last point of a phase; may be repeated.")
@click.option("--exclude", multiple=True, metavar="DATE", help="A point to leave out of the lines; may be repeated.")
@click.option("--target", default=None, type=float, help="A target, drawn and compared.")
@click.option("--improvement", default=None, type=click.Choice(["up", "down"]), help="Where better is.")
@click.option("--multiply", default=1.0, show_default=True, help="Show y times this: 100 for per cent.")
@click.option(
    "--rules", multiple=True, metavar="NAME", help="anhoej (default), run-chart, mdc, western_electric, nelson."
)
@click.option("--json", "as_json", is_flag=True, help="Print points, summary and signals as JSON.")
@click.option("--out", default=None, type=click.Path(path_type=Path), metavar="FILE", help="FILE.html, .svg or .png.")
def chart_command(
    data: str,
    x: str,
    y: str,
    n: str | None,
    by: tuple[str, ...],
    kind: str | None,
    freeze: str | None,
    phase: tuple[str, ...],
    exclude: tuple[str, ...],
    target: float | None,
    improvement: Any,
    multiply: float,
    rules: tuple[str, ...],
    as_json: bool,
    out: Path | None,
) -> None:
    """Draw a run or control chart of DATA (CSV, Excel or Parquet), for one series or thousands."""
    from inquirylab.spc import analyse, choose_chart, describe_signals
    from inquirylab.store.plain_table import read_columns

    frame = read_columns(data, numbers=[y, *([n] if n else [])], texts=by, x=x)
    chosen = None
    if kind is None:
        chosen = choose_chart(frame, x, y, n=n, by=by)
        kind = chosen.chart
    analysis = analyse(
        frame,
        x,
        y,
        n=n,
        by=by,
        chart=kind,
        freeze=_position(freeze),
        phases=[_position(p) for p in phase] or None,
        exclude=[_position(e) for e in exclude] or None,
        target=target,
        improvement=improvement,
        multiply=multiply,
        rules=rules or ("anhoej",),
    )
    if out is not None:
        from inquirylab.publish.chart_file import write_chart

        click.echo(str(write_chart(analysis, out)))
    if as_json:
        click.echo(
            _json(
                {
                    "chart": analysis.chart,
                    "why": chosen.sentence if chosen else "",
                    "rules": list(analysis.rules),
                    "points": analysis.points,
                    "summary": analysis.summary,
                    "signals": analysis.signals,
                    "sentences": describe_signals(analysis),
                }
            )
        )
    elif out is None:
        from inquirylab.charts.analysis_chart import chart_title
        from inquirylab.charts.analysis_table import signal_sentences

        click.echo(chart_title(analysis))
        for sentence in signal_sentences(analysis):
            click.echo(sentence)


@click.command("funnel")
@click.argument("data", type=click.Path())
@click.option("--unit", required=True, metavar="COL", help="School, class, site.")
@click.option("--numerator", required=True, metavar="COL")
@click.option("--denominator", required=True, metavar="COL")
@click.option("--kind", default="proportion", type=click.Choice(["proportion", "rate", "ratio"]), show_default=True)
@click.option("--overdispersion", is_flag=True, help="Widen the limits by the variance between units.")
@click.option(
    "--x",
    default=None,
    metavar="COL",
    help="Dates: needed to tell whether units are stable; with them a funnel of changing units is refused, and says why.",
)
@click.option("--json", "as_json", is_flag=True, help="Print units and limits as JSON.")
@click.option("--out", default=None, type=click.Path(path_type=Path), metavar="FILE", help="FILE.html, .svg or .png.")
def funnel_command(
    data: str,
    unit: str,
    numerator: str,
    denominator: str,
    kind: Any,
    overdispersion: bool,
    x: str | None,
    as_json: bool,
    out: Path | None,
) -> None:
    """Compare units at one time: which differ from the whole by more than chance.

    Whether a unit is stable can only be told from dates: give --x, and a funnel of changing units is refused.
    """
    from inquirylab.spc import funnel
    from inquirylab.store.plain_table import read_columns

    frame = read_columns(data, numbers=[numerator, denominator], texts=[unit], x=x or "")
    found = funnel(
        frame, unit, numerator, denominator, kind=kind, x=x, overdispersion="additive" if overdispersion else None
    )
    if out is not None:
        from inquirylab.publish.chart_file import write_funnel

        click.echo(str(write_funnel(found, out)))
    if as_json:
        click.echo(_json({"target": found.target, "tau2": found.tau2, "units": found.units}))
    elif out is None:
        from inquirylab.charts.funnel_chart import funnel_title

        click.echo(funnel_title(found))


def _position(text: str | None) -> Any:
    """Read a whole number as a position, and leave a date or label as it is; 2024 is a year."""
    number = int(text) if text is not None and text.strip().isdigit() else None
    return text if number is None or number in YEARS else number


def _json(parts: dict[str, Any]) -> str:
    plain = {
        k: json.loads(v.to_json(orient="records", date_format="iso", double_precision=15))
        if hasattr(v, "to_json")
        else v
        for k, v in parts.items()
    }
    return json.dumps(plain, ensure_ascii=False, indent=1)
