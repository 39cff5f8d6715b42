"""Why two are proposed as a pair, or cannot be one."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from flask_babel import gettext, ngettext

from graphdb.catalogue import word_of
from web.pages import tongues
from web.words.facts import Facts


def _tongues(f: Facts) -> str:
    return tongues(cast("tuple[str, ...]", f.facts.get("languages") or ()))


def _topics(f: Facts) -> str:
    told = gettext("%(n)s of %(asked)s topics asked for are offered", n=f.n(), asked=f.n("asked"))
    those = cast("tuple[str, ...]", f.facts.get("topics") or ())
    return f"{told} ({', '.join(gettext(word_of('contact_topic', one)) for one in those)})" if those else told


WORDS: dict[str, Callable[[Facts], str]] = {
    "common_language": lambda f: gettext("both speak %(languages)s", languages=_tongues(f)),
    "more_languages": lambda _: gettext("more than one common language"),
    "interpreter": lambda _: gettext("no common language: through an interpreter"),
    "language_unknown": lambda _: gettext("the languages of one of the two are not known"),
    "wished_language": lambda f: gettext("speaks a language wished for: %(languages)s", languages=_tongues(f)),
    "same_place": lambda _: gettext("in the same place"),
    "near": lambda f: ngettext(
        "near: %(num)s step in the tree of places", "near: %(num)s steps in the tree of places", f.n("steps")
    ),
    "far": lambda f: (
        ngettext("far: %(num)s step in the tree of places", "far: %(num)s steps in the tree of places", f.n("steps"))
        if f.has("steps")
        else gettext("far: nothing in the tree of places holds both")
    ),
    "place_unknown": lambda _: gettext("the place of one of the two is not known"),
    "topics": _topics,
    "topics_unknown": lambda _: gettext("topics are not known of both"),
    "wished_by_leader": lambda _: gettext("the leader wishes for this mentor"),
    "wished_by_mentor": lambda _: gettext("the mentor wishes for this leader"),
    "load": lambda f: (
        ngettext(
            "the mentor accompanies %(num)s leader already", "the mentor accompanies %(num)s leaders already", f.n()
        )
        if f.n()
        else gettext("the mentor accompanies nobody yet")
    ),
    "no_mentor": lambda _: gettext("the programme has no mentor yet"),
    "not_wished_by_leader": lambda f: ngettext(
        "does not wish for %(num)s mentor", "does not wish for %(num)s mentors", f.n()
    ),
    "not_wished_by_mentor": lambda f: ngettext(
        "%(num)s mentor does not wish for them", "%(num)s mentors do not wish for them", f.n()
    ),
    "refused_before": lambda f: ngettext(
        "refused before with %(num)s mentor", "refused before with %(num)s mentors", f.n()
    ),
    "no_common_language": lambda f: ngettext(
        "no common language with %(num)s mentor", "no common language with %(num)s mentors", f.n()
    ),
    "no_room": lambda f: ngettext("%(num)s mentor has no room", "%(num)s mentors have no room", f.n()),
    "taken_by_others": lambda f: ngettext(
        "%(num)s mentor could, but is needed by others", "%(num)s mentors could, but are needed by others", f.n()
    ),
}
