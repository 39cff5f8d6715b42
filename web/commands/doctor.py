"""`flask doctor` and `flask check`: is the installation sound, are the data sound; in plain words."""

from __future__ import annotations

import ipaddress
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import click
from flask import current_app

from graphdb import audit, backup
from graphdb.schema import SCHEMA_VERSION, VERSION
from web.checking import check
from web.commands.backup import last_backup
from web.commands.database import database, say

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from graphdb.connection import Graph
    from graphdb.settings import Settings

LITTLE_ROOM = 2 * 10**9
NO_ROOM = 5 * 10**8
OLD_BACKUP = timedelta(days=8)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `level` is ok, note (to be bettered) or bad (not to be used so)."""

    level: str
    text: str


@click.command("doctor")
def doctor_command() -> None:
    """Say in plain words whether this installation is sound; status 1 where it must not be used so."""
    settings: Settings = current_app.config["MREZHA"]
    found = [*outside(settings, debug=current_app.debug)]
    with database() as graph:
        found += inside(graph)
    for finding in found:
        click.echo(f"{ {'ok': 'good', 'note': 'NOTE', 'bad': 'BAD '}[finding.level] }  {finding.text}")
    if any(finding.level == "bad" for finding in found):
        raise SystemExit(1)


@click.command("check")
def check_command() -> None:
    """Prove that the stored data hold together; status 1 and one line for each fault where not."""
    with database() as graph:
        report = check(graph)
    for fault in report.faults:
        click.echo(fault)
    click.echo(f"{report.records} records looked at, {len(report.faults)} faults.")
    if report.faults:
        say("Nothing was changed. Compare with the last backup, or restore it into a new home.")
        raise SystemExit(1)


def outside(settings: Settings, *, debug: bool) -> list[Finding]:
    """What can be seen without the database."""
    return [look(settings) for look in _LOOKS] + [_debug(debug)]


def inside(graph: Graph) -> list[Finding]:
    """What only the database can tell."""
    row = graph.one(SCHEMA_VERSION)
    version = row.version if row else 0
    broken = audit.first_break(graph)
    found = [
        Finding(
            "ok" if version == VERSION else "bad", f"The data are of version {version}; this program's is {VERSION}."
        ),
        Finding("ok", "The audit trail is whole.")
        if broken is None
        else Finding(
            "bad", f"The audit trail does not fit from entry {broken} on: somebody changed the database by hand."
        ),
    ]
    if backup.unfinished(graph):
        found.append(Finding("bad", "A restoration broke off here: delete this home's folder and restore again."))
    return found


def _engine(settings: Settings) -> Finding:
    if settings.neo4j_uri is None:
        return Finding("ok", f"The database is a private one in {settings.home}, open to this machine only.")
    if settings.neo4j_uri.startswith(("bolt://", "neo4j://")) and not _on_this_machine(settings.neo4j_uri):
        return Finding(
            "bad", "The way to the database server is not encrypted: use neo4j+s:// or bolt+s:// in NEO4J_URI."
        )
    weak = settings.neo4j_password in {"neo4j", "password", settings.neo4j_user}
    return Finding(
        "bad" if weak else "ok",
        "The database server's password is a default one." if weak else "An own database server is used.",
    )


def _on_this_machine(uri: str) -> bool:
    host = uri.partition("://")[2].partition("/")[0].rpartition(":")[0] or uri.partition("://")[2]
    return _loopback(host.strip("[]"))


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _disk(settings: Settings) -> Finding:
    free = shutil.disk_usage(_nearest(settings.home)).free
    level = "bad" if free < NO_ROOM else "note" if free < LITTLE_ROOM else "ok"
    return Finding(level, f"{free / 1e9:.1f} GB are free for {settings.home}; 2 GB should be.")


def _nearest(path: Path) -> Path:
    return next(place for place in (path, *path.parents) if place.exists())


def _keys(settings: Settings) -> Finding:
    folder = settings.home / "keys"
    if not folder.exists():
        return Finding("ok", "There are no keys yet; they are made at the first start.")
    open_to_others = [
        path for path in (folder, *folder.iterdir()) if os.name == "posix" and path.stat().st_mode & 0o077
    ]
    if open_to_others:
        return Finding("bad", f"Other accounts of this machine can read {open_to_others[0]}: chmod -R go-rwx {folder}")
    return Finding("ok", "Only this account can read the keys.")


def _way_in(settings: Settings) -> Finding:
    if settings.tls_cert:
        return Finding("ok", f"The pages are encrypted with {settings.tls_cert}.")
    if _loopback(settings.host):
        behind = f", behind {settings.proxy_hops} proxy" if settings.proxy_hops else " only"
        return Finding("ok", f"The pages can be reached from this machine{behind}.")
    if settings.proxy_hops:
        return Finding(
            "note", "The pages are open to the network without encryption; only the proxy should reach them."
        )
    return Finding(
        "bad",
        "The pages are open to the network without encryption: set MREZHA_TLS_CERT and MREZHA_TLS_KEY, or a proxy.",
    )


def _backups(settings: Settings) -> Finding:
    path = last_backup(settings.home)
    if not path.exists():
        return Finding("note", "No backup was ever made: flask --app app backup FILE")
    age = datetime.now(UTC) - datetime.fromisoformat(path.read_text("utf-8"))
    return Finding("note" if age > OLD_BACKUP else "ok", f"The last backup is {age.days} days old.")


def _debug(debug: bool) -> Finding:
    if debug or os.environ.get("FLASK_DEBUG") == "1":
        return Finding("bad", "Debugging is on: whoever reaches a page can run programs here. Unset FLASK_DEBUG.")
    return Finding("ok", "Debugging is off.")


def _mail(settings: Settings) -> Finding:
    if settings.mail is None:
        return Finding(
            "ok", "No mail server is set: nobody is told by mail, all that waits is shown on the first page."
        )
    return Finding("ok", f"Letters go out by {settings.mail.host}, port {settings.mail.port}.")


_LOOKS: tuple[Callable[[Settings], Finding], ...] = (_engine, _disk, _keys, _way_in, _mail, _backups)

COMMANDS = (doctor_command, check_command)
