"""`jupyter nbconvert --to inquirylab`: an executed notebook as a page that needs nothing from elsewhere."""

from __future__ import annotations

from typing import Any

from nbconvert.exporters import Exporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from inquirylab.publish.assets import script
from inquirylab.reports.notebook_page import notebook_page


class InquiryExporter(Exporter):  # type: ignore[misc]
    """Writes pages. `resources["inquirylab"]` may hold what `notebook_page` takes: place, problem, title, where, guide.

    A page by itself is its team's: it carries its scripts, and the cells that teach are on it. The pages of a report
    share scripts (`resources["inquirylab"]["assets"]`), and those who read them work in no notebook.
    """

    export_from_notebook = "inquirylab page"
    output_mimetype = "text/html"

    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> tuple[str, Any]:
        """Return the page of a notebook, and the resources."""
        nb_copy, resources = super().from_notebook_node(nb, resources, **kw)
        known = dict(resources.get("inquirylab", {}))
        known.setdefault("title", resources.get("metadata", {}).get("name", ""))
        if "assets" not in known:
            known.setdefault("guide", True)
            known["scripts"] = (script("vega.js"), script("page.js"))
        return notebook_page(nb_copy, markdown=markdown_html, **known), resources


def markdown_html(source: str) -> str:
    """Return Markdown as HTML. Raw HTML in it is shown as text: a page trusts no cell with markup of its own."""
    renderer = IPythonRenderer(escape=True, allow_harmful_protocols=False, exclude_anchor_links=True)
    return str(MarkdownWithMath(renderer=renderer).render(source))
