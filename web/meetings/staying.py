"""Whether the same people come: organisations by the last three meetings of the series, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext
from flask_login import current_user

from analytics.meetings import Stood, representatives
from graphdb.meetings import continuity
from web.access import granted, viewer
from web.language import code
from web.sessions import graph

if TYPE_CHECKING:
    from datetime import datetime

    from graphdb.meetings.continuity import Sitting
    from graphdb.meetings.reading import MeetingView

STATES = {
    "same": "covered", "first": "unverified", "other": "fragile", "deputy": "fragile", "unnamed": "unverified",
    "absent": "absent", "uninvited": "not_assessed",
}  # fmt: skip
PRESENT = frozenset({"present", "online"})


@dataclass(frozen=True, slots=True)
class Cell:
    """One organisation at one meeting: the look of a state, its word, who came."""

    state: str
    text: str
    name: str


@dataclass(frozen=True, slots=True)
class Staying:
    """The last meetings, and a line of cells for each organisation; `kept` and `named` count same people of the last one."""

    meetings: list[tuple[str, datetime]]
    lines: list[tuple[str, str, list[Cell]]]
    kept: int
    named: int


def staying(found: MeetingView) -> Staying | None:
    """Who came to the last three meetings of this one's series, itself among them; None below two meetings."""
    sittings = _sittings(found)
    if len(sittings) < 2:
        return None
    codes = representatives(
        [{one["organisation"]: Stood(one["mode"], one["person"]) for one in each.there} for each in sittings]
    )
    titles = {one["organisation"]: one["title"] for each in sittings for one in each.there}
    names = [{one["organisation"]: one["name"] or "" for one in each.there} for each in sittings]
    words = _words()
    lines = [
        (name, titles[name], [Cell(STATES[said], words[said], who.get(name, "")) for said, who in zip(codes[name], names, strict=True)])
        for name in sorted(codes, key=lambda name: (titles[name].lower(), name))
    ]  # fmt: skip
    last = [line[-1] for line in codes.values()]
    return Staying(
        [(one.id, one.starts_at) for one in sittings],
        lines,
        last.count("same"),
        last.count("same") + last.count("other"),
    )


def names_before(found: MeetingView) -> dict[str, str]:
    """Who came last for each organisation, by its id; deputies do not count."""
    return {
        one["organisation"]: one["name"]
        for each in _sittings(found)
        for one in each.there
        if one["name"] and one["mode"] in PRESENT
    }


def _sittings(found: MeetingView) -> list[Sitting]:
    if found.series is None:
        return []
    everything = "any" in granted(current_user.roles, "meeting", "read")
    return continuity.sittings(graph, found.id, viewer(), code(), everything=everything)


def _words() -> dict[str, str]:
    return {
        "same": gettext("same person"), "first": gettext("came"), "other": gettext("another person"),
        "deputy": gettext("deputy"), "unnamed": gettext("came, nobody noted who"), "absent": gettext("not there"),
        "uninvited": gettext("not invited"),
    }  # fmt: skip
