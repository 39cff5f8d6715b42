"""The words of meetings: titles of what is on the table, figures, times in the network's zone."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from flask_babel import format_datetime, gettext

from analytics.meetings import Promise, attendance_rate, decision_rate, follow_up_rate
from graphdb.catalogue import codes
from web.gaps.sentences import between_sentence, class_word, coverage_sentence
from web.gaps.usecases import MENTORING
from web.language import code
from web.packs.words import locale_of, long_day
from web.pages import as_of, day, word

if TYPE_CHECKING:
    from analytics.meetings import Share
    from graphdb.meetings.pieces import About
    from graphdb.meetings.reading import MeetingView


def title_of(kind: str, about: About | None, stored: str = "") -> str:
    """What an item is called, in the reader's language where it is about a record; else as it was written."""
    if about is None:
        listed = {
            "stale_partners": gettext("Records that nobody has confirmed lately"),
            "stale_referrals": gettext("Referrals without an answer"),
        }
        return listed.get(kind, stored)
    if about["label"] == "Agreement":
        return gettext("“%(title)s” lapses on %(day)s", title=about["title"], day=day(about["on"]))
    if about["label"] == "ActionPoint":
        return gettext("Action: %(text)s", text=about["title"])
    return _gap(about)


def _gap(about: About) -> str:
    """A gap in one line; a mentoring gap without its people, whoever reads."""
    cls, ref = about["cls"] or "", about["ref"]
    if cls in MENTORING:
        return f"{class_word(cls)} ({ref})"
    if about["service"]:
        return coverage_sentence(cls, about["place"] or gettext("the whole network"), about["service"], about["group"])
    parties = [each["title"] for each in about["organisations"]]
    return between_sentence(cls, parties[0], parties[1] if len(parties) > 1 else None) if parties else ref


def local(value: datetime, zone: str) -> datetime:
    """A moment in the network's time zone."""
    return value.astimezone(ZoneInfo(zone))


def when(value: datetime, zone: str) -> str:
    """A meeting's day and hour in the reader's language: "Tuesday, 1 December 2026, 10:00"."""
    here = local(value, zone)
    return f"{long_day(here.date(), locale_of(code()))}, {clock(value, zone)}"


def clock(value: datetime, zone: str) -> str:
    """Hours and minutes in the network's time zone."""
    return format_datetime(local(value, zone), "HH:mm", rebase=False)


def figures_of(meeting: MeetingView) -> list[tuple[str, str]]:
    """What can be counted of a meeting that was held: a figure and what it counts."""
    if meeting.state != "held":
        return []
    shares = (
        (attendance_rate({guest["id"]: guest["mode"] for guest in meeting.guests}), gettext("invited partners came")),
        (
            decision_rate([bool(item["decisions"]) for item in meeting.items if item["state"] == "discussed"]),
            gettext("discussed items ended in a decision"),
        ),
        (follow_up_rate(promises_of(meeting), as_of()), gettext("actions due by now were done in time")),
    )
    return [(share_in_words(share), text) for share, text in shares if share.whole]


def promises_of(meeting: MeetingView) -> list[Promise]:
    """The actions a meeting asked for."""
    return [
        Promise(action["due"], action["done_on"], action["state"])
        for item in meeting.items
        for decision in item["decisions"]
        for action in decision["actions"]
    ]


def share_in_words(share: Share) -> str:
    """A share as people say it: "22 of 27"."""
    return gettext("%(n)s of %(all)s", n=share.part, all=share.whole)


def mode_words() -> dict[str, str]:
    """Modes of attendance, in words."""
    return {mode: word("attendance_mode", mode) for mode in codes("attendance_mode")}


def tap_words() -> dict[str, str]:
    """The same, in the one word a thumb needs."""
    return {
        "present": gettext("Here"), "deputy": gettext("Deputy"), "online": gettext("Online"),
        "excused": gettext("Excused"), "absent": gettext("Absent"),
    }  # fmt: skip


def answer_words() -> dict[str, str]:
    """What an invited organisation may answer, in words."""
    return {
        "coming": gettext("We come"), "deputy": gettext("A deputy comes"), "online": gettext("Online"),
        "declined": gettext("We cannot come"),
    }  # fmt: skip
