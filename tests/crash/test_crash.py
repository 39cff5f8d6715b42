"""kill -9 of the database and of the web processes while eight people save through HTTP (issue 3, Shows 4)."""

from __future__ import annotations

import os
import re
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from graphdb.connection import Graph
from graphdb.home import opened
from graphdb.settings import Settings
from graphdb.statements import Read
from tests.crash.running import Served, ask, begin, hidden

pytestmark = pytest.mark.alone
WRITERS = 8
ROUNDS = ("database", "worker", "database", "web", "database and worker")
READY = 90  # seconds to be ready again
BETWEEN = 3


@dataclass
class Row:
    name: str
    id: str


STORED = Read(Row, "MATCH (o:Organisation) RETURN o.name AS name, o.id AS id ORDER BY name, id")


@dataclass
class Writer:
    """Saves one organisation after another and writes down what it was told."""

    number: int
    port: int
    cookie: str
    over: threading.Event
    told: dict[str, str] = field(default_factory=dict)
    doubted: int = 0
    wrong: list[str] = field(default_factory=list)

    def run(self) -> None:
        n = 0
        while not self.over.is_set():
            n += 1
            form = self._form(f"W{self.number}-{n:04d}")
            if form:
                self._save(form)

    def _form(self, name: str) -> dict[str, str] | None:
        try:
            status, _, page = ask(self.port, "GET", "/records/organisations/new", cookie=self.cookie)
        except OSError:
            time.sleep(0.3)
            return None
        if status != 200:
            time.sleep(0.3)
            return None
        token, key = hidden("csrf_token", page), hidden("key", page)
        return {"csrf_token": token, "key": key, "name": name, "kind": "ngo"}

    def _save(self, form: dict[str, str]) -> None:
        """Send the form until somebody says that it is saved; then once more: the answer must be the same."""
        until = time.monotonic() + READY
        answers: list[str] = []
        while len(answers) < 2:
            if time.monotonic() > until:
                self.wrong += [] if answers else [f"{form['name']}: no answer"]
                break
            try:
                status, headers, page = ask(self.port, "POST", "/records/organisations/new", form, self.cookie)
            except OSError:
                status, headers, page = 0, {}, ""
            if status == 303:
                answers.append(headers["Location"])
                continue
            self.doubted += 1
            if status not in {0, 500, 503} or (status == 500 and page):
                self.wrong.append(f"{form['name']}: {status} {said(page)}")
            time.sleep(0.3)
        if len(set(answers)) > 1:
            self.wrong.append(f"{form['name']}: two answers {answers}")
        if answers:
            self.told[form["name"]] = answers[0].rpartition("/")[2]


def said(page: str) -> str:
    """What a page says, without its marks."""
    return " ".join(re.sub(r"<[^>]*>", " ", page.partition("<main")[2]).split())[:300]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    running = Served(tmp_path_factory.mktemp("crash") / "home")
    yield running
    if running.process.poll() is None:
        running.interrupt()


@pytest.mark.slow
def test_nothing_is_lost_or_doubled(served: Served) -> None:
    cookie, over = begin(served.port, served.link()), threading.Event()
    writers = [Writer(number, served.port, cookie, over) for number in range(WRITERS)]
    threads = [threading.Thread(target=writer.run) for writer in writers]
    for thread in threads:
        thread.start()
    waits: list[float] = []
    try:
        for what in ROUNDS:
            time.sleep(BETWEEN)
            kill(served, what)
            waits.append(until_ready(served, writers))
        time.sleep(BETWEEN)
    finally:
        over.set()
        for thread in threads:
            thread.join(READY + 30)
    told = {name: record for writer in writers for name, record in writer.told.items()}
    doubted = sum(writer.doubted for writer in writers)
    print(f"{len(told)} saved, {doubted} in doubt and asked again, ready after {[round(wait, 1) for wait in waits]} s")
    assert not [wrong for writer in writers for wrong in writer.wrong]
    assert len(told) > WRITERS * len(ROUNDS)
    assert doubted, "the kills were felt"
    with opened(Settings.from_env({**os.environ, "MREZHA_HOME": str(served.home), "NEO4J_URI": ""}), print) as graph:
        demand_truth(graph, told)


def kill(served: Served, what: str) -> None:
    """kill -9."""
    main, workers = served.web()
    wanted: list[int | None] = []
    if "database" in what:
        wanted.append(served.java())
    if "worker" in what:
        wanted.append(workers[0])
    if what == "web":
        wanted += [main, *workers]
    for pid in wanted:
        assert pid
        os.kill(pid, signal.SIGKILL)


def until_ready(served: Served, writers: list[Writer]) -> float:
    """Seconds until something is saved again."""
    start, before = time.monotonic(), sum(len(writer.told) for writer in writers)
    while sum(len(writer.told) for writer in writers) < before + WRITERS or not served.answers():
        assert time.monotonic() < start + READY, served.said.read_text()[-3000:]
        time.sleep(0.2)
    return time.monotonic() - start


def demand_truth(graph: Graph, told: dict[str, str]) -> None:
    """What was told is stored, once, under the id that was told; nothing else is."""
    rows = graph.fetch(STORED)
    stored = {row.name: row.id for row in rows}
    lost = {name for name, record in told.items() if stored.get(name) != record}
    assert not lost
    assert not [name for name, n in Counter(row.name for row in rows).items() if n > 1]
    assert set(stored) == set(told), "every form was asked to its end, so nothing else is stored"


@pytest.mark.slow
def test_ctrl_c_stops_everything(served: Served) -> None:
    """Runs after the crashes, on the same processes."""
    family = served.family()
    assert served.java() in family
    start = time.monotonic()
    assert served.interrupt() == 0
    until = time.monotonic() + 5
    while served.family() and time.monotonic() < until:
        time.sleep(0.1)
    assert not served.family(), "no database, no worker, no warden is left"
    assert "Traceback" not in served.said.read_text().split("Stopping.")[-1]
    assert time.monotonic() - start < 60
