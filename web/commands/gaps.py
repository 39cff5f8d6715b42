"""`flask gaps ...`: coverage and collaboration as JSON or a table, and detection."""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import click

from analytics.coverage import Scope
from graphdb.actors import OWNER, Actor
from graphdb.catalogue import codes
from graphdb.gaps import listed
from web.answers import head
from web.commands.answers import format_option, print_answer, print_table
from web.commands.database import database, say
from web.gaps import detection, printed, scopes, usecases

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphdb.naming import Name

READER = usecases.Reader(OWNER)


@click.group("gaps")
def gaps() -> None:
    """Who is missing where, and who does not work together."""


def _on(_: click.Context, __: click.Parameter, given: str | None) -> date:
    if not given:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise click.BadParameter(f"“{given}” is not a date; write it as 2026-03-31.") from None


def _common(command: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.option("--format", "form", type=click.Choice(("json", "table")), default="table", show_default=True),
        click.option("--as-of", callback=_on, metavar="DATE", help="The day to answer for, such as 2026-03-31; today."),
    ):
        command = option(command)
    return command


@gaps.command("coverage")
@_common
@click.option("--level", default="", help="adm1, adm2, country, or a level of places; else places as they are stated.")
@click.option("--service", default="", help="This service type and all narrower: id, reference or name.")
@click.option("--place", default="", help="This place and all inside: id, reference or name.")
@click.option("--group", default="", help="This group and all narrower: id, reference or name.")
def coverage_command(form: str, as_of: date, level: str, service: str, place: str, group: str) -> None:
    """Every place x service type x group, with its class and providers."""
    with database() as graph:
        names = usecases.names_for(graph, READER)
        try:
            scope = Scope(
                scopes.level_of(level),
                scopes.record_of(names, "Place", place),
                scopes.record_of(names, "ServiceType", service),
                scopes.record_of(names, "PopulationGroup", group),
            )
        except scopes.UnknownScopeError as unknown:
            say(str(unknown))
            sys.exit(1)
        answer = printed.coverage_json(usecases.coverage_answer(graph, READER, as_of, scope))
    if form == "json":
        _print_json(answer)
        return
    rows = [
        [
            cell["class"],
            cell["place_name"],
            cell["service_name"],
            cell.get("group_name", "-"),
            str(len(cell["providers"])),
        ]
        for cell in answer["cells"]
    ]
    print_table(("class", "place", "service", "group", "providers"), rows)
    say(f"{answer['denominator']} cells assessed, beside them {answer['counts']['not_assessed']} not assessed.")


@gaps.command("collaboration")
@_common
def collaboration_command(form: str, as_of: date) -> None:
    """Who should work together and does not, with reasons."""
    with database() as graph:
        found = usecases.collaboration_answer(graph, READER, as_of)
        answer = printed.collaboration_json(found)
    if form == "json":
        _print_json(answer)
        return
    rows = [
        [gap.cls, *(_called(found.names.get(end)) for end in (gap.source, gap.target or "")),
         str(gap.n), " ".join(reason.code for reason in gap.reasons)]
        for gap in found.gaps
    ]  # fmt: skip
    print_table(("class", "source", "target", "n", "reasons"), rows)


def _called(name: Name | None) -> str:
    """What a table prints: of people the reference, for a leader's name belongs to the own programme."""
    return "-" if name is None else name.ref if name.label == "Person" else name.title


@gaps.command("detect")
@click.option("--as-of", callback=_on, metavar="DATE", help="The day to judge, such as 2026-03-31; today.")
@format_option
def detect_command(as_of: date, form: str) -> None:
    """Look for gaps and keep what is found, with its history."""
    with database() as graph:
        try:
            counts = detection.detect(graph, Actor("detect", "command"), as_of)
        except detection.EarlierDayError as error:
            say(str(error))
            sys.exit(1)
    print_answer(form, {**head(as_of, None, {}), **counts}, tuple(counts), [tuple(counts.values())])


@gaps.command("list")
@click.option("--state", type=click.Choice(codes("gap_state")), show_choices=False, help="Only of this state.")
@click.option("--class", "cls", type=click.Choice(codes("gap_class")), show_choices=False, help="Only of this class.")
@format_option
def list_command(state: str | None, cls: str | None, form: str) -> None:
    """The gaps that are kept, the most points first, with what people decided."""
    today = datetime.now(UTC).date()
    with database() as graph:
        found = listed(graph, state or "", cls or "")
        names = usecases.names_for(graph, READER)
    answer = printed.listed_json(found, names, today)
    titles = {record: name.title for record, name in names.items()}
    rows = [
        [gap.ref, gap.cls, gap.state, gap.points, gap.first_seen and gap.first_seen.isoformat(),
         *(titles.get(record or "") for record in (gap.place, gap.service, gap.group, gap.source, gap.target))]
        for gap in found
    ]  # fmt: skip
    heads = ("ref", "class", "state", "points", "first_seen", "place", "service", "group", "source", "target")
    print_answer(form, answer, heads, rows)


def _print_json(answer: dict[str, Any]) -> None:
    click.echo(json.dumps(answer, ensure_ascii=False, indent=1))


COMMANDS = (gaps,)
