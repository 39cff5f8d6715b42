"""One gap as people decide about it: what the rules say now, what is kept, what this reader may do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from flask_babel import gettext

from graphdb import gaps, naming
from graphdb.meetings.agenda import NewItem
from web.gaps.detection import finding_of
from web.gaps.sentences import between_sentence, class_word, coverage_sentence
from web.gaps.usecases import MENTORING, NAMED_APART, names_for, oversees
from web.words import reasons

if TYPE_CHECKING:
    from graphdb.actors import Viewer
    from graphdb.connection import Graph
    from graphdb.gaps import Finding, GapView
    from graphdb.naming import Name
    from web.gaps.usecases import Reader

MINUTES = {True: 15, False: 10}
"""Of an agenda item about coverage, and about two partners."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A gap with its words. `now`: what the rules find on the day; None where the records show it no longer."""

    key: str
    cls: str
    sentence: str
    now: Finding | None
    kept: GapView
    reasons: Sequence[str]
    names: Mapping[str, Name]
    links: Mapping[str, Sequence[str]]

    @property
    def of_coverage(self) -> bool:
        """Whether it is a cell, not a matter between partners."""
        return self.key.startswith("coverage:")

    @property
    def cell(self) -> str:
        """The cell as an address names it; "" for none."""
        if not self.of_coverage:
            return ""
        _, place, service, group = self.key.split(":")
        return f"{place}.{service}.{'-' if group == '*' else group}"

    @property
    def state(self) -> str:
        """What people have made of it."""
        return self.kept.state or "detected"

    @property
    def over(self) -> bool:
        """Closed, and the records do not show it again: nothing is left to decide."""
        return self.state == "closed_verified" and self.now is None

    @property
    def back(self) -> bool:
        """Closed, but the records show it again, and no detection has kept that yet."""
        return self.state == "closed_verified" and self.now is not None

    def item(self) -> NewItem:
        """It as an item of an agenda; mentoring is named without names there."""
        title = class_word(self.cls) if self.cls in set(MENTORING) else self.sentence
        points = self.now.points if self.now else self.kept.points
        why = self.now.reasons if self.now else self.kept.because()
        kind = "coverage" if self.of_coverage else "collaboration"
        return NewItem(title, MINUTES[self.of_coverage], kind, self.key, points, why)


def shown(graph: Graph, reader: Reader, on: date, today: date, *, key: str = "", record: str = "") -> Shown | None:
    """A gap by its key or its record; None where neither the rules nor the records know it, or not for this reader."""
    kept = gaps.show(graph, reader.viewer, reader.language, today, record=record, key=key)
    key = kept.key or key
    now = finding_of(graph, key, on) if key else None
    if kept.id is None and now is None:
        return None
    links = now.links if now else _links(kept)
    if not _may_see(reader.viewer, now.cls if now else kept.cls or "", links):
        return None
    why = now.reasons if now else kept.because()
    names = dict(names_for(graph, reader))
    apart = {*(record for those in links.values() for record in those), *_mentioned(why)} - names.keys()
    names |= naming.names_of(graph, NAMED_APART, apart, reader.viewer, reader.language)
    cls = now.cls if now else kept.cls or ""
    return Shown(key, cls, _sentence(cls, links, names), now, kept, reasons(why, names), names, links)


def _links(kept: GapView) -> dict[str, Sequence[str]]:
    single = {
        "place": kept.place, "service": kept.service, "group": kept.group, "programme": kept.programme,
        "source_organisation": kept.source, "target_organisation": kept.target,
    }  # fmt: skip
    found: dict[str, Sequence[str]] = {name: [record] for name, record in single.items() if record}
    return found | {"members": kept.members, "people": kept.people}


def _may_see(viewer: Viewer, cls: str, links: Mapping[str, Sequence[str]]) -> bool:
    if cls not in set(MENTORING):
        return True
    return oversees(viewer, links.get("people", ()), next(iter(links.get("programme", ())), ""))


def _sentence(cls: str, links: Mapping[str, Sequence[str]], names: Mapping[str, Name]) -> str:
    def called(name: str, place: int = 0) -> str | None:
        those = links.get(name, ())
        return names[those[place]].title if len(those) > place and those[place] in names else None

    if "service" in links:
        return coverage_sentence(
            cls, called("place") or gettext("an unknown place"), called("service") or "–", called("group")
        )
    if cls in set(MENTORING):
        return between_sentence(cls, called("people") or gettext("somebody"), called("people", 1))
    return between_sentence(cls, called("source_organisation") or gettext("somebody"), called("target_organisation"))


def _mentioned(why: Sequence[Mapping[str, object]]) -> set[str]:
    texts: set[str] = set()
    for reason in why:
        for fact in reason.values():
            those = fact if isinstance(fact, list | tuple) else [fact]
            texts |= {str(one) for one in those if isinstance(one, str)}
    return texts
