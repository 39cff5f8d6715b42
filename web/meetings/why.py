"""Reasons of plans and agendas as sentences: those of the analytics in `web.words`, and the few that only meetings have."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from flask_babel import gettext

from graphdb import naming
from web import words
from web.access import viewer
from web.language import code
from web.sessions import data_stamp, graph

if TYPE_CHECKING:
    from web.words import Names

Facts = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Titled:
    """Something a reason points at that is no record of its own, such as a line of the plan."""

    title: str


def names() -> Names:
    """What the records of the public kinds are called for this reader: kept, or one statement."""
    return naming.names(graph, data_stamp(*naming.PUBLIC_KINDS), viewer(), code())


def because(reason: Facts, called: Names) -> str:
    """One reason as a sentence."""
    own = _OWN.get(str(reason.get("code")))
    return own(reason, called) if own else words.because(reason, called)


def sentences(reasons: Iterable[Facts], called: Names) -> list[str]:
    """Several, each once, without empty ones."""
    return [text for text in dict.fromkeys(because(reason, called) for reason in reasons) if text]


def reasons_of(stored: str | None, called: Names | None = None) -> list[str]:
    """Stored reasons as sentences."""
    return sentences(cast("list[Facts]", json.loads(stored or "[]")), called or {})


def _for_item(reason: Facts, called: Names) -> str:
    key = str(reason.get("key"))
    title = reason.get("title") or (called[key].title if key in called else "")
    return gettext("can answer for: %(title)s", title=title) if title else ""


def _promised(reason: Facts, called: Names) -> str:
    action = str(reason.get("action"))
    if action not in called:
        return words.because(reason, called)
    day = words.day_of(reason.get("due")) or gettext("no day")
    return gettext("promised for %(day)s: %(text)s", day=day, text=called[action].title)


_OWN: dict[str, Callable[[Facts, Names], str]] = {
    "for_item": _for_item,
    "open_action": _promised,
    "added": lambda *_: gettext("added by the coordinator"),
    "not_needed": lambda *_: gettext("no item of the agenda needs them"),
}
