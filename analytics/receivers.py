"""Who could take a case: offers of a service compared by points, each with its reason; nothing is hidden in a score."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import TYPE_CHECKING

from analytics.reasons import Reason, because
from analytics.referral_steps import LIMITS
from analytics.thresholds import DEFAULTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import timedelta

POINTS = {
    "speaks": 3, "interprets": 1, "no_language": -2, "checked": 2, "unchecked": -1, "room": 2, "full": -3, "for_group": 1,
    "answers_fast": 2, "answers_in_time": 1, "answers_late": -2,
}  # fmt: skip
"""What each reason adds; the page shows them beside the reason."""
ENOUGH = 3
"""Referrals of a year from which a typical time to answer is said at all."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One open service. `answers`: for each referral sent to the provider in the last year, the days to its first answer
    (None: none yet). `room`: places free (None: not known). `groups`: whom it serves (empty: everybody)."""

    service: str
    organisation: str
    languages: tuple[str, ...]
    interpretation: bool
    room: int | None
    assured_on: date | None
    groups: tuple[str, ...]
    answers: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Need:
    """What is looked for: a language code, a group (both "" where it does not matter), how soon."""

    on: date
    language: str = ""
    groups: tuple[str, ...] = ()
    priority: str = "normal"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An offer with its points and their reasons, the strongest first."""

    offer: Offer
    points: int
    reasons: tuple[Reason, ...]


def suggested(
    offers: Iterable[Offer],
    need: Need,
    *,
    fresh_days: int = DEFAULTS.fresh_days,
    limits: Mapping[str, timedelta] = LIMITS,
) -> list[Suggestion]:
    """The offers that serve the group, the most points first, ties by organisation. One line an organisation: its best."""
    best: dict[str, Suggestion] = {}
    for offer in offers:
        if need.groups and offer.groups and not set(need.groups) & set(offer.groups):
            continue
        reasons = tuple(_reasons(offer, need, fresh_days, limits))
        ordered = tuple(sorted(reasons, key=lambda reason: (-POINTS[reason.code], reason.code)))
        made = Suggestion(offer, sum(POINTS[reason.code] for reason in reasons), ordered)
        known = best.get(offer.organisation)
        if known is None or (made.points, known.offer.service) > (known.points, offer.service):
            best[offer.organisation] = made
    return sorted(best.values(), key=lambda one: (-one.points, one.offer.organisation))


def _reasons(offer: Offer, need: Need, fresh_days: int, limits: Mapping[str, timedelta]) -> Iterable[Reason]:
    if need.language:
        if need.language in offer.languages:
            yield because("speaks", language=need.language)
        else:
            yield because("interprets" if offer.interpretation else "no_language", language=need.language)
    if offer.assured_on is not None and (need.on - offer.assured_on).days <= fresh_days:
        yield because("checked", on=offer.assured_on)
    else:
        yield because("unchecked", on=offer.assured_on)
    if offer.room is not None:
        yield because("room", n=offer.room) if offer.room > 0 else because("full")
    if need.groups and offer.groups:
        yield because("for_group")
    yield from _speed(offer, limits[need.priority].total_seconds() / 86_400)


def _speed(offer: Offer, limit: float) -> Iterable[Reason]:
    """How soon it answers as a rule: the median, where one that has no answer yet counts as later than all others."""
    if len(offer.answers) < ENOUGH:
        return
    known = [float("inf") if days is None else float(days) for days in offer.answers]
    usual = median(known)
    facts = {"n": len(known), "days": None if usual == float("inf") else usual}
    code = "answers_fast" if usual <= limit / 2 else "answers_in_time" if usual <= limit else "answers_late"
    yield because(code, **facts)
