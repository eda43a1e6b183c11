"""Writes the record's types from the forms: dataclasses for Python, interfaces for TypeScript.

Run by `make types`; a test compares what is committed with what this would write.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from inquirylab.definitions import Form, Question, form_ids, load_form
from inquirylab.definitions.glossary import glossary
from inquirylab.reports.glossary_page import glossary_markdown

ROOT = Path(__file__).parents[1]
PYTHON_FILE = ROOT / "src" / "inquirylab" / "record" / "types.py"
GLOSSARY_FILE = ROOT / "docs" / "glossary.md"
TYPESCRIPT_FILE = ROOT / "widgets" / "views" / "types.ts"

PYTHON = {
    "text": "str",
    "long_text": "str",
    "integer": "int",
    "number": "float",
    "date": "dt.date",
    "yes_no": "bool",
    "reference": "str",
    "attachment": "str",
}
TYPESCRIPT = {
    "text": "string",
    "long_text": "string",
    "integer": "number",
    "number": "number",
    "date": "string",
    "yes_no": "boolean",
    "reference": "string",
    "attachment": "string",
}


def class_name(*stems: str) -> str:
    """`("measure", "phases")` -> `MeasurePhases`."""
    return "".join(part.capitalize() for stem in stems for part in stem.split("_"))


def nested(form: Form) -> Iterator[tuple[str, tuple[Question, ...], bool]]:
    """Yield (class name, questions, whether it has an id) of every group below a form, then of the form itself."""

    def below(
        stems: tuple[str, ...], questions: tuple[Question, ...], item: bool
    ) -> Iterator[tuple[str, tuple[Question, ...], bool]]:
        for q in questions:
            if q.questions:
                yield from below((*stems, q.id), q.questions, q.kind == "list")
        yield class_name(*stems), questions, item

    yield from below((form.id,), form.questions, form.collection)


def python_type(q: Question, owner: str) -> str:
    if q.kind == "choice":
        literal = f"Literal[{', '.join(repr(c.id) for c in q.choices)}]"
        return f"tuple[{literal}, ...]" if q.many else f"{literal} | None"
    if q.kind == "group":
        return f"{owner}{class_name(q.id)} | None"
    if q.kind == "list":
        return f"tuple[{PYTHON[q.item] if q.item else owner + class_name(q.id)}, ...]"
    if q.kind == "measure_data":
        return "tuple[MeasureRow, ...]"
    if q.many:
        return f"tuple[{PYTHON[q.kind]}, ...]"
    return f"{PYTHON[q.kind]} | None"


def typescript_type(q: Question, owner: str) -> str:
    if q.kind == "choice":
        union = " | ".join(f'"{c.id}"' for c in q.choices)
        return f"({union})[]" if q.many else union
    if q.kind == "group":
        return owner + class_name(q.id)
    if q.kind == "list":
        return f"{TYPESCRIPT[q.item] if q.item else owner + class_name(q.id)}[]"
    if q.kind == "measure_data":
        return "MeasureRow[]"
    return TYPESCRIPT[q.kind] + ("[]" if q.many else "")


PYTHON_HEAD = '''"""Generated from definitions/forms/*.toml by `make types`: do not edit, correct the form.

Every field may be missing: a record is readable however incomplete it is. What is required is a matter for `check`.
"""

from __future__ import annotations

from dataclasses import dataclass
import datetime as dt
from typing import Literal
'''

TYPESCRIPT_HEAD = """// Generated from definitions/forms/*.toml by `make types`: do not edit, correct the form.
// A date is an ISO string. Every field may be missing: a record is readable however incomplete it is.
"""


def python_source() -> str:
    out = [PYTHON_HEAD]
    for form_id in form_ids():
        form = load_form(form_id)
        for name, questions, item in nested(form):
            about = form.title if name == class_name(form.id) else f"Part of {form.title[0].lower()}{form.title[1:]}"
            out.append(f'\n\n@dataclass(frozen=True, kw_only=True)\nclass {name}:\n    """{about}."""\n\n')
            if item:
                out.append("    id: str | None = None\n")
            for q in questions:
                kind = python_type(q, name)
                out.append(f"    {q.id}: {kind} = {'()' if kind.startswith('tuple') else 'None'}\n")
    out.append(record_source())
    raw = "".join(out)
    return subprocess.run(
        [sys.executable, "-m", "ruff", "format", "--stdin-filename", "types.py", "-"],
        input=raw,
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    ).stdout


def record_source() -> str:
    """Return the class of a whole record: one field for each root."""
    out = ['\n\n@dataclass(frozen=True, kw_only=True)\nclass Answers:\n    """All answers of one inquiry."""\n\n']
    for form in map(load_form, form_ids()):
        name = class_name(form.id)
        if form.collection and form.root:
            out.append(f"    {form.root}: tuple[{name}, ...] = ()\n")
        elif form.root:
            out.append(f"    {form.root}: {name} = {name}()\n")
    return "".join(out)


def typescript_source() -> str:
    out = [TYPESCRIPT_HEAD]
    for form_id in form_ids():
        for name, questions, item in nested(load_form(form_id)):
            fields = "  id?: string;\n" if item else ""
            fields += "".join(f"  {q.id}?: {typescript_type(q, name)};\n" for q in questions)
            out.append(f"\nexport interface {name} {{\n{fields}}}\n")
    fields = "".join(
        f"  {form.root}{': Record<string, ' + class_name(form.id) + '>' if form.collection else '?: ' + class_name(form.id)};\n"
        for form in map(load_form, form_ids())
        if form.root
    )
    out.append(f"\nexport interface InquiryRecord {{\n{fields}}}\n")
    return "".join(out)


if __name__ == "__main__":
    PYTHON_FILE.write_text(python_source(), encoding="utf-8")
    TYPESCRIPT_FILE.parent.mkdir(parents=True, exist_ok=True)
    TYPESCRIPT_FILE.write_text(typescript_source(), encoding="utf-8")
    GLOSSARY_FILE.write_text(glossary_markdown(glossary()), encoding="utf-8")
