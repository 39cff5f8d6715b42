"""Why a cell of the coverage is what it is."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import gettext, ngettext

from web.words.facts import Facts, listed


def _not_confirmed(f: Facts) -> str:
    if f.has("organisation"):
        if f.has("last"):
            return gettext("%(name)s was last checked on %(day)s", name=f.name("organisation"), day=f.day("last"))
        return gettext("%(name)s was never checked", name=f.name("organisation"))
    n = ngettext("%(num)s partner is listed, not checked", "%(num)s partners are listed, none checked", f.n())
    if not f.has("last"):
        return n
    return gettext("%(listed)s since %(day)s", listed=n, day=f.day("last"))


def _single_provider(f: Facts) -> str:
    if not f.has("provider"):
        return gettext("only one partner offers it")
    more = ngettext(
        "%(num)s more is listed and not checked", "%(num)s more are listed and not checked", f.n("unconfirmed")
    )
    return gettext("only %(name)s is checked; %(more)s", name=f.name("provider"), more=more)


def _partial(f: Facts) -> str:
    return gettext(
        "only a part of the place is served by %(names)s", names=listed(f.many("providers")) or gettext("somebody")
    )


def _unstated(f: Facts) -> str:
    return ngettext(
        "%(num)s service does not say for whom it is: counted for every group",
        "%(num)s services do not say for whom they are: counted for every group", f.n(),
    )  # fmt: skip


def _below(f: Facts) -> str:
    return ngettext(
        "%(num)s partner is wanted, %(confirmed)s checked", "%(num)s partners are wanted, %(confirmed)s checked",
        f.n("wanted"), confirmed=f.n("confirmed"),
    )  # fmt: skip


WORDS: dict[str, Callable[[Facts], str]] = {
    "no_record": lambda _: gettext("no service and no answer is on record"),
    "assessed_none": lambda f: gettext("somebody asked on %(day)s: there is none", day=f.day()),
    "assessed_otherwise": lambda f: gettext("on %(day)s somebody said that there is some", day=f.day()),
    "assessment_lapsed": lambda f: gettext(
        "asked on %(day)s: there was none; that is too long ago to count", day=f.day()
    ),
    "not_confirmed": _not_confirmed,
    "single_provider": _single_provider,
    "project_ends": lambda f: gettext(
        "all of it is paid by %(name)s, which ends on %(day)s", name=f.name("project"), day=f.day()
    ),
    "single_person": lambda f: gettext("all of it hangs on one person (%(name)s)", name=f.name("person")),
    "providers": lambda f: ngettext("%(num)s partner offers it", "%(num)s partners offer it", f.n()),
    "group_not_stated": _unstated,
    "partial": _partial,
    "below_required": _below,
}
