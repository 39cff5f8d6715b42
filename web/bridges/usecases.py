"""What the bridge view says, to whom: paths with people for who runs their programme, else communities with counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeVar

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
from analytics.suppression import LEAST, held_back, small

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence

    from analytics.bridging import Path, Reach, Reached, Unbridged, Unreached
    from analytics.mentoring_figures import Regularity
    from graphdb.bridges import Bridging

ALL = "*"
Cell = TypeVar("Cell", bound="Hashable")


@dataclass(frozen=True, slots=True)
class Row:
    """A community and an institution: contacts, and how many leaders had them (None: held back)."""

    community: str | None
    organisation: str
    n: int | None
    leaders: int | None


@dataclass(frozen=True, slots=True)
class View:
    """The bridges of a window.

    paths: with people, as far as the reader may know them.  rows: naming nobody, of all programmes.
    contacts: all of them.  leaders: of each community, and of all under `ALL`, leaders who had any.
    left_out: contacts without a day, which no window has.
    Counts are None where they are held back: below five, or leading to one that is. What the reader knows already by name
    is taken off before, so that nobody finds the few of others by subtracting their own.
    """

    days: int | None
    paths: tuple[Path, ...]
    rows: tuple[Row, ...]
    contacts: int | None
    leaders: dict[str, int | None]
    institutions: int
    unbridged: tuple[Unbridged, ...]
    small: tuple[Unbridged, ...]
    never: tuple[Unreached, ...]
    not_lately: tuple[Unreached, ...]
    languages: tuple[str, ...]
    places: tuple[str, ...]
    left_out: int | None
    communities: int
    organisations: int

    @property
    def held_back(self) -> int:
        """Counts that are not shown."""
        of_rows = sum((row.n is None) + (row.leaders is None) for row in self.rows)
        alone = (self.contacts, self.left_out, *self.leaders.values())
        return of_rows + sum(n is None for n in alone)


def view(facts: Bridging, as_of: date, days: int | None) -> View:
    """The bridges seen in so many days up to the day; None: of all time."""
    inside, known = counted(facts.reaches, as_of, days), counted(facts.known, as_of, days)
    rows, leaders = by_community(inside), _leaders(inside, facts.names)
    contacts = _contacts(rows, known)
    gaps = without_bridge(facts.communities, facts.helpers, facts.reaches, as_of, days)
    missing = unreached(facts.organisations, facts.reaches, as_of, days)
    return View(
        days=days,
        paths=paths(known),
        rows=_rows(rows, contacts, leaders, facts),
        contacts=contacts[ALL],
        leaders=leaders,
        institutions=len({row.organisation for row in rows} & set(facts.organisations)),
        unbridged=tuple(each for each in gaps if not each.small),
        small=tuple(each for each in gaps if each.small),
        never=tuple(each for each in missing if each.last is None and not each.undated),
        not_lately=tuple(each for each in missing if each.last is not None or each.undated),
        languages=languages_without(facts.communities, facts.helpers, as_of),
        places=places_without(facts.communities, facts.helpers, as_of),
        left_out=0 if days is None else _undated(facts),
        communities=len(facts.communities),
        organisations=len(facts.organisations),
    )


Ends = tuple[str | None, str]


def _contacts(rows: Sequence[Reached], known: Sequence[Reach]) -> dict[Ends | str, int | None]:
    """Contacts of each row and, under `ALL`, of all together."""
    own = Counter[Ends | str]((each.community, each.organisation) for each in known)
    own[ALL] = own.total()
    values: dict[Ends | str, int] = {(row.community, row.organisation): row.n for row in rows}
    parts = tuple(values)
    values[ALL] = sum(values.values())
    return _told(values, own, [(ALL, parts)])


def _leaders(inside: Sequence[Reach], names: Collection[str]) -> dict[str, int | None]:
    """Leaders with any contact, of each community and of all; each is of one community, so that the parts are the sum."""
    of: dict[str, set[str]] = defaultdict(set)
    for each in inside:
        if each.leader:
            of[each.community or ""].add(each.leader)
    values = {community: len(those) for community, those in of.items()}
    own = Counter({community: len(those & set(names)) for community, those in of.items()})
    parts, own[ALL] = tuple(values), own.total()
    values[ALL] = sum(values.values())
    return _told(values, own, [(ALL, parts)])


def _told(
    values: Mapping[Cell, int], own: Mapping[Cell, int], sums: Sequence[tuple[Cell, tuple[Cell, ...]]]
) -> dict[Cell, int | None]:
    """The counts that may be shown to who knows `own` of them. What others than zero are behind is seen by its row."""
    others = {cell: n - own.get(cell, 0) for cell, n in values.items()}
    floor = {cell: int(n > 0) for cell, n in others.items()}
    hidden = held_back(others, dict.fromkeys(others, LEAST), sums, dear={total: 9 for total, _ in sums}, floor=floor)
    return {cell: None if cell in hidden else n for cell, n in values.items()}


def _rows(
    rows: Iterable[Reached],
    contacts: Mapping[Ends | str, int | None],
    leaders: Mapping[str, int | None],
    facts: Bridging,
) -> tuple[Row, ...]:
    """The busiest first; those whose count is held back after them, in an order that tells nothing."""
    made = (
        Row(
            row.community, row.organisation, contacts[row.community, row.organisation], _leaders_of(row, leaders, facts)
        )
        for row in rows
    )
    return tuple(sorted(made, key=lambda row: (row.n is None, -(row.n or 0), str(row.community), row.organisation)))


def _leaders_of(row: Reached, leaders: Mapping[str, int | None], facts: Bridging) -> int | None:
    """Leaders of one row; where those of their community are held back they would tell them."""
    those = row.people & {each.id for each in facts.helpers if each.role == "leader"}
    hidden = bool(those) and leaders.get(row.community or "") is None
    return None if hidden or small(len(those - set(facts.names))) else len(those)


def _undated(facts: Bridging) -> int | None:
    mine, everybodys = (sum(each.on is None for each in reaches) for reaches in (facts.known, facts.reaches))
    return None if small(everybodys - mine) else everybodys


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
    """Whether the pair has begun and not ended: by the latest day, whatever the order in which the steps were written."""
    known = [(since or date.min, state) for since, state in states if since is None or since <= on]
    return bool(known) and sorted(known, key=lambda entry: entry[0])[-1][1] not in {"completed", "ended_early"}


@dataclass(frozen=True, slots=True)
class Told:
    """Of the figures what may be told to who may not know the people; None where a count is held back.

    regularity: contacts and plan.  pairs, unknown: pairs that have said how often they mean to speak, and those that have not.
    """

    regularity: Regularity | None
    pairs: int | None
    unknown: int | None
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
    regular = of.regularity
    few = not exact and (small(regular.pairs) or small(regular.contacts))
    pairs = not exact and (few or small(regular.unknown))  # with the active pairs shown beside, one tells the other
    return Told(
        regularity=None if few else regular, pairs=None if pairs else regular.pairs,
        unknown=None if pairs else regular.unknown, loads=tuple((pairs, shown_[str(pairs)]) for pairs, _ in of.loads), mentors=shown_["all"],
        over=shown_["over"], target=of.target, languages=of.languages, places=of.places,
    )  # fmt: skip
