"""All ties of a network as rows of one shape, whatever they follow from, and as an edge table.

Observed ties (referral, meeting, action, bridge) count what is dated in the window; stated ties (agreement, project,
declared) count what holds on the day, whatever the window.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from analytics.collaboration.evidence import pairs_among
from analytics.collaboration.facts import Agreement, Meeting, ObservedTie, Project, Referral, holds
from analytics.derived import InstitutionContact, Statement, acted_with, bridges, declares, met_with, refers_to
from analytics.edgetable import EdgeTable


@dataclass(frozen=True, slots=True)
class Post:
    """A person's employment over [start, end)."""

    person: str
    organisation: str
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class TieFacts:
    """The dated records that ties follow from. In `contacts` the person is an organisation already, their own.

    said_of_people: statements whose ends are people; `posts` says for which organisation each of them works.
    """

    referrals: tuple[Referral, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    joint_actions: tuple[ObservedTie, ...] = ()
    contacts: tuple[InstitutionContact, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    projects: tuple[Project, ...] = ()
    statements: tuple[Statement, ...] = ()
    said_of_people: tuple[Statement, ...] = ()
    posts: tuple[Post, ...] = ()


@dataclass(frozen=True, slots=True)
class Tie:
    """One tie between two organisations, of one kind.

    n: records it rests on.  undated: those of its records whose day or beginning nobody knows.
    weight: n, but for meetings the sum of 1/(k-1) over those with k organisations present.
    first, last: first and last day seen; of stated ties the first beginning, and the last event if there is any.
    until: the day on which the last of what is stated ends; None where it is open.
    """

    kind: str
    source: str
    target: str
    n: int
    weight: float
    first: date | None
    last: date | None
    undated: int
    until: date | None = None
    undirected: bool = True
    confirmed: bool = False


Maker = Callable[[TieFacts, date, int | None], Iterable[Tie]]


def _referrals(facts: TieFacts, as_of: date, days: int | None) -> Iterable[Tie]:
    for tie in refers_to(facts.referrals, as_of, days):
        yield Tie("referral", tie.source, tie.target, tie.n, tie.n, tie.first, tie.last, tie.undated, undirected=False)


def _meetings(facts: TieFacts, as_of: date, days: int | None) -> Iterable[Tie]:
    for tie in met_with(facts.meetings, as_of, days):
        yield Tie("meeting", tie.one, tie.other, tie.n, tie.weight, tie.first, tie.last, tie.undated)


def _actions(facts: TieFacts, as_of: date, days: int | None) -> Iterable[Tie]:
    for tie in acted_with(facts.joint_actions, as_of, days):
        yield Tie("action", tie.one, tie.other, tie.n, tie.n, tie.first, tie.last, tie.undated)


def _bridges(facts: TieFacts, as_of: date, days: int | None) -> Iterable[Tie]:
    outside = (each for each in facts.contacts if each.person != each.organisation)
    for tie in bridges(outside, as_of, days):
        ends = (tie.person, tie.organisation)
        yield Tie("bridge", *ends, tie.n, tie.n, tie.first, tie.last, tie.undated, undirected=False)


def _agreements(facts: TieFacts, as_of: date, _days: int | None) -> Iterable[Tie]:
    return _stated("agreement", ((each.id, each.parties, each.start, each.end) for each in facts.agreements), as_of)


def _projects(facts: TieFacts, as_of: date, _days: int | None) -> Iterable[Tie]:
    return _stated("project", ((each.id, each.partners, each.start, each.end) for each in facts.projects), as_of)


def _declared(facts: TieFacts, as_of: date, days: int | None) -> Iterable[Tie]:
    said = (*facts.statements, *lifted(facts.said_of_people, facts.posts, as_of))
    return _said(said, as_of, days)


def _said(said: Iterable[Statement], as_of: date, days: int | None) -> Iterable[Tie]:
    for tie in declares(said, as_of, days):
        yield Tie(
            "declared", tie.source, tie.target, tie.n, tie.n, tie.first, tie.last, tie.undated, tie.until,
            tie.undirected, tie.confirmed,
        )  # fmt: skip


def _stated(
    kind: str, records: Iterable[tuple[str, Sequence[str], date | None, date | None]], as_of: date
) -> Iterable[Tie]:
    """Ties among all parties of what holds on the day: a record of n parties says that each is tied to each."""
    said = [
        Statement(record, one, other, start, end, undirected=True, confirmed=True)
        for record, parties, start, end in records
        for one, other in pairs_among(parties)
    ]
    return (replace(tie, kind=kind) for tie in _said(said, as_of, None))


MAKERS: dict[str, Maker] = {
    "referral": _referrals,
    "meeting": _meetings,
    "action": _actions,
    "bridge": _bridges,
    "agreement": _agreements,
    "project": _projects,
    "declared": _declared,
}


def ties_of(facts: TieFacts, kinds: Collection[str], as_of: date, days: int | None = None) -> tuple[Tie, ...]:
    """Ties of these kinds at a day, one for each pair and kind, sorted; days: the window, None for all time."""
    return tuple(tie for kind, maker in MAKERS.items() if kind in kinds for tie in maker(facts, as_of, days))


def ties_called(facts: TieFacts, relation: str, as_of: date, days: int | None = None) -> tuple[Tie, ...]:
    """Declared ties whose imported file calls them so."""
    said = (*facts.statements, *lifted(facts.said_of_people, facts.posts, as_of))
    return tuple(_said((each for each in said if each.relation == relation), as_of, days))


def lifted(said: Iterable[Statement], posts: Iterable[Post], as_of: date) -> tuple[Statement, ...]:
    """What is said of people, said of the organisations they worked for on the day of the event, else on `as_of`."""
    of_person: dict[str, list[Post]] = {}
    for post in posts:
        of_person.setdefault(post.person, []).append(post)

    def employers(person: str, on: date) -> list[str]:
        found = (post for post in of_person.get(person, ()) if holds(post.start, post.end, on))
        return sorted({post.organisation for post in found})

    return tuple(
        replace(each, source=source, target=target)
        for each in said
        for source in employers(each.source, each.on or as_of)
        for target in employers(each.target, each.on or as_of)
    )


def undated_events(facts: TieFacts, kinds: Collection[str]) -> int:
    """Observed records of these kinds whose day nobody knows: no window has them."""
    days: dict[str, Iterable[date | None]] = {
        "referral": (each.sent for each in facts.referrals),
        "meeting": (each.held for each in facts.meetings),
        "action": (each.on for each in facts.joint_actions),
        "bridge": (each.on for each in facts.contacts),
    }
    return sum(on is None for kind in kinds for on in days.get(kind, ()))


def edge_table(nodes: Iterable[str], ties: Collection[Tie], *, directed: bool) -> EdgeTable:
    """The ties as arrays, those with an end outside the nodes left out; kinds in the order of MAKERS."""
    ids = tuple(sorted(nodes))
    at = {node: position for position, node in enumerate(ids)}
    kinds = {kind: position for position, kind in enumerate(MAKERS)}
    inside = [tie for tie in ties if tie.source in at and tie.target in at]
    return EdgeTable(
        nodes=ids,
        source=np.array([at[tie.source] for tie in inside], dtype=np.int32),
        target=np.array([at[tie.target] for tie in inside], dtype=np.int32),
        directed=directed,
        kind=np.array([kinds[tie.kind] for tie in inside], dtype=np.int16),
        kinds=tuple(MAKERS),
        weight=np.array([tie.weight for tie in inside], dtype=np.float64),
    )
