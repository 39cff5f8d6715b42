"""`flask pack`: the pack of a meeting as a PDF."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path

import click
from flask import current_app

from graphdb.actors import Actor
from graphdb.meetings import packs
from web.commands.database import database, say
from web.language import LANGUAGES
from web.meetings.pack import freeze


@click.command("pack")
@click.argument("meeting")
@click.option(
    "--to", "target", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The PDF to write."
)
@click.option("--language", type=click.Choice(tuple(LANGUAGES)), default="en", show_default=True)
@click.option("--as-of", type=click.DateTime(("%Y-%m-%d",)), help="The day it speaks of, such as 2026-03-31; today.")
def pack_command(meeting: str, target: Path, language: str, as_of: datetime | None) -> None:
    """Make the pack of MEETING (its reference or id), keep it beside the meeting, and write it to a file."""
    on: date = as_of.date() if as_of else datetime.now(UTC).date()
    with database() as graph, current_app.test_request_context():
        record = packs.called(graph, meeting)
        if record is None:
            say(f"There is no meeting “{meeting}”.")
            sys.exit(1)
        _, pdf = freeze(graph, Actor("pack", "command"), record, language, on)
    try:
        target.write_bytes(pdf)
    except OSError as error:
        say(f"The pack is kept beside the meeting, but could not be written to {target}: {error.strerror}.")
        sys.exit(1)
    say(f"{target}: {len(pdf) // 1024} KB.")


COMMANDS = (pack_command,)
