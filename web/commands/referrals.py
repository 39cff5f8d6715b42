"""`flask referrals indicators`: how referrals go, as JSON, CSV or a table; never a case."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import click

from analytics.referral_indicators import Day
from graphdb.actors import OWNER
from web.commands.answers import format_option, print_answer
from web.commands.database import database, say
from web.commands.days import Day as DayType
from web.commands.days import as_of_option
from web.gaps.usecases import Reader, names_for
from web.referrals import figures

if TYPE_CHECKING:
    from analytics.referral_indicators import By

WINDOW = 90


@click.group("referrals")
def group() -> None:
    """Referrals in numbers."""


@group.command("indicators")
@click.option("--by", type=click.Choice(figures.BYS), help="A row for each pair, service or place; else all together.")
@click.option("--from", "start", type=DayType(), help="First day of sending; 90 days before the last by default.")
@click.option("--to", "end", type=DayType(), help="Last day of sending; the day to speak of by default.")
@click.option("--exact", is_flag=True, help="Hold nothing back. What it prints is for you alone, not to be passed on.")
@as_of_option
@format_option
def indicators_command(
    by: str | None, start: date | None, end: date | None, exact: bool, as_of: date | None, form: str
) -> None:
    """Are referrals answered, in time, and do they end in help? Small numbers are held back."""
    now = datetime.now(UTC)
    on = as_of or now.date()
    last = end or on
    first = start or last - timedelta(days=WINDOW - 1)
    if first > last:
        raise click.BadParameter("The first day is after the last.", param_hint="--from")
    rows: By | None = next((each for each in figures.BYS if each == by), None)
    with database() as graph:
        found = figures.figures(graph, figures.Asked(first, last, Day.at(on, now), rows), (), exact=exact)
        names = names_for(graph, Reader(OWNER))
    titles = {record: name.title for record, name in names.items()} | {"": "-"}
    heads = [*(figures.ENDS[rows] if rows else ()), *figures.FIGURES]
    answer = figures.answer(found, names)
    print_answer(form, answer, heads, figures.lines(found.others, titles))
    if form != "json" and answer["hidden"]["why"]:
        say(f"Held back as too small: {found.others.left} rows, {found.others.hidden} figures.")


COMMANDS = (group,)
