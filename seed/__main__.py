"""`python -m seed size N`: a generated network for speed runs."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import click

from graphdb.engine import EngineError
from graphdb.errors import GraphError
from graphdb.home import opened
from graphdb.schema import NewerDataError
from graphdb.settings import Settings, SettingsError
from graphdb.vault import VaultError
from seed import size


@click.group()
def main() -> None:
    """Starting data."""


@main.command("size")
@click.argument("organisations", type=click.IntRange(1, 100_000))
@click.option("--home", type=click.Path(path_type=Path), help="An empty folder; MREZHA_HOME when not said.")
def size_command(organisations: int, home: Path | None) -> None:
    """Make a network of that many ORGANISATIONS in an empty home, for speed runs."""
    begun = time.monotonic()
    try:
        settings = Settings.from_env({**os.environ, **({"MREZHA_HOME": str(home)} if home else {})})
        with opened(settings, say) as graph:
            drawn = size.make(graph, organisations, size.today(), say)
    except (EngineError, GraphError, NewerDataError, SettingsError, VaultError) as error:
        say(f"{error}")
        sys.exit(1)
    seconds = time.monotonic() - begun
    click.echo(f"{organisations:,} organisations with {len(drawn.sources):,} ties in {seconds:,.0f} s: {settings.home}")


def say(text: str) -> None:
    """A message for the person at the keyboard."""
    click.echo(text, err=True)


main(prog_name="python -m seed")
