"""Minutes and tables of comments as Word files, to be edited. The only import of docx."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any, cast

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from docx.document import Document as Paper
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph

FONT = "Arial"  # on every office machine, and it draws all our scripts
_SOFT = RGBColor(0x5B, 0x65, 0x70)
# letters written from right to left; Word sets them right only in runs that say so
_RIGHT_TO_LEFT = re.compile(
    "([\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+(?:[\\s\u200c\u200d]+[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+)*)"
)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")


def minutes_file(sheet: dict[str, Any], language: str, at: datetime) -> bytes:
    """The minutes of `web.meetings.paper` as .docx: headings, tables and lists an office program understands."""
    paper, w = _blank(language), sheet["w"]
    _opening(paper, sheet, at)
    _say(paper.add_paragraph(), sheet["status"], bold=True)
    _attendance(paper, sheet)
    _items(paper, sheet)
    if sheet["note"]:
        _say(paper.add_heading(level=1), w["notes"])
        _lines(paper, sheet["note"])
    _say(paper.add_heading(level=1), w["actions"])
    if sheet["actions"]:
        rows = [(one["n"], one["text"], one["owner"], one["due"]) for one in sheet["actions"]]
        _table(paper, (w["number"], w["action"], w["owner"], w["due"]), rows, (1.2, 7.6, 4.8, 3.4))
    else:
        _say(paper.add_paragraph(), w["none"])
    _say(paper.add_heading(level=1), w["approval"])
    for line in [sheet["approval"]] if sheet["approval"] else [f"{w['approved_on']}: ", f"{w['signature']}: "]:
        _say(paper.add_paragraph(), line if sheet["approval"] else line + "_" * 40)
    return _saved(paper)


def comments_file(sheet: dict[str, Any], language: str, at: datetime) -> bytes:
    """The table of comments of `web.consultations.paper` as .docx, across the page."""
    paper = _blank(language)
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    _opening(paper, sheet, at)
    for line in sheet["summary"]:
        _say(paper.add_paragraph(), line)
    if sheet["rows"]:
        _table(paper, sheet["heads"], sheet["rows"], (1.1, 4.0, 3.0, 6.2, 4.9, 2.7, 3.8))
    else:
        _say(paper.add_paragraph(), sheet["w"]["none"])
    return _saved(paper)


def _opening(paper: Paper, sheet: dict[str, Any], at: datetime) -> None:
    """What kind of paper it is, its title, when and where, whose it is."""
    paper.core_properties.title = _clean(sheet["title"])
    paper.core_properties.author = _clean(sheet["running_network"])
    paper.core_properties.comments = ""
    paper.core_properties.created = paper.core_properties.modified = at.replace(tzinfo=None)
    w = sheet["w"]
    _soft(paper, w["pack"].upper())
    _say(paper.add_heading(level=0), sheet["title"])
    _say(paper.add_paragraph(), sheet["when"])
    if sheet["where"]:
        _say(paper.add_paragraph(), sheet["where"])
    _soft(
        paper,
        " · ".join(part for part in (sheet["network"], sheet["ref"], f"{w['printed']} {sheet['printed']}") if part),
    )


def _saved(paper: Paper) -> bytes:
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()


def _attendance(paper: Paper, sheet: dict[str, Any]) -> None:
    w = sheet["w"]
    _say(paper.add_heading(level=1), w["who"])
    if sheet["attendance"]:
        _say(paper.add_paragraph(), sheet["attendance"])
    if sheet["present"]:
        rows = [(one["organisation"], one["person"], one["how"]) for one in sheet["present"]]
        _table(paper, (w["organisation"], w["person"], w["how"]), rows, (8.0, 5.2, 3.8))
    for part in sheet["away"]:
        _say(paper.add_paragraph(), f"{part['how']}: {', '.join(part['who'])}")


def _items(paper: Paper, sheet: dict[str, Any]) -> None:
    w = sheet["w"]
    _say(paper.add_heading(level=1), w["items"])
    if not sheet["items"]:
        _say(paper.add_paragraph(), w["no_items"])
    for item in sheet["items"]:
        _say(paper.add_heading(level=2), f"{item['n']}. {item['title']}")
        proposed = f"{w['proposed_by']}: {item['proposer']}" if item["proposer"] else ""
        _soft(paper, " · ".join(part for part in (item["state"], proposed) if part))
        for decision in item["decisions"]:
            _lines(paper, f"{w['decision']}: {decision['text']}")
            for action in decision["actions"]:
                text = f"{action['n']}. {action['text']} ({action['owner']}; {action['due']})"
                _say(paper.add_paragraph(style="List Bullet"), text)


def _blank(language: str) -> Paper:
    """An empty A4 paper whose text is marked as of the language, so that its spelling is checked rightly."""
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "List Bullet"):
        style = cast("ParagraphStyle", paper.styles[name])
        style.font.name = FONT
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), FONT)
    normal = cast("ParagraphStyle", paper.styles["Normal"])
    normal.font.size = Pt(10.5)
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), language)
    normal.element.get_or_add_rPr().append(spoken)
    return paper


def _table(paper: Paper, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
    table = paper.add_table(rows=0, cols=len(heads), style="Table Grid")
    for n, texts in enumerate([heads, *rows]):
        row = table.add_row()
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.width = Cm(width)
            _say(cell.paragraphs[0], text, bold=n == 0)
    paper.element.body.tbl_lst[-1].tr_lst[0].get_or_add_trPr().append(
        OxmlElement("w:tblHeader")
    )  # comes again on each page
    paper.add_paragraph()


def _lines(paper: Paper, text: str) -> None:
    for line in text.replace("\r\n", "\n").split("\n"):
        _say(paper.add_paragraph(), line)


def _soft(paper: Paper, text: str) -> None:
    line = paper.add_paragraph()
    _say(line, text)
    for run in line.runs:
        run.font.size, run.font.color.rgb = Pt(9), _SOFT


def _say(line: Paragraph, text: str, *, bold: bool = False) -> None:
    """Text in runs, those from right to left marked as such."""
    for n, part in enumerate(_RIGHT_TO_LEFT.split(_clean(text))):
        if not part:
            continue
        run = line.add_run(part)
        run.bold = bold or None
        if n % 2:
            run.font.rtl = True
            run.font.cs_bold = bold or None


def _clean(text: str) -> str:
    """Without signs that no XML may hold, and those that turn the direction of what follows."""
    return _NOT_XML.sub("", text)
