"""Backups from the command line: make one, restore one into an empty home, take everything along when leaving."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask import current_app

from graphdb import backup
from graphdb.vault import VaultError, sealed
from graphdb.vault.keystore import SqliteKeyStore
from web.commands.database import database, say
from web.leaving import write_archive

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

PASSPHRASE = "MREZHA_BACKUP_PASSPHRASE"  # noqa: S105 - the name of a variable
SHORTEST = 12

_FILE = click.Path(dir_okay=False, path_type=Path)
_OLD_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_OLD_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


def _opened_with(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--key-file", type=_FILE, help=f"A key file instead of a passphrase (asked, or {PASSPHRASE}).")(
        command
    )


@click.command("backup")
@click.argument("file", type=_FILE)
@_opened_with
def backup_command(file: Path, key_file: Path | None) -> None:
    """Write the network and its keys into one encrypted FILE."""
    with database() as graph:
        told = backup.write(graph, _fresh(file), _new_secret(key_file))
    last_backup(current_app.config["MREZHA"].home).write_text(datetime.now(UTC).isoformat(), "utf-8")
    click.echo(f"{file}: {told.nodes} nodes, {told.ties} ties, digest {told.digest[:16]}")
    say("Keep it on another machine, and its passphrase or key file somewhere else again.")


@click.command("restore")
@click.argument("file", type=_OLD_FILE)
@click.option("--erased-in", type=_OLD_FOLDER, help="The former home: what was erased there since stays erased.")
@_opened_with
def restore_command(file: Path, key_file: Path | None, erased_in: Path | None) -> None:
    """Fill an empty home from the backup FILE."""
    with database() as graph:
        erased = SqliteKeyStore(erased_in / "keys").erased() if erased_in else {}
        told = backup.restore(graph, file, _known_secret(key_file), erased)
    click.echo(f"Restored {told.nodes} nodes and {told.ties} ties, digest {told.digest[:16]}. Everybody signs in anew.")


@click.command("archive")
@click.argument("file", type=_FILE)
@_opened_with
def archive_command(file: Path, key_file: Path | None) -> None:
    """Write everything, protected texts too, as JSON and CSV into one encrypted FILE, for leaving."""
    with database() as graph:
        records = write_archive(graph, _fresh(file), _new_secret(key_file), datetime.now(UTC).date())
    click.echo(f"{file}: {records} records")
    say(f"Open it with: flask --app app unseal {file} everything.zip")


@click.command("unseal")
@click.argument("file", type=_OLD_FILE)
@click.argument("to", type=_FILE)
@_opened_with
def unseal_command(file: Path, to: Path, key_file: Path | None) -> None:
    """Decrypt an archive FILE into the ZIP file TO. Whoever has that reads everything."""
    try:
        with sealed.open_verified(file, _known_secret(key_file)) as stream:
            handle = os.open(_fresh(to), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            with os.fdopen(handle, "wb") as out:
                while piece := stream.read(65_536):
                    out.write(piece)
    except VaultError as error:
        say(str(error))
        raise SystemExit(1) from None
    click.echo(str(to))


def last_backup(home: Path) -> Path:
    """The file that says when the last backup of a home was made."""
    folder = home / "run"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / "last-backup"


def _fresh(file: Path) -> Path:
    if file.exists():
        say(f"{file} exists already and is kept. Choose another name.")
        raise SystemExit(1)
    if not file.absolute().parent.is_dir():
        say(f"There is no folder {file.absolute().parent}. Make it, or choose another one.")
        raise SystemExit(1)
    return file


def _new_secret(key_file: Path | None) -> sealed.Secret:
    if key_file:
        return sealed.Secret.key_file(key_file) if key_file.exists() else sealed.new_key_file(key_file)
    given = os.environ.get(PASSPHRASE) or click.prompt("Passphrase", hide_input=True, confirmation_prompt=True)
    if len(given) < SHORTEST:
        say(
            f"The passphrase is too short: at least {SHORTEST} characters, better four or five words. Nothing was written."
        )
        raise SystemExit(1)
    return sealed.Secret.passphrase(given)


def _known_secret(key_file: Path | None) -> sealed.Secret:
    if key_file:
        return sealed.Secret.key_file(key_file)
    return sealed.Secret.passphrase(os.environ.get(PASSPHRASE) or click.prompt("Passphrase", hide_input=True))


COMMANDS = (backup_command, restore_command, archive_command, unseal_command)
