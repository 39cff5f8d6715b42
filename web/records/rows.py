"""Rows of a list as plain cells, for files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext

from graphdb.catalogue import word_of

if TYPE_CHECKING:
    from graphdb.catalogue import Field, Kind
    from graphdb.records import RecordRow


def flat(kind: Kind, rows: list[RecordRow]) -> tuple[list[str], list[list[str]]]:
    """Column heads and rows of text: reference, title, the listed fields and links."""
    fields = [field for field in kind.fields if field.listed and field.name != kind.title]
    links = [link for link in kind.links if link.listed]
    heads = [
        gettext("Reference"),
        gettext(kind.field(kind.title).word if kind.title in kind.field_names() else kind.word),
    ]
    heads += [gettext(part.word) for part in (*fields, *links)]
    body: list[list[str]] = []
    for row in rows:
        cells = [row.ref or row.id, row.title]
        cells += [_cell(field, row.cells.get(field.name)) for field in fields]
        cells += [" | ".join(to["title"] or "" for to in row.links.get(link.name, [])) for link in links]
        body.append(cells)
    return heads, body


def _cell(field: Field, value: object) -> str:
    if value is None:
        return ""
    if field.type == "flag":
        return gettext("yes") if value else gettext("no")
    if field.type == "choice":
        return gettext(word_of(field.vocabulary, str(value)))
    if isinstance(value, list):
        words = [gettext(word_of(field.vocabulary, str(code))) if field.vocabulary else str(code) for code in value]
        return " | ".join(words)
    return str(value)
