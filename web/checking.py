"""The invariants of a network that `flask check` proves over everything that is stored."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graphdb import audit, backup, whole
from graphdb.catalogue import KINDS, Kind
from graphdb.connection import LONG_SECONDS
from graphdb.records.sealing import ERASED, opened, sealed_fields
from graphdb.vault import VaultError, is_sealed
from web import guard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphdb.connection import Graph, Tx
    from graphdb.whole import Node

_KIND_OF = {kind.label: kind for kind in KINDS}


@dataclass(slots=True)
class Report:
    """What was looked at, and what is wrong, in plain words without any stored value."""

    records: int = 0
    faults: list[str] = field(default_factory=list[str])


@dataclass(slots=True)
class _Seen:
    """The graph as far as the checks need it: links and back-links by record, ids."""

    nodes: list[Node]
    ties: Counter[tuple[str, str, bool]]


def check(graph: Graph) -> Report:
    """Read everything once and look for what must never be."""
    seen = graph.read(_read, LONG_SECONDS)
    report = Report()
    erased = graph.vault.erased()
    for node in seen.nodes:
        kind = next((_KIND_OF[label] for label in node.labels if label in _KIND_OF), None)
        if kind is not None:
            report.records += 1
            name = f"{kind.word} {node.values.get('ref') or node.values.get('id')}"
            report.faults += [f"{name}: {fault}" for fault in _faults(graph, kind, node, seen, erased)]
    report.faults += _doubles(seen)
    if (broken := audit.first_break(graph)) is not None:
        report.faults.append(f"The audit trail does not fit its chain from entry {broken} on.")
    if backup.unfinished(graph):
        report.faults.append("A restoration into this home broke off; what is here is not the whole network.")
    return report


def _read(tx: Tx) -> _Seen:
    where = whole.places(tx)
    nodes = list(whole.nodes(tx, where))
    ties: Counter[tuple[str, str, bool]] = Counter()
    for tie in whole.ties(tx, where):
        ties[tie.source, tie.name, True] += 1
        ties[tie.target, tie.name, False] += 1
    return _Seen(nodes, ties)


def _faults(graph: Graph, kind: Kind, node: Node, seen: _Seen, erased: dict[str, str]) -> Iterator[str]:
    values = node.values
    if "Record" not in node.labels or not values.get("id") or not values.get("version"):
        yield "it has no id, no version or no mark as a record."
        return
    for declared in kind.fields:
        if declared.required and values.get(declared.name) in (None, "", []):
            yield f"the needed field “{declared.word}” is empty."
    for link in kind.links:
        if link.required and not seen.ties[node.at, link.tie, link.outgoing]:
            yield f"the needed reference “{link.word}” is missing."
    subject = str(values.get("subject") or values["id"])
    if subject not in erased:
        yield from _sealing(graph, kind, values, subject)
    elif values.get("state") != "erased" and (
        kind.label == "Person" or any(values.get(declared.name) for declared in sealed_fields(kind))
    ):
        yield f"its subject was erased on {erased[subject]}, but it is still here. Erase it again to finish that."


def _sealing(graph: Graph, kind: Kind, values: dict[str, Any], subject: str) -> Iterator[str]:
    """Protected fields are ciphertext that opens; no note holds what no note may hold."""
    protected = [declared for declared in sealed_fields(kind) if values.get(declared.name)]
    plain = [declared for declared in protected if not is_sealed(str(values[declared.name]))]
    for declared in plain:
        yield f"the protected field “{declared.word}” lies in plain words."
    if plain:
        return
    try:
        readable = opened(graph, kind, str(values["id"]), subject, values)
    except VaultError as error:
        yield str(error)
        return
    for declared in kind.fields:
        text = readable.get(declared.name)
        if declared.free_text and isinstance(text, str) and text != ERASED:
            kinds = sorted({finding.kind.value for finding in guard.inspect(text) if finding.refuses})
            if kinds:
                yield f"“{declared.word}” holds what no note may hold ({', '.join(kinds)})."


def _doubles(seen: _Seen) -> Iterator[str]:
    """Ids and refs are there once: the database enforces it, unless its constraints were taken away."""
    for name in ("id", "ref"):
        counted = Counter(node.values[name] for node in seen.nodes if "Record" in node.labels and name in node.values)
        for value, n in counted.items():
            if n > 1:
                yield f"{n} records have the {name} {value}."
