"""`flask rights`: who may do what, as the pages and the database ask it."""

from __future__ import annotations

import json

import click

from web.access import CONTACTS, ROLES, TABLE

RELATIONS = {"any": "all", "own": "own", "party": "own, or as a party", "programme": "own programme"}
NAMES = {"all": "all", "consent": "who agreed to it", "focal": "focal points who agreed", "none": "none"}


def manual() -> str:
    """The table of rights as a page of the manual."""
    rows = [
        f"| {noun.replace('_', ' ')}: {action} | "
        + " | ".join(RELATIONS[row[role]] if role in row else "–" for role in ROLES)
        + " |"
        for (noun, action), row in TABLE.items()
    ]
    contacts = "| names and contacts of people | " + " | ".join(NAMES[CONTACTS[role]] for role in ROLES) + " |"
    return "\n".join([
        "# Who may do what",
        "",
        "Roles add up. “own”: of my organisation, my pair, myself. Coordinators and supervisors reach the pairs of their own",
        "programme. A leader's name is known to the pair and to those who work in the programme; others see a pseudonym.",
        "Whoever opens what does not belong to them is told that it may not be opened, or, for referrals and mentoring, that",
        "nothing is there. This page is printed by `flask rights`.",
        "",
        "| | " + " | ".join(ROLES) + " |",
        "|---" * (len(ROLES) + 1) + "|",
        *rows,
        contacts,
        "",
    ])  # fmt: skip


@click.command("rights")
@click.option("--format", "form", type=click.Choice(["md", "json"]), default="md", show_default=True)
def rights(form: str) -> None:
    """Who may do what, with which records."""
    if form == "md":
        click.echo(manual(), nl=False)
    else:
        found = [{"noun": noun, "action": action, "roles": row} for (noun, action), row in TABLE.items()]
        click.echo(json.dumps({"rights": found, "contacts": CONTACTS}, indent=2))


COMMANDS = (rights,)
