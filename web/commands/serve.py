"""`flask serve`: database, web workers and the worker of jobs, until Ctrl-C."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import click
from flask import current_app

from web.accounts.usecases import invite_first_administrator
from web.commands.accounts import address
from web.commands.database import database, say

if TYPE_CHECKING:
    from types import FrameType

    from graphdb.connection import Graph
    from graphdb.settings import Settings


@click.command("serve")
@click.option("--workers", default=2, show_default=True, help="Web processes.")
def serve_command(workers: int) -> None:
    """Start everything and print how to sign in."""
    settings: Settings = current_app.config["MREZHA"]
    _demand_free_port(settings)
    signal.signal(signal.SIGTERM, _as_interrupt)
    with database() as graph:
        _welcome(graph, settings)
        children = [_web(settings, workers), _jobs()]
        try:
            _watch(children)
        except KeyboardInterrupt:
            say("Stopping.")
        finally:
            _stop(children)


def _as_interrupt(_: int, __: FrameType | None) -> None:
    raise KeyboardInterrupt


def _demand_free_port(settings: Settings) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError:
            say(
                f"Port {settings.port} on {settings.host} is taken or not yours. Choose another: MREZHA_PORT={settings.port + 1}"
            )
            sys.exit(1)


def _welcome(graph: Graph, settings: Settings) -> None:
    if settings.demo:
        from seed.demo import ensure  # noqa: PLC0415 - only the demonstration loads its story

        for line in ensure(graph, settings.home):
            say(line)
    elif token := invite_first_administrator(graph):
        say("This network is empty. Open this link once to make the administrator's account:")
        say(f"  {address()}/account/welcome#{token}")
    say(f"Mrezha is at {address()}  (Ctrl-C stops it)")


def _web(settings: Settings, workers: int) -> subprocess.Popen[bytes]:
    if os.name == "nt":
        command = [sys.executable, "-m", "waitress", f"--listen={settings.host}:{settings.port}", "app:app"]
    else:
        command = [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", str(workers), "--blocking-threads", "1",
            "--host", settings.host, "--port", str(settings.port), "--no-ws", "--log-level", "warning",
            "--respawn-failed-workers", "app:app",
        ]  # fmt: skip
        if settings.tls_cert and settings.tls_key:
            command += ["--ssl-certificate", str(settings.tls_cert), "--ssl-keyfile", str(settings.tls_key)]
    return subprocess.Popen(command, start_new_session=True)  # noqa: S603 - our own interpreter and arguments


def _jobs() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "flask", "--app", "app", "work"], start_new_session=True)


def _watch(children: list[subprocess.Popen[bytes]]) -> None:
    while all(child.poll() is None for child in children):
        time.sleep(0.5)
    say("A part of Mrezha has ended by itself; stopping the rest. The lines above say why.")
    sys.exit(1)


def _stop(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()


COMMANDS = (serve_command,)
