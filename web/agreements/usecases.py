"""Agreements on a day: their states, and which of their parties were seen working together."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from analytics.agreements import Life, state_of
from analytics.collaboration.evidence import pair_of, touches_until
from analytics.collaboration.facts import Window
from analytics.thresholds import DEFAULTS
from graphdb import collaboration

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from analytics.collaboration.evidence import Touch
    from graphdb.actors import Viewer
    from graphdb.agreements.reading import AgreementLine, AgreementView, Other
    from graphdb.connection import Graph

WINDOW = DEFAULTS.window_days


@dataclass(frozen=True, slots=True)
class Line:
    """An agreement of the list with its state on the day; `left`: days until its end (None: open or past)."""

    one: AgreementLine
    state: str
    left: int | None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two parties: the kinds of tie seen in the window, and when the last one was, if any ever was.

    `exact`: the reader belongs to one of the two, or coordinates; others are told the month only.
    """

    one: str
    other: str
    kinds: tuple[str, ...]
    last: date | None
    exact: bool


def state(life: Life, on: date, warn_days: int) -> str:
    """The state of an agreement on a day."""
    return state_of(life, on, warn_days)


def state_of_other(other: Other, on: date) -> str:
    """The state of an agreement before or after, by its own dates."""
    return state_of(Life(other["stage"], other["valid_from"], other["valid_to"]), on, 0)


def lines(found: Iterable[AgreementLine], on: date, warn_days: int) -> list[Line]:
    """The list with states: those that lapse soon first, then by their end."""
    made = [Line(one, state_of(one.life(), on, warn_days), _left(one.valid_to, on)) for one in found]
    return sorted(made, key=lambda line: _ORDER.index(line.state))


_ORDER = ("expiring", "in_force", "signed", "legal", "drafting", "idea", "expired", "renewed", "terminated")


def _left(until: date | None, on: date) -> int | None:
    return (until - on).days if until is not None and until > on else None


def pairs(graph: Graph, stamp: Callable[..., str], agreement: AgreementView, viewer: Viewer, on: date) -> list[Pair]:
    """Each pair of the parties, those without an observed tie in the window first (definitions.md 2.5, paper tie)."""
    facts = collaboration.known(graph, stamp(*collaboration.KINDS)).facts
    touches, window = touches_until(facts, on), Window.of(on, WINDOW)
    found = [
        _pair(one["id"], other["id"], touches, window, viewer) for one, other in combinations(agreement.parties, 2)
    ]
    return sorted(found, key=lambda pair: bool(pair.kinds))


def _pair(
    one: str, other: str, touches: Mapping[tuple[str, str], Sequence[Touch]], window: Window, viewer: Viewer
) -> Pair:
    seen = touches.get(pair_of(one, other), ())
    dated = [touch for touch in seen if touch.on is not None]
    kinds = sorted({touch.kind for touch in dated if window.has(touch.on)})
    last = max((touch.on for touch in dated if touch.on is not None), default=None)
    exact = viewer.everything or "coordinator" in viewer.roles or bool({one, other} & set(viewer.organisations))
    return Pair(one, other, tuple(kinds), last, exact)
