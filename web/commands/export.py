"""`flask export`: the network as files that other programs, and `flask import`, read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from web.commands.database import database, say
from web.commands.days import as_of_option, today
from web.interchange.exporting import EDGE_COLUMNS, NODE_COLUMNS, whole_network
from web.interchange.network_files import csv_pair, gexf, graphml


@click.command("export")
@click.option("--to", "form", type=click.Choice(["csv", "graphml", "gexf"]), required=True, help="Kind of file.")
@click.option("--level", type=click.Choice(["organisation", "person"]), default="organisation", show_default=True)
@as_of_option
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export_command(form: str, level: str, as_of: date | None, folder: Path) -> None:
    """Write the network of organisations (or of people) into FOLDER."""
    with database() as graph:
        nodes, edges = whole_network(graph, as_of or today(), people=level == "person")
    heads = list(nodes[0]) if nodes else list(NODE_COLUMNS), list(edges[0]) if edges else list(EDGE_COLUMNS)
    if form == "csv":
        files = dict(zip(("nodes.csv", "edges.csv"), csv_pair(nodes, edges, *heads), strict=True))
    else:
        files = {f"network.{form}": (graphml if form == "graphml" else gexf)(nodes, edges)}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise click.ClickException(f"Nothing more was written to {folder}: {error.strerror}.") from None
    say(f"{len(nodes)} nodes and {len(edges)} ties written to {folder}: {', '.join(files)}.")
    if level == "person":
        say("These files name people, leaders and mentors by pseudonym: keep them as you keep their contact details.")


COMMANDS = (export_command,)
