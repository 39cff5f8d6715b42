"""Commands start the database of their home where it is not running; the last one using it stops it."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
from flask import current_app

from graphdb.engine import EngineError
from graphdb.errors import GraphError
from graphdb.home import opened
from graphdb.schema import NewerDataError
from graphdb.settings import SettingsError
from graphdb.vault import VaultError

if TYPE_CHECKING:
    from collections.abc import Generator

    from graphdb.connection import Graph


def say(text: str) -> None:
    """A message for the person at the keyboard."""
    click.echo(text, err=True)


@contextmanager
def database() -> Generator[Graph]:
    """The graph of this home; what goes wrong is said in a sentence and ends the command with status 1."""
    try:
        with opened(current_app.config["MREZHA"], say) as graph:
            previous = current_app.extensions["graph"]
            current_app.extensions["graph"] = graph
            try:
                yield graph
            finally:
                current_app.extensions["graph"] = previous
    except (EngineError, GraphError, NewerDataError, SettingsError, VaultError) as error:
        say(f"{error}")
        sys.exit(1)
