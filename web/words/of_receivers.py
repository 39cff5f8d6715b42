"""Why a partner is suggested for a case, or not first."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

from flask_babel import gettext, ngettext

from web.pages import tongues
from web.words.facts import Facts


def _tongue(f: Facts) -> str:
    return tongues([str(f.facts.get("language") or "")])


def _answers(f: Facts) -> str:
    """How soon, with the number of referrals it was seen in."""
    seen = ngettext("seen in %(num)s referral of a year", "seen in %(num)s referrals of a year", f.n())
    days = f.facts.get("days")
    if not isinstance(days, int | float):
        return gettext("most referrals got no answer (%(seen)s)", seen=seen)
    if days < 1:
        return gettext("usually answers on the same day (%(seen)s)", seen=seen)
    return ngettext(
        "usually answers within %(num)s day (%(seen)s)",
        "usually answers within %(num)s days (%(seen)s)",
        ceil(days),
        seen=seen,
    )


WORDS: dict[str, Callable[[Facts], str]] = {
    "speaks": lambda f: gettext("works in %(language)s", language=_tongue(f)),
    "interprets": lambda f: gettext("can arrange interpretation into %(language)s", language=_tongue(f)),
    "no_language": lambda f: gettext("nothing is known of %(language)s there", language=_tongue(f)),
    "checked": lambda f: gettext("checked on %(day)s", day=f.day()),
    "unchecked": lambda f: (
        gettext("last checked on %(day)s: call first", day=f.day())
        if f.has("on")
        else gettext("never checked: call first")
    ),
    "room": lambda f: ngettext("%(num)s place free", "%(num)s places free", f.n()),
    "full": lambda _: gettext("no place free now"),
    "for_group": lambda _: gettext("meant for this group"),
    "answers_fast": _answers,
    "answers_in_time": _answers,
    "answers_late": _answers,
}
