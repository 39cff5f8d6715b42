"""`flask measures`: the measures of the network, as `contracts.md` says."""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime
from typing import Any

import click

from graphdb import ties
from web.commands.answers import format_option, print_answer
from web.commands.database import database, say
from web.commands.days import as_of_option, today, window_option
from web.commands.kinds import unknown_tie
from web.measures.between import BY, across
from web.measures.between import answer as between_groups
from web.measures.together import answer as two_kinds
from web.measures.together import beside
from web.measures.usecases import answer, measure


@click.command("measures")
@click.option("--tie", "name", metavar="KIND", help="A kind of tie, or the word of an imported file for its ties.")
@window_option
@click.option("--level", type=click.Choice(["organisation", "person"]), default="organisation", show_default=True)
@as_of_option
@click.option("--format", "form", type=click.Choice(["json", "table"]), default="table", show_default=True)
def measures_command(name: str | None, window: int | None, level: str, as_of: date | None, form: str) -> None:
    """Measure the network: who is tied to how many, who connects whom, where it hangs on one."""
    with database() as graph:
        whole = ties.network(graph) if level == "organisation" else ties.people_network(graph)
        try:
            asked = ties.asked_for(whole, name, as_of or today(), window)
        except KeyError:
            say(unknown_tie(whole, name))
            sys.exit(1)
        found = answer(measure(whole, asked), datetime.now(UTC)) | {"level": level}
        click.echo(json.dumps(found, ensure_ascii=False, indent=1) if form == "json" else _table(found))


COLUMNS = ("id", "name", "degree", "betweenness", "closeness", "constraint", "core", "community")


def _table(found: dict[str, Any]) -> str:
    """The figures of the network and the main columns of its nodes, for reading."""
    window = f"{found['window']} days" if found["window"] else "all time"
    lines = [f"As of {found['as_of']}, {window}; left out: {found['hidden']['records']} records."]
    lines += [f"{key}: {_cell(value)}" for key, value in found["network"].items()]
    cells = [COLUMNS, *(tuple(_cell(row[key]) for key in COLUMNS) for row in found["nodes"])]
    widths = [max(len(row[at]) for row in cells) for at in range(len(COLUMNS))]
    lines += [
        "",
        *("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells),
    ]
    return "\n".join(lines)


def _cell(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:.4f}"
    return ", ".join(map(str, value)) or "none" if isinstance(value, list) else str(value)


@click.command("between")
@click.option(
    "--by", type=click.Choice(list(BY)), default="sector", show_default=True, help="What partners are grouped by."
)
@click.option("--tie", "name", metavar="KIND", help="A kind of tie, or the word of an imported file for its ties.")
@window_option
@as_of_option
@format_option
def between_command(by: str, name: str | None, window: int | None, as_of: date | None, form: str) -> None:
    """Do sectors, levels or kinds work with each other, and who connects them."""
    with database() as graph:
        whole = ties.network(graph)
        try:
            asked = ties.asked_for(whole, name, as_of or today(), window)
        except KeyError:
            say(unknown_tie(whole, name))
            sys.exit(1)
        found = across(whole, asked, by)
        rows = [[p.one, p.other, p.tied, p.possible, p.density, p.hole] for p in found.pairs]
        print_answer(form, between_groups(found, datetime.now(UTC)), PAIRS, rows)


@click.command("together")
@click.option("--tie", "one", type=click.Choice(ties.KINDS_OF_TIE), default="meeting", show_default=True)
@click.option("--with", "other", type=click.Choice(ties.KINDS_OF_TIE), default="referral", show_default=True)
@window_option
@as_of_option
@format_option
def together_command(one: str, other: str, window: int | None, as_of: date | None, form: str) -> None:
    """Do two kinds of tie go together more than chance would have it (QAP)?"""
    with database() as graph:
        found = beside(ties.network(graph), one, other, ties.Asked((), as_of or today(), window))
        rows = [[a, b, each.one, each.other, each.both, each.r] for a, b, each in found.all]
        print_answer(form, two_kinds(found, datetime.now(UTC)), KINDS, rows)


KINDS = ("tie", "with", "one", "other", "both", "r")
PAIRS = ("one", "other", "tied", "possible", "density", "hole")
COMMANDS = (measures_command, between_command, together_command)
