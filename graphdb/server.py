"""The database this home uses: the server that NEO4J_URI names, or a private one that its users share."""

import os
import shutil
import signal
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Literal, LiteralString

from neo4j import GraphDatabase
from neo4j.exceptions import DriverError, Neo4jError

from graphdb.engine import EngineError, launch, warden
from graphdb.engine.folder import Folder
from graphdb.engine.jarlist import complete, engine_folder
from graphdb.engine.jdk import find_java
from graphdb.engine.locks import Lock, held
from graphdb.settings import Settings

START_SECONDS = 120.0
DOWN_SECONDS = 5.0
MOST_WARDENS = 3
LEAST_ROOM = 100_000_000  # bytes; with less the server does not come up
STOP_SECONDS = 40.0
WATCH_SECONDS = 4.0
SLOWEST_WATCH_SECONDS = 30.0
FIRST_PASSWORD = "neo4j"  # noqa: S105 - what a new server starts with; replaced before anyone else can sign in
UNAVAILABLE = "Neo.TransientError.General.DatabaseUnavailable"
Say = Callable[[str], None]
Answer = Literal["done", "refused", "down", "away"]


@dataclass(frozen=True)
class Address:
    """Where the database is and how to sign in."""

    uri: str
    user: str
    password: str = field(repr=False)
    database: str


@contextmanager
def attach(settings: Settings, say: Say) -> Generator[Address]:
    """The database of these settings, for as long as the block runs.

    With NEO4J_URI that server, and nothing is fetched or started. Else the private server of the home: started by its
    first user, stopped after its last, started again on the same port when it dies. Each process that uses it attaches
    for itself. Raises EngineError with a text for the person at the keyboard.
    """
    if settings.neo4j_uri:
        yield Address(settings.neo4j_uri, settings.neo4j_user, settings.neo4j_password, settings.neo4j_database)
        return
    folder = Folder(settings.home)
    spawn = _spawner(settings, say)
    folder.make()
    with Lock(folder.users) as claim:
        claim.take(shared=True, wait=True)  # waits only while the last server is being stopped
        care = _Care(folder, spawn)
        address = care.wait(say)
        watch = threading.Thread(target=care.watch, name="engine-watch", daemon=True)
        watch.start()
        try:
            yield address
        finally:
            care.ended.set()
            watch.join()
    _wait_stopped(folder, spawn)


def ensure(settings: Settings, say: Say) -> None:
    """Wait until the private server answers again, for those attached to it. Does nothing with NEO4J_URI.

    A dead server is started again, one whose database is down (as after a full disk) is restarted; this goes on behind
    every attachment too, so nobody has to call it. Raises EngineError where neither helps.
    """
    if not settings.neo4j_uri:
        _Care(Folder(settings.home), _spawner(settings, say)).wait(say)


def _spawner(settings: Settings, say: Say) -> Callable[[], None]:
    """What starts a warden. Finds Java and the jars first, so that a fault in them is told here."""
    java = find_java(settings.java_home)
    engine = engine_folder(settings.cache)
    if not complete(engine):
        from graphdb.engine.jars import fetch_jars  # noqa: PLC0415 - half a second, and needs requirements/engine.txt

        fetch_jars(settings.cache, settings.jar_mirrors, say)
    return partial(warden.spawn, settings.home, java, engine / "lib", settings.heap)


