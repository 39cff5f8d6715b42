"""`flask erase REF`: erase a person for good."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from graphdb import erasing, ties
from graphdb.actors import Actor
from graphdb.writes import change
from web.commands.database import database, say

ERASER = Actor("erase", "command")


@click.command("erase")
@click.argument("person", metavar="REF")
@click.option("--yes", is_flag=True, help="Do it; without this only what would go is said.")
def erase_command(person: str, *, yes: bool) -> None:
    """Erase a person for good: name, contact, notes of their pairs, account. Counts of past periods stay."""
    today = datetime.now(UTC).date()
    with database() as graph:
        found = erasing.standing(graph, person.strip().upper())
        if found is None:
            say(f"There is no person {person}. References look like PER-0013; they stand on the person's page.")
            raise SystemExit(1)
        if found.erased:
            click.echo(f"{found.ref} is erased already.")
            return
        what = (
            f"{found.ref}: {len(found.pairs)} mentoring pairs, {found.contacts} contacts, {found.posts} positions, "
            f"{found.ties} stated ties, {len(found.accounts)} accounts"
        )
        if not yes:
            click.echo(f"{what}.\nNothing is erased yet. Say --yes to erase; it cannot be taken back.")
            return
        change(graph, ERASER, lambda c: erasing.erase(c, graph, found.id, found.version, today).ref)
        ties.rebuild(graph, today)
    click.echo(f"Erased {what}.")


COMMANDS = (erase_command,)
