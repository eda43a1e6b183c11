"""The list of sites of a batch: a CSV file with a column `site`; every other column is a parameter."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from inquirylab.definitions import read_toml
from inquirylab.errors import DefinitionError, SiteListError, did_you_mean

# Parameters that always name files; any other text is a path only if such a file stands beside the list.
PATHS = ("data", "measure", "inquiry")


@dataclass(frozen=True)
class ListedSite:
    """One row of a site list: the site's name, its values by column, the line it begins on."""

    name: str
    values: Mapping[str, str]
    line: int


@dataclass(frozen=True)
class SiteList:
    """All sites of a batch in their order, the folder that relative paths start at, values for all sites."""

    path: Path
    sites: tuple[ListedSite, ...]
    columns: tuple[str, ...]
    defaults: Mapping[str, Any] = field(default_factory=dict)
    title: str = ""

    @property
    def folder(self) -> Path:
        """The folder that relative paths start at."""
        return self.path.resolve().parent


def read_site_list(path: str | Path) -> SiteList:
    """Read a site list, and `batch.toml` beside it if there is one.

    Raises
    ------
    SiteListError
        The file is missing, is not a CSV of UTF-8 text, has no column `site`, or names a site twice or not at all.
    """
    path = Path(path)
    rows = _rows(path)
    if not rows:
        raise SiteListError(
            "The site list is empty", where=str(path), cure="Its first line names the columns: site, data, …"
        )
    _, header = rows[0]
    columns = [c.strip() for c in header]
    if "site" not in columns:
        raise SiteListError(
            "The site list has no column 'site'",
            where=f"{path}, line 1",
            found=", ".join(repr(c) for c in columns),
            cure=did_you_mean("site", columns),
        )
    if len(set(columns)) < len(columns):
        twice = next(c for c in columns if columns.count(c) > 1)
        raise SiteListError(
            f"The column {twice!r} stands twice", where=f"{path}, line 1", cure="Rename or remove one of them."
        )
    sites = tuple(_site(path, line, columns, row) for line, row in rows[1:] if any(cell.strip() for cell in row))
    _refuse_twice(path, sites)
    if not sites:
        raise SiteListError("The site list names no site", where=str(path), cure="Add a line for each site.")
    settings = _settings(path.parent / "batch.toml")
    return SiteList(path, sites, tuple(columns), settings.get("defaults", {}), settings.get("title", ""))


def _rows(path: Path) -> list[tuple[int, list[str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as e:
        raise SiteListError(
            "The site list cannot be read", where=str(path), found=e.strerror or "", cure="Check its path."
        ) from e
    except UnicodeDecodeError as e:
        raise SiteListError(
            "The site list is not UTF-8 text", where=f"{path}, byte {e.start}", cure="Save it as CSV UTF-8."
        ) from e
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows, line = [], 1
    try:
        for row in reader:
            rows.append((line, row))
            line = reader.line_num + 1
    except csv.Error as e:
        raise SiteListError(
            "The site list is not a whole CSV file",
            where=f"{path}, line {line}",
            found=str(e),
            cure="Look for a quotation mark that is not closed.",
        ) from e
    return rows


def _site(path: Path, line: int, columns: list[str], row: list[str]) -> ListedSite:
    where = f"{path}, line {line}"
    if len(row) != len(columns):
        raise SiteListError(
            f"A line of the site list has {len(row)} cells, its first line {len(columns)}",
            where=where,
            found=", ".join(row)[:80],
            cure='Put quotation marks around a name that holds a comma: "Hull, City of".',
        )
    values = {c: v.strip() for c, v in zip(columns, row, strict=True)}
    name = values.pop("site")
    if not name:
        raise SiteListError(
            "A line of the site list names no site", where=where, cure="Write its name in the column 'site'."
        )
    return ListedSite(name, values, line)


def _refuse_twice(path: Path, sites: tuple[ListedSite, ...]) -> None:
    seen: dict[str, int] = {}
    for site in sites:
        if site.name in seen:
            raise SiteListError(
                f"The site {site.name[:60]!r} stands twice in the list",
                where=f"{path}, lines {seen[site.name]} and {site.line}",
                cure="Remove one of the lines, or give the sites names that tell them apart.",
            )
        seen[site.name] = site.line


def _settings(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        data = read_toml(path.read_bytes(), str(path))
    except DefinitionError as e:
        raise SiteListError(e.what, where=e.where, found=e.found, cure=e.cure) from e
    for key in data:
        if key not in ("title", "defaults"):
            raise SiteListError(
                f"batch.toml knows no {key!r}", where=str(path), cure=did_you_mean(key, ("title", "defaults"))
            )
    defaults = data.get("defaults", {})
    tables = defaults if isinstance(defaults, list) else [defaults]
    if not all(isinstance(t, dict) for t in tables):
        raise SiteListError(
            "The defaults are not a table", where=str(path), cure="Write [[defaults]] and below it name = value."
        )
    return {"title": str(data.get("title", "")), "defaults": {k: v for t in tables for k, v in t.items()}}
