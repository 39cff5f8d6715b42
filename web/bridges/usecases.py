"""What the bridge view says, to whom: paths with people for who runs their programme, else communities with counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analytics.bridging import (
    by_community,
    counted,
    languages_without,
    paths,
    places_without,
    unreached,
    without_bridge,
)
from analytics.mentoring_figures import MOST_PAIRS, loads, regularity
from analytics.suppression import LEAST, held_back, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from analytics.bridging import Path, Reach, Reached, Unbridged, Unreached
    from analytics.mentoring_figures import Regularity
    from graphdb.bridges import Bridging

ALL = "*"


@dataclass(frozen=True, slots=True)
class Row:
    """A community and an institution: contacts, and how many leaders had them (None: held back)."""

    community: str | None
    organisation: str
    n: int
    leaders: int | None


@dataclass(frozen=True, slots=True)
class View:
    """The bridges of a window.

    paths: with people, as far as the reader may know them.  rows: naming nobody, of all programmes.
    reached, leaders: of each community, and of all under `ALL`, contacts and leaders who had any (None: held back).
    left_out: contacts without a day, which no window has.
    """

    days: int | None
    paths: tuple[Path, ...]
    rows: tuple[Row, ...]
    contacts: int
    leaders: dict[str, int | None]
    institutions: int
    unbridged: tuple[Unbridged, ...]
    small: tuple[Unbridged, ...]
    never: tuple[Unreached, ...]
    not_lately: tuple[Unreached, ...]
    languages: tuple[str, ...]
    places: tuple[str, ...]
    left_out: int
    communities: int
    organisations: int

    @property
    def held_back(self) -> int:
        """Counts of leaders that are not shown."""
        return sum(row.leaders is None for row in self.rows) + sum(n is None for n in self.leaders.values())


def view(facts: Bridging, as_of: date, days: int | None) -> View:
    """The bridges seen in so many days up to the day; None: of all time."""
    inside = counted(facts.reaches, as_of, days)
    rows = by_community(inside)
    leaders = {each.id for each in facts.helpers if each.role == "leader"}
    gaps = without_bridge(facts.communities, facts.helpers, facts.reaches, as_of, days)
    missing = unreached(facts.organisations, facts.reaches, as_of, days)
    return View(
        days=days,
        paths=paths(counted(facts.known, as_of, days)),
        rows=tuple(_row(row, leaders) for row in rows),
        contacts=len(inside),
        leaders=_leaders(inside),
        institutions=len({row.organisation for row in rows} & set(facts.organisations)),
        unbridged=tuple(each for each in gaps if not each.small),
        small=tuple(each for each in gaps if each.small),
        never=tuple(each for each in missing if each.last is None and not each.undated),
        not_lately=tuple(each for each in missing if each.last is not None or each.undated),
        languages=languages_without(facts.communities, facts.helpers, as_of),
        places=places_without(facts.communities, facts.helpers, as_of),
        left_out=0 if days is None else sum(each.on is None for each in facts.reaches),
        communities=len(facts.communities),
        organisations=len(facts.organisations),
    )


def _row(row: Reached, leaders: set[str]) -> Row:
    return Row(row.community, row.organisation, row.n, shown(len(row.people & leaders)))


def _leaders(inside: Sequence[Reach]) -> dict[str, int | None]:
    """Leaders with any contact, of each community and of all; each is of one community, so that the parts are the sum."""
    of: dict[str, set[str]] = defaultdict(set)
    for each in inside:
        if each.leader:
            of[each.community or ""].add(each.leader)
    values = {community: len(those) for community, those in of.items()}
    parts = tuple(values)
    values[ALL] = sum(values.values())
    hidden = held_back(values, dict.fromkeys(values, LEAST), [(ALL, parts)], dear={ALL: 9})
    return {name: None if name in hidden else n for name, n in values.items()}


@dataclass(frozen=True, slots=True)
class Figures:
    """How mentoring goes (definitions.md 2.7), of some programmes.

    loads: (pairs, mentors with so many).  over: mentors with more pairs than they can carry.
    target: leaders aimed at, None where a programme has not said it.
    """

    regularity: Regularity
    loads: tuple[tuple[int, int], ...]
    mentors: int
    over: int
    leaders: int
    target: int | None
    languages: tuple[str, ...]
    places: tuple[str, ...]


def figures(facts: Bridging, as_of: date, days: int, programmes: Iterable[str] | None = None) -> Figures:
    """Of these programmes, or of all."""
    wanted = {each.id for each in facts.programmes} if programmes is None else set(programmes)
    pairs = [pair for pair in facts.pairs if pair.programme in wanted]
    here = [
        each
        for each in facts.helpers
        if each.active(as_of) and (programmes is None or facts.programme_of.get(each.id) in wanted)
    ]
    mentors = [each.id for each in here if each.role == "mentor"]
    running = Counter(pair.mentor for pair in pairs if _is_open(pair.rhythm.states, as_of))
    targets = [each.target for each in facts.programmes if each.id in wanted]
    return Figures(
        regularity=regularity((pair.rhythm for pair in pairs), as_of, days),
        loads=loads(running, mentors),
        mentors=len(mentors),
        over=sum(running[mentor] > MOST_PAIRS for mentor in mentors),
        leaders=sum(each.role == "leader" for each in here),
        target=sum(target for target in targets if target) if targets and all(targets) else None,
        languages=languages_without(facts.communities, facts.helpers, as_of),
        places=places_without(facts.communities, facts.helpers, as_of),
    )


def _is_open(states: Sequence[tuple[date | None, str]], on: date) -> bool:
    known = [(since, state) for since, state in states if since is None or since <= on]
    return bool(known) and known[-1][1] not in {"completed", "ended_early"}


@dataclass(frozen=True, slots=True)
class Told:
    """Of the figures what may be told to who may not know the people; None where a count is held back."""

    regularity: Regularity
    loads: tuple[tuple[int, int | None], ...]
    mentors: int | None
    over: int | None
    target: int | None
    languages: tuple[str, ...]
    places: tuple[str, ...]


def told(of: Figures, *, exact: bool = False) -> Told:
    """Mentors by load, held back below five, and others beside them, so that neither their sum nor those over it tell."""
    values: dict[str, int] = {str(pairs): n for pairs, n in of.loads} | {"all": of.mentors, "over": of.over}
    parts = tuple(str(pairs) for pairs, _ in of.loads)
    over = tuple(str(pairs) for pairs, _ in of.loads if pairs > MOST_PAIRS)
    sums = [("all", parts), ("over", over)]
    hidden = set[str]() if exact else held_back(values, dict.fromkeys(values, LEAST), sums, dear={"all": 9, "over": 5})
    shown_ = {name: None if name in hidden else n for name, n in values.items()}
    return Told(
        regularity=of.regularity, loads=tuple((pairs, shown_[str(pairs)]) for pairs, _ in of.loads), mentors=shown_["all"],
        over=shown_["over"], target=of.target, languages=of.languages, places=of.places,
    )  # fmt: skip
