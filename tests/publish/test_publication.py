"""A publication: made of protected numbers alone, scanned, put in place only when it is clean, remembered in a ledger."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from inquirylab.batch.report import publish_report
from inquirylab.cli import main
from inquirylab.errors import ReportError
from inquirylab.privacy.periods import protect_period
from inquirylab.privacy.policy import Policy
from inquirylab.publish.ledger import Ledger, ledger_path
from inquirylab.publish.publication import Rules
from tests.publish import small_groups
from tests.publish.formative import formative

WEEKS = 12


class Place:
    """A formative report with its data, and where it is published."""

    def __init__(self, folder: Path, *, grouped: bool = True) -> None:
        self.folder, self.grouped = folder, grouped
        self.out, self.dest = folder / "report", folder / "public"
        self.data = folder / "late.csv"
        self.measure = small_groups.write_measure(folder / "late.toml", grouped=grouped)
        self.fill(small_groups.SITES)

    def fill(self, sites: tuple[str, ...], weeks: int = WEEKS, **where: int) -> None:
        small_groups.write_rows(self.data, small_groups.rows(sites, weeks, **where), grouped=self.grouped)
        formative(self.out, sites, self.data, self.measure)

    def publish(self, *arguments: str):
        return CliRunner().invoke(main, ["report", str(self.out), "--publish", str(self.dest), *arguments])

    def numbers(self) -> list[dict[str, str]]:
        with (self.dest / "data" / "numbers.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def files(self) -> dict[str, bytes]:
        return {p.relative_to(self.dest).as_posix(): p.read_bytes() for p in self.dest.rglob("*") if p.is_file()}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Eight sites by group, published once."""
    place = Place(tmp_path_factory.mktemp("groups"))
    result = place.publish()
    assert result.exit_code == 0, result.output
    return place


@pytest.fixture
def plain(tmp_path: Path) -> Place:
    return Place(tmp_path, grouped=False)


def test_small_groups_are_hidden_and_all_else_is_there(published: Place) -> None:
    names = set(published.files())
    assert {"index.html", "methods.html", "publication.json", "data/numbers.csv", "data/numbers.schema.json"} <= names
    assert {f"sites/{site.casefold()}.html" for site in small_groups.SITES} <= names
    numbers = published.numbers()
    for row in numbers:
        for column in ("numerator", "denominator"):
            assert row[column] == "" or int(row[column]) >= 10
        if row["in_print"] == "yes":
            part, whole = int(row["numerator"]), int(row["denominator"])
            assert float(row["value"]) == pytest.approx(100 * part / whole, rel=1e-5)
        else:
            assert row["value"] == ""
    shown = {(r["site"], r["support"]) for r in numbers if r["in_print"] == "yes"}
    assert {("Oak", "All"), ("All", "EHC plan"), ("All", "All")} <= shown
    assert ("Oak", "EHC plan") not in shown


def test_the_data_follow_their_schema(published: Place) -> None:
    import jsonschema

    schema = json.loads((published.dest / "data" / "numbers.schema.json").read_text(encoding="utf-8"))
    for row in published.numbers():
        typed = {
            k: v if schema["properties"][k]["type"] == "string" else json.loads(v or "null") for k, v in row.items()
        }
        jsonschema.validate(typed, schema)


def test_every_page_says_that_it_is_published(published: Place) -> None:
    pages = [content.decode() for name, content in published.files().items() if name.endswith(".html")]
    assert len(pages) == len(small_groups.SITES) + 2
    for page in pages:
        assert "<strong>Published</strong>" in page
        assert "Formative" not in page


def test_the_index_shows_groups_side_by_side_and_how_far_sites_lie_apart(published: Place) -> None:
    index = (published.dest / "index.html").read_text(encoding="utf-8")
    for words in ("Groups, side by side", "The gap", "Between sites, over time", "Comparability", "Coverage"):
        assert words in index
    assert "A group is never its cause" in index


