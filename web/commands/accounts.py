"""Accounts from the command line: a one-time link for whoever lost every way in."""

from __future__ import annotations

import click
from flask import current_app

from graphdb import accounts
from graphdb.actors import Actor
from web.accounts.usecases import invite
from web.commands.database import database, say


@click.command("invite")
@click.option("--role", "roles", multiple=True, default=("administrator", "coordinator"), show_default=True)
@click.option("--login", default="", help="Give this account a new password instead of making one.")
def invite_command(roles: tuple[str, ...], login: str) -> None:
    """Print a one-time link that makes an account with these roles."""
    with database() as graph:
        account = ""
        if login:
            secret = graph.one(accounts.SECRET_OF, login=login.lower())
            if secret is None:
                say(f"There is no account “{login}”.")
                raise SystemExit(1)
            account = secret.id
        token = invite(
            graph, Actor("invite", "command"), [{"role": role} for role in roles], login=login, account=account
        )
    click.echo(f"{address()}/account/welcome#{token}")


def address() -> str:
    """Where people open this network."""
    settings = current_app.config["MREZHA"]
    scheme = "https" if settings.tls_cert else "http"
    return f"{scheme}://{settings.host}:{settings.port}"


COMMANDS = (invite_command,)
