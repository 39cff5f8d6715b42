"""Why an item is on the agenda, with its points, and why somebody is invited."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import gettext, ngettext

from web.words.facts import Facts, with_points


def _severity(f: Facts) -> str:
    word = f.word("cls", "gap_class")
    return with_points(gettext("how grave: %(word)s", word=word), f)


def _need(f: Facts) -> str:
    top = f.n("tercile") > 1
    text = (
        gettext("many people need it, compared with the others")
        if top
        else gettext("a middling number of people need it")
    )
    return with_points(text, f)


def _age(f: Facts) -> str:
    return with_points(ngettext("it has been so for %(num)s day", "it has been so for %(num)s days", f.n("days")), f)


def _overdue(f: Facts) -> str:
    if not f.has("due"):
        return with_points(gettext("the action is open"), f)
    days = max(0, f.n("days"))
    text = ngettext(
        "it was due on %(day)s, %(num)s day ago", "it was due on %(day)s, %(num)s days ago", days, day=f.day("due")
    )
    return with_points(text, f)


def _open(f: Facts) -> str:
    text = (
        gettext("the action is open, due on %(day)s", day=f.day("due"))
        if f.has("due")
        else gettext("the action is open")
    )
    return with_points(text, f)


def _open_action(f: Facts) -> str:
    return (
        gettext("an action is open, due on %(day)s", day=f.day("due")) if f.has("due") else gettext("an action is open")
    )


def _carried(f: Facts) -> str:
    text = ngettext("left over from the last meeting", "left over from %(num)s meetings", f.n("times"))
    return with_points(text, f)


def _lapses(f: Facts) -> str:
    text = ngettext(
        "it lapses on %(day)s, in %(num)s day", "it lapses on %(day)s, in %(num)s days", f.n("days"), day=f.day()
    )
    return with_points(text, f)


def _stale(f: Facts) -> str:
    text = ngettext(
        "%(num)s partner was not checked in %(days)s days", "%(num)s partners were not checked in %(days)s days",
        f.n(), days=f.n("days"),
    )  # fmt: skip
    return with_points(text, f)


def _unanswered(f: Facts) -> str:
    n = f.n()
    text = (
        gettext("%(num)s referrals have waited for more than twice their time", num=n)
        if n
        else gettext("some referrals have waited for more than twice their time")
    )
    return with_points(text, f)


def _no_time(f: Facts) -> str:
    return gettext(
        "it takes %(minutes)s minutes, %(remaining)s are left", minutes=f.n("minutes"), remaining=f.n("remaining")
    )


def _needed(facts: Facts) -> str:
    """A sector or level that a series needs, in words."""
    return facts.word("needed", "level" if facts.facts.get("of") == "level" else "sector")


WORDS: dict[str, Callable[[Facts], str]] = {
    # points
    "severity": _severity,
    "need": _need,
    "age": _age,
    "safety_critical": lambda f: with_points(gettext("somebody's safety hangs on it"), f),
    "promised_overdue": lambda f: with_points(gettext("an action was promised and is overdue"), f),
    "asked_for": lambda f: with_points(gettext("somebody has asked for it"), f),
    # planning
    "action_open": _open,
    "action_overdue": _overdue,
    "open_action": _open_action,
    "carried": _carried,
    "agreement_lapses": _lapses,
    "stale_referrals": _unanswered,
    "stale_partners": _stale,
    "required_member": lambda _: gettext("belongs to the series: always invited"),
    "for_seat": lambda f: gettext("brings what the series needs: %(what)s", what=_needed(f)),
    "seat_empty": lambda f: gettext("nobody brings: %(what)s", what=_needed(f)),
    "for_item": lambda _: gettext("has to be there for an item of the agenda"),
    "no_time": _no_time,
    "do_not_contact": lambda _: gettext("does not want to be contacted"),
    "not_a_member": lambda _: gettext("is not a partner of the network on that day"),
}
