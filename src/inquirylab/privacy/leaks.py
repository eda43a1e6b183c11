"""Compare what was read in finished files with what must not be there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import permutations, product
from typing import Any

from inquirylab.privacy.axes import ALL
from inquirylab.privacy.facts import Facts, Finding, Number, Passage, Row, number_of, numbers_in
from inquirylab.privacy.truth import Key, Truth, fold, says_hidden

COUNT_NAMES = {"n", "count", "counts", "students", "pupils", "children", "teachers", "enrolled", "enrolment",
               "enrolments", "numerator", "denominator"}  # fmt: skip
EVERY = fold(ALL)
DIGIT = re.compile(r"\d")


def find_leaks(files: Mapping[str, Facts], truths: Sequence[Truth], min_n: int, names: re.Pattern[str] | None = None,
               exempt: Iterable[str] = ()) -> list[Finding]:  # fmt: skip
    """Return everything in these files that gives a hidden count, a rate, a small count or a name away.

    Parameters
    ----------
    files
        What was read, a file.
    truths
        The unprotected counts; their ``secret`` and ``known`` cells are filled in.
    min_n
        The smallest group in print.
    names
        Names of people, as a pattern.
    exempt
        Names of columns that count no people: they are not compared with anything.
    """
    rows = [(file, row) for file, facts in files.items() for row in facts.rows]
    for truth in truths:
        for file, facts in files.items():
            _note_hidden(truth, file, facts.rows)
    found: list[Finding] = []
    counts = COUNT_NAMES | {fold(t.count) for t in truths}
    silent, families = {fold(name) for name in exempt}, _families(truths)
    counts -= silent
    for file, row in rows:
        found += _in_row(families, file, row, silent)
        found += _small(row, counts, min_n)
    for file, facts in files.items():
        for passage in facts.passages:
            found += _in_passage(families, file, passage)
    ends = [(truth, truth.only_secret()) for truth in truths]
    for facts in files.values():
        for reach in facts.reaches:
            found += _in_reach(ends, reach.where, reach.ends)
    if names is not None:
        texts = [(p.where, p.text) for facts in files.values() for p in facts.passages]
        texts += [(row.where, str(value)) for _, row in rows for value in row.fields.values()]
        texts += [(file, file) for file in files]
        found += [Finding("name", where, "A name from the key file stands here") for where, text in texts
                  if names.search(text)]  # fmt: skip
    for truth in truths:
        out = truth.worked_out()
        if out:
            found.append(Finding("together", ", ".join(sorted(files))[:300], f"{out} hidden counts of "
                                 f"{truth.count!r} can be worked out from all these numbers together"))  # fmt: skip
    return list(dict.fromkeys(found))


def _note_hidden(truth: Truth, file: str, rows: Sequence[Row]) -> None:
    """Learn from a published table what it hides: of that release which most of its numbers are from."""
    if not any(says_hidden(row.fields) for row in rows):
        return
    keys = [(row, key) for row in rows if (key := _key(truth, file, row.fields)) is not None]
    hidden = [key for row, key in keys if says_hidden(row.fields)]
    if not hidden:
        return
    agree = []
    for places in truth.releases:
        counts = ((number_of("", row.fields.get(truth.count)), places.get(key)) for row, key in keys)
        agree.append(sum(n is not None and p is not None and n.is_count(int(truth.values[p])) for n, p in counts))
    release = truth.releases[agree.index(max(agree))]
    truth.secret.update(release[key] for key in hidden if key in release)


def _key(truth: Truth, file: str, fields: Mapping[str, Any]) -> Key | None:
    """Return the cell that a record speaks of, or None if it names no label of any dimension."""
    key, named = [], False
    spelt = truth.spellings.get
    words = [fold(v) for v in fields.values() if isinstance(v, (str, int)) and not isinstance(v, bool)]
    words = [spelt(word, word) for word in words]
    by_name = {fold(k): spelt(fold(v), fold(v)) for k, v in fields.items()}
    for column, labels in zip(truth.by, truth.labels, strict=True):
        own = by_name.get(fold(column))
        label = own if own in labels or own == EVERY else next((w for w in words if w in labels), None)
        named |= label is not None
        key.append(label or labels.of_file(file) or EVERY)
    return tuple(key) if named and tuple(key) in truth.places else None


def _families(truths: Sequence[Truth]) -> list[list[Truth]]:
    """Return the truths that count the same cells together: a record speaks of one cell in all of them."""
    out: list[list[Truth]] = []
    for truth in truths:
        alike = next((f for f in out if f[0].by == truth.by and f[0].labels == truth.labels), None)
        out.append([truth]) if alike is None else alike.append(truth)
    return out


def _in_row(families: Sequence[list[Truth]], file: str, row: Row, silent: set[str]) -> Iterable[Finding]:
    every = [truth for truths in families for truth in truths]
    for truths in families:
        key = _key(truths[0], file, row.fields)
        if key is None:
            continue
        columns = {fold(column) for column in truths[0].by} | silent
        named = ((name, number_of(name, value)) for name, value in row.fields.items() if fold(name) not in columns)
        numbers = [(name, number) for name, number in named if number is not None]
        for truth in truths if numbers else ():
            shares = truth.shares(key) + _ratios(truths, truth, key)
            places = truth.places.get(key, [])
            for name, number in numbers:
                truth.known.update(p for p in places if number.is_count(int(truth.values[p])) and p not in truth.secret)
                yield from _judge(every, truth, key, number, shares, f"{row.where}, {name!r}", places)


def _judge(
    truths: Sequence[Truth],
    truth: Truth,
    key: Key,
    number: Number,
    shares: Sequence[float],
    where: str,
    places: Sequence[int],
) -> Iterable[Finding]:
    what = " × ".join(label for label in key if label != EVERY) or ALL
    secret = [p for p in places if p in truth.secret]
    if any(number.is_count(int(truth.values[p])) for p in secret):
        if _is_another(truths, truth, key, number):
            return
        yield Finding("hidden count", where, f"The hidden count of {what} stands here")
    elif any(number.is_share(share) for share in shares) and not _is_printed_rate(truths, key, number):
        yield Finding("derived", where, f"A rate that comes from a hidden count of {what} stands here")


def _is_another(truths: Sequence[Truth], truth: Truth, key: Key, number: Number) -> bool:
    """Tell whether this is just the count of a cell of that name that may be printed: how many there are, of whom none is late."""
    return any(number.is_count(count) for other in truths if other is not truth for count in _printed(other, key))


def _is_printed_rate(truths: Sequence[Truth], key: Key, number: Number) -> bool:
    """Tell whether this is a rate of two counts that may be printed: of the same name, among sites of another definition."""
    counts = [[_printed(truth, key) for truth in family] for family in _families(truths)]
    return any(
        number.is_share(part / whole)
        for family in counts
        for parts, wholes in permutations(family, 2)
        for part, whole in zip(parts, wholes, strict=False)
        if whole
    )


def _printed(truth: Truth, key: Key) -> list[int]:
    return [int(truth.values[p]) for p in truth.places.get(key, ()) if p not in truth.secret]


def _ratios(truths: Sequence[Truth], truth: Truth, key: Key) -> list[float]:
    """Return the ratios of this count to other counts of the same cell, where either is secret."""
    found = []
    for other in truths:
        if other is truth or other.by != truth.by:
            continue
        for own, whole in zip(truth.places.get(key, []), other.places.get(key, []), strict=False):
            if other.values[whole] and (own in truth.secret or whole in other.secret):
                found.append(float(truth.values[own] / other.values[whole]))
    return found


def _small(row: Row, counts: set[str], min_n: int) -> Iterable[Finding]:
    for name, value in row.fields.items():
        number = number_of(name, value) if fold(name) in counts else None
        if number is not None and 0 < number.value < min_n and number.decimals == 0:
            yield Finding("small count", f"{row.where}, {name!r}", f"A count below {min_n} stands here")


def _in_passage(families: Sequence[list[Truth]], file: str, passage: Passage) -> Iterable[Finding]:
    whole = fold(passage.text)
    if not DIGIT.search(whole):
        return
    every = [truth for truths in families for truth in truths]
    for truths in families:
        labels, text = truths[0].labels, whole
        found = [some.mentioned(text) for some in labels]
        if not any(found):
            continue
        for label in (label for some in found for label in some):
            text = re.sub(rf"(?<!\w){re.escape(label)}(?!\w)", "·", text)
        numbers = numbers_in(text)
        choices = [some or [known.of_file(file) or EVERY] for some, known in zip(found, labels, strict=True)]
        for key in list(product(*choices))[:50] if numbers else ():
            for truth in truths:
                if key in truth.places:
                    shares = [*truth.shares(key), *_ratios(truths, truth, key)]
                    for number in numbers:
                        yield from _judge(every, truth, key, number, shares, passage.where, truth.places[key])


def _in_reach(truths: Sequence[tuple[Truth, set[int]]], where: str, ends: Sequence[float]) -> Iterable[Finding]:
    """An axis that ends just at a hidden count shows it; round ends and printed counts do not."""
    for _, secret in truths:
        for end in ends:
            if end in secret and end and end % 5:
                yield Finding("axis", where, "An axis or scale ends at a hidden count")
