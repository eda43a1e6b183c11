"""One planted leak for each way out, which the scan must find, and a publication in which there is none."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner

from inquirylab.privacy import suppress
from inquirylab.publish.scan import read_names, scan
from inquirylab.publish.scan_command import scan as command

BY = ["site", "group"]
# Elm × a is small; Elm × b, Oak × a and Oak × b are hidden with it; 43 is a hidden count that is not small.
ROWS = [("Elm", "a", 7), ("Elm", "b", 43), ("Elm", "c", 61), ("Oak", "a", 38), ("Oak", "b", 57), ("Oak", "c", 82),
        ("Ash", "a", 88), ("Ash", "b", 76), ("Ash", "c", 91)]  # fmt: skip


@pytest.fixture
def cells() -> pd.DataFrame:
    return pd.DataFrame(ROWS, columns=[*BY, "students"])


@pytest.fixture
def table(cells: pd.DataFrame) -> pd.DataFrame:
    return suppress(cells, BY, "students")


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return json.loads(table.to_json(orient="records"))


def chart(table: pd.DataFrame, **scale: Any) -> dict[str, Any]:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "mark": "bar",
        "datasets": {"d": records(table[table["published"]])},
        "data": {"name": "d"},
        "encoding": {"x": {"field": "students", "type": "quantitative", "scale": {"domain": [0, 100], **scale}}},
    }


def page(table: pd.DataFrame, *, body: str = "", spec: dict[str, Any] | None = None) -> str:
    rows = "".join(
        f"<tr><th>{r['site']}</th><td>{r['group']}</td><td>{r['students'] if r['published'] else '·'}</td></tr>"
        for r in records(table)
    )
    return (
        "<!doctype html><html lang=en><title>Attendance, spring 2024</title><h1>All sites</h1>"
        "<p>3 sites, 3 groups; made on 2024-03-07 at 7:43.</p>"
        f"<table><tr><th>site</th><th>group</th><th>students</th></tr>{rows}</table>{body}"
        f'<script type="application/json">{json.dumps(spec or chart(table))}</script></html>'
    )


def notebook(outputs: list[dict[str, Any]] | None = None, **metadata: Any) -> str:
    cell = {"cell_type": "code", "metadata": {}, "source": ["show(table)\n"], "outputs": outputs or [],
            "execution_count": 7}  # fmt: skip
    return json.dumps({"cells": [cell], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def pdf(text: str, title: str = "Report") -> bytes:
    """A PDF of one page, by hand."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Title ({title}) >>".encode(),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )


def publish(folder: Path, table: pd.DataFrame) -> Path:
    """A whole publication without a leak."""
    folder.mkdir(exist_ok=True)
    (folder / "index.html").write_text(page(table), encoding="utf-8")
    (folder / "cells.csv").write_text(table.to_csv(index=False), encoding="utf-8")
    (folder / "cells.json").write_text(json.dumps(records(table)), encoding="utf-8")
    widget = {"application/vnd.jupyter.widget-state+json": {"state": {"1": {"state": {"rows": records(table)}}}}}
    output = {"output_type": "display_data", "metadata": {},
              "data": {"text/html": [page(table)], "application/vnd.vegalite.v6+json": chart(table)}}  # fmt: skip
    (folder / "report.ipynb").write_text(
        notebook([output], widgets=widget, papermill={"parameters": {"site": "Ash", "min_n": 10}}), encoding="utf-8"
    )
    (folder / "report.pdf").write_bytes(pdf("Elm, group c: 61 students. Ash, group a: 88 of 255 students."))
    (folder / "chart.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg"><title>Students</title><text>Ash</text>'
        '<rect aria-label="site: Ash; group: a; students: 88" width="43" height="7"/></svg>',
        encoding="utf-8",
    )
    return folder


def test_the_example_hides_what_the_suite_says(table: pd.DataFrame) -> None:
    hidden = table[~table["published"]]
    assert sorted(map(tuple, hidden[BY].values)) == [("Elm", "a"), ("Elm", "b"), ("Oak", "a"), ("Oak", "b")]


def test_a_clean_publication_has_no_finding(tmp_path: Path, table: pd.DataFrame, cells: pd.DataFrame) -> None:
    assert scan([publish(tmp_path / "out", table)], [cells]) == []


def write(name: str, content: str | bytes):
    def plant(folder: Path, table: pd.DataFrame) -> None:
        data = content if isinstance(content, bytes) else content.encode()
        (folder / name).write_bytes(data)

    return plant


def with_body(body: str):
    def plant(folder: Path, table: pd.DataFrame) -> None:
        (folder / "index.html").write_text(page(table, body=body), encoding="utf-8")

    return plant


