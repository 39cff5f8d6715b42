"""The outbox: a letter leaves with the change that caused it, or not at all.

A letter is a job of its own, queued in the transaction of the change and sealed until it is sent: a one-time link must not
lie readable in the store. Its key is destroyed when the letter has gone or is given up.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from ulid import ULID

from graphdb.jobs import enqueue

if TYPE_CHECKING:
    from graphdb.jobs import Job
    from graphdb.vault import Vault
    from graphdb.writes import Change

MAIL = "mail"


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter: whom it goes to, one line, plain text. It says that something waits, never what.

    `calendar` is an iTIP object (RFC 5546) beside the text, whose `method` is REQUEST or CANCEL.
    """

    to: str
    subject: str
    text: str
    calendar: str = ""
    method: str = ""


def with_link(text: str, address: str) -> str:
    """The text of a letter, with the network's address under it where that is known."""
    return f"{text}\n\n{address}\n" if address else f"{text}\n"


def post(open_change: Change, vault: Vault, letter: Letter) -> str:
    """Put a letter into the outbox inside a change; returns the id of its job."""
    mail = str(ULID())
    text = json.dumps(asdict(letter))
    sealed = vault.seal(text, subject=_subject(mail), label="Mail", record=mail, field="letter", version=1)
    return enqueue(open_change, MAIL, {"mail": mail, "letter": sealed})


def letter_of(vault: Vault, job: Job) -> Letter:
    """The letter of a job. Raises Erased where it has gone already."""
    asked = job.asked()
    mail = str(asked["mail"])
    text = vault.open(asked["letter"], subject=_subject(mail), label="Mail", record=mail, field="letter", version=1)
    return Letter(**json.loads(text))


def forget(vault: Vault, job: Job) -> None:
    """Make a letter unreadable for good."""
    vault.erase(_subject(str(job.asked()["mail"])))


def _subject(mail: str) -> str:
    return f"mail:{mail}"
