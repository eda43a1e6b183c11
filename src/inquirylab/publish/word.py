"""A report as a Word file, to be edited and handed on: headings, lists and tables are Word's own."""

from __future__ import annotations

import io
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import docx
import vl_convert
from docx.document import Document as WordFile
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from inquirylab.charts.theme import TOKENS
from inquirylab.record.shown_text import brief, readable
from inquirylab.reports.document import (
    Block,
    Cards,
    Document,
    Drawing,
    Heading,
    Items,
    Line,
    Pairs,
    Paragraph,
    Table,
)
from inquirylab.reports.paper import ROOM_FOR_SCALE, drawing, sign

SHEET_CM, MARGIN_CM, CARD_CM = (21.0, 29.7), 2.0, 5.4
SHARPNESS = 2
"""Pixels for each unit of a drawing: Word takes no vectors from us, so charts are pictures."""
SIGN_PT = 8
FONT = "Arial"  # every school's computer has it
TABLE = "Light Shading"
LONGEST_PROPERTY = 255


def word(told: Document) -> bytes:
    """Return a report as the bytes of a .docx file. A chart's numbers follow it as a table: the file is made to be worked on."""
    file = docx.Document()
    _dress(file)
    file.core_properties.title = brief(told.title, LONGEST_PROPERTY)
    file.core_properties.author = ""
    file.core_properties.comments = told.mark.says
    file.core_properties.language = "en"
    file.sections[0].header.paragraphs[0].text = told.mark.on_paper
    file.add_heading(readable(told.title), 0)
    file.add_paragraph().add_run(f"{told.mark.word}. ").bold = True
    file.paragraphs[-1].add_run(told.mark.says)
    _Writer(file).whole(told.blocks)
    for line in told.foot:
        file.add_paragraph(readable(line), "Caption")
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def _dress(file: WordFile) -> None:
    """Set sheet, margins and the house's type, so that whoever edits the file goes on in it."""
    sheet = file.sections[0]
    sheet.page_width, sheet.page_height = map(Cm, SHEET_CM)
    sheet.left_margin = sheet.right_margin = sheet.top_margin = sheet.bottom_margin = Cm(MARGIN_CM)
    sizes = {
        "Normal": 10,
        "Title": 20,
        "Heading 1": 15,
        "Heading 2": 12,
        "Heading 3": 11,
        "Heading 4": 10,
        "Caption": 9,
    }
    for name, size in sizes.items():
        style = file.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)  # a theme's font would win over ours
        ink = TOKENS["muted" if name == "Caption" else "ink"][0]
        style.font.color.rgb = RGBColor.from_string(ink.lstrip("#").upper())
        if name != "Normal":  # a table's style makes its head bold
            style.font.bold = name.startswith("Heading")
    file.styles["Normal"].paragraph_format.space_after = Pt(6)


