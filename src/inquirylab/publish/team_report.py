"""A team's whole story as a page: what `07_report.ipynb` shows, for those who open no notebook."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from nbformat import v4

from inquirylab.charts.words import day
from inquirylab.publish.exporter import InquiryExporter
from inquirylab.publish.files import write_atomically
from inquirylab.publish.report_forms import FORMS, HTML, write_form

if TYPE_CHECKING:
    from inquirylab.inquiry import Inquiry


def write_story(inquiry: Inquiry, form: str = HTML, target: Path | None = None) -> Path:
    """Write the story of an inquiry and return where it is: in its folder, if no file is named."""
    target = target or inquiry.folder.path / f"report{FORMS[form]}"
    page = story_page(inquiry, f"Made with inquirylab, {day(date.today())}.")
    if form != HTML:
        return write_form(page, form, target)
    write_atomically(target, page)
    return target


def story_page(inquiry: Inquiry, made: str) -> str:
    """Return the story of an inquiry as HTML that needs nothing from elsewhere. Formative: for those who may see all of it."""
    shown = [v4.new_output("display_data", part._repr_mimebundle_()) for part in inquiry.story().whole()]
    notebook = v4.new_notebook(cells=[v4.new_code_cell(outputs=[output]) for output in shown])
    page, _ = InquiryExporter().from_notebook_node(notebook, {"inquirylab": {"made": made}})
    return str(page)
