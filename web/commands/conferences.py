"""`flask conferences list`: which case conferences are kept; references and counts, no text and no name."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from graphdb import conferences
from graphdb.actors import OWNER
from web.commands.answers import format_option, print_answer
from web.commands.database import database

HEADS = ("ulid", "case_ref", "state", "starts_at", "people", "open_steps")


@click.group("conferences")
def group() -> None:
    """Case conferences."""


@group.command("list")
@format_option
def list_command(form: str) -> None:
    """Which conferences are kept: reference, state, day, how many people are named, how many steps are open."""
    now = datetime.now(UTC).replace(microsecond=0)
    with database() as graph:
        found = conferences.mine(graph, OWNER)
    rows = [(one.id, one.case_ref, one.state, one.starts_at.isoformat(), one.people, one.open_steps) for one in found]
    answer = {
        "as_of": now.date(), "window": None, "generated": now,
        "hidden": {"records": 0, "why": ["Questions, results, steps and names are for those named in a conference."]},
        "conferences": [dict(zip(HEADS, row, strict=True)) for row in rows],
    }  # fmt: skip
    print_answer(form, answer, HEADS, rows)


COMMANDS = (group,)
