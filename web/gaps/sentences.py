"""Gaps and cells in sentences: what a cell says in two words, what a gap is in one line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from flask_babel import gettext, ngettext

from analytics.coverage import CellClass
from graphdb.catalogue import word_of
from web.language import lazy

if TYPE_CHECKING:
    from analytics.coverage import Cell
    from web.words import Names

MEANINGS: Mapping[str, object] = {
    "not_assessed": lazy("Nobody has asked yet: there may be help, or none. Not counted."),
    "absent": lazy("Somebody asked, and there is none."),
    "unverified": lazy("Somebody is listed, and nobody has checked it lately."),
    "fragile": lazy("One partner, one project or one person: when it goes, it is gone."),
    "covered": lazy("Two partners or more, checked lately."),
}
SHOWN_CLASSES = tuple(MEANINGS)


def class_word(cls: str) -> str:
    """The word of a class."""
    return gettext(word_of("gap_class", cls))


def cell_words(cell: Cell, names: Names, *, short: bool = False) -> str:
    """What stands in the cell of a matrix; `short` without names, for large ones."""
    n = len(cell.providers)
    match cell.cls:
        case CellClass.NOT_ASSESSED:
            return gettext("not asked")
        case CellClass.ABSENT:
            return gettext("nobody")
        case CellClass.UNVERIFIED:
            if short:
                return ngettext("says %(num)s", "says %(num)s", n)
            return ngettext("says %(num)s, not checked", "says %(num)s, none checked", n)
        case CellClass.FRAGILE:
            return _one(cell, names, short=short)
        case _:
            return str(n) if short else ngettext("%(num)s partner", "%(num)s partners", n)


def _one(cell: Cell, names: Names, *, short: bool) -> str:
    if short:
        return gettext("one")
    codes = {reason.code for reason in cell.reasons}
    if "single_provider" in codes and cell.confirmed and cell.confirmed[0] in names:
        return gettext("one: %(name)s", name=names[cell.confirmed[0]].title)
    if "project_ends" in codes:
        return gettext("one project")
    return gettext("one person") if "single_person" in codes else gettext("one")


_COVERAGE: dict[str, Callable[[dict[str, str]], str]] = {
    "not_assessed": lambda told: gettext("Nobody has asked yet whether there is “%(service)s” in %(place)s", **told),
    "absent": lambda told: gettext("Nobody offers “%(service)s” in %(place)s", **told),
    "unverified": lambda told: gettext("Nobody has checked “%(service)s” in %(place)s", **told),
    "fragile": lambda told: gettext("“%(service)s” in %(place)s hangs on one provider", **told),
    "covered": lambda told: gettext("“%(service)s” in %(place)s is covered", **told),
}
_BETWEEN: dict[str, Callable[[dict[str, str]], str]] = {
    "C2": lambda told: gettext("%(a)s and %(b)s have an agreement, and no tie is seen", **told),
    "C3": lambda told: gettext("%(a)s refers often to %(b)s, without an agreement", **told),
    "C6": lambda told: gettext("%(a)s and %(b)s were never in one room", **told),
    "C12": lambda told: gettext("%(a)s was not seen with anybody", **told),
    "leader_without_mentor": lambda told: gettext("%(a)s, a community leader, has no active mentor", **told),
    "pair_quiet": lambda told: gettext("%(a)s and %(b)s, a mentoring pair, are quiet", **told),
}


def coverage_sentence(cls: str, place: str, service: str, group: str | None) -> str:
    """A gap of coverage in one line: "Nobody offers “Legal aid” in Kamen for women alone"."""
    said = _COVERAGE.get(cls)
    told = {"place": place, "service": service}
    text = said(told) if said else f"{class_word(cls)}: {service}, {place}"
    return gettext("%(sentence)s, for: %(group)s", sentence=text, group=group) if group else text


def question(place: str, service: str, group: str) -> str:
    """What somebody asks about a cell."""
    told = {"place": place, "service": service, "group": group}
    if group:
        return gettext("Is there “%(service)s” in %(place)s, for: %(group)s?", **told)
    return gettext("Is there “%(service)s” in %(place)s?", **told)


def between_sentence(cls: str, source: str, target: str | None) -> str:
    """A gap of collaboration in one line."""
    said = _BETWEEN.get(cls)
    told = {"a": source, "b": target or gettext("somebody")}
    return said(told) if said else f"{class_word(cls)}: {source}"


CLASS_HEADS: Mapping[str, tuple[object, object]] = {
    "C2": (
        lazy("Agreements on paper"),
        lazy("An agreement is in force for the whole window, and nothing was seen between the two in it."),
    ),
    "C3": (
        lazy("Work without an agreement"),
        lazy("Ten referrals or more one way in the window, and no agreement in force between the two."),
    ),
    "C6": (
        lazy("Never in one room"),
        lazy("They have something to settle, and were not together in the last three meetings of their series."),
    ),
    "C12": (
        lazy("Partners nobody has met"),
        lazy("No referral, meeting, action or contact of any kind in the window."),
    ),
    "leader_without_mentor": (lazy("Leaders without a mentor"), lazy("An active leader without an active pair.")),
    "pair_quiet": (lazy("Quiet mentoring pairs"), lazy("An active pair without a contact for 60 days.")),
}

STEPS: Mapping[str, object] = {
    "found": lazy("found"),
    "agenda": lazy("agenda"),
    "decided": lazy("decision"),
    "promised": lazy("action"),
    "done": lazy("action done"),
    "overdue": lazy("overdue"),
    "seen": lazy("seen"),
    "measured": lazy("measured"),
    "closed": lazy("closed"),
    "reopened": lazy("open again"),
    "said": lazy("said"),
}
VERBS: Mapping[str, object] = {
    "create": lazy("Written down as a gap."),
    "close": lazy("The records show it no longer: it is closed."),
    "reopen": lazy("It is open again."),
    "confirm": lazy("Confirmed as a gap."),
    "false_positive": lazy("Decided that it is none."),
    "accept_risk": lazy("The risk is accepted for now."),
    "agenda": lazy("Put on an agenda."),
    "confirms": lazy("A partner concerned says that it is so."),
    "disputes": lazy("A partner concerned says that it is not so."),
}