def test_lines_come_from_what_is_in_print(plain: Place) -> None:
    """The centre line of a site with gaps is that of its printed weeks, not of all."""
    rows = [r for r in small_groups.rows(weeks=WEEKS) if r[1] != "Oak"]
    for week, (late, enrolled) in enumerate([(40, 200)] * 8 + [(3, 200)] * 2 + [(40, 200)] * 2):
        rows.append(((dt.date(2024, 1, 8) + dt.timedelta(weeks=week)).isoformat(), "Oak", "No support", late, enrolled))
    small_groups.write_rows(plain.data, rows, grouped=False)
    assert plain.publish().exit_code == 0
    page = (plain.dest / "sites" / "oak.html").read_text(encoding="utf-8")
    assert "Centre line 20%" in page  # with the two small weeks it would be 16.9%
    assert "2 weeks of 12" in page


def test_the_same_numbers_give_the_same_files(plain: Place, tmp_path: Path) -> None:
    assert plain.publish().exit_code == 0
    first = plain.files()
    ledger_path(plain.out).unlink()
    assert plain.publish().exit_code == 0
    assert {k: v for k, v in plain.files().items() if not k.endswith(".pdf")} == {
        k: v for k, v in first.items() if not k.endswith(".pdf")
    }


def test_a_name_from_the_key_file_withholds_it_and_the_place_is_named(plain: Place, tmp_path: Path) -> None:
    small_groups.write_measure(plain.measure, grouped=False, more='source = "Counted by Wilhelmina Achterberg"\n')
    keys = tmp_path / "keys.csv"
    keys.write_text("code,name\nT1,Wilhelmina Achterberg\n", encoding="utf-8")
    result = plain.publish("--names", str(keys))
    assert result.exit_code == 1
    assert "Withheld, nothing was written" in result.stderr
    assert "index.html" in result.stderr
    assert not plain.dest.exists()
    assert not ledger_path(plain.out).exists()
    assert [p.name for p in plain.folder.iterdir() if "draft" in p.name] == []


def test_what_stood_there_stays_when_a_new_one_is_withheld(plain: Place, tmp_path: Path) -> None:
    assert plain.publish().exit_code == 0
    before = plain.files()
    small_groups.write_measure(plain.measure, grouped=False, more='source = "Counted by Wilhelmina Achterberg"\n')
    (tmp_path / "keys.csv").write_text("Wilhelmina Achterberg\n", encoding="utf-8")
    assert plain.publish("--names", str(tmp_path / "keys.csv")).exit_code == 1
    assert plain.files() == before


def test_another_folder_is_not_overwritten(plain: Place) -> None:
    plain.dest.mkdir()
    (plain.dest / "thesis.txt").write_text("years of work", encoding="utf-8")
    result = plain.publish()
    assert result.exit_code == 2
    assert "holds no publication" in result.stderr
    assert (plain.dest / "thesis.txt").read_text(encoding="utf-8") == "years of work"


@pytest.mark.parametrize("where", ["report/public", "report", "."])
def test_it_does_not_stand_inside_the_formative_report_or_around_it(plain: Place, where: str) -> None:
    with pytest.raises(ReportError):
        publish_report(plain.out, plain.folder / where, Rules())


def test_without_publish_its_options_are_refused(plain: Place) -> None:
    result = CliRunner().invoke(main, ["report", str(plain.out), "--min-n", "10"])
    assert result.exit_code == 2


def test_a_small_min_n_needs_an_authority(plain: Place, tmp_path: Path) -> None:
    refused = plain.publish("--min-n", "4")
    assert refused.exit_code == 2
    assert "authority" in refused.stderr
    authority = tmp_path / "authority.toml"
    authority.write_text('who = "Board of Elmshire"\nwhen = 2024-05-03\n', encoding="utf-8")
    assert plain.publish("--min-n", "4", "--authority", str(authority)).exit_code == 2
    authority.write_text('who = "Board of Elmshire"\nwhen = 2024-05-03\nwhy = "Sites ask for it"\n', encoding="utf-8")
    allowed = plain.publish("--min-n", "4", "--authority", str(authority))
    assert allowed.exit_code == 0, allowed.output
    methods = (plain.dest / "methods.html").read_text(encoding="utf-8")
    assert "Board of Elmshire" in methods and "2024-05-03" in methods and "Sites ask for it" in methods
    assert Ledger.read(ledger_path(plain.out)).entries[0].authority["who"] == "Board of Elmshire"


