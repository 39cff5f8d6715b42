"""Two people at the same form: what only one of them changed stands, what both changed is shown to both."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settled:
    """The value to show; `theirs` is what the other saved, where both changed it to something different."""

    value: str
    theirs: str | None = None


def settled(was: str | None, mine: str, theirs: str) -> Settled:
    """One value of three: as the form was opened (None where nobody knows), as typed, as saved meanwhile."""
    if _same(mine, theirs) or (was is not None and _same(theirs, was)):
        return Settled(mine)
    if was is not None and _same(mine, was):
        return Settled(theirs)
    return Settled(mine, theirs)


def settled_set(was: set[str], mine: set[str], theirs: set[str]) -> set[str]:
    """Ticks of three: theirs, with what I ticked and without what I unticked since I opened the form."""
    return (theirs | (mine - was)) - (was - mine)


def _same(one: str, other: str) -> bool:
    """Line ends and blanks at the ends do not count: browsers change both."""
    return one.replace("\r\n", "\n").strip() == other.replace("\r\n", "\n").strip()
