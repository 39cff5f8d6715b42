"""A network as files other programs read: the plain pair of CSV files, GraphML, GEXF. Text in, bytes out.

Rows are texts by column; the columns are those of the first row, in its order, and every row has them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from graphdb.records.checks import clean
from web.interchange.tables import write_csv

if TYPE_CHECKING:
    from collections.abc import Sequence

Row = dict[str, str]


def csv_pair(
    nodes: Sequence[Row], edges: Sequence[Row], node_heads: Sequence[str], edge_heads: Sequence[str]
) -> tuple[bytes, bytes]:
    """nodes.csv and edges.csv: UTF-8 with a mark, every cell quoted, no cell a formula."""
    return (
        write_csv(node_heads, ([row[head] for head in node_heads] for row in nodes)),
        write_csv(edge_heads, ([row[head] for head in edge_heads] for row in edges)),
    )


def graphml(nodes: Sequence[Row], edges: Sequence[Row]) -> bytes:
    """GraphML 1.0; every column but the ids is a text attribute."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
        *_keys("node", nodes, ("id",)),
        *_keys("edge", edges, ("source", "target")),
        '<graph edgedefault="directed">',
    ]
    lines += [f"<node id={_attr(row['id'])}>{_data('node', row, ('id',))}</node>" for row in nodes]
    for row in edges:
        way = "false" if row.get("directed") == "no" else "true"
        ends = f"source={_attr(row['source'])} target={_attr(row['target'])}"
        lines.append(f'<edge {ends} directed="{way}">{_data("edge", row, ("source", "target"))}</edge>')
    return "\n".join([*lines, "</graph>", "</graphml>", ""]).encode()


def gexf(nodes: Sequence[Row], edges: Sequence[Row]) -> bytes:
    """GEXF 1.2, as Gephi reads it; every column but the ids and the name is a text attribute."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">',
        '<graph defaultedgetype="directed">',
        *_attributes("node", nodes, ("id",)),
        *_attributes("edge", edges, ("source", "target")),
        "<nodes>",
    ]
    for row in nodes:
        values = _values(row, ("id",))
        lines.append(f"<node id={_attr(row['id'])} label={_attr(row.get('name', ''))}>{values}</node>")
    lines += ["</nodes>", "<edges>"]
    for number, row in enumerate(edges):
        way = "undirected" if row.get("directed") == "no" else "directed"
        ends = f"source={_attr(row['source'])} target={_attr(row['target'])}"
        lines.append(f'<edge id="{number}" {ends} type="{way}">{_values(row, ("source", "target"))}</edge>')
    return "\n".join([*lines, "</edges>", "</graph>", "</gexf>", ""]).encode()


def _heads(rows: Sequence[Row], without: tuple[str, ...]) -> list[str]:
    return [head for head in (rows[0] if rows else ()) if head not in without]


def _keys(of: str, rows: Sequence[Row], without: tuple[str, ...]) -> list[str]:
    return [
        f'<key id={_attr(f"{of}.{head}")} for="{of}" attr.name={_attr(head)} attr.type="string"/>'
        for head in _heads(rows, without)
    ]


def _data(of: str, row: Row, without: tuple[str, ...]) -> str:
    filled = ((head, value) for head, value in row.items() if head not in without and value)
    return "".join(f"<data key={_attr(f'{of}.{head}')}>{escape(clean(value))}</data>" for head, value in filled)


def _attributes(of: str, rows: Sequence[Row], without: tuple[str, ...]) -> list[str]:
    declared = (f'<attribute id={_attr(head)} title={_attr(head)} type="string"/>' for head in _heads(rows, without))
    return [f'<attributes class="{of}">', *declared, "</attributes>"]


def _values(row: Row, without: tuple[str, ...]) -> str:
    filled = ((head, value) for head, value in row.items() if head not in without and value)
    values = "".join(f"<attvalue for={_attr(head)} value={_attr(value)}/>" for head, value in filled)
    return f"<attvalues>{values}</attvalues>"


def _attr(value: str) -> str:
    return quoteattr(clean(value))
