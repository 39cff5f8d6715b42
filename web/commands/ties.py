"""`flask ties rebuild`: the derived ties that are stored for people who query the graph themselves."""

from __future__ import annotations

from datetime import date

import click

from graphdb import ties
from web.commands.database import database, say
from web.commands.days import as_of_option, today


@click.group("ties")
def ties_group() -> None:
    """Ties that follow from dated records."""


@ties_group.command("rebuild")
@as_of_option
def rebuild_command(as_of: date | None) -> None:
    """Write the stored ties of the last 180 days anew from the records."""
    with database() as graph:
        say(f"{ties.rebuild(graph, as_of or today())} ties written.")


COMMANDS = (ties_group,)
