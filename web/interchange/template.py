"""The workbook we hand out: instructions, one sheet a table, drop-down lists, an example row each; and the same as CSV.

Row 1 of a sheet shows titles in the reader's language, row 2 the codes of the columns, by which the file is read back.
Example rows begin with #example and are passed over.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from graphdb.catalogue import word_of
from graphdb.words import N_
from web.interchange.columns import TABLES, Field
from web.interchange.readers.cells import EXAMPLE
from web.interchange.tables import write_csv
from web.interchange.vocabularies import Vocabulary

Translate = Callable[[str], str]

LISTS = "lists"
INSTRUCTIONS = "instructions"
ROWS_WITH_LISTS = 2_000
WIDEST = 45
GUIDE = (
    N_("How to fill in this workbook"),
    N_("Each sheet is one table. Fill in only what you have; a sheet may stay empty."),
    N_("The first row is the title. The second, grey row tells the program which column it is: please leave it."),
    N_("Columns with a * are needed in every row."),
    N_("Rows that begin with #example show how it is meant. They are passed over; you may delete them."),
    N_("Write an organisation in every sheet exactly as in the sheet of organisations, or use its id."),
    N_("Write dates like 2025-12-31. Leave a date empty when you do not know it."),
    N_("Several values in one cell are separated by semicolons."),
    N_("Never write names, birth dates, phones or document numbers of people you help. Such a file is refused."),
    N_("Nothing is written before you have seen a preview, and an import can be undone."),
)
# codes that no vocabulary of the catalogue has
PLAIN_WORDS = {
    "yes": N_("yes"), "no": N_("no"), "helped": N_("helped"), "not_helped": N_("not helped"),
}  # fmt: skip
ABOUT = {
    "organisations": N_("Organisations: who belongs to the network."),
    "people": N_("People: who works there, and who the focal point is."),
    "services": N_("Services: who offers what, where, for whom."),
    "ties": N_("Ties: who works with whom."),
    "meetings": N_("Meetings: one row for each organisation that was invited."),
    "assessments": N_("Assessments: what you asked about and found, above all where there is nobody."),
    "referrals": N_("Referrals: which cases you sent to whom, one row a case. Case references are issued anew here."),
}


def workbook(translate: Translate, other: Translate | None = None) -> bytes:
    """The template as XLSX in the language of `translate`; instructions in that of `other` beside, where given."""
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        _write_guide(book, [translate, *([other] if other else [])])
        pages = {kind: book.add_worksheet(kind) for kind in TABLES}
        lists = book.add_worksheet(LISTS)
        lists.hide()
        ranges = _write_lists(lists, translate)
        for kind, page in pages.items():
            _write_table(book, page, TABLES[kind], ranges, translate)
    return out.getvalue()


def csv_table(kind: str, translate: Translate) -> bytes:
    """One table of the template as CSV: titles, codes, the example."""
    fields = TABLES[kind]
    return write_csv(_titles(fields, translate), [[field.name for field in fields], _example(fields, translate)])


def csv_archive(translate: Translate) -> bytes:
    """All tables as CSV files in one zip, with the instructions as a text file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for kind in TABLES:
            archive.writestr(_entry(f"{kind}.csv"), csv_table(kind, translate))
        lines = [translate(line) for line in (*GUIDE, *ABOUT.values())]
        archive.writestr(_entry(f"{INSTRUCTIONS}.txt"), "\r\n".join(lines).encode("utf-8-sig"))
    return out.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    """An entry with a fixed date, so that the same template is the same file."""
    entry = zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _write_guide(book: Workbook, languages: Sequence[Translate]) -> None:
    page = book.add_worksheet(INSTRUCTIONS)
    heading = book.add_format({"bold": True, "font_size": 14, "text_wrap": True})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    for column, translate in enumerate(languages):
        page.set_column(column, column, 80)
        for row, line in enumerate((*GUIDE, *ABOUT.values())):
            page.write_string(row, column, translate(line), body if row else heading)


def _titles(fields: Sequence[Field], translate: Translate) -> list[str]:
    return [translate(field.title) + (" *" if field.required else "") for field in fields]


def _example(fields: Sequence[Field], translate: Translate) -> list[str]:
    cells = [_choice(field.choices, field.example, translate) if field.choices else field.example for field in fields]
    return [f"{EXAMPLE} {cells[0]}".strip(), *cells[1:]]


def _choice(vocabulary: Vocabulary, code: str, translate: Translate) -> str:
    """What the drop-down shows: the word, and in brackets the code that it is read back by."""
    if not code:
        return ""
    return f"{translate(PLAIN_WORDS.get(code) or word_of(vocabulary.name, code))} ({code})"


def _vocabularies() -> list[Vocabulary]:
    return list(dict.fromkeys(field.choices for fields in TABLES.values() for field in fields if field.choices))


def _write_lists(page: Worksheet, translate: Translate) -> dict[Vocabulary, str]:
    """Writes each vocabulary as a column of the hidden sheet; gives the range of each."""
    ranges: dict[Vocabulary, str] = {}
    for column, vocabulary in enumerate(_vocabularies()):
        for row, code in enumerate(vocabulary.codes):
            page.write_string(row, column, _choice(vocabulary, code, translate))
        letter = chr(ord("A") + column)
        ranges[vocabulary] = f"={LISTS}!${letter}$1:${letter}${len(vocabulary.codes)}"
    return ranges


def _write_table(
    book: Workbook, page: Worksheet, fields: Sequence[Field], ranges: dict[Vocabulary, str], translate: Translate
) -> None:
    titles, example = _titles(fields, translate), _example(fields, translate)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    text = book.add_format({"num_format": "@"})
    rows: tuple[tuple[list[str], Format], ...] = (
        (titles, bold),
        ([field.name for field in fields], book.add_format({"font_color": "#666666", "font_size": 8})),
        (example, book.add_format({"italic": True, "font_color": "#666666"})),
    )
    for column, field in enumerate(fields):
        width = max(12, min(WIDEST, len(titles[column]), len(example[column])))
        page.set_column(column, column, width, text)
        for row, (cells, style) in enumerate(rows):
            page.write_string(row, column, cells[column], style)
        if field.note:
            page.write_comment(0, column, translate(field.note))
        if field.choices:
            allowed = {"validate": "list", "source": ranges[field.choices], "error_type": "warning"}
            page.data_validation(len(rows), column, ROWS_WITH_LISTS, column, allowed)
    page.freeze_panes(2, 0)
