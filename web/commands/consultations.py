"""`flask consultations ...`: the drafts under discussion, and one with its table of comments."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from graphdb.actors import OWNER
from graphdb.consultations import reading
from web.answers import head
from web.commands.answers import format_option, print_answer
from web.commands.database import database, say
from web.commands.days import today
from web.consultations import usecases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphdb.consultations.reading import CommentOf, ConsultationView
    from graphdb.meetings.pieces import Named
    from web.interchange.tables import Cell

LISTED = ("ref", "title", "kind", "state", "edition", "until", "asked", "answered", "comments", "undecided")
TABLE = (
    "number", "organisation", "part", "text", "proposed", "given", "meeting", "edition", "given_on", "decision", "reason", "decided_on",
)  # fmt: skip


@click.group("consultations")
def group() -> None:
    """Drafts under discussion, and what organisations say to them."""


@group.command("list")
@format_option
def list_command(form: str) -> None:
    """The drafts, the open ones first."""
    with database() as graph:
        found = reading.consultations(graph, OWNER, "en")
    lines = [{name: value for name, value in asdict(one).items() if name in LISTED} for one in found]
    rows = [[_cell(line[name]) for name in LISTED] for line in lines]
    print_answer(form, {**head(today(), None, {}), "consultations": lines}, LISTED, rows)


@group.command("show")
@click.argument("ref")
@click.option("--decision", default="", help="Only the comments with that decision, such as open or rejected.")
@format_option
def show_command(ref: str, decision: str, form: str) -> None:
    """The table of comments of the draft REF (its reference or id)."""
    with database() as graph:
        record = reading.called(graph, ref)
        found = reading.consultation(graph, record, OWNER, "en") if record else None
    if found is None:
        say(f"There is no draft “{ref}”.")
        sys.exit(1)
    lines = [_line(one) for one in usecases.lines(found, decision)]
    answer = {**head(today(), None, {}), **_draft(found), "table": lines}
    print_answer(form, answer, TABLE, [[_cell(line[name]) for name in TABLE] for line in lines])


def _draft(found: ConsultationView) -> dict[str, Any]:
    figures = usecases.figures(found)
    return {
        "consultation": {"id": found.ref, "ref": found.ref, "ulid": found.id, "title": found.title, "kind": found.kind,
                         "state": found.state, "edition": found.edition, "until": found.until},
        "comments": figures.comments, "asked": figures.asked, "answered": figures.answered,
        "decisions": figures.decisions, "commented": _titles(figures.commented), "nothing_to_add": _titles(figures.content),
        "not_answered": _titles(figures.silent), "not_asked": _titles(figures.others),
    }  # fmt: skip


def _line(one: CommentOf) -> dict[str, Any]:
    meeting = one["meeting"]["title"] if one["meeting"] else None
    return {name: one.get(name) for name in TABLE} | {
        "organisation": one["organisation"]["title"], "meeting": meeting,
    }  # fmt: skip


def _titles(who: Sequence[Named]) -> list[str]:
    return [one["title"] for one in who]


def _cell(value: Any) -> Cell:
    return value if value is None or isinstance(value, int | float) else str(value)


COMMANDS = (group,)
