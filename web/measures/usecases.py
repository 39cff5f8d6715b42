"""Measures of a network asked for by kind of tie, window and day: the same figures for the page, files and commands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from analytics.dashboard import Dashboard, dashboard
from graphdb import ties

if TYPE_CHECKING:
    from datetime import datetime

    from graphdb.ties import Asked, Found, Network, Node


@dataclass(frozen=True, eq=False)
class Measured:
    """Ties that were asked for, and every measure of them."""

    asked: Asked
    found: Found
    values: Dashboard


@lru_cache(maxsize=32)
def measure(network: Network, asked: Asked) -> Measured:
    """Compute every measure; the same question about the same data is answered once."""
    found = ties.ties(network, asked)
    return Measured(asked, found, dashboard(found.table()))


def printed_ids(nodes: tuple[Node, ...]) -> dict[str, str]:
    """For each record the id that answers use: the imported one, else the reference, else (if taken) its own."""
    imported = {node.id: node.imported for node in nodes if node.imported}
    taken = set(imported.values())
    rest = {node.id: node.id if node.ref in taken else node.ref for node in nodes if node.id not in imported}
    return {**imported, **rest}


def answer(measured: Measured, generated: datetime) -> dict[str, Any]:
    """The answer of `flask measures` (contracts.md); ids as `printed_ids` says, null where a measure is undefined."""
    printed = printed_ids(measured.found.nodes)
    facts = dict(measured.values.network)
    facts["articulation_points"] = [printed[node] for node in _ids(facts["articulation_points"])]
    facts["bridges"] = [[printed[one], printed[other]] for one, other in _pairs(facts["bridges"])]
    asked = measured.asked
    return {
        "tie": asked.relation or (asked.kinds[0] if len(asked.kinds) == 1 else None),
        "as_of": asked.as_of.isoformat(),
        "window": asked.days,
        "generated": generated.isoformat(timespec="seconds"),
        "hidden": hidden(measured.found),
        "network": facts,
        "nodes": rows(measured, printed),
    }


def hidden(found: Found) -> dict[str, Any]:
    """What was left out, as every answer says it."""
    return {"records": sum(found.hidden.values()), "why": [{"code": code, "n": n} for code, n in found.hidden.items()]}


def rows(measured: Measured, printed: dict[str, str]) -> list[dict[str, Any]]:
    """One row a node: what it is, then every measure."""
    nodes = {node.id: node for node in measured.found.nodes}
    return [
        {"id": printed[values["id"]], "ref": nodes[values["id"]].ref, "ulid": values["id"],
         "name": nodes[values["id"]].name, **{key: value for key, value in values.items() if key != "id"}}
        for values in measured.values.nodes
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """One organisation and its values by the key of the measure."""

    node: Node
    name: str
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the network: its value, and the organisations it names, as far as the reader may know them."""

    key: str
    value: float | int | bool | str | None
    names: list[str]


def organisations(measured: Measured, language: str, only: frozenset[str] | None, sort: str) -> list[OrganisationRow]:
    """Rows by name, or by a measure, the highest first; `only` these organisations where it is given."""
    rows = [
        OrganisationRow(node, node.called(language), values)
        for node, values in zip(measured.found.nodes, measured.values.nodes, strict=True)
        if only is None or node.id in only
    ]
    rows.sort(key=lambda row: row.name.casefold())
    if sort in measured.values.columns:
        rows.sort(key=lambda row: _rank(row.values[sort]))
    return rows


def _rank(value: object) -> tuple[bool, float]:
    """The highest first, what is undefined last; bands are sorted as texts elsewhere and stay as they are."""
    return (not isinstance(value, int | float), -value if isinstance(value, int | float) else 0.0)


def figures(measured: Measured, compares: bool, own: frozenset[str], language: str) -> dict[str, Figure]:
    """Figures of the network by key; lists of organisations become their number, with names for who may compare.

    Others are told the number, and their own organisation where it is among them.
    """
    names = {node.id: node.called(language) for node in measured.found.nodes}

    def figure(key: str, value: Any) -> Figure:
        if not isinstance(value, list):
            return Figure(key, value, [])
        groups = [[entry] if isinstance(entry, str) else list(entry) for entry in value]
        named = [" – ".join(names[end] for end in ends) for ends in groups if compares or own & set(ends)]
        return Figure(key, len(groups), named)

    return {key: figure(key, value) for key, value in measured.values.network.items()}


def _ids(fact: object) -> list[str]:
    assert isinstance(fact, list)
    return fact


def _pairs(fact: object) -> list[list[str]]:
    assert isinstance(fact, list)
    return fact
