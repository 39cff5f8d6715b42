"""Words of the partner page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flask_babel import gettext, ngettext

from graphdb.catalogue import word_of
from web.pages import day, word
from web.ties.wording import how
from web.words import because

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from graphdb.ties import Missing
    from web.partners.usecases import State
    from web.ties.seen import SeenTie
    from web.words import Names


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


def known_by(ties: Iterable[SeenTie]) -> list[tuple[str, list[str]]]:
    """How a tie is known, the strongest first: (observed, confirmed or declared; what it rests on), no words twice."""
    found: dict[str, list[str]] = {"observed": [], "confirmed": [], "declared": []}
    for tie in ties:
        text = how(tie)
        if text not in found[tie.evidence]:
            found[tie.evidence].append(text)
    return [(evidence, texts) for evidence, texts in found.items() if texts]


def why_expected(gap: Missing, names: Names) -> str:
    """Why a tie is expected that is not seen, in a few words."""
    said = json.loads(gap.reasons or "[]")
    first = because(said[0], names) if said else ""
    return f"{gettext(word_of('gap_class', gap.cls))}: {first}" if first else gettext(word_of("gap_class", gap.cls))
