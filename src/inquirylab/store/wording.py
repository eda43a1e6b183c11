"""The words in which a question was asked stay with its answer.

The first time that a form is answered, its prompts are kept under ``~forms.<form>.<digest>``. An answer that is
given to other words than those names their digest beside it. So a form can be reworded, and an old answer is
still shown with the question that it answered.
"""

from __future__ import annotations

from typing import Any

from inquirylab.definitions import Form
from inquirylab.record.paths import ASKED, Roots
from inquirylab.store.document import Document

FORMS = "~forms"


def wording_due(roots: Roots, paths: list[str], document: Document) -> list[tuple[str, Any]]:
    """Return what must be kept about wording when these paths are answered.

    A form's prompts, the first time; beside an answer, the digest of its words if they are not the first.
    """
    out: list[tuple[str, Any]] = []
    for root in dict.fromkeys(p.partition(".")[0] for p in paths):
        form = roots.forms.get(root)
        if form is not None and form.digest not in document.items(f"{FORMS}.{form.id}"):
            content = {"version": form.version, "title": form.title, "prompts": _prompts(form)}
            out.append((f"{FORMS}.{form.id}.{form.digest}", content))
    for path in paths:
        form = roots.forms.get(path.partition(".")[0])
        if form is None or path.rpartition(".")[2].startswith("~"):
            continue
        noted = document.entries(f"{path}.{ASKED}")
        asked = form.digest if form.digest != first_wording(form, document) else None
        if asked != (noted[0].value if noted else None):
            out.append((f"{path}.{ASKED}", asked))
    return out


def first_wording(form: Form, document: Document) -> str:
    """Return the digest of the words in which a form was first answered."""
    digests = document.items(f"{FORMS}.{form.id}")
    if len(digests) <= 1:
        return next(iter(digests), form.digest)
    return min(digests, key=lambda d: (document.entries(f"{FORMS}.{form.id}.{d}")[-1].milliseconds, d))


def prompt_of(roots: Roots, path: str, document: Document) -> str:
    """Return the question as it was put when the answer at `path` was given."""
    spot = roots.spot(path)
    noted = document.entries(f"{path}.{ASKED}")
    digest = (noted[0].value if noted else None) or first_wording(spot.form, document)
    kept = document.entries(f"{FORMS}.{spot.form.id}.{digest}")
    content = kept[0].value if kept else None
    prompts = content.get("prompts") if isinstance(content, dict) else None
    found = prompts.get(question_key(roots, path)) if isinstance(prompts, dict) else None
    return found if isinstance(found, str) else roots.prompt(path)


def question_key(roots: Roots, path: str) -> str:
    """Return the question's path within its form: ``pdsa_cycles.<id>.plan.what`` -> ``plan.what``."""
    words = path.split(".")
    out = []
    for i in range(2, len(words) + 1):
        above = roots.spot(".".join(words[: i - 1]))
        if above.kind != "list":
            out.append(words[i - 1])
    return ".".join(out)


def _prompts(form: Form) -> dict[str, str]:
    return {path: question.prompt for path, question in form.walk()}