def with_notebook(outputs: list[dict[str, Any]] | None = None, **metadata: Any):
    return write("report.ipynb", notebook(outputs, **metadata))


def with_chart(change):
    def plant(folder: Path, table: pd.DataFrame) -> None:
        spec = chart(table)
        change(spec)
        (folder / "index.html").write_text(page(table, spec=spec), encoding="utf-8")

    return plant


def widget_state(**state: Any) -> dict[str, Any]:
    return {"widgets": {"application/vnd.jupyter.widget-state+json": {"state": {"x": {"state": state}}}}}


HIDDEN = {"site": "Elm", "group": "a"}
LEAKS = {
    "a total over the groups shown": with_body("<p>Elm, groups a and b: 43 and the rest.</p>"),
    "a total that undoes the table": write("totals.csv", "site,group,students\nElm,a,7\n"),
    "a rounded percentage in a table": with_body(
        "<table><tr><th>site</th><th>group</th><th>rate</th></tr><tr><td>Elm</td><td>a</td><td>6.3 %</td></tr></table>"
    ),
    "a rounded percentage in a sentence": with_body("<p>At Elm, group a makes up 6 % of the students.</p>"),
    "a chart's data": with_chart(lambda c: c["datasets"]["d"].append({**HIDDEN, "students": 7})),
    "a chart's share": with_chart(lambda c: c["datasets"]["d"].append({**HIDDEN, "share": 7 / 111})),
    "a tooltip": with_chart(lambda c: c["datasets"]["d"].append({"label": "Elm, group a: 7 students"})),
    "a tooltip in markup": with_body('<svg><circle><title>Elm, a: 7</title></circle></svg>'),
    "the domain of an axis": with_chart(lambda c: c["encoding"]["x"]["scale"].update(domain=[0, 43])),
    "the domain of an axis, small": with_chart(lambda c: c["encoding"]["x"]["scale"].update(domain=[0, 7])),
    "widget state": with_notebook(**widget_state(rows=[{**HIDDEN, "value": 7}])),
    "widget state as text": with_notebook(**widget_state(payload=json.dumps([{**HIDDEN, "value": 7}]))),
    "widget state, by column": with_notebook(
        **widget_state(frame={"site": ["Elm", "Ash"], "group": ["a", "a"], "students": [7, 88]})
    ),
    "widget state, split": with_notebook(
        **widget_state(frame={"columns": [*BY, "students"], "index": [0], "data": [["Elm", "a", 7]]})
    ),
    "notebook metadata": with_notebook(inquirylab={**HIDDEN, "last_value": 7}),
    "papermill parameters": with_notebook(papermill={"parameters": {**HIDDEN, "baseline": 7}}),
    "notebook output as text": with_notebook(
        [{"output_type": "stream", "name": "stdout", "text": ["Reading\n", "Elm a 7\n"]}]
    ),
    "alternative text": with_body('<img src="c.png" alt="Bar chart: Elm, group a, 7 students">'),
    "a label for readers": with_body('<div role="img" aria-label="site: Elm; group: a; students: 7"></div>'),
    "a data attribute": with_body('<span data-site="Elm" data-group="a" data-n="7"></span>'),
    "a comment": with_body("<!-- Elm a 7 -->"),
    "a link that carries data": with_body(
        f'<a href="data:text/csv;base64,{base64.b64encode(b"site,group,students" + bytes([10]) + b"Elm,a,7").decode()}">x</a>'
    ),
    "PDF text": write("report.pdf", pdf("Elm, group a: 7 students")),
    "PDF metadata": write("report.pdf", pdf("Report", title="Elm, group a: 7 students")),
    "a file name": write("elm-a-7.svg", "<svg></svg>"),
    "a page named after its site": write("elm.html", "<table><tr><th>group</th><th>n</th></tr><tr><td>a</td><td>7</td></tr></table>"),
    "CSV": write("more.csv", "group;site;wert\na;Elm;7\n"),
    "JSON": write("more.json", json.dumps({"Elm": 1, "rows": [{**HIDDEN, "count": 7}]})),
    "a script": write("data.js", 'window.data = [{"site": "Elm", "group": "a", "y": 7}];'),
    "a hidden count that is not small": write("more.csv", "site,group,students\nElm,b,43\n"),
    "a small count of anything": write("staff.csv", "site,teachers\nElsewhere,4\n"),
    "a kind of file that cannot be read": write("table.parquet", b"PAR1"),
    "a file that is broken": write("broken.json", "{"),
}  # fmt: skip


