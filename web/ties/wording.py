"""Ties in words: how we know of them, and what was left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import format_date, format_percent, gettext, ngettext

from web.language import lazy
from web.pages import day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from analytics.tie_changes import TieChange
    from web.ties.seen import SeenTie

EVIDENCE = {
    "observed": lazy("observed"),
    "confirmed": lazy("signed or confirmed"),
    "declared": lazy("declared"),
}
LEFT_OUT = {
    "archived": lazy("archived organisations"),
    "not_in_the_network_on_that_day": lazy("organisations that were not in the network on that day"),
    "ties_with_an_end_outside": lazy("ties with such an organisation"),
    "without_a_date": lazy("records without a date, which no period can hold"),
    "disputed": lazy("declared ties that the other side disputes"),
}


def how(tie: SeenTie) -> str:
    """What a tie rests on: `14 referrals`, `fewer than 5 referrals`, `agreement until 3 Dec 2026`."""
    if not tie.exact:
        return _about(tie)
    n = tie.n
    if tie.kind == "referral":
        return ngettext("%(num)s referral", "%(num)s referrals", n)
    if tie.kind == "meeting":
        return ngettext("%(num)s meeting", "%(num)s meetings", n)
    if tie.kind == "action":
        return ngettext("%(num)s joint action", "%(num)s joint actions", n)
    if tie.kind == "bridge":
        return ngettext("%(num)s contact of a leader or mentor", "%(num)s contacts of leaders or mentors", n)
    return _stated(tie)


def _about(tie: SeenTie) -> str:
    if tie.kind == "referral":
        return gettext("about %(num)s referrals", num=tie.n) if tie.n else gettext("fewer than 5 referrals")
    return (
        gettext("about %(num)s contacts through mentoring pairs", num=tie.n)
        if tie.n
        else gettext("fewer than 5 contacts through mentoring pairs")
    )


def _stated(tie: SeenTie) -> str:
    words = {
        "agreement": ngettext("%(num)s agreement", "%(num)s agreements", tie.n),
        "project": ngettext("%(num)s joint project", "%(num)s joint projects", tie.n),
        "declared": gettext("confirmed by both") if tie.evidence == "confirmed" else gettext("declared"),
    }
    said = words[tie.kind]
    return gettext("%(what)s until %(day)s", what=said, day=day(tie.until)) if tie.until else said


def seen_last(tie: SeenTie) -> str:
    """The last day seen, by month where the day is not the viewer's to know; empty for what is stated."""
    if tie.last is None:
        return ""
    return day(tie.last) if tie.exact else format_date(tie.last, "LLLL yyyy")


def since(tie: SeenTie) -> str:
    """Since when it is known."""
    if tie.first is None:
        return ""
    return day(tie.first) if tie.exact else format_date(tie.first, "LLLL yyyy")


def moved(names: Mapping[str, str], side: str, who: str | None) -> str:
    """Why a tie could begin, or had to end: one of the two came to the network or left it; else nothing is known."""
    if who is None:
        return ""
    came = gettext("%(name)s joined the network", name=names[who])
    return came if side == "gained" else gettext("%(name)s is no longer in the network", name=names[who])


def share_kept(change: TieChange) -> str:
    """The Jaccard index as a share, to a tenth of a percent; a dash where there was no tie."""
    return "–" if change.jaccard is None else format_percent(change.jaccard, "#,##0.#%")


def left_out(hidden: dict[str, int]) -> list[str]:
    """What an answer leaves out, in words."""
    return [f"{LEFT_OUT[code]}: {n}" for code, n in hidden.items()]


def because(ties: Iterable[SeenTie]) -> str:
    """All that is known of a pair, in one line."""
    return ", ".join(how(tie) for tie in ties)
