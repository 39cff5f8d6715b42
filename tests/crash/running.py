"""`flask serve` over a home of its own, and people who use it through HTTP."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

from graphdb.engine import launch
from graphdb.engine.folder import Folder

ROOT = Path(__file__).parents[2]
PASSWORD = "nine slow otters under ice"
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"}


class Served:
    """A running `flask serve`; everything it says goes to a file."""

    def __init__(self, home: Path) -> None:
        self.home, self.said = home, home.with_suffix(".log")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        env = {**os.environ, "MREZHA_HOME": str(home), "MREZHA_PORT": str(self.port), "NEO4J_URI": ""}
        with self.said.open("w") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "flask", "--app", "app", "serve"], cwd=ROOT, env=env, stdout=out,
                stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip

    def link(self) -> str:
        """The secret of the first administrator's link, once everything runs."""
        until = time.monotonic() + 150
        while time.monotonic() < until:
            assert self.process.poll() is None, self.said.read_text()
            found = re.search(r"welcome#(\S+)", self.said.read_text())
            if found and "Mrezha is at" in self.said.read_text():
                assert ask(self.port, "GET", "/healthz")[0] == 200, "whoever follows the address is answered"
                return found[1]
            time.sleep(0.3)
        raise AssertionError(self.said.read_text())

    def answers(self) -> bool:
        """Whether the web server takes requests and has its database."""
        try:
            return ask(self.port, "GET", "/readyz")[0] == 200
        except OSError:
            return False

    def java(self) -> int | None:
        """The number of the database's process."""
        state = launch.running(Folder(self.home))
        return state.pid if state else None

    def family(self) -> dict[int, str]:
        """Every process of this home, by its environment or its words: number -> command line."""
        mark, place = f"MREZHA_HOME={self.home}".encode(), f"{self.home}/"
        found: dict[int, str] = {}
        for entry in Path("/proc").iterdir():
            try:
                words = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode() if entry.name.isdigit() else ""
                if words and (place in words or mark in (entry / "environ").read_bytes().split(b"\0")):
                    found[int(entry.name)] = words
            except OSError:
                continue
        return found

    def web(self) -> tuple[int, list[int]]:
        """The web server's process, and its workers."""
        granian = [pid for pid, words in self.family().items() if "granian" in words or "multiprocessing" in words]
        main = next(pid for pid in granian if parent(pid) == self.process.pid)
        return main, [
            pid for pid in granian if parent(pid) == main and "resource_tracker" not in self.family().get(pid, "")
        ]

    def interrupt(self) -> int:
        """Ctrl-C; the status it ended with."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(90)


def parent(pid: int) -> int:
    """The parent of a process."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def ask(port: int, method: str, path: str, form: dict[str, str] | None = None, cookie: str = "", patience: float = 60):
    """One request on a line of its own: status, headers, text. Raises OSError where the line breaks."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=patience)
    try:
        headers = {**FORM, **({"Cookie": cookie} if cookie else {})}
        line.request(method, path, urlencode(form) if form is not None else None, headers)
        answer = line.getresponse()
        return answer.status, answer.headers, answer.read().decode()
    except http.client.HTTPException as error:
        raise OSError(str(error)) from error
    finally:
        line.close()


def hidden(name: str, page: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)
    assert found, f"no field {name}"
    return found[1]


def begin(port: int, secret: str) -> str:
    """Make the first account through its link; returns its cookie."""
    _, headers, page = ask(port, "GET", "/account/welcome")
    cookie = headers["Set-Cookie"].partition(";")[0]
    form = {"csrf_token": hidden("csrf_token", page), "secret": secret, "login": "first", "name": "First",
            "language": "en", "password": PASSWORD, "again": PASSWORD}  # fmt: skip
    status, headers, page = ask(port, "POST", "/account/welcome", form, cookie)
    assert status == 303, page
    return headers["Set-Cookie"].partition(";")[0]
