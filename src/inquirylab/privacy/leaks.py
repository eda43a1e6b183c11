"""Compare what was read in finished files with what must not be there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import Any

from inquirylab.privacy.axes import ALL
from inquirylab.privacy.facts import Facts, Finding, Number, Passage, Row, number_of, numbers_in
from inquirylab.privacy.truth import Key, Truth, fold, says_hidden

COUNT_NAMES = {"n", "count", "counts", "students", "pupils", "children", "teachers", "enrolled", "enrolment",
               "enrolments", "numerator", "denominator"}  # fmt: skip
EVERY = fold(ALL)


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
    silent = {fold(name) for name in exempt}
    counts -= silent
    for file, row in rows:
        found += _in_row(truths, file, row, silent)
        found += _small(row, counts, min_n)
    for file, facts in files.items():
        for passage in facts.passages:
            found += _in_passage(truths, file, passage)
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


def _in_row(truths: Sequence[Truth], file: str, row: Row, silent: set[str]) -> Iterable[Finding]:
    for truth in truths:
        key = _key(truth, file, row.fields)
        if key is None:
            continue
        columns = {fold(column) for column in truth.by} | silent
        shares = truth.shares(key) + _ratios(truths, truth, key)
        places = truth.places[key]
        for name, value in row.fields.items():
            number = number_of(name, value) if fold(name) not in columns else None
            if number is None:
                continue
            truth.known.update(p for p in places if number.is_count(int(truth.values[p])) and p not in truth.secret)
            yield from _judge(truths, truth, key, number, shares, f"{row.where}, {name!r}", places)


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
    elif any(number.is_share(share) for share in shares):
        yield Finding("derived", where, f"A rate that comes from a hidden count of {what} stands here")


def _is_another(truths: Sequence[Truth], truth: Truth, key: Key, number: Number) -> bool:
    """Tell whether this is just the count of the same cell that may be printed: how many there are, of whom none is late."""
    others = (other for other in truths if other is not truth and other.by == truth.by)
    return any(
        number.is_count(int(other.values[p])) and p not in other.secret
        for other in others
        for p in other.places.get(key, ())
    )


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


def _in_passage(truths: Sequence[Truth], file: str, passage: Passage) -> Iterable[Finding]:
    for truth in truths:
        text = fold(passage.text)
        labels = truth.labels
        found = [some.mentioned(text) for some in labels]
        if not any(found):
            continue
        for label in (label for some in found for label in some):
            text = re.sub(rf"(?<!\w){re.escape(label)}(?!\w)", "·", text)
        numbers = numbers_in(text)
        choices = [some or [known.of_file(file) or EVERY] for some, known in zip(found, labels, strict=True)]
        for key in list(product(*choices))[:50] if numbers else ():
            if key not in truth.places:
                continue
            shares = [*truth.shares(key), *_ratios(truths, truth, key)]
            for number in numbers:
                yield from _judge(truths, truth, key, number, shares, passage.where, truth.places[key])


def _in_reach(truths: Sequence[tuple[Truth, set[int]]], where: str, ends: Sequence[float]) -> Iterable[Finding]:
    """An axis that ends just at a hidden count shows it; round ends and printed counts do not."""
    for _, secret in truths:
        for end in ends:
            if end in secret and end and end % 5:
                yield Finding("axis", where, "An axis or scale ends at a hidden count")
