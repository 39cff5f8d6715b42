"""The text beside a step (why it was corrected or reopened): sealed with the key of its referral, like the note itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphdb.records.sealing import ERASED
from graphdb.vault import Erased

if TYPE_CHECKING:
    from graphdb.vault import Vault


def sealed_note(vault: Vault, referral: str, event: str, text: str) -> str | None:
    """The text as it is stored on the event; None for none."""
    if not text.strip():
        return None
    return vault.seal(text.strip(), subject=referral, label="Event", record=event, field="note", version=1)


def opened_note(vault: Vault, referral: str, event: str, stored: str | None) -> str | None:
    """The text in plain words; a dagger once the referral was erased."""
    if not stored:
        return None
    try:
        return vault.open(stored, subject=referral, label="Event", record=event, field="note", version=1)
    except Erased:
        return ERASED
