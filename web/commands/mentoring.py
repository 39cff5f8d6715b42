"""`flask mentoring ...`: the pairs that are quiet, and how mentoring goes, as JSON or a table. References, no names."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import click

from analytics.thresholds import DEFAULTS
from graphdb import mentoring
from graphdb.actors import Viewer
from web.commands.database import database
from web.mentoring import usecases

if TYPE_CHECKING:
    from collections.abc import Callable

HIDDEN = {"records": 0, "why": []}


@click.group("mentoring")
def group() -> None:
    """Mentoring pairs: quiet ones, and counts."""


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


def _found(as_of: date) -> usecases.Overview:
    with database() as graph:
        network = mentoring.network(graph, Viewer(), "", as_of, "en", everything=True)
    return usecases.overview(network, as_of)


@group.command("quiet")
@_common
def quiet_command(form: str, as_of: date) -> None:
    """Active pairs without contact for 60 days or more."""
    pairs = [
        {
            "id": line.pair.ref, "ref": line.pair.ref, "ulid": line.pair.id,
            "mentor": line.pair.mentor.ref, "leader": line.pair.leader.ref, "programme": line.pair.programme,
            "last_contact": line.last, "days": line.quiet, "contacts": len(line.pair.contacts),
            "reasons": [reason.as_dict() for reason in line.reasons],
        }
        for line in _found(as_of).others if line.quiet is not None
    ]  # fmt: skip
    if form == "json":
        _print(as_of, {"limit_days": DEFAULTS.quiet_days, "n": len(pairs), "pairs": pairs})
        return
    for one in pairs:
        click.echo(f"{one['ref']}  {one['mentor']}  {one['leader']}  {one['last_contact'] or '-'}  {one['days']} days")


@group.command("overview")
@_common
def overview_command(form: str, as_of: date) -> None:
    """How many pairs are active, in contact, quiet; how many leaders have no active mentor."""
    found = _found(as_of)
    counts = {
        "active": found.active, "in_contact_30_days": found.in_contact, "quiet_60_days": found.quiet,
        "leaders": found.leaders, "leaders_without_mentor": len(found.alone),
    }  # fmt: skip
    alone = [
        {"id": one.leader.ref, "ref": one.leader.ref, "ulid": one.leader.id, "reasons": [r.as_dict() for r in one.reasons]}
        for one in found.alone
    ]  # fmt: skip
    if form == "json":
        _print(as_of, {"counts": counts, "without_mentor": alone})
        return
    for name, n in counts.items():
        click.echo(f"{name:<24}{n}")


def _print(as_of: date, answer: dict[str, Any]) -> None:
    made = datetime.now(UTC).replace(microsecond=0)
    head = {"as_of": as_of, "window": None, "generated": made, "hidden": HIDDEN}
    click.echo(json.dumps({**head, **answer}, default=_plain, ensure_ascii=False, indent=1))


def _plain(value: object) -> str:
    assert isinstance(value, date | datetime)
    return value.isoformat()


COMMANDS = (group,)
