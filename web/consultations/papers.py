"""The table of comments as a file: to count with (CSV), to edit (Word), to print (PDF)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import abort, request

from web.access import allow
from web.consultations import paper, usecases
from web.consultations.blueprint import bp
from web.consultations.draft import one
from web.files import attachment, table_file
from web.language import code
from web.meetings.paper import printable
from web.packs.render import COMMENTS, print_sheet
from web.packs.word import comments_file

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@bp.get("/<record>/table/<form>")
@allow("consultation", "read", record="record", label="Consultation")
def table(record: str, form: str) -> ResponseReturnValue:
    """The comments of a draft (`decision` chooses), in the reader's language."""
    found = one(record)
    lines = usecases.lines(found, request.args.get("decision", ""))
    name = f"{found.ref}-{code()}"
    if form in {"csv", "xlsx"}:
        return table_file(name, form, paper.heads(), [paper.cells(line) for line in lines])
    if form not in {"docx", "pdf"}:
        abort(404)
    sheet = paper.sheet(found, lines, datetime.now(UTC))
    if form == "docx":
        return attachment(name, form, comments_file(sheet, code(), datetime.now(UTC)))
    return attachment(name, form, print_sheet(printable(sheet), COMMENTS))
