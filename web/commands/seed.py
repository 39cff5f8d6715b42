"""`flask seed vocabulary`: service types and target groups to start from, in an own network."""

from __future__ import annotations

import click

from graphdb.actors import Actor
from seed.vocabulary import load_vocabulary
from web.commands.database import database


@click.group("seed")
def seed_group() -> None:
    """Starting data for your own network."""


@seed_group.command("vocabulary")
def vocabulary_command() -> None:
    """Make the starting service types and target groups that are not there yet; nothing else is touched."""
    with database() as graph:
        made = load_vocabulary(graph, Actor("seed vocabulary", "command"))
    click.echo(f"{made.types} service types and {made.groups} target groups were made. Those already there were kept.")


COMMANDS = (seed_group,)
