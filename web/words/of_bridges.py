"""Why a community has no bridge."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import gettext, ngettext

from web.words.facts import Facts


def _not_in_window(f: Facts) -> str:
    return ngettext(
        "no contact with an organisation in %(num)s day; the last was on %(day)s",
        "no contact with an organisation in %(num)s days; the last was on %(day)s", f.n("days"), day=f.day("last"),
    )  # fmt: skip


WORDS: dict[str, Callable[[Facts], str]] = {
    "community_without_leader": lambda _: gettext("no leader of this community is known"),
    "community_leader_not_active": lambda _: gettext("its leaders are away or have left"),
    "bridge_never": lambda _: gettext("no contact with an organisation was ever written down"),
    "bridge_not_in_window": _not_in_window,
    "bridge_of_people_gone": lambda f: gettext(
        "who had the contacts is away or has left; the last was on %(day)s", day=f.day("last")
    ),
    "bridge_undated": lambda _: gettext("its contacts have no date"),
    "community_size_unknown": lambda _: gettext("how large it is is not known"),
}
