"""The network as rows of nodes and edges for files: the columns that `flask import` reads, so that they come back.

nodes: id, name, label, kind, level, and whatever columns an imported file had beside them.
edges: source, target, relation, directed, weight, date, valid_from, valid_to, evidence, and such columns.
Declared ties stand one by one; what follows from records stands once for each pair and kind, with its weight and the
last day seen. Rows are sorted by all their cells: the same network gives the same bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphdb import exports, ties
from graphdb.ties import Asked
from web.measures.usecases import printed_ids

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from analytics.ties import Tie
    from graphdb.connection import Graph
    from graphdb.exports import Extra, SaidTie
    from graphdb.ties import Node
    from web.interchange.network_files import Row

NODE_COLUMNS = ("id", "name", "label", "kind", "level")
EDGE_COLUMNS = ("source", "target", "relation", "directed", "weight", "date", "valid_from", "valid_to", "evidence")
DERIVED = tuple(kind for kind in ties.KINDS_OF_TIE if kind != "declared")


def whole_network(graph: Graph, as_of: date, *, people: bool = False) -> tuple[list[Row], list[Row]]:
    """Nodes and edges as they are on a day, all with the same columns, sorted."""
    network = ties.people_network(graph) if people else ties.network(graph)
    extras, said = exports.said(graph, people=people)
    found = ties.ties(network, Asked(() if people else DERIVED, as_of))
    ids = printed_ids(found.nodes)
    nodes = [_node(node, ids[node.id], extras.get(node.id)) for node in found.nodes]
    edges = [_derived(tie, ids) for tie in found.ties]
    edges += [_declared(tie, ids) for tie in said if tie.source in ids and tie.target in ids]
    return _sorted(nodes, NODE_COLUMNS), _sorted(edges, EDGE_COLUMNS)


def _node(node: Node, printed: str, extra: Extra | None) -> Row:
    label = extra.aliases[0] if extra and extra.aliases else ""
    row = {"id": printed, "name": node.name, "label": label, "kind": node.kind, "level": node.level or ""}
    return _columns(extra.further if extra else ()) | {name: text for name, text in row.items() if text}


def _derived(tie: Tie, ids: dict[str, str]) -> Row:
    stated = tie.kind in {"agreement", "project"}
    return {
        "source": ids[tie.source],
        "target": ids[tie.target],
        "relation": tie.kind,
        "directed": "no" if tie.undirected else "yes",
        "weight": _number(tie.weight),
        "date": _day(None if stated else tie.last),
        "valid_from": _day(tie.first if stated else None),
        "valid_to": _day(tie.until if stated else None),
    }


def _declared(tie: SaidTie, ids: dict[str, str]) -> Row:
    return _columns(tie.further) | {
        "source": ids[tie.source],
        "target": ids[tie.target],
        "relation": tie.relation,
        "directed": "no" if tie.undirected else "yes",
        "weight": _number(tie.strength),
        "date": _day(tie.on),
        "valid_from": _day(tie.start),
        "valid_to": _day(tie.end),
        "evidence": tie.note,
    }


def _columns(further: Iterable[str]) -> Row:
    """“column: text” apart."""
    parts = (entry.partition(": ") for entry in further)
    return {name: text for name, _, text in parts if text}


def _sorted(rows: list[Row], first: tuple[str, ...]) -> list[Row]:
    more = sorted({name for row in rows for name in row} - set(first))
    whole = [{name: row.get(name, "") for name in (*first, *more)} for row in rows]
    return sorted(whole, key=lambda row: tuple(row.values()))


def _number(value: float | None) -> str:
    """A number as it is read back: whole ones without a point."""
    if value is None:
        return ""
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def _day(on: date | None) -> str:
    return on.isoformat() if on else ""
