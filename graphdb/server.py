"""The database this home uses: the server that NEO4J_URI names, or a private one that its users share."""

import os
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
STOP_SECONDS = 40.0
WATCH_SECONDS = 2.0
SLOWEST_WATCH_SECONDS = 60.0
FIRST_PASSWORD = "neo4j"  # noqa: S105 - what a new server starts with; replaced before anyone else can sign in
Say = Callable[[str], None]


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
        address = _start(folder, spawn, say)
        ended = threading.Event()
        watch = threading.Thread(target=_keep_warden, args=(folder, spawn, ended), name="engine-watch", daemon=True)
        watch.start()
        try:
            yield address
        finally:
            ended.set()
            watch.join()
    _wait_stopped(folder, spawn)


def ensure(settings: Settings, say: Say) -> None:
    """Wait until the private server of the home answers, starting it if need be. For its attached users."""
    if not settings.neo4j_uri:
        _start(Folder(settings.home), _spawner(settings, say), say)


def restart(settings: Settings) -> None:
    """End the private server's process, so that it comes up anew: the way out of a panic after a full disk."""
    if not settings.neo4j_uri:
        launch.stop(Folder(settings.home))


def _spawner(settings: Settings, say: Say) -> Callable[[], None]:
    """What starts a warden. Finds Java and the jars first, so that a fault in them is told here."""
    java = find_java(settings.java_home)
    engine = engine_folder(settings.cache)
    if not complete(engine):
        from graphdb.engine.jars import fetch_jars  # noqa: PLC0415 - half a second, and needs requirements/engine.txt

        fetch_jars(settings.cache, settings.jar_mirrors, say)
    return partial(warden.spawn, settings.home, java, engine / "lib", settings.heap)


def _start(folder: Folder, spawn: Callable[[], None], say: Say) -> Address:
    password = folder.password()
    until = time.monotonic() + START_SECONDS
    spawned = False
    while time.monotonic() < until:
        if not held(folder.warden):
            if spawned and _gave_up(folder):
                break
            say("Starting the database.")
            spawn()
            spawned = True
        address = _running(folder, password)
        if address is not None and _sign_in(address, folder):
            return address
        time.sleep(0.1)
    raise EngineError(
        "The database does not start. Your data are kept. The last lines of its log say why; "
        f"the disk may be full or memory short. The log is {folder.log}:\n{folder.log_tail()}"
    )


def _gave_up(folder: Folder) -> bool:
    state = folder.state()
    return state is not None and state.gave_up


def _running(folder: Folder, password: str) -> Address | None:
    state = launch.running(folder)
    if state is None or not launch.answers(state.port):
        return None
    return Address(f"bolt://127.0.0.1:{state.port}", "neo4j", password, "neo4j")


def _sign_in(address: Address, folder: Folder) -> bool:
    """Whether the database takes statements with our password; a new server is given it first."""
    if (answer := _ask(address, address.password, "RETURN 1", "neo4j")) != "refused":
        return answer == "done"
    change = "ALTER CURRENT USER SET PASSWORD FROM $old TO $new"
    if _ask(address, FIRST_PASSWORD, change, "system", old=FIRST_PASSWORD, new=address.password) != "refused":
        return False  # the next round tries ours again
    if _ask(address, address.password, "RETURN 1", "neo4j") != "refused":
        return False  # another process of this home was faster
    raise EngineError(
        f"The password in {folder.path} is not that of the database in {folder.neo4j}. Your data are kept. "
        "Put back the folder `server` that belongs to it, from a backup of the whole home."
    )


def _ask(
    address: Address, password: str, statement: LiteralString, database: str, **parameters: str
) -> Literal["done", "refused", "away"]:
    try:
        with GraphDatabase.driver(address.uri, auth=(address.user, password)) as driver:
            driver.execute_query(statement, parameters, database_=database)
    except (DriverError, Neo4jError) as error:
        wrong = isinstance(error, Neo4jError) and error.code == "Neo.ClientError.Security.Unauthorized"
        return "refused" if wrong else "away"
    return "done"


def _keep_warden(folder: Folder, spawn: Callable[[], None], ended: threading.Event) -> None:
    """Replace a warden that died, ever more slowly while the server will not start."""
    pause = WATCH_SECONDS
    while not ended.wait(pause):
        if held(folder.warden):
            pause = WATCH_SECONDS
        else:
            spawn()
            pause = min(pause * 2, SLOWEST_WATCH_SECONDS)


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