@pytest.mark.parametrize("leak", LEAKS)
def test_a_planted_leak_is_found(leak: str, tmp_path: Path, table: pd.DataFrame, cells: pd.DataFrame) -> None:
    folder = publish(tmp_path / "out", table)
    LEAKS[leak](folder, table)
    found = scan([folder], [cells])
    assert found, leak


def test_each_finding_names_its_place(tmp_path: Path, table: pd.DataFrame, cells: pd.DataFrame) -> None:
    folder = publish(tmp_path / "out", table)
    (folder / "totals.csv").write_text("site,group,students\nElm,a,7\n", encoding="utf-8")
    places = {(f.kind, f.where) for f in scan([folder], [cells])}
    assert ("hidden count", "out/totals.csv, line 2, 'students'") in places


def test_a_second_release_that_undoes_the_first(tmp_path: Path, cells: pd.DataFrame) -> None:
    """Each table alone is safe; the totals of both, with one site more, are not."""
    more = pd.concat(
        [cells, pd.DataFrame([("Yew", "a", 4), ("Yew", "b", 66), ("Yew", "c", 70)], columns=cells.columns)]
    )
    for name, frame, earlier in (("first", cells, ()), ("alone", more, ())):
        (tmp_path / name).mkdir()
        suppress(frame, BY, "students", earlier=earlier).to_csv(tmp_path / name / "cells.csv", index=False)
    first = suppress(cells, BY, "students")
    (tmp_path / "second").mkdir()
    suppress(more, BY, "students", earlier=[first], most_extra=1.0).to_csv(
        tmp_path / "second" / "cells.csv", index=False
    )
    assert "together" in {f.kind for f in scan([tmp_path / "first", tmp_path / "alone"], [cells, more])}
    assert scan([tmp_path / "first", tmp_path / "second"], [cells, more]) == []


def test_totals_printed_apart_are_put_together(tmp_path: Path, table: pd.DataFrame, cells: pd.DataFrame) -> None:
    """No hidden count is printed, but the table with one of them opened is not wide enough any more."""
    open_one = table.copy()
    row = open_one.index[(open_one["site"] == "Oak") & (open_one["group"] == "b")][0]
    open_one.loc[row, ["students", "published"]] = [57, True]
    folder = publish(tmp_path / "out", open_one)
    assert "together" in {f.kind for f in scan([folder], [cells])}


def test_rates_between_two_counts(tmp_path: Path, cells: pd.DataFrame) -> None:
    both = cells.assign(late=[2, 20, 31, 12, 20, 40, 33, 30, 41])
    (tmp_path / "rates.csv").write_text("site,group,late_rate\nElm,a,28.6\n", encoding="utf-8")
    assert {f.kind for f in scan([tmp_path], [both])} == {"derived"}
    (tmp_path / "rates.csv").write_text("site,group,late_rate\nAsh,a,37.5\n", encoding="utf-8")
    assert scan([tmp_path], [both]) == []


def test_names_from_a_key_file(tmp_path: Path) -> None:
    keys = tmp_path / "keys.csv"
    keys.write_text("seat,name\nA1,Mira Okafor\nA2,Jo Li\n", encoding="utf-8")
    out = tmp_path / "out"
    out.mkdir()
    (out / "notes.md").write_text("The seat A1 asked a question.\n", encoding="utf-8")
    assert scan([out], names=read_names(keys)) == []
    (out / "notes.md").write_text("Here mira okafor asked a question.\n", encoding="utf-8")
    assert [f.kind for f in scan([out], names=read_names(keys))] == ["name"]


def test_the_command(tmp_path: Path, table: pd.DataFrame, cells: pd.DataFrame) -> None:
    data = tmp_path / "cells.csv"
    data.write_text(cells.to_csv(index=False), encoding="utf-8")
    folder = publish(tmp_path / "out", table)
    clean = CliRunner().invoke(command, [str(folder), "--data", str(data)])
    assert (clean.exit_code, clean.output) == (0, "Nothing found.\n")
    (folder / "totals.csv").write_text("site,group,students\nElm,a,7\n", encoding="utf-8")
    found = CliRunner().invoke(command, [str(folder), "--data", str(data), "--json"])
    assert found.exit_code == 1
    assert {f["kind"] for f in json.loads(found.output)} >= {"hidden count"}
    assert CliRunner().invoke(command, [str(tmp_path / "nowhere")]).exit_code == 2


def test_a_file_that_cannot_be_read_ends_with_status_2(tmp_path: Path) -> None:
    (tmp_path / "torn.pdf").write_bytes(b"%PDF-1.7 torn")
    said = CliRunner().invoke(command, [str(tmp_path / "torn.pdf")])
    assert said.exit_code == 2 and said.output.startswith("torn.pdf: A file cannot be read")
