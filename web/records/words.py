"""Words that record pages need beside the catalogue's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app, g
from flask_babel import gettext

from graphdb.catalogue import VOCABULARIES
from web.language import lazy
from web.records import lists

if TYPE_CHECKING:
    from flask import Blueprint

    from graphdb.catalogue import Kind
    from graphdb.records import RecordView

VERBS = {
    "create": lazy("added"),
    "update": lazy("changed"),
    "archive": lazy("archived"),
    "restore": lazy("brought back"),
    "verify": lazy("said to be still correct"),
    "unverify": lazy("the last check was taken back"),
    "status": lazy("open or closed was noted"),
    "merge": lazy("merged with a duplicate"),
    "unmerge": lazy("the merge was taken back"),
    "reassign": lazy("given to another organisation by a merge or its undoing"),
    "apart": lazy("said not to be the same as another one that looks alike"),
    "unapart": lazy("may be proposed as a duplicate again"),
    "import": lazy("imported"),
    "version": lazy("a version of the text was noted"),
    "remind": lazy("its people were reminded of its end"),
    "minutes": lazy("the minutes were written"),
    "minutes_approved": lazy("the minutes were approved"),
    "minutes_reopened": lazy("the minutes were opened again"),
    "headcount": lazy("people were counted"),
    "erase": lazy("erased"),
    "contact": lazy("a contact was logged"),
    "agreed": lazy("the two agreed"),
    "active": lazy("started"),
    "paused": lazy("paused"),
    "completed": lazy("completed"),
    "ended_early": lazy("ended early"),
}


def install(bp: Blueprint) -> None:
    """Give the templates of records their words."""

    @bp.app_context_processor
    def words() -> dict[str, object]:
        return {
            "vocabularies": VOCABULARIES,
            "cell_heads": cell_heads,
            "main_parts": main_parts,
            "empty_fields": empty_fields,
            "verb_word": verb_word,
            "field_words": field_words,
            "standing_own": standing_own,
            "list_args": lists.kept,
            "endpoints": current_app.view_functions,
        }


def cell_heads(kind: Kind) -> list[tuple[str, str]]:
    """Listed fields with their words."""
    return [(field.name, gettext(field.word)) for field in kind.fields if field.listed and field.name != kind.title]


def main_parts(kind: Kind) -> set[str]:
    """What a form shows first: what is needed or listed."""
    fields = {field.name for field in kind.fields if field.required or field.listed}
    return fields | {link.name for link in kind.links if link.required or link.listed}


def empty_fields(view: RecordView) -> set[str]:
    """Fields nothing is known of."""
    return {name for name, value in view.fields.items() if value is None or value == []}


def verb_word(verb: str) -> str:
    """A deed of the audit trail in words."""
    return str(VERBS.get(verb, verb))


def field_words(kind: Kind, names: list[str]) -> str:
    """Field names in words, the first six."""
    known = {part.name: gettext(part.word) for part in (*kind.fields, *kind.links)}
    shown = [known[name] for name in names if name in known]
    return ", ".join(shown[:6]) + (" …" if len(shown) > 6 else "")


def standing_own() -> bool:
    """Whether the record of this route is the reader's own."""
    standing = g.get("standing")
    return bool(standing and (standing.own or standing.party))
