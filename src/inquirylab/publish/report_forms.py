"""The forms in which a report leaves its page: HTML, PDF, Word, Markdown. One page, so that all say the same."""

from __future__ import annotations

from pathlib import Path

HTML = "html"
FORMS = {HTML: ".html", "pdf": ".pdf", "docx": ".docx", "markdown": ".md"}
"""Each with the ending of its files."""


def form_of(target: str | None) -> str:
    """Return the form that the ending of a file asks for; HTML where it asks for none.

    Examples
    --------
    >>> form_of("report.PDF"), form_of("report"), form_of(None)
    ('pdf', 'html', 'html')
    """
    ending = Path(target or "").suffix.casefold()
    return next((form for form, known in FORMS.items() if ending == known), HTML)


def write_form(page: str, form: str, target: Path) -> Path:
    """Write a formative page in another form and return where it is.

    Parameters
    ----------
    page
        HTML as `inquirylab.reports.page.render` writes it.
    form
        pdf, docx or markdown.
    target
        The file, written whole or not at all.

    Raises
    ------
    ReportError
        It cannot be laid out.
    """
    from inquirylab.publish.files import write_atomically
    from inquirylab.reports.page import FORMATIVE
    from inquirylab.reports.page_reader import read_page

    told = read_page(page, FORMATIVE)
    content: str | bytes
    if form == "pdf":
        from inquirylab.publish.pdf import pdf
        from inquirylab.reports.document_paper import document_paper

        content = pdf(document_paper(told), "document.typ")
    elif form == "docx":
        from inquirylab.publish.word import word

        content = word(told)
    else:
        from inquirylab.reports.document_markdown import document_markdown

        content = document_markdown(told)
    write_atomically(target, content)
    return target
