"""One Java process that runs Neo4j: how it is configured, started, told to stop."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from graphdb.engine import EngineError
from graphdb.engine.folder import Folder, State
from graphdb.engine.jarlist import read_lock
from graphdb.engine.locks import Lock, held
from graphdb.settings import heap_megabytes

LOG_LIMIT = 2_000_000  # bytes of console.log kept when the server starts
STOP_SECONDS = 20.0
INHERITED = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TZ")

# The first of Java's compilers alone is soonest warm: a small network is opened for minutes. Who gives the heap this much has a
# server that runs for long, where both compilers take a third to a half off (docs/decisions, 17).
SOON_WARM = "-XX:TieredStopAtLevel=1"
LONG_RUNNING_MB = 1024

JAVA_OPTIONS = (
    "-XX:+UseSerialGC",  # least memory; the heap is small
    "-XX:+ExitOnOutOfMemoryError",  # the warden starts it again
    "-XX:-UsePerfData",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
    "--add-opens=java.base/java.lang=ALL-UNNAMED",
    "--add-exports=jdk.unsupported/sun.misc=ALL-UNNAMED",
    "-Dio.netty.tryReflectionSetAccessible=true",
)

CONFIGURATION = """\
server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
dbms.usage_report.enabled=false
dbms.security.auth_enabled=true
# Cypher reads no file and no address
dbms.security.allow_csv_import_from_file_urls=false
internal.dbms.cypher_ip_blocklist=0.0.0.0/0,::/0
server.memory.pagecache.size=64m
# short logs: what is erased leaves them soon, and a small disk suffices
db.tx_log.rotation.size=16m
db.tx_log.rotation.retention_policy=keep_none
# without this a full disk cuts a log in the middle of an entry, and the database never recovers (tests/engine)
db.tx_log.preallocate=true
# a statement without a timeout of its own ends all the same
db.transaction.timeout=120s
# else every stop waits ten seconds
internal.server.bolt.thread_pool_shutdown_wait_time=0s
"""


def command(java: Path, lib: Path, heap: str, options: Sequence[str]) -> list[str]:
    """Java with the class path: the pinned list, so that a foreign jar beside it is not loaded."""
    jars = os.pathsep.join(str(lib / jar.name) for jar in read_lock())
    compilers = [] if heap_megabytes(heap) >= LONG_RUNNING_MB else [SOON_WARM]
    return [str(java), f"-Xmx{heap}", *compilers, *JAVA_OPTIONS, *options, "-cp", jars]


def server_words(neo4j: Path) -> list[str]:
    """What follows the command for it to run the server whose own folder is `neo4j`."""
    return ["org.neo4j.server.CommunityEntryPoint", f"--home-dir={neo4j}", f"--config-dir={neo4j / 'conf'}"]


def environment() -> dict[str, str]:
    """What Java is told of ours: no passwords, and no options meant for other Javas."""
    return {name: os.environ[name] for name in INHERITED if name in os.environ}


def free_port(wish: int | None) -> int:
    """A free port on loopback, the wished one where it is free."""
    for port in (wish or 0, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return probe.getsockname()[1]
    raise EngineError("No free port is left on 127.0.0.1. Close some programs and start again.")


def answers(port: int) -> bool:
    """Whether something listens on the loopback port."""
    try:
        socket.create_connection(("127.0.0.1", port), 0.5).close()
    except OSError:
        return False
    return True


def start(folder: Folder, words: list[str], port: int) -> subprocess.Popen[bytes]:
    """Start the server. It inherits the claim on `engine.lock`, so the lock tells whether it lives."""
    conf = folder.neo4j / "conf"
    conf.mkdir(parents=True, exist_ok=True)
    (conf / "neo4j.conf").write_text(CONFIGURATION.format(port=port))
    if folder.console.exists() and folder.console.stat().st_size > LOG_LIMIT:
        folder.console.unlink()
    folder.write_state(State(port))
    with Lock(folder.engine) as claim, folder.console.open("ab") as log:
        if not claim.take_within(2):
            raise EngineError(f"A server of this home still runs: {folder.path}")
        process = subprocess.Popen(  # noqa: S603 - our own words, no shell
            [*words, *server_words(folder.neo4j)],
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            pass_fds=[claim.fd],
        )
    folder.write_state(State(port, process.pid))
    return process


def running(folder: Folder) -> State | None:
    """The state of the server that runs now; None where none does. A process id used anew cannot deceive it."""
    return folder.state() if held(folder.engine) else None


def stop(folder: Folder, only: int | None = None) -> None:
    """Tell the running server to stop, wait, and end it if it does not; with `only`, if it still is that process."""
    for sign, seconds in ((signal.SIGTERM, STOP_SECONDS), (signal.SIGKILL, 5.0)):
        state = running(folder)
        if state is None or only not in (None, state.pid):
            return
        if state.pid is None:
            raise EngineError(f"A server of {folder.path} runs whose process is not known. End it by hand.")
        os.kill(state.pid, sign)
        _wait_gone(folder, seconds)


def _wait_gone(folder: Folder, seconds: float) -> None:
    until = time.monotonic() + seconds
    while held(folder.engine) and time.monotonic() < until:
        time.sleep(0.05)
