"""`flask meetings ...`: the pack of a meeting as a PDF, and what a meeting brought about."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask import current_app

from graphdb import ties
from graphdb.actors import OWNER, Actor
from graphdb.meetings import packs
from web.answers import head
from web.commands.answers import format_option, print_answer
from web.commands.database import database, say
from web.commands.days import as_of_option, today
from web.gaps.usecases import Reader, names_for
from web.language import LANGUAGES
from web.meetings import effect, effect_answer
from web.meetings.pack import freeze

if TYPE_CHECKING:
    from graphdb.connection import Graph


@click.group("meetings")
def group() -> None:
    """The pack of a meeting, and its effect."""


@group.command("pack")
@click.argument("meeting")
@click.option(
    "--to", "target", type=click.Path(dir_okay=False, path_type=Path), help="The PDF to write; else it is kept only."
)
@click.option("--language", type=click.Choice(tuple(LANGUAGES)), default="en", show_default=True)
@as_of_option
@format_option
def pack_command(meeting: str, target: Path | None, language: str, as_of: date | None, form: str) -> None:
    """Make the pack of MEETING (its reference or id) and keep it beside the meeting."""
    on = as_of or today()
    with database() as graph, current_app.test_request_context():
        record = _called(graph, meeting)
        made, pdf = freeze(graph, Actor("pack", "command"), record, language, on)
    if target is not None:
        try:
            target.write_bytes(pdf)
        except OSError as error:
            say(f"The pack is kept beside the meeting, but could not be written to {target}: {error.strerror}.")
            sys.exit(1)
    facts = {"meeting": meeting, "pack": made, "language": language, "bytes": len(pdf), "file": target and str(target)}
    print_answer(form, {**head(on, None, {}), **facts}, tuple(facts), [tuple(facts.values())])


@group.command("effect")
@click.argument("meeting")
@as_of_option
@format_option
def effect_command(meeting: str, as_of: date | None, form: str) -> None:
    """What MEETING (its reference or id) brought about until the next one of its series."""
    with database() as graph:
        record = _called(graph, meeting)
        found = effect.effect(graph, record, as_of or today(), OWNER, "en", ties.network(graph))
        names = names_for(graph, Reader(OWNER))
    assert found is not None
    answer = effect_answer.answer(found, names)
    rows = [(name, each["value"], each["n"]) for name, each in answer["figures"].items()]
    rows += [("ties_gained", len(found.gained), None), *((name, found.count(name), None) for name in OUTCOMES)]
    print_answer(form, answer, ("figure", "value", "n"), rows)


OUTCOMES = ("kept", "late", "done_undated", "open", "overdue", "cancelled")


def _called(graph: Graph, given: str) -> str:
    record = packs.called(graph, given)
    if record is None:
        say(f"There is no meeting “{given}”.")
        sys.exit(1)
    return record


COMMANDS = (group,)