def test_a_measure_may_ask_for_larger_groups(plain: Place) -> None:
    small_groups.write_measure(plain.measure, grouped=False, more="min_n = 30\n")
    assert plain.publish().exit_code == 0
    assert all(int(r["numerator"] or 30) >= 30 for r in plain.numbers())


def test_sites_with_another_definition_are_told_apart(plain: Place) -> None:
    other = small_groups.write_measure(
        plain.folder / "other.toml", grouped=False, more='exclude = "Pupils with a medical note"\n'
    )
    measures = {site: other if site in ("Ash", "Oak") else plain.measure for site in small_groups.SITES}
    formative(plain.out, small_groups.SITES, plain.data, measures)
    assert plain.publish().exit_code == 0
    index = (plain.dest / "index.html").read_text(encoding="utf-8")
    assert "6 sites follow one operational definition; 2 sites another" in index
    assert "Pupils with a medical note" in index
    assert {r["site"] for r in plain.numbers()} == {*small_groups.SITES, "All"} - {"Ash", "Oak"}
    assert (plain.dest / "data" / "numbers-2.csv").exists()


def test_a_date_that_the_measure_leaves_out_is_in_no_published_number(plain: Place) -> None:
    small_groups.write_measure(plain.measure, grouped=False, more='[[excluded]]\ndate = 2024-01-22\nreason = "Storm"\n')
    assert plain.publish().exit_code == 0
    dates = {r["period"] for r in plain.numbers()}
    assert "2024-01-22" not in dates and {"2024-01-15", "2024-01-29"} <= dates
    said = b"8 rows that the definition leaves out count in no number of this report."
    assert any(said in content for content in plain.files().values())


def test_sites_that_leave_out_other_dates_are_told_apart(plain: Place) -> None:
    more = '[[excluded]]\ndate = 2024-01-22\nreason = "Storm"\n'
    other = small_groups.write_measure(plain.folder / "other.toml", grouped=False, more=more)
    measures = {site: other if site in ("Ash", "Oak") else plain.measure for site in small_groups.SITES}
    formative(plain.out, small_groups.SITES, plain.data, measures)
    assert plain.publish().exit_code == 0
    assert "without 2024-01-22" in (plain.dest / "index.html").read_text(encoding="utf-8")


def test_a_measure_without_counts_is_not_published(tmp_path: Path) -> None:
    data, measure = tmp_path / "mean.csv", tmp_path / "mean.toml"
    data.write_text("week,school,score\n2024-01-08,Oak,3.2\n2024-01-15,Oak,3.4\n", encoding="utf-8")
    measure.write_text(
        'name = "Score"\nkind = "mean"\ndirection = "up"\nfrequency = "week"\n[data]\ndate = ["week"]\nsite = "school"\nvalue = "score"\n',
        encoding="utf-8",
    )
    formative(tmp_path / "report", ["Oak"], data, measure)
    result = CliRunner().invoke(main, ["report", str(tmp_path / "report"), "--publish", str(tmp_path / "public")])
    assert result.exit_code == 1
    assert "how many people stand behind each number" in result.stderr


def test_a_formula_is_written_as_text(plain: Place) -> None:
    sites = (*small_groups.SITES[:5], "=cmd|' /C calc'!A0")
    plain.fill(sites)
    assert plain.publish().exit_code == 0
    assert "'=cmd|' /C calc'!A0" in {r["site"] for r in plain.numbers()}


# The ledger


