"""Data keys, one a subject, wrapped by the master key and kept outside Neo4j.

Why SQLite is set as it is:
- `journal_mode=TRUNCATE`, not WAL: a WAL file keeps copies of old pages, so of destroyed keys, until a checkpoint that
  any reader may put off. The rollback journal is cut to nothing by the commit; `synchronous=FULL` waits for the disk.
- `secure_delete` overwrites freed bytes. Rows are only added at the end and then overwritten in place with the
  same number of bytes, so that no page split leaves a copy of a key behind.
- one connection a call and no cache: a key that one process destroyed is gone for all of them at once.
"""

import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from graphdb.vault import private
from graphdb.vault.errors import Erased, KeyMissingError, VaultError, WrongMasterKeyError
from graphdb.vault.master import WRAPPED_BYTES, MasterFile, MasterKey, fresh_master_key

SCHEMA_VERSION = 1
NEVER = "0000-00-00"
NO_MASTER = "-" * 16
WAIT_SECONDS = 20
COLUMNS = "SELECT subject, master, wrapped, erased_on FROM data_key"
SCHEMA = f"""
CREATE TABLE data_key (
  id INTEGER PRIMARY KEY,
  subject TEXT NOT NULL UNIQUE,
  master TEXT NOT NULL CHECK (length(master) = 16),
  wrapped BLOB NOT NULL CHECK (length(wrapped) = {WRAPPED_BYTES}),
  erased_on TEXT NOT NULL DEFAULT '{NEVER}' CHECK (length(erased_on) = 10)
) STRICT;
CREATE TABLE current_master (only INTEGER PRIMARY KEY CHECK (only = 1), name TEXT NOT NULL) STRICT;
PRAGMA user_version = {SCHEMA_VERSION};
"""


class KeyStore(Protocol):
    """Where data keys live; another store (several machines, one network) keeps these promises.

    What returned is durable. `wrap` is decided once for all callers. After `destroy` no caller anywhere gets the key.
    """

    def wrap(self, subject: str, fresh: bytes) -> bytes:
        """Keep `fresh` (32 bytes) as the subject's key if it has none; return the key in force, or raise `Erased`."""
        ...

    def unwrap(self, subject: str) -> bytes:
        """The subject's key (32 bytes), or `Erased`, or `KeyMissingError`."""
        ...

    def destroy(self, subject: str) -> bool:
        """Destroy the key for good and keep the mark that it was; True where there was a key."""
        ...

    def erased(self) -> dict[str, str]:
        """Subjects whose key was destroyed, with the day (ISO, UTC)."""
        ...

    def rotate(self) -> str:
        """Wrap every key with a new master key; its name."""
        ...


@dataclass(frozen=True)
class KeyRow:
    """One row of the store: a wrapped key, or the mark of an erased subject."""

    subject: str
    master: str
    wrapped: bytes
    erased_on: str


@dataclass(frozen=True)
class Contents:
    """All of a store: master keys in force, the name of the one in use, the rows in order of creation."""

    masters: tuple[MasterKey, ...]
    current: str
    rows: tuple[KeyRow, ...]


