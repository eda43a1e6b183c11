"""Incidents counted, with their denominators where those stand in another table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from inquirylab.record.types import MeasureData
from inquirylab.store.site_data.assembling import Whole, below, marks_of
from inquirylab.store.site_data.denominators import Denominators
from inquirylab.store.site_data.findings import Findings
from inquirylab.store.site_data.incidents import check_incidents, counted
from inquirylab.store.site_data.parts import Part
from inquirylab.store.site_data.table import Codes


def counted_incidents(
    whole: Whole, parts: Sequence[Part], data: MeasureData, other: Denominators | None, findings: Findings
) -> tuple[Whole, list[pd.DataFrame], tuple[str, ...]]:
    """Return the points that incidents are counted to, the marks in place of their denominators, and what to know."""
    check_incidents(parts, data, findings)
    findings.raise_all()
    points, notes = counted(whole, data)
    if other is None:
        return points, [], notes
    keys = _keys_of_sites(whole, below([p.keys for p in parts if p.keys is not None]), points, other, findings)
    other.look(keys, points.site, points.days)
    numbers = other.of(keys, points.site, points.days)
    other.check(findings)
    findings.raise_all()
    column = f"{other.declared.column} ({other.name})"
    part = replace(parts[0], marks=[("denominator", column, numbers, numbers.rows)], lines=points.lines)
    return replace(points, quantities=points.quantities | {"denominator": numbers.values}), [marks_of([part])], notes


def _keys_of_sites(whole: Whole, keys: Codes, points: Whole, other: Denominators, findings: Findings) -> Codes:
    """Return the key of each point: that of its site, which its incidents must agree in."""
    named: dict[str, str] = {}
    pairs = np.unique(np.stack([whole.site.codes.astype(np.int64), keys.codes.astype(np.int64)]), axis=1)
    for site, key in pairs.T.tolist():
        text = whole.site.texts[site]
        if named.setdefault(text, keys.texts[key]) != keys.texts[key]:
            findings.add(
                f"Incidents of one site have several keys in {other.name}",
                where=repr(text),
                found=f"{named[text]!r} and {keys.texts[key]!r}",
                cure="Tie the tables by columns that are the same for all rows of a site.",
            )
    alone = all(on.column is None for on in other.declared.on)
    for text in points.site.texts if alone else ():
        if text not in named:  # a site without any incident is tied by its name
            one = Codes(np.zeros(1, np.int64), [text])
            named[text] = other.keys_of({}, one).texts[0]
    return points.site.renamed([named.get(t, "") for t in points.site.texts])