def test_each_publication_is_a_line_and_earlier_lines_stay(plain: Place) -> None:
    assert plain.publish().exit_code == 0
    path = ledger_path(plain.out)
    first = path.read_bytes()
    assert path.parent == plain.out.parent
    assert path.stat().st_mode & 0o077 == 0
    plain.fill(small_groups.SITES, weeks=14)
    assert plain.publish().exit_code == 0
    assert path.read_bytes().startswith(first)
    assert len(Ledger.read(path).entries) == 2
    assert not any(name.endswith(".jsonl") for name in plain.files())


def test_what_was_hidden_stays_hidden_when_a_site_joins(plain: Place) -> None:
    plain.fill(small_groups.SITES[:6])
    assert plain.publish().exit_code == 0
    before = {(r["site"], r["period"]): r for r in plain.numbers() if r["site"] != "All"}
    plain.fill(small_groups.SITES)
    assert plain.publish().exit_code == 0, plain.publish().output
    after = {(r["site"], r["period"]): r for r in plain.numbers()}
    for key, row in before.items():
        if row["in_print"] == "no":
            assert after[key]["in_print"] == "no"
    assert {"Oak", "Willow"} <= {site for site, _ in after}


def test_two_totals_that_differ_by_a_small_site_are_not_both_published() -> None:
    """The second total less the first is the new site's small count, unless the union is protected."""
    big = [("Ash", 60, 300), ("Elm", 55, 280), ("Fir", 48, 260), ("Oak", 52, 240)]
    first = pd.DataFrame(big, columns=["site", "numerator", "denominator"])
    second = pd.DataFrame([*big, ("Yew", 4, 30)], columns=first.columns)
    one = protect_period(first, ["site"], "part", Policy())
    earlier = {table: [release] for table, release in one.releases.items()}
    alone = protect_period(second, ["site"], "part", Policy()).table.set_index("site")
    assert alone.loc["All", "published"]  # by itself the new table would print its total
    beside = protect_period(second, ["site"], "part", Policy(), earlier).table.set_index("site")
    assert not beside.loc["All", "published"]
    assert beside["published"].drop(["All", "Yew"]).all()


def test_a_refusal_says_why_and_what_to_do_and_changes_nothing(plain: Place) -> None:
    """Numbers that were corrected downwards cannot be printed beside the old ones: the difference would be in print."""
    assert plain.publish().exit_code == 0
    before, ledger = plain.files(), ledger_path(plain.out).read_bytes()
    rows = small_groups.rows(weeks=WEEKS)
    at = next(i for i, row in enumerate(rows) if row[2] == "No support" and row[3] > 20)
    week, site, group, late, enrolled = rows[at]
    rows[at] = (week, site, group, late - 3, enrolled)
    small_groups.write_rows(plain.data, rows, grouped=False)
    result = plain.publish()
    assert result.exit_code == 1
    assert "some have become smaller" in result.stderr
    assert "withdraw the earlier table" in result.stderr
    assert plain.files() == before
    assert ledger_path(plain.out).read_bytes() == ledger


def test_a_damaged_ledger_stops_everything(plain: Place) -> None:
    assert plain.publish().exit_code == 0
    path = ledger_path(plain.out)
    path.write_bytes(path.read_bytes()[:-40])
    result = plain.publish()
    assert result.exit_code == 1
    assert "ledger" in result.stderr


def test_the_same_sites_are_not_published_as_another_kind_of_number(plain: Place) -> None:
    assert plain.publish().exit_code == 0
    text = plain.measure.read_text(encoding="utf-8").replace('kind = "proportion"', 'kind = "ratio"')
    plain.measure.write_text(text, encoding="utf-8")
    result = plain.publish()
    assert result.exit_code == 1
    assert "another kind of number" in result.stderr


def test_a_ledger_reads_back_what_it_wrote(published: Place) -> None:
    entry = Ledger.read(ledger_path(published.out)).entries[0]
    assert entry.to_dict() == type(entry).from_dict(json.loads(json.dumps(entry.to_dict()))).to_dict()
    assert [len(pool) for pool in entry.pools] == [WEEKS]
