"""Words of the import pages: fields and tables by name, counts, notices as sentences; and what their selects answer."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from flask_babel import gettext

from web.interchange.columns import EXTRAS, TABLES
from web.interchange.duplicates import WHY
from web.interchange.readers.headers import EDGE_FIELDS, NODE_FIELDS
from web.interchange.sentences import sentence
from web.language import lazy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Blueprint
    from werkzeug.datastructures import MultiDict

    from web.interchange.facts import Notice

    Tables = list[tuple[str, str | None, str, int | None, dict[str, str | None] | None]]

KINDS = {
    "organisations": lazy("organisations"),
    "people": lazy("people"),
    "services": lazy("services"),
    "ties": lazy("ties"),
    "meetings": lazy("meetings"),
    "assessments": lazy("assessments"),
    "referrals": lazy("referrals"),
    "nodes": lazy("nodes of a network"),
    "edges": lazy("ties of a network"),
}
COUNTS = {
    "organisations": lazy("organisations"), "people": lazy("people"), "positions": lazy("positions"),
    "places": lazy("places"), "service_types": lazy("service types"), "groups": lazy("target groups"),
    "services": lazy("services"), "ties": lazy("ties"), "ties_of_people": lazy("ties between people"),
    "series": lazy("series of meetings"), "meetings": lazy("meetings"), "attendance": lazy("attendances"),
    "assessments": lazy("assessments"), "referrals": lazy("referrals"),
}  # fmt: skip
OTHER_FIELDS = {
    "organisation": lazy("Organisation"), "organisation_acronym": lazy("Short name"), "organisation_id": lazy("Id"),
    "sector": lazy("Type of service"), "subsector": lazy("Narrower type of service"), "activity": lazy("Activity"),
    "country": lazy("Country"), "adm1": lazy("Region"), "adm2": lazy("Municipality"), "loc": lazy("Place"),
    "group": lazy("For whom"), "status": lazy("Status"), "valid_from": lazy("From date"), "valid_to": lazy("To date"),
    "assured_on": lazy("Checked on"), "capacity": lazy("Capacity"), "note": lazy("Note"),
    "latitude": lazy("Latitude"), "longitude": lazy("Longitude"),
}  # fmt: skip
STATES = {
    "running": lazy("broken off or still at work"),
    "done": lazy("imported"),
    "undoing": lazy("is being taken back"),
    "undone": lazy("taken back"),
}


def install(bp: Blueprint) -> None:
    """Give the templates their words."""

    @bp.app_context_processor
    def words() -> dict[str, object]:
        return {
            "import_kinds": KINDS,
            "import_counts": COUNTS,
            "import_states": STATES,
            "fields_of": fields_of,
            "told": told,
            "grouped": grouped,
            "why_alike": lambda code: gettext(WHY[code]),
        }


def fields_of(kind: str) -> list[tuple[str, str]]:
    """The fields a column of this kind of table may be, with their words."""
    if kind in TABLES:
        return [(each.name, gettext(each.title)) for each in (*TABLES[kind], *EXTRAS.get(kind, ()))]
    if kind in {"nodes", "edges"}:
        return [(name, name) for name in (NODE_FIELDS if kind == "nodes" else EDGE_FIELDS)]
    return [(name, str(word)) for name, word in OTHER_FIELDS.items()]


def told(notice: Notice) -> str:
    """A notice as a sentence."""
    return sentence(notice, gettext)


def grouped(notices: Sequence[Notice]) -> list[tuple[str, list[Notice]]]:
    """Notices by what they say."""
    groups: dict[str, list[Notice]] = defaultdict(list)
    for notice in notices:
        groups[told(notice)].append(notice)
    return sorted(groups.items(), key=lambda pair: -len(pair[1]))


def chosen_tables(before: Tables, tables: Sequence[dict[str, Any]], form: MultiDict[str, str]) -> Tables:
    """What the selects say about sheets and columns, beside what was said before; only what differs from the reading."""
    said = {(file, sheet): (kind, row, fields) for file, sheet, kind, row, fields in before}
    for at, table in enumerate(tables):
        key = (table["file"], table["sheet"])
        kind = form.get(f"kind-{at}", table["kind"] or "")
        if kind != (table["kind"] or "") and kind in KINDS:
            said[key] = (kind, _row(form.get(f"row-{at}")), None)
            continue
        fields = _fields(at, table, form)
        if fields is not None:
            said[key] = (kind, table["header_row"], fields)
    return [(file, sheet, *rest) for (file, sheet), rest in said.items()]


def _fields(at: int, table: dict[str, Any], form: MultiDict[str, str]) -> dict[str, str | None] | None:
    """Every column's field where one of them was changed, else None."""
    allowed = {name for name, _ in fields_of(table["kind"] or "")}
    chosen: dict[str, str | None] = {}
    changed = False
    for column in table["columns"]:
        given = form.get(f"column-{at}-{column['index']}")
        field = column["field"] if given is None or (given and given not in allowed) else given or None
        chosen[str(column["index"])] = field
        changed = changed or field != column["field"]
    return chosen if changed else None


def chosen_encodings(
    before: dict[str, str], texts: Sequence[dict[str, Any]], form: MultiDict[str, str]
) -> dict[str, str]:
    """What the selects say about encodings."""
    said = dict(before)
    for at, text in enumerate(texts):
        given = form.get(f"encoding-{at}", "")
        if given in text["alternatives"] and given != text["encoding"]:
            said[text["file"]] = given
    return said


def _row(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() and len(text) < 7 else None
