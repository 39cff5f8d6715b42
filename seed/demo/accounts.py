"""One account for each role, with passwords drawn at random and kept beside the data for later starts."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from graphdb import accounts
from graphdb.passwords import Passwords
from seed.demo.book import identity
from seed.demo.mentoring import PROGRAMME

if TYPE_CHECKING:
    from graphdb.writes import Change

FILE = "demo-accounts.json"
# no letters that look alike
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class Visitor(NamedTuple):
    """A role with its login, and whom the account is in the story. Codes, not ids."""

    role: str
    login: str
    name: str
    person: str = ""
    organisation: str = ""
    programme: str = ""


VISITORS = (
    Visitor("partner", "partner", "Партньор (Живи думи)", "ngo_lang_1", "ngo_lang"),
    Visitor("leader", "leader", "Лидер (Люляк)", "L01", "", PROGRAMME),
    Visitor("mentor", "mentor", "Ментор", "M01", "", PROGRAMME),
    Visitor("supervisor", "supervisor", "Супервизор", "supervisor", "", PROGRAMME),
    Visitor("manager", "manager", "Ръководител", "obl_1"),
    Visitor("coordinator", "coordinator", "Координатор", "coordinator", "", PROGRAMME),
    Visitor("administrator", "administrator", "Администратор"),
)


class Keys:
    """Passwords of the demonstration's accounts by login, in a file that only its owner may read."""

    def __init__(self, home: Path) -> None:
        self._path = home / FILE
        self._home = home

    def known(self) -> dict[str, str]:
        """What the file holds; nothing where it is gone or damaged."""
        try:
            read = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return {str(login): str(password) for login, password in read.items()} if isinstance(read, dict) else {}

    def drawn(self) -> dict[str, str]:
        """Fresh passwords, written down before any account has them."""
        made = {visitor.login: "-".join(_word() for _ in range(3)) for visitor in VISITORS}
        self._home.mkdir(parents=True, exist_ok=True)
        self._path.unlink(missing_ok=True)
        handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(made, file, indent=1)
        return made

    def hashed(self, passwords: dict[str, str]) -> dict[str, str]:
        """Their hashes, by login."""
        hasher = Passwords(self._home / "run")
        return {login: hasher.hash(password) for login, password in passwords.items()}


def make(open_change: Change, hashes: dict[str, str]) -> None:
    """The accounts with their roles."""
    for visitor in VISITORS:
        person = identity(f"Person/{visitor.person}") if visitor.person else ""
        organisation = identity(f"Organisation/{visitor.organisation}") if visitor.organisation else ""
        programme = identity(f"Programme/{visitor.programme}") if visitor.programme else ""
        account = accounts.make(open_change, visitor.login, visitor.name, hashes[visitor.login], "bg", person)
        accounts.grant(open_change, account, visitor.role, organisation, programme)


def table(passwords: dict[str, str]) -> list[str]:
    """Role, login and password in columns."""
    rows = [("role", "login", "password"), *((v.role, v.login, passwords[v.login]) for v in VISITORS)]
    return [f"  {role:<15}{login:<15}{password}" for role, login, password in rows]


def _word() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(5))
