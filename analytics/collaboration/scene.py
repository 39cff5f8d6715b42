"""The facts as of one day, looked up once and shared by all classes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from analytics.collaboration.evidence import Pair, Seen, Touch, pair_of, pairs_among, touches_until
from analytics.collaboration.facts import Agreement, CollaborationFacts, Member, OpenGap, Window, holds
from analytics.thresholds import Thresholds


@dataclass(frozen=True, slots=True)
class Scene:
    """`sent`: referrals (source, target) in the window; `undated_sent`: those without a date.
    `agreed`: every agreement of a pair that had begun by the day, lapsed ones too."""

    facts: CollaborationFacts
    on: date
    window: Window
    limits: Thresholds
    members: Mapping[str, Member]
    touches: Mapping[Pair, Sequence[Touch]]
    sent: Mapping[Pair, int]
    undated_sent: Mapping[Pair, int]
    agreed: Mapping[Pair, tuple[Agreement, ...]]
    open_gaps: tuple[OpenGap, ...] = ()

    @classmethod
    def of(cls, facts: CollaborationFacts, on: date, limits: Thresholds) -> Scene:
        window = Window.of(on, limits.window_days)
        return cls(
            facts=facts,
            on=on,
            window=window,
            limits=limits,
            members={each.id: each for each in facts.members if each.belongs(on)},
            touches=touches_until(facts, on),
            sent=Counter((each.source, each.target) for each in facts.referrals if window.has(each.sent)),
            undated_sent=Counter((each.source, each.target) for each in facts.referrals if each.sent is None),
            agreed=_agreed(facts.agreements, on),
        )

    def tie(self, one: str, other: str) -> Seen:
        """What was seen between the two."""
        return Seen.of(self.touches.get(pair_of(one, other), ()), self.window)

    def agreements(self, one: str, other: str) -> tuple[Agreement, ...]:
        """Begun by the day, sorted by id."""
        return self.agreed.get(pair_of(one, other), ())

    def in_force(self, one: str, other: str) -> tuple[Agreement, ...]:
        """In force on the day, sorted by id."""
        return tuple(each for each in self.agreements(one, other) if holds(each.start, each.end, self.on))


def _agreed(agreements: Iterable[Agreement], on: date) -> dict[Pair, tuple[Agreement, ...]]:
    found: dict[Pair, list[Agreement]] = defaultdict(list)
    for agreement in sorted(agreements, key=lambda each: each.id):
        if agreement.start is None or agreement.start <= on:
            for pair in pairs_among(agreement.parties):
                found[pair].append(agreement)
    return {pair: tuple(those) for pair, those in found.items()}
