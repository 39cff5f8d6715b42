"""`flask serve`: database, web workers and the worker of jobs, until Ctrl-C."""

from __future__ import annotations

import http.client
import signal
import socket
import ssl
import sys
import time
from typing import TYPE_CHECKING

import click
from flask import current_app

from web.accounts.usecases import invite_first_administrator
from web.commands.accounts import address
from web.commands.children import Child, stop, watch
from web.commands.database import database, say

if TYPE_CHECKING:
    from types import FrameType

    from graphdb.connection import Graph
    from graphdb.settings import Settings


STARTING_SECONDS = 60


@click.command("serve")
@click.option("--workers", default=2, show_default=True, help="Web processes.")
def serve_command(workers: int) -> None:
    """Start everything and print how to sign in."""
    settings: Settings = current_app.config["MREZHA"]
    _demand_free_port(settings)
    signal.signal(signal.SIGTERM, _as_interrupt)
    signal.signal(signal.SIGINT, _as_interrupt)  # a shell that starts it in the background has it ignored
    with database() as graph:
        _welcome(graph, settings)
        children = [Child("the web server", _web(settings, workers)), Child("the worker of jobs", _jobs())]
        try:
            if _answers(settings, children):
                say(f"Mrezha is at {address()}  (Ctrl-C stops it)")
            watch(children)
        except KeyboardInterrupt:
            say("Stopping.")
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C must not leave a part behind
            stop(children)


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


def _answers(settings: Settings, children: list[Child]) -> bool:
    """Wait until pages are served, a minute at most; False where a process dies at every start."""
    until = time.monotonic() + STARTING_SECONDS
    while all(child.tend() for child in children):
        if _is_up(settings) or time.monotonic() > until:
            return True
        time.sleep(0.1)
    return False


def _is_up(settings: Settings) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104 - compared, not bound
    if settings.tls_cert:
        own = ssl.create_default_context()
        own.check_hostname, own.verify_mode = False, ssl.CERT_NONE  # the certificate names another host than this
        line = http.client.HTTPSConnection(host, settings.port, timeout=5, context=own)
    else:
        line = http.client.HTTPConnection(host, settings.port, timeout=5)
    try:
        line.request("GET", "/healthz")
        line.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()
    return True


def _web(settings: Settings, workers: int) -> list[str]:
    if sys.platform == "win32":
        return ["-m", "waitress", f"--listen={settings.host}:{settings.port}", "app:app"]
    words = [
        "-m", "granian", "--interface", "wsgi", "--workers", str(workers), "--blocking-threads", "1",
        "--host", settings.host, "--port", str(settings.port), "--no-ws", "--log-level", "warning",
        "--respawn-failed-workers", "--respawn-interval", "0.5", "--workers-kill-timeout", "3", "app:app",
    ]  # fmt: skip
    if settings.tls_cert and settings.tls_key:
        words += ["--ssl-certificate", str(settings.tls_cert), "--ssl-keyfile", str(settings.tls_key)]
    return words


def _jobs() -> list[str]:
    return ["-m", "flask", "--app", "app", "work"]


COMMANDS = (serve_command,)