class _Care:
    """Keeps the server of a folder answering, for one attachment."""

    def __init__(self, folder: Folder, spawn: Callable[[], None]) -> None:
        self.folder = folder
        self.spawn = spawn
        self.password = folder.password()
        self.ended = threading.Event()
        self.wardens = 0
        self.restarts = 0
        self.down_since: float | None = None

    def watch(self) -> None:
        """Look after the server until the attachment ends, ever more seldom while it will not start."""
        pause = WATCH_SECONDS
        while not self.ended.wait(pause):
            try:
                self.wait(lambda _: None)
                pause = WATCH_SECONDS
            except EngineError:  # what is in the way may go: a full disk
                pause = min(pause * 2, SLOWEST_WATCH_SECONDS)

    def wait(self, say: Say) -> Address:
        """Until the server answers; sends for a warden where there is none, restarts a server that came up damaged."""
        self.wardens, self.restarts, self.down_since = 0, 0, None
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and not self.ended.is_set() and self._watched(say):
            state = launch.running(self.folder)
            if state is not None and launch.answers(state.port):
                address = Address(f"bolt://127.0.0.1:{state.port}", "neo4j", self.password, "neo4j")
                answer = _sign_in(address, self.folder)
                if answer == "done":
                    return address
                if not self._bear(answer, state.pid, say):
                    break
            self.ended.wait(0.1)
        raise EngineError(
            "The database does not start. Your data are kept. The last lines of its log say why; "
            f"the disk may be full or memory short. The log is {self.folder.log}:\n{self.folder.log_tail()}"
        )

    def _watched(self, say: Say) -> bool:
        """Whether a warden is there, or was sent for; False when wardens give up or die."""
        if held(self.folder.warden):
            return True
        _check_room(self.folder)
        state = self.folder.state()
        if self.wardens and (self.wardens == MOST_WARDENS or (state is not None and state.gave_up)):
            return False
        if not self.wardens:
            say("Starting the database.")
        self.wardens += 1
        self.spawn()
        return True

    def _bear(self, answer: Answer, pid: int | None, say: Say) -> bool:
        """Give a database that is down, as after a full disk, a little time, then one new start; False after that."""
        if answer != "down":
            self.down_since = None
        elif self.down_since is None:
            self.down_since = time.monotonic()
        elif time.monotonic() > self.down_since + DOWN_SECONDS:
            _check_room(self.folder)
            self.down_since = None
            self.restarts += 1
            if self.restarts > 1:
                return False
            say("The database is down: starting it again.")
            launch.stop(self.folder, only=pid)
        return True


def _check_room(folder: Folder) -> None:
    if shutil.disk_usage(folder.path).free < LEAST_ROOM:
        raise EngineError(
            f"The disk that holds {folder.path.parent} is full, so the database cannot start. What was saved is kept. "
            "Free 1 GB, then start again."
        )


def _sign_in(address: Address, folder: Folder) -> Answer:
    """Whether the database takes statements with our password; a new server is given it first."""
    if (answer := _ask(address, address.password, "RETURN 1", "neo4j")) != "refused":
        return answer
    change = "ALTER CURRENT USER SET PASSWORD FROM $old TO $new"
    if _ask(address, FIRST_PASSWORD, change, "system", old=FIRST_PASSWORD, new=address.password) != "refused":
        return "away"  # the next round tries ours again
    if _ask(address, address.password, "RETURN 1", "neo4j") != "refused":
        return "away"  # another process of this home was faster
    raise EngineError(
        f"The password in {folder.path} is not that of the database in {folder.neo4j}. Your data are kept. "
        "Put back the folder `server` that belongs to it, from a backup of the whole home."
    )


def _ask(address: Address, password: str, statement: LiteralString, database: str, **parameters: str) -> Answer:
    """Run a statement once. Down: the server is there, but the database in it is not."""
    try:
        with (
            GraphDatabase.driver(address.uri, auth=(address.user, password)) as driver,
            driver.session(database=database) as session,
        ):
            session.run(statement, parameters).consume()
    except Neo4jError as error:
        code = error.code or ""
        if code == "Neo.ClientError.Security.Unauthorized":
            return "refused"
        return "down" if code.startswith(("Neo.DatabaseError.", UNAVAILABLE)) else "away"
    except DriverError:
        return "away"
    return "done"


def _wait_stopped(folder: Folder, spawn: Callable[[], None]) -> None:
    """After the last user: wait until the server has stopped, so that the next start or a backup finds it closed."""
    until = time.monotonic() + STOP_SECONDS
    while held(folder.engine) and not _used(folder) and time.monotonic() < until:
        if not held(folder.warden):
            spawn()
        time.sleep(0.1)


def _used(folder: Folder) -> bool:
    """Whether others use the server. The warden's own claim, held while it stops the server, is not a use."""
    return held(folder.users) and not held(folder.users, for_one=True)


def _hold() -> None:
    """Keep the private server of the environment's home running until Ctrl-C, and say where it is."""
    with attach(Settings.from_env(os.environ), print) as address:
        print(f"The database is at {address.uri}. Ctrl-C ends this use of it.")
        with suppress(KeyboardInterrupt):
            signal.pause()


if __name__ == "__main__":
    _hold()
