"""The files in which the users of one home's server find each other."""

import json
import os
import re
import secrets
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

STACK = re.compile(r"(^\s|WARN  )at [\w.$]+")  # where in the program a fault came up: of no use to the reader


@dataclass(frozen=True)
class State:
    """What the warden last did: the server's port, its process, and whether the warden gave up on it."""

    port: int
    pid: int | None = None
    gave_up: bool = False


class Folder:
    """`home/server`: locks, state and password. `home/neo4j` is the server's own."""

    def __init__(self, home: Path) -> None:
        self.path = home / "server"
        self.neo4j = home / "neo4j"
        self.users = self.path / "users.lock"  # shared: one claim per attachment
        self.warden = self.path / "warden.lock"  # held by the warden as long as it lives
        self.engine = self.path / "engine.lock"  # held by the Java process as long as it lives
        self.log = self.neo4j / "logs" / "neo4j.log"
        self.console = self.path / "console.log"
        self._state = self.path / "state.json"
        self._password = self.path / "password"

    def make(self) -> None:
        """Make the folders, readable by their owner only."""
        for place in (self.path, self.neo4j):
            place.mkdir(parents=True, exist_ok=True)
            place.chmod(0o700)

    def state(self) -> State | None:
        """The last state, or None where there is none that can be read."""
        try:
            return State(**json.loads(self._state.read_text()))
        except (OSError, ValueError, TypeError):
            return None

    def write_state(self, state: State) -> None:
        """Replace the state; a reader sees the old or the new one."""
        fresh = self._state.with_suffix(".new")
        fresh.write_text(json.dumps(asdict(state)))
        fresh.replace(self._state)

    def password(self) -> str:
        """The password of the home's server; made on first use, the same for whoever asks at once."""
        with suppress(FileNotFoundError):
            return self._password.read_text()
        fresh = self.path / f"password.{secrets.token_hex(8)}"
        fd = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(fd, "w") as file:
            file.write(secrets.token_urlsafe(32))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(fresh, self._password)
        fresh.unlink()
        return self._password.read_text()

    def log_tail(self, lines: int = 20) -> str:
        """The last lines that Java and the server wrote, without where in the program they came from."""
        texts = [log.read_text(errors="replace") for log in (self.console, self.log) if log.exists()]
        told = [line for line in "\n".join(texts).splitlines() if line.strip() and not STACK.search(line)]
        return "\n".join(told[-lines:])
