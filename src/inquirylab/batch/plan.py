"""What a batch will do: one job a site with the parameters that its template takes. PURE."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inquirylab.batch.slugs import slugs
from inquirylab.errors import SiteListError, TemplateError, did_you_mean
from inquirylab.store.site_list import PATHS, ListedSite, SiteList
from inquirylab.templates import Parameter

TRUE, FALSE = ("true", "yes", "1"), ("false", "no", "0")


@dataclass(frozen=True)
class Job:
    """One site: its name, the name of its files, the parameters of its notebook."""

    name: str
    slug: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True)
class Plan:
    """All jobs of a batch, in the order of the site list."""

    template: str
    jobs: tuple[Job, ...]
    title: str = ""
    listed: tuple[Job, ...] = ()
    """All sites of the list, where only some of them are to run."""

    @property
    def others(self) -> tuple[Job, ...]:
        """The sites of the list that are not to run."""
        chosen = {job.slug for job in self.jobs}
        return tuple(job for job in self.listed if job.slug not in chosen)


def plan(
    site_list: SiteList,
    template: str,
    takes: Mapping[str, Parameter],
    locate: Callable[[str], str | None] | None = None,
) -> Plan:
    """Match a site list with a template.

    Parameters
    ----------
    site_list
        The sites and their values.
    template
        Path of the template, as text.
    takes
        The parameters that the template declares.
    locate
        Returns the path of a file beside the site list, or None where there is none.

    Raises
    ------
    SiteListError, TemplateError
        A column or default that the template does not take, a value of the wrong type: before the first site runs.
    """
    given = [c for c in site_list.columns if c != "site"]
    for name in [*given, *site_list.defaults]:
        if name not in takes:
            raise TemplateError(
                f"The template takes no parameter {name!r}",
                where=f"{site_list.path.name} for {template}",
                cure=did_you_mean(name, takes),
            )
    names = slugs(site.name for site in site_list.sites)
    jobs = tuple(Job(s.name, names[s.name], _parameters(s, site_list, takes, locate)) for s in site_list.sites)
    _refuse_missing(jobs, site_list, template, takes)
    return Plan(template, jobs, site_list.title)


def _refuse_missing(jobs: Sequence[Job], site_list: SiteList, template: str, takes: Mapping[str, Parameter]) -> None:
    for name in (p.name for p in takes.values() if p.required):
        without = [site for site, job in zip(site_list.sites, jobs, strict=True) if name not in job.parameters]
        if without:
            many = f"{len(without)} of {len(jobs)} sites have none, the first is {without[0].name!r}"
            raise SiteListError(
                f"The template needs a value for its parameter {name!r}",
                where=f"{site_list.path.name}, line {without[0].line}, for {template}",
                found=many,
                cure=f"Fill the column {name!r}, or write it once for all sites under [[defaults]] in batch.toml.",
            )


def _parameters(
    site: ListedSite, site_list: SiteList, takes: Mapping[str, Parameter], locate: Callable[[str], str | None] | None
) -> dict[str, Any]:
    """`site` is passed only where it is declared; an empty cell leaves the default."""
    values: dict[str, Any] = {"site": site.name} if "site" in takes else {}
    values |= site_list.defaults
    for name, text in site.values.items():
        if text:
            values[name] = _convert(
                text, takes[name].default, f"{site_list.path.name}, line {site.line}, column {name}"
            )
    return {
        name: value if name == "site" else _located(name, value, site_list, locate) for name, value in values.items()
    }


def _convert(text: str, default: Any, where: str) -> Any:
    """Turn a cell's text into the type of the parameter's default."""
    try:
        if isinstance(default, bool):
            if text.lower() not in TRUE + FALSE:
                raise ValueError(text)
            return text.lower() in TRUE
        if isinstance(default, int):
            return int(text)
        if isinstance(default, float):
            return float(text)
    except ValueError as e:
        kind = {bool: "true or false", int: "a whole number", float: "a number"}[type(default)]
        raise SiteListError(f"The value is not {kind}, as its template wants", where=where, found=repr(text)) from e
    if isinstance(default, Sequence) and not isinstance(default, str):
        return [part.strip() for part in text.split(";") if part.strip()]
    return text


def _located(name: str, value: Any, site_list: SiteList, locate: Callable[[str], str | None] | None) -> Any:
    """Relative paths start at the site list's folder; an address (`https://…`) is left as it is."""
    if isinstance(value, (list, tuple)):
        return [_located(name, v, site_list, locate) for v in value]
    if not isinstance(value, str) or not value or "://" in value:
        return value
    if ";" in value and name == "measure":
        return [_located(name, part.strip(), site_list, locate) for part in value.split(";") if part.strip()]
    found = locate(value) if locate else None
    if found is None and name in PATHS and not _names_a_measure(name, value):
        return str(site_list.folder / value)
    return found if found is not None else value


def _names_a_measure(name: str, value: str) -> bool:
    """In an inquiry a measure may be called by its name; a measure file ends in ``.toml``."""
    return name == "measure" and not value.casefold().endswith(".toml")
