"""Answers that are files: always attachments, never shown inside the site."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask import abort

from web.interchange.tables import write_csv, write_xlsx

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask.typing import ResponseReturnValue

    from web.interchange.tables import Cell

MIME = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "ics": "text/calendar; charset=utf-8",
    "json": "application/json",
    "graphml": "application/xml",
    "zip": "application/zip",
}


def table_file(name: str, kind: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> ResponseReturnValue:
    """A table as CSV or Excel; 404 for another kind of file."""
    if kind == "csv":
        return attachment(name, kind, write_csv(columns, rows))
    if kind != "xlsx":
        abort(404)
    return attachment(name, kind, write_xlsx([(name[:31], columns, rows)]))


def attachment(name: str, kind: str, content: bytes | str) -> ResponseReturnValue:
    """A file to keep. `name` becomes plain ASCII, so that no header can be broken by it."""
    safe = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-.") or "mrezha"
    return content, 200, {
        "Content-Type": MIME[kind],
        "Content-Disposition": f'attachment; filename="{safe}.{kind}"',
    }  # fmt: skip
