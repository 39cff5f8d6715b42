"""Why two partners, or one, make a collaboration gap; and what could not be judged."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from flask_babel import gettext, ngettext

from graphdb.catalogue import word_of
from web.words.facts import Facts

TIE_WORDS: dict[str, Callable[[], str]] = {
    "referral": lambda: gettext("a referral"),
    "co_attendance": lambda: gettext("a meeting"),
    "joint_action": lambda: gettext("a joint action"),
    "mentoring_bridge": lambda: gettext("a mentoring contact"),
    "co_training": lambda: gettext("a training"),
    "information": lambda: gettext("an exchange of information"),
    "funding": lambda: gettext("funding"),
}


def _no_tie(f: Facts) -> str:
    none = ngettext("nothing was seen in %(num)s day", "nothing was seen in %(num)s days", f.n("days"))
    if not f.has("last"):
        return gettext("%(none)s, and never before", none=none)
    kind = TIE_WORDS.get(str(f.facts.get("last_kind")), lambda: gettext("a tie"))()
    return gettext("%(none)s; the last was %(kind)s on %(day)s", none=none, kind=kind, day=f.day("last"))


def _undated(f: Facts) -> str:
    counted: tuple[tuple[str, Callable[[int], str]], ...] = (
        ("ties", lambda n: ngettext("%(num)s tie has no date", "%(num)s ties have no date", n)),
        ("referrals", lambda n: ngettext("%(num)s referral has no date", "%(num)s referrals have no date", n)),
        ("contacts", lambda n: ngettext("%(num)s contact has no date", "%(num)s contacts have no date", n)),
        ("no_start", lambda n: ngettext("of %(num)s service nobody knows since when",
                                        "of %(num)s services nobody knows since when", n)),
        ("no_end", lambda n: ngettext("%(num)s service has no end date", "%(num)s services have no end date", n)),
    )  # fmt: skip
    said = [words(f.n(name)) for name, words in counted if f.n(name)]
    if f.has("agreement"):
        said.append(gettext("nobody knows since when %(name)s is in force", name=f.name("agreement")))
    if f.has("member"):
        said.append(gettext("nobody knows since when it is a partner"))
    if f.has("pair"):
        said.append(gettext("nobody knows since when the pair is active"))
    return "; ".join(said)


def _agreement(f: Facts) -> str:
    since = gettext(", since %(day)s", day=f.day("since")) if f.has("since") else ""
    until = gettext(", until %(day)s", day=f.day("until")) if f.has("until") else ""
    return gettext("%(name)s is in force%(since)s%(until)s", name=f.name("agreement"), since=since, until=until)


def _lapsed(f: Facts) -> str:
    return gettext("%(name)s ended on %(day)s", name=f.name("agreement"), day=f.day())


def _referrals(f: Facts) -> str:
    return ngettext("%(num)s referral in the window", "%(num)s referrals in the window", f.n())


def _between(f: Facts) -> str:
    return ngettext(
        "%(num)s referral between them in the window", "%(num)s referrals between them in the window", f.n()
    )


def _same_actions(f: Facts) -> str:
    n = len(cast("tuple[str, ...]", f.facts.get("actions") or ()))
    return ngettext(
        "both have an open action on the same matter", "both have open actions on the same matter (%(num)s)", n
    )


def _same_gap(f: Facts) -> str:
    """The gap by its key: a cell both are listed for, or another gap between the two."""
    parts = str(f.facts.get("gap") or "").split(":")
    if parts[0] == "coverage" and len(parts) == 4 and parts[1] in f.names and parts[2] in f.names:
        return gettext(
            "both are listed for “%(service)s” in %(place)s, which is an open gap",
            service=f.names[parts[2]].title, place=f.names[parts[1]].title,
        )  # fmt: skip
    return gettext("another gap between the two is open: %(word)s", word=gettext(word_of("gap_class", parts[0])))


def _not_met(f: Facts) -> str:
    meetings = cast("tuple[str, ...]", f.facts.get("meetings") or ())
    looked = ngettext(
        "in the last meeting looked at the two were not there together",
        "in the last %(num)s meetings looked at the two were never there together", len(meetings),
    )  # fmt: skip
    return gettext(
        "%(looked)s (one came to %(one)s, the other to %(other)s)", looked=looked, one=f.n("one"), other=f.n("other")
    )


def _quiet(f: Facts) -> str:
    if not f.has("on"):
        return gettext("no contact is written down")
    return ngettext(
        "the last contact was on %(day)s, %(num)s day ago", "the last contact was on %(day)s, %(num)s days ago",
        f.n("days"), day=f.day(),
    )  # fmt: skip


def _no_contact(f: Facts) -> str:
    if not f.has("on"):
        return gettext("no contact is written down")
    return ngettext(
        "no contact since the pair began on %(day)s, %(num)s day ago",
        "no contact since the pair began on %(day)s, %(num)s days ago", f.n("days"), day=f.day(),
    )  # fmt: skip


def _pair_not_active(f: Facts) -> str:
    state = f.word("state", "mentorship_state").lower()
    if f.has("since"):
        return gettext("their pair has been “%(state)s” since %(day)s", state=state, day=f.day("since"))
    return gettext("their pair is “%(state)s”", state=state)


WORDS: dict[str, Callable[[Facts], str]] = {
    "undated": _undated,
    "agreement_in_force": _agreement,
    "agreement_lapsed": _lapsed,
    "no_agreement": lambda _: gettext("no agreement between them was ever in force"),
    "no_tie_in_window": _no_tie,
    "referrals_in_window": _referrals,
    "referrals_between": _between,
    "open_actions_on_same": _same_actions,
    "same_open_gap": _same_gap,
    "not_met": _not_met,
    "no_pair": lambda _: gettext("there was never a mentoring pair"),
    "pair_not_active": _pair_not_active,
    "mentor_not_active": lambda _: gettext("the mentor is away or has left"),
    "last_contact": _quiet,
    "no_contact_since_start": _no_contact,
    # what could not be judged
    "no_meetings_held": lambda _: gettext("no meeting of a series of theirs was held"),
    "no_ties_recorded": lambda _: gettext("no dated tie of anybody is on record"),
    "joined_in_window": lambda _: gettext("partners only since a short time"),
}
