"""The archive for leaving: everything a network holds, as JSON and CSV that need no Mrezha to be read."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any, cast
from zipfile import ZIP_DEFLATED, ZipFile

from graphdb import whole
from graphdb.catalogue import KINDS, Kind
from graphdb.connection import LONG_SECONDS
from graphdb.records.sealing import opened
from graphdb.referrals.notes import opened_note
from graphdb.vault import sealed
from web.interchange.tables import write_csv

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path
    from typing import BinaryIO

    from graphdb.connection import Graph, Tx
    from graphdb.whole import Node, Tie

README = """\
Everything this network held in Mrezha on {day}. Protected texts are in plain words here: keep this file locked away.

fields.csv          what each field of each kind of record means: kind, field, type, words, class
records/KIND.json   one list of records a kind: id, ref, version, dates, every field; protected texts opened
records/KIND.csv    the same as a table; several values of one cell are separated by " | "
other/LABEL.json    agenda items, decisions, revisions, the audit trail, settings and what else is no record
ties.csv            every relationship: id and label of its two ends, its name, its own values as JSON
ties.json           the same as JSON

Dates are written 2026-03-31, moments 2026-03-31T14:30:00+00:00. Files are UTF-8; CSV cells that a spreadsheet might
take for a formula have one apostrophe in front. Passwords, sessions and keys are not here.
A text shown as a dagger belongs to a person who was erased; nobody can read it any more.
"""
SECRET = frozenset({"password", "hash"})
LEFT_OUT = frozenset({"Counter"})
Rows = list[dict[str, Any]]


def write_archive(graph: Graph, path: Path, secret: sealed.Secret, day: date) -> int:
    """Write the archive into a sealed file; returns how many records it holds."""
    nodes, ties = graph.read(_read, LONG_SECONDS)
    by_label: dict[str, Rows] = {}
    names: dict[str, tuple[str, str]] = {}
    for node in nodes:
        label = next((label for label in node.labels if label != "Record"), "Other")
        names[node.at] = (label, str(node.values.get("id") or node.values.get("key") or ""))
        if label not in LEFT_OUT:
            by_label.setdefault(label, []).append(_plain(graph, label, node))
    with sealed.create(path, secret) as stream, ZipFile(cast("BinaryIO", _Forward(stream)), "w", ZIP_DEFLATED) as out:
        out.writestr("README.txt", README.format(day=day.isoformat()))
        out.writestr("fields.csv", write_csv(("kind", "field", "type", "words", "class"), _fields()))
        for label in sorted(by_label):
            _write_label(out, label, by_label[label])
        _write_ties(out, ties, names)
    kinds = {kind.label for kind in KINDS}
    return sum(len(rows) for label, rows in by_label.items() if label in kinds)


class _Forward(io.RawIOBase):
    """A stream that only goes on: ZIP then writes its sizes behind each file."""

    def __init__(self, target: sealed.SealedWriter) -> None:
        super().__init__()
        self._target = target

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        return self._target.write(bytes(data))


def _read(tx: Tx) -> tuple[list[Node], list[Tie]]:
    where = whole.places(tx)
    return list(whole.nodes(tx, where)), list(whole.ties(tx, where))


def _plain(graph: Graph, label: str, node: Node) -> dict[str, Any]:
    values = {name: value for name, value in node.values.items() if name not in SECRET or label == "AuditEntry"}
    kind = _kind(label)
    if label == "Event":
        return values | {"note": opened_note(graph.vault, values.get("subject", ""), values["id"], values.get("note"))}
    if kind is None:
        return values
    record = str(values["id"])
    return opened(graph, kind, record, str(values.get("subject") or record), values)


def _kind(label: str) -> Kind | None:
    return next((kind for kind in KINDS if kind.label == label), None)


def _fields() -> list[tuple[str, str, str, str, str]]:
    return [(kind.slug, field.name, field.type, field.word, field.cls.value) for kind in KINDS for field in kind.fields]


def _write_label(out: ZipFile, label: str, rows: Rows) -> None:
    kind = _kind(label)
    if kind is None:
        out.writestr(f"other/{label}.json", _json(rows))
        return
    out.writestr(f"records/{kind.slug}.json", _json(rows))
    fixed = ["id", "ref", "version", "created_at", "changed_at", "archived_at"]
    columns = [*fixed, *(field.name for field in kind.fields)]
    columns += sorted({name for row in rows for name in row} - set(columns))
    out.writestr(
        f"records/{kind.slug}.csv", write_csv(columns, [[_cell(row.get(name)) for name in columns] for row in rows])
    )


def _write_ties(out: ZipFile, ties: list[Tie], names: dict[str, tuple[str, str]]) -> None:
    columns = ("from", "from_label", "name", "to", "to_label", "values")
    rows = [
        (names[tie.source][1], names[tie.source][0], tie.name, names[tie.target][1], names[tie.target][0], tie.values)
        for tie in ties
    ]
    out.writestr("ties.json", _json([dict(zip(columns, row, strict=True)) for row in rows]))
    out.writestr("ties.csv", write_csv(columns, [(*row[:5], _json(row[5], indent=None)) for row in rows]))


def _json(said: object, indent: int | None = 1) -> str:
    return json.dumps(said, default=_iso, ensure_ascii=False, indent=indent, sort_keys=True)


def _iso(value: Any) -> str:
    return value.isoformat()


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return " | ".join(_cell(item) for item in cast("list[Any]", value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else (value.isoformat() if hasattr(value, "isoformat") else str(value))