class _Writer:
    def __init__(self, file: WordFile) -> None:
        self.file = file
        self.page_cm = SHEET_CM[0] - 2 * MARGIN_CM

    def whole(self, blocks: Iterable[Block]) -> None:
        """Write a report's blocks; what is wide gets sheets on their side."""
        for block in blocks:
            self.turn(isinstance(block, Drawing | Table) and block.wide)
            self.blocks([block])
        self.turn(False)

    def turn(self, on_its_side: bool) -> None:
        width, height = sorted(SHEET_CM, reverse=on_its_side)
        if self.page_cm == width - 2 * MARGIN_CM:
            return
        sheet = self.file.add_section()
        sheet.orientation = WD_ORIENT.LANDSCAPE if on_its_side else WD_ORIENT.PORTRAIT
        sheet.page_width, sheet.page_height = Cm(width), Cm(height)
        self.page_cm = width - 2 * MARGIN_CM

    def blocks(self, blocks: Iterable[Block], depth: int = 0) -> None:
        for block in blocks:
            match block:
                case Heading(level, line):
                    self.line(self.file.add_heading("", min(level, 9)), line)
                case Paragraph(line, kind):
                    self.line(self.paragraph(depth, "Caption" if kind == "note" else "Normal"), line)
                case Items(items, ordered):
                    for item in items:
                        self.item(item, "List Number" if ordered else "List Bullet", depth)
                case Pairs(pairs):
                    for name, said in pairs:
                        self.pair(name, said, depth)
                case Table():
                    self.table(block)
                case Drawing(svg, width, alt):
                    share = 1 if block.wide else min(1, width / 640)
                    self.picture(self.file.add_paragraph(), svg, alt, self.page_cm * share)
                case Cards():
                    self.cards(block)

    def paragraph(self, depth: int, style: str = "Normal") -> Any:
        made = self.file.add_paragraph(style=style)
        if depth:
            made.paragraph_format.left_indent = Cm(0.63 * depth)
        return made

    def line(self, paragraph: Any, line: Line) -> None:
        for w in line:
            if w.picture:
                paragraph.add_run().add_picture(io.BytesIO(_png(sign(w.picture))), height=Pt(SIGN_PT))
                paragraph.add_run(" ")
            elif w.text == "\n":
                paragraph.add_run().add_break()
            elif w.text:
                paragraph.add_run(readable(w.text)).bold = w.strong or None

    def item(self, item: tuple[Block, ...], style: str, depth: int) -> None:
        first, *more = item
        # Word has three depths of its own lists
        made = self.file.add_paragraph(style=f"{style} {min(depth, 2) + 1}" if depth else style)
        if isinstance(first, Paragraph):
            self.line(made, first.line)
        else:
            more = list(item)
        self.blocks(more, depth + 1)

    def pair(self, name: Line, said: tuple[Block, ...], depth: int) -> None:
        made = self.paragraph(depth)
        self.line(made, tuple(w._replace(strong=True) for w in name))
        made.add_run(": ").bold = True
        if said and isinstance(said[0], Paragraph):
            self.line(made, said[0].line)
            said = said[1:]
        self.blocks(said, depth)

    def table(self, told: Table) -> None:
        if not told.columns:
            return
        table = self.file.add_table(len(told.rows) + 1, told.columns, TABLE)
        for cells, row in zip(table.rows, (told.head, *told.rows), strict=True):
            for cell, line in zip(cells.cells, row, strict=False):
                self.line(cell.paragraphs[0], line)
        _head(table)
        _whole_rows(table)
        self.file.add_paragraph()

    def cards(self, block: Cards) -> None:
        table = self.file.add_table((len(block.cards) + 2) // 3, 3)
        cells = (cell for row in table.rows for cell in row.cells)
        for card, cell in zip(block.cards, cells, strict=False):
            self.line(cell.paragraphs[0], card.head)
            if card.drawing:
                self.picture(cell.add_paragraph(), card.drawing.svg, card.drawing.alt, CARD_CM, ROOM_FOR_SCALE)
            self.line(cell.add_paragraph(style="Caption"), card.words)
        _whole_rows(table)
        self.file.add_paragraph()

    def picture(self, paragraph: Any, svg: str, alt: str, width: float, left: int = 0) -> None:
        placed = paragraph.add_run().add_picture(io.BytesIO(_png(drawing(svg, left)["svg"])), width=Cm(width))
        placed._inline.docPr.set("descr", readable(alt))


@lru_cache(maxsize=64)  # the signs of a report are few, and stand in many lines
def _png(svg: str) -> bytes:
    return bytes(vl_convert.svg_to_png(svg, scale=SHARPNESS))


def _head(table: Any) -> None:
    """A table's head stands on each page over which the table goes, and is read out with its cells; no stripes."""
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    table._tbl.tblPr.find(qn("w:tblLook")).set(qn("w:noHBand"), "1")


def _whole_rows(table: Any) -> None:
    """A chart stays on one page with its name."""
    for row in table.rows:
        row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))
