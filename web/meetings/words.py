"""The words of meetings: titles of what is on the table, reasons in sentences, times in the network's zone."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo

from flask_babel import format_datetime, gettext, ngettext

from web.language import code
from web.packs.words import locale_of, long_day
from web.pages import day, word

if TYPE_CHECKING:
    from graphdb.meetings.pieces import About

Facts = Mapping[str, object]


def title_of(kind: str, about: About | None, stored: str = "") -> str:
    """What an item is called, in the reader's language where it is about a record; else as it was written."""
    if about is None:
        return gettext("Records that nobody has confirmed lately") if kind == "stale_partners" else stored
    if about["label"] == "Agreement":
        return gettext("“%(title)s” lapses on %(day)s", title=about["title"], day=day(about["on"]))
    if about["label"] == "ActionPoint":
        return gettext("Action: %(text)s", text=about["title"])
    return _gap(about)


def _gap(about: About) -> str:
    names = [each["title"] for each in about["organisations"]]
    told = {"ref": about["ref"], "a": names[0] if names else about["ref"], "b": names[1] if len(names) > 1 else "…"}
    told |= {"service": about["service"] or "", "place": about["place"] or gettext("the whole network")}
    sentence = _SENTENCES.get(about["cls"] or "")
    text = sentence(told) if sentence else f"{word('gap_class', about['cls'])} ({about['ref']})"
    return f"{text} ({about['group']})" if about["group"] else text


_SENTENCES: dict[str, Callable[[dict[str, str]], str]] = {
    "absent": lambda told: gettext("Nobody offers “%(service)s” in %(place)s", **told),
    "unverified": lambda told: gettext("Nobody has checked “%(service)s” in %(place)s", **told),
    "inaccessible": lambda told: gettext("“%(service)s” in %(place)s is not open to them", **told),
    "saturated": lambda told: gettext("“%(service)s” in %(place)s is full", **told),
    "fragile": lambda told: gettext("“%(service)s” in %(place)s hangs on one provider", **told),
    "unknown_to_others": lambda told: gettext("Nobody sends people to “%(service)s” in %(place)s", **told),
    "C2": lambda told: gettext("%(a)s and %(b)s have an agreement, and no tie is seen", **told),
    "C3": lambda told: gettext("%(a)s refers often to %(b)s, without an agreement", **told),
    "C6": lambda told: gettext("%(a)s and %(b)s were never in one room", **told),
    "C12": lambda told: gettext("%(a)s has no tie that was seen", **told),
    "leader_without_mentor": lambda told: gettext("A community leader has no mentor (%(ref)s)", **told),
    "pair_quiet": lambda told: gettext("A mentoring pair is quiet (%(ref)s)", **told),
    "quiet_pair": lambda told: gettext("A mentoring pair is quiet (%(ref)s)", **told),
}


def reasons_of(stored: str | None, names: Mapping[str, str] | None = None) -> list[str]:
    """Stored reasons as sentences; codes without a sentence are left out."""
    listed = cast("list[Facts]", json.loads(stored or "[]"))
    return [text for reason in listed if (text := because(reason, names))]


def because(reason: Facts, names: Mapping[str, str] | None = None) -> str:
    """A reason of planning as a sentence, with its points; `names` are titles of records by id."""
    say = _REASONS.get(str(reason.get("code")))
    if say is None:
        return ""
    text = say(reason, names or {})
    points = reason.get("points")
    if not isinstance(points, int) or not text:
        return text
    return f"{text} ({ngettext('%(num)s point', '%(num)s points', points)})"


def _n(reason: Facts, name: str) -> int:
    value = reason.get(name)
    return value if isinstance(value, int) else 0


def _day(reason: Facts, name: str) -> str:
    value = reason.get(name)
    if isinstance(value, str):
        value = date.fromisoformat(value[:10])
    return day(value) if isinstance(value, date) else gettext("an unknown day")


def _severity(reason: Facts, _: Mapping[str, str]) -> str:
    return gettext("how bad it is: %(word)s", word=word("gap_class", str(reason.get("cls"))))


def _need(reason: Facts, _: Mapping[str, str]) -> str:
    most = _n(reason, "tercile") == 2
    return (
        gettext("among the third with most people in need") if most else gettext("more people in need than elsewhere")
    )


def _overdue(reason: Facts, _: Mapping[str, str]) -> str:
    return ngettext("overdue for %(num)s day", "overdue for %(num)s days", _n(reason, "days"))


def _open(reason: Facts, _: Mapping[str, str]) -> str:
    return (
        gettext("open, due on %(day)s", day=_day(reason, "due")) if reason.get("due") else gettext("open, no day set")
    )


def _promised(reason: Facts, names: Mapping[str, str]) -> str:
    text = names.get(str(reason.get("action")), "")
    return gettext("promised for %(day)s: %(text)s", day=_day(reason, "due"), text=text) if text else ""


def _carried(reason: Facts, _: Mapping[str, str]) -> str:
    return ngettext("put off by the last meeting", "put off %(num)s times", _n(reason, "times"))


def _lapses(reason: Facts, _: Mapping[str, str]) -> str:
    left = ngettext("%(num)s day left at the meeting", "%(num)s days left at the meeting", _n(reason, "days"))
    return gettext("lapses on %(day)s, %(left)s", day=_day(reason, "on"), left=left)


def _stale(reason: Facts, _: Mapping[str, str]) -> str:
    return ngettext(
        "%(num)s partner not confirmed for %(days)s days",
        "%(num)s partners not confirmed for %(days)s days",
        _n(reason, "n"),
        days=_n(reason, "days"),
    )


def _not_confirmed(reason: Facts, names: Mapping[str, str]) -> str:
    name = names.get(str(reason.get("organisation")), "")
    if not name:
        return ""
    if reason.get("last") is None:
        return gettext("%(name)s: something never confirmed", name=name)
    return gettext("%(name)s: last whole on %(day)s", name=name, day=_day(reason, "last"))


def _for_item(reason: Facts, names: Mapping[str, str]) -> str:
    title = str(reason.get("title") or names.get(str(reason.get("key")), ""))
    return gettext("can answer for: %(title)s", title=title) if title else ""


def _no_time(reason: Facts, _: Mapping[str, str]) -> str:
    return gettext(
        "needs %(minutes)s minutes, %(remaining)s were left",
        minutes=_n(reason, "minutes"),
        remaining=_n(reason, "remaining"),
    )


_REASONS: dict[str, Callable[[Facts, Mapping[str, str]], str]] = {
    "severity": _severity,
    "need": _need,
    "age": lambda reason, _: ngettext("known for %(num)s day", "known for %(num)s days", _n(reason, "days")),
    "safety_critical": lambda *_: gettext("somebody's safety hangs on it"),
    "promised_overdue": lambda *_: gettext("an action for it is overdue"),
    "asked_for": lambda *_: gettext("somebody has put it on the agenda, or the last meeting did not finish it"),
    "action_overdue": _overdue,
    "action_open": _open,
    "open_action": _promised,
    "carried": _carried,
    "agreement_lapses": _lapses,
    "stale_partners": _stale,
    "not_confirmed": _not_confirmed,
    "required_member": lambda *_: gettext("belongs to the series"),
    "for_item": _for_item,
    "added": lambda *_: gettext("added by the coordinator"),
    "no_time": _no_time,
    "not_needed": lambda *_: gettext("no item of the agenda needs them"),
    "do_not_contact": lambda *_: gettext("is marked “do not contact”"),
    "not_a_member": lambda *_: gettext("is not a member on that day"),
}


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
