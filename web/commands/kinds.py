"""What a command says of a kind of tie that nothing has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphdb import ties

if TYPE_CHECKING:
    from graphdb.ties import Network


def unknown_tie(whole: Network, name: str | None) -> str:
    """A sentence that names those there are."""
    known = ", ".join(ties.KINDS_OF_TIE)
    words = ", ".join(ties.relations(whole)) or "none"
    return f"No tie is called “{name}”. Kinds of tie: {known}. Words of imported files: {words}."
