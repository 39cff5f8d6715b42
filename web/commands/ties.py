"""`flask ties rebuild`: the derived ties stored for people who query the graph themselves. `flask compare`: two days."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import click

from graphdb import ties
from web.commands.answers import format_option, print_answer
from web.commands.database import database, say
from web.commands.days import Day, as_of_option, today, window_option
from web.commands.kinds import unknown_tie
from web.ties.changes import answer, compared, usual_start

if TYPE_CHECKING:
    from web.interchange.tables import Cell
    from web.ties.changes import Compared


@click.group("ties")
def ties_group() -> None:
    """Ties that follow from dated records."""


@ties_group.command("rebuild")
@as_of_option
def rebuild_command(as_of: date | None) -> None:
    """Write the stored ties of the last 180 days anew from the records."""
    with database() as graph:
        say(f"{ties.rebuild(graph, as_of or today())} ties written.")


@click.command("compare")
@click.option("--from", "start", type=Day(), help="The earlier day; that of the last meeting by default.")
@click.option("--to", "until", type=Day(), help="The later day; today by default.")
@click.option("--tie", "name", metavar="KIND", help="A kind of tie, or the word of an imported file for its ties.")
@window_option
@format_option
def compare_command(start: date | None, until: date | None, name: str | None, window: int | None, form: str) -> None:
    """Which ties were gained, lost and kept between two days."""
    with database() as graph:
        whole, later = ties.network(graph), until or today()
        earlier = start or usual_start(whole, later)[0]
        if earlier > later:
            say("The earlier day lies after the later one; give --from and --to the other way round.")
            sys.exit(1)
        try:
            after = ties.asked_for(whole, name, later, window)
        except KeyError:
            say(unknown_tie(whole, name))
            sys.exit(1)
        found = compared(whole, replace(after, as_of=earlier), after)
        print_answer(form, answer(found, datetime.now(UTC)), HEADS, _rows(found))


HEADS = ("change", "tie", "source", "target", "because")


def _rows(found: Compared) -> list[list[Cell]]:
    names = found.nodes
    return [
        [side, change.kind, names[ends[0]].name, names[ends[1]].name, names[who].name if who else None]
        for change, side, ends in found.moves()
        for who in (found.why(side, ends),)
    ]


COMMANDS = (ties_group, compare_command)
