"""What waits, in words: the chip, the line, the small print, the day, and where it leads."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext, ngettext

from web.gaps.sentences import between_sentence, class_word, coverage_sentence
from web.language import lazy
from web.pages import day, record_url, word
from web.words import reasons as worded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from web.home.usecases import Wait
    from web.words import Names

CHIPS = {
    "answer": lazy("to answer"), "unanswered": lazy("no answer"), "action": lazy("to do"), "invitation": lazy("invited"),
    "unwritten": lazy("to write down"), "lapsing": lazy("lapsing"), "verify": lazy("to verify"),
    "stale": lazy("to verify"), "escalated": lazy("no answer"), "quiet": lazy("quiet pair"), "quiet_pairs": lazy("quiet pairs"),
    "conference": lazy("invited"), "case_step": lazy("to do"), "alone": lazy("no mentor"), "unmatched": lazy("no mentor"),
    "draft": lazy("to comment"), "decide": lazy("to decide"), "concern": lazy("safety"),
    "supervision": lazy("supervision"), "pair_ends": lazy("ends soon"), "pair_endless": lazy("end unknown"),
}  # fmt: skip
OVERDUE = frozenset({"answer", "action", "case_step"})


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of the list."""

    look: str
    chip: str
    title: str
    url: str
    detail: str
    when: str


def shown(wait: Wait, names: Names) -> Shown:
    """An entry as its line."""
    title, url, detail = LINES[wait.code](wait, names)
    chip = gettext("overdue") if wait.late and wait.code in OVERDUE else str(CHIPS[wait.code])
    return Shown(wait.look, chip, title, url, detail, _when(wait))


def _when(wait: Wait) -> str:
    if wait.late:
        return ngettext("%(num)s day late", "%(num)s days late", wait.late)
    if wait.code == "lapsing":
        return ngettext("in %(num)s day", "in %(num)s days", wait.n)
    if wait.code == "quiet":
        return gettext("since %(day)s", day=day(wait.on))
    return day(wait.on) if wait.on else gettext("any time")


def _name(names: Names, record: str) -> str:
    return names[record].title if record in names else gettext("somebody")


def _referral(wait: Wait, names: Names) -> tuple[str, str, str]:
    service, other = (_name(names, one) for one in wait.ids)
    sentence = (
        gettext("%(service)s: %(other)s waits for your answer", service=service, other=other)
        if wait.code == "answer"
        else gettext("%(service)s: no answer from %(other)s", service=service, other=other)
    )
    return sentence, url_for("referrals.show", record=wait.record), word("priority", wait.priority)


def _action(wait: Wait, names: Names) -> tuple[str, str, str]:
    return wait.text, url_for("meetings.action", record=wait.record), _name(names, wait.ids[0])


def _meeting(wait: Wait, _: Names) -> tuple[str, str, str]:
    said = {
        "invitation": gettext("Do you come? Say so, so that the others can count on it."),
        "unwritten": gettext("Who came, what was decided?"),
    }
    return wait.text, url_for("meetings.show", record=wait.record), said[wait.code]


def _case(wait: Wait, _: Names) -> tuple[str, str, str]:
    said = {
        "conference": gettext("Conference %(reference)s", reference=wait.text),
        "case_step": gettext("Your step in the case %(reference)s", reference=wait.text),
    }
    return said[wait.code], url_for("conferences.show", record=wait.record), ""


def _draft(wait: Wait, _: Names) -> tuple[str, str, str]:
    said = {
        "draft": gettext("Your organisation is asked for its comments."),
        "decide": gettext("Decide on the comments, then report the answers."),
    }
    return wait.text, url_for("consultations.show", record=wait.record), said[wait.code]


def _lapsing(wait: Wait, _: Names) -> tuple[str, str, str]:
    return wait.text, record_url("Agreement", wait.record), gettext("lapses on %(day)s", day=day(wait.on))


def _verify(wait: Wait, names: Names) -> tuple[str, str, str]:
    name = _name(names, wait.ids[0])
    said = (
        ngettext(
            "%(num)s service of %(name)s nobody has confirmed for 180 days",
            "%(num)s services of %(name)s nobody has confirmed for 180 days", wait.n, name=name,
        )
        if wait.n
        else gettext("Nobody has checked the record of %(name)s for 180 days", name=name)
    )  # fmt: skip
    return said, url_for("partners.show", record=wait.record), gettext("one click says: still correct")


