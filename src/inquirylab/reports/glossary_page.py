"""The glossary as Markdown."""

from __future__ import annotations

from collections.abc import Iterable

from inquirylab.definitions.glossary import Term

HEAD = """# Glossary

The words of the field as inquirylab uses them, with where they come from. Made from the definitions by `inquirylab glossary`: correct
`definitions/words/glossary.toml`, a form or a rule set, not this page.
"""


def glossary_markdown(terms: Iterable[Term]) -> str:
    """Return the glossary as Markdown: a heading a term, so that others can point at it.

    Examples
    --------
    >>> print(glossary_markdown([Term("aim", "What is to be better.", see=("driver",))]).splitlines()[-1])
    What is to be better. See *driver*.
    """
    parts = [HEAD]
    for t in terms:
        also = f" Also: {', '.join(t.also)}." if t.also else ""
        see = f" See {', '.join(f'*{s}*' for s in t.see)}." if t.see else ""
        source = f"\n\n{t.source.rstrip('.')}." if t.source else ""
        parts.append(f"## {t.term}\n\n{t.means}{also}{see}{source}\n")
    return "\n".join(parts)