class SqliteKeyStore:
    """The store of one machine: `keys.sqlite` and `master.key` in one private folder; safe for several processes."""

    def __init__(self, folder: Path) -> None:
        private.make_private_folder(folder)
        path = folder / "keys.sqlite"
        self._master = MasterFile(folder / "master.key")
        if self._master.path.exists() and not path.exists():
            raise VaultError(
                f"{path} is missing, though its master key is there. Nothing was changed. "
                "Put the keys folder of the last backup back: a new keystore could read none of the protected texts."
            )
        private.make_private_file(path)
        self._address = f"{path.resolve().as_uri()}?mode=rw"
        self._prepare()

    def wrap(self, subject: str, fresh: bytes) -> bytes:
        """See `KeyStore.wrap`."""
        with self._writing() as db:
            row = _find(db, subject)
            if row is None:
                master = self._current(db)
                db.execute(
                    "INSERT INTO data_key (subject, master, wrapped) VALUES (?, ?, ?)",
                    (subject, master.name, master.wrap(subject, fresh)),
                )
                return fresh
            return self._opened(row)

    def unwrap(self, subject: str) -> bytes:
        """See `KeyStore.unwrap`."""
        with self._reading() as db:
            row = _find(db, subject)
            if row is None:
                raise KeyMissingError(subject)
            return self._opened(row)

    def destroy(self, subject: str) -> bool:
        """See `KeyStore.destroy`. The day is the machine's, in UTC."""
        with self._writing() as db:
            return _erase(db, subject, datetime.now(UTC).date().isoformat())

    def erased(self) -> dict[str, str]:
        """See `KeyStore.erased`."""
        with self._reading() as db:
            return {row.subject: row.erased_on for row in _all_rows(db) if row.erased_on != NEVER}

    def rotate(self) -> str:
        """See `KeyStore.rotate`. A crash at any point leaves every key readable: the file holds both master keys
        before the first row is wrapped anew, and gives up the former one only after the last row is."""
        fresh = fresh_master_key()
        with self._writing("EXCLUSIVE") as db:
            known = self._master.read()
            self._current(db)
            self._master.write(fresh, *known.values())
            for row in _all_rows(db):
                if row.erased_on == NEVER:
                    key = fresh.wrap(row.subject, known[row.master].unwrap(row.subject, row.wrapped))
                    db.execute(
                        "UPDATE data_key SET master = ?, wrapped = ? WHERE subject = ?", (fresh.name, key, row.subject)
                    )
            db.execute("UPDATE current_master SET name = ?", (fresh.name,))
        with self._writing("EXCLUSIVE") as db:
            self._master.write(self._current(db))
        return fresh.name

    def contents(self) -> "Contents":
        """Everything as of one moment (data keys stay wrapped), for the encrypted backup and the `check` command."""
        with self._reading() as db:
            return Contents(tuple(self._master.read().values()), self._current(db).name, tuple(_all_rows(db)))

    def fill(self, contents: "Contents") -> None:
        """Fill an unused store from a backup; a store that holds keys or marks is refused."""
        with self._writing("EXCLUSIVE") as db:
            if _all_rows(db):
                raise VaultError("This home already holds keys. Restore into an empty home.")
            self._master.write(*contents.masters)
            db.execute("UPDATE current_master SET name = ?", (contents.current,))
            self._current(db)
            db.executemany(
                "INSERT INTO data_key (subject, master, wrapped, erased_on) VALUES (?, ?, ?, ?)",
                [(row.subject, row.master, row.wrapped, row.erased_on) for row in contents.rows],
            )

    def _prepare(self) -> None:
        """Make tables and master key on first start; refuse a store of a later release or without its master key."""
        with self._writing("EXCLUSIVE") as db:
            version = db.execute("PRAGMA user_version").fetchone()[0]
            if version > SCHEMA_VERSION:
                raise VaultError("A later release of Mrezha made this keystore. Install it; nothing was changed.")
            if version == 0:
                keys = self._master.read()
                if not keys:
                    first = fresh_master_key()
                    self._master.write(first)
                    keys = {first.name: first}
                for statement in SCHEMA.strip().split(";\n"):
                    db.execute(statement)
                db.execute("INSERT INTO current_master VALUES (1, ?)", (next(iter(keys)),))
            self._current(db)

    def _current(self, db: sqlite3.Connection) -> MasterKey:
        found: tuple[str] | None = db.execute("SELECT name FROM current_master").fetchone()
        if found is None:
            raise WrongMasterKeyError("The keystore does not say which master key it uses. Restore the keys folder.")
        return self._master.key(found[0])

    def _opened(self, row: KeyRow) -> bytes:
        if row.erased_on != NEVER:
            raise Erased(row.subject)
        return self._master.key(row.master).unwrap(row.subject, row.wrapped)

    @contextmanager
    def _reading(self) -> Generator[sqlite3.Connection]:
        """One read transaction. The master file is read inside it: a rotation cannot commit meanwhile,
        so the file always holds the key that the rows name."""
        with closing(self._connect()) as db:
            db.execute("BEGIN")
            db.execute("SELECT 1 FROM sqlite_schema").fetchall()
            yield db
            db.execute("COMMIT")

    @contextmanager
    def _writing(self, lock: str = "IMMEDIATE") -> Generator[sqlite3.Connection]:
        """One write transaction; leaving it by an error undoes it."""
        with closing(self._connect()) as db:
            for setting in ("journal_mode=TRUNCATE", "synchronous=FULL", "secure_delete=ON", "temp_store=MEMORY"):
                db.execute(f"PRAGMA {setting}").close()
            db.execute(f"BEGIN {lock}")
            yield db
            db.execute("COMMIT")

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self._address, uri=True, timeout=WAIT_SECONDS, isolation_level=None)


def _find(db: sqlite3.Connection, subject: str) -> KeyRow | None:
    row = db.execute(f"{COLUMNS} WHERE subject = ?", (subject,)).fetchone()
    return KeyRow(*row) if row else None


def _all_rows(db: sqlite3.Connection) -> list[KeyRow]:
    return [KeyRow(*row) for row in db.execute(f"{COLUMNS} ORDER BY id")]


def _erase(db: sqlite3.Connection, subject: str, day: str) -> bool:
    """Overwrite the wrapped key with zeros of the same length; an unknown subject gets the mark too."""
    row = _find(db, subject)
    db.execute(
        "INSERT INTO data_key (subject, master, wrapped, erased_on) VALUES (:subject, :master, zeroblob(:size), :day) "
        "ON CONFLICT (subject) DO UPDATE SET master = :master, wrapped = zeroblob(:size), erased_on = :day "
        "WHERE erased_on = :never",
        {"subject": subject, "master": NO_MASTER, "size": WRAPPED_BYTES, "day": day, "never": NEVER},
    )
    return row is not None and row.erased_on == NEVER
