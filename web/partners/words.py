"""Words of the partner page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flask_babel import gettext, ngettext

from graphdb.catalogue import word_of
from web.pages import day, word
from web.words import because

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphdb.ties import Missing
    from web.partners.usecases import State


CHIPS: dict[str, Callable[[State], str]] = {
    "checked": lambda s: gettext("checked %(day)s", day=day(s.on)),
    "not_checked": lambda s: gettext("not checked since %(day)s", day=day(s.on)) if s.on else gettext("never checked"),
    "only_provider": lambda s: ngettext("only provider of %(num)s service", "only provider of %(num)s services", s.n),
    "no_focal_point": lambda _: gettext("no focal point"),
    "no_backup": lambda _: gettext("no back-up contact"),
    "lapsing": lambda s: ngettext("agreement lapses in %(num)s day", "agreement lapses in %(num)s days", s.n),
    "overdue": lambda s: ngettext("%(num)s action overdue", "%(num)s actions overdue", s.n),
    "do_not_contact": lambda _: gettext("do not contact"),
}


def chip(state: State) -> str:
    """The words of a chip; one without words of its own is a state of membership."""
    worded = CHIPS.get(state.code)
    return worded(state) if worded else word("membership", state.code)


def why_expected(gap: Missing) -> str:
    """Why a tie is expected that is not seen, in a few words."""
    said = json.loads(gap.reasons or "[]")
    first = because(said[0], {}) if said else ""
    return f"{gettext(word_of('gap_class', gap.cls))}: {first}" if first else gettext(word_of("gap_class", gap.cls))
