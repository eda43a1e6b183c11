"""A site list is a CSV with a column `site`; what is wrong with it is said before anything runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from inquirylab.errors import SiteListError
from inquirylab.store.site_list import read_site_list


def write(folder: Path, text: str | bytes, name: str = "sites.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_every_other_column_is_a_parameter(tmp_path: Path) -> None:
    listed = read_site_list(write(tmp_path, 'site,data\nOak,oak.csv\n"Hull, City of",\n'))
    assert [(s.name, dict(s.values)) for s in listed.sites] == [
        ("Oak", {"data": "oak.csv"}),
        ("Hull, City of", {"data": ""}),
    ]


@pytest.mark.parametrize(
    "text", ["site;data\nOak;a.csv\n", "site\tdata\nOak\ta.csv\n", "\ufeffsite,data\r\nOak,a.csv\r\n"]
)
def test_it_may_come_from_a_spreadsheet(tmp_path: Path, text: str) -> None:
    assert read_site_list(write(tmp_path, text)).sites[0].values == {"data": "a.csv"}


def test_names_that_bite_are_names(tmp_path: Path) -> None:
    names = [
        "../../etc/x",
        "<img src=x onerror=alert(1)>",
        "=cmd|' /C calc'!A0",
        "x" * 300,
        "😀",
        "two\nlines",
        "CON",
        "Caf\u00e9",
        "Cafe\u0301",
    ]
    body = "\n".join('"' + n.replace('"', '""') + '"' for n in names)
    assert [s.name for s in read_site_list(write(tmp_path, f"site\n{body}\n")).sites] == names


def test_blank_lines_are_no_sites(tmp_path: Path) -> None:
    assert len(read_site_list(write(tmp_path, "site,data\n\nOak,a\n,\n")).sites) == 1


def test_defaults_and_title_may_stand_in_batch_toml(tmp_path: Path) -> None:
    write(tmp_path, 'title = "Ours"\n[[defaults]]\ndata = "d"\n[[defaults]]\nmeasure = ["a", "b"]\n', "batch.toml")
    listed = read_site_list(write(tmp_path, "site\nOak\n"))
    assert (listed.title, listed.defaults) == ("Ours", {"data": "d", "measure": ["a", "b"]})


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is empty"),
        ("site\n", "names no site"),
        ("school\nOak\n", r"no column 'site' .*line 1.*found: 'school'"),
        ("site,site\nOak,Elm\n", "'site' stands twice"),
        ("site\nOak\nElm\nOak\n", r"'Oak' stands twice in the list .*lines 2 and 4"),
        ("site,data\n,x.csv\n", r"names no site .*line 2"),
        ("site,data\nHull, City of,x.csv\n", r"has 3 cells, its first line 2 .*line 2.*quotation marks"),
        ('site\n"Oak\n', r"not a whole CSV file .*line 2"),
        (b"site\n\xff\n", "not UTF-8"),
    ],
)
def test_a_broken_list_is_refused_with_its_line(tmp_path: Path, text: str | bytes, says: str) -> None:
    with pytest.raises(SiteListError, match=says):
        read_site_list(write(tmp_path, text))


@pytest.mark.parametrize("text", ["titel = 'x'", "defaults = 3", "title = "])
def test_a_broken_batch_toml_is_refused(tmp_path: Path, text: str) -> None:
    write(tmp_path, text, "batch.toml")
    with pytest.raises(SiteListError, match=r"batch\.toml"):
        read_site_list(write(tmp_path, "site\nOak\n"))


def test_a_missing_list_is_refused_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(SiteListError, match=r"cannot be read .*none\.csv"):
        read_site_list(tmp_path / "none.csv")