def _stale(wait: Wait, _: Names) -> tuple[str, str, str]:
    said = ngettext(
        "%(num)s partner nobody has checked for 180 days", "%(num)s partners nobody has checked for 180 days", wait.n
    )
    return said, url_for("partners.index", sort="assured_on"), ""


def _escalated(wait: Wait, _: Names) -> tuple[str, str, str]:
    said = ngettext(
        "%(num)s referral has waited for an answer for more than twice its time",
        "%(num)s referrals have waited for an answer for more than twice their time", wait.n,
    )  # fmt: skip
    return said, url_for("referrals.counts"), gettext("a call to the receiver may help")


def _quiet(wait: Wait, _: Names) -> tuple[str, str, str]:
    said = ngettext(
        "%(name)s: no contact for %(num)s day", "%(name)s: no contact for %(num)s days", wait.n, name=wait.text
    )
    return said, url_for("mentoring.show", record=wait.record), ""


def _quiet_pairs(wait: Wait, _: Names) -> tuple[str, str, str]:
    said = ngettext(
        "%(num)s pair without contact for 60 days or more", "%(num)s pairs without contact for 60 days or more", wait.n
    )
    return said, url_for("mentoring.index"), ""


def _alone(wait: Wait, _: Names) -> tuple[str, str, str]:
    return _no_active(wait.n), f"{url_for('mentoring.index')}#alone", ""


def _no_active(n: int) -> str:
    return ngettext("%(num)s leader has no active mentor", "%(num)s leaders have no active mentor", n)


def _unmatched(wait: Wait, _: Names) -> tuple[str, str, str]:
    said = ngettext("%(num)s leader waits for a mentor", "%(num)s leaders wait for a mentor", wait.n)
    return said, url_for("programmes.choose_programme"), "" if int(wait.text) <= wait.n else _no_active(int(wait.text))


def _concern(wait: Wait, _: Names) -> tuple[str, str, str]:
    said = gettext("Somebody told you a concern: pair %(ref)s", ref=wait.text)
    return said, url_for("supervision.concern", record=wait.record), gettext("you alone can read it")


def _supervision(wait: Wait, _: Names) -> tuple[str, str, str]:
    said = gettext("A session with %(name)s is due", name=wait.text)
    return said, url_for("supervision.index"), gettext("one every 30 days") if wait.on else gettext("none is noted yet")


def _pair_ends(wait: Wait, _: Names) -> tuple[str, str, str]:
    said = gettext("The agreement of pair %(ref)s ends", ref=wait.text)
    return (
        said,
        url_for("mentoring.show", record=wait.record),
        gettext("on %(day)s: go on, or end it well?", day=day(wait.on)),
    )


def _pair_endless(wait: Wait, _: Names) -> tuple[str, str, str]:
    said = ngettext(
        "Of %(num)s active pair nobody wrote down until when it is agreed",
        "Of %(num)s active pairs nobody wrote down until when they are agreed", wait.n,
    )  # fmt: skip
    return said, url_for("mentoring.index"), ""


LINES: Mapping[str, Callable[[Wait, Names], tuple[str, str, str]]] = {
    "answer": _referral, "unanswered": _referral, "action": _action, "invitation": _meeting, "unwritten": _meeting,
    "conference": _case, "case_step": _case, "draft": _draft, "decide": _draft,
    "concern": _concern, "supervision": _supervision, "pair_ends": _pair_ends, "pair_endless": _pair_endless,
    "lapsing": _lapsing, "verify": _verify, "stale": _stale, "escalated": _escalated, "quiet": _quiet, "quiet_pairs": _quiet_pairs, "alone": _alone, "unmatched": _unmatched,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class GapLine:
    """One of the weightiest gaps."""

    title: str
    url: str
    cls: str
    chip: str
    because: list[str]


def gap_line(entry: list[Any], names: Names) -> GapLine:
    """A gap as `graphdb.waiting` lists it, in one line with its first reasons."""
    record, cls, _, stored, place, service, group, organisations = entry
    if service:
        title = coverage_sentence(
            cls, _name(names, place) if place else gettext("the whole network"), _name(names, service),
            _name(names, group) if group else None,
        )  # fmt: skip
    else:
        parties = [_name(names, one) for one in organisations]
        title = (
            between_sentence(cls, parties[0], parties[1] if len(parties) > 1 else None) if parties else class_word(cls)
        )
    evidence = [reason for reason in json.loads(stored or "[]") if "points" not in reason]
    said = worded(evidence, names)
    return GapLine(title, url_for("gaps.show", record=record), cls, class_word(cls), said[:2])
