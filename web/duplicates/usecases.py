"""Likely duplicates among the partners, two of them side by side, and what becomes of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, cast

from graphdb import merging
from graphdb.catalogue import kind_of
from graphdb.connection import LONG_SECONDS
from graphdb.kept import Kept as KeptOfStamp
from graphdb.merging.plan import differing
from graphdb.writes import Once, change
from web.interchange.duplicates import Party, propose

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graphdb.actors import Actor
    from graphdb.connection import Graph
    from graphdb.merging import Candidate, Held, Kept, Plan, Side
    from graphdb.merging.facts import Apart
    from web.interchange.duplicates import Duplicate

ORGANISATION = kind_of("Organisation")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two partners that are perhaps one; `score` to 100 and `why` as the duplicate finder has them."""

    a: Candidate
    b: Candidate
    score: int
    why: str


@dataclass(frozen=True, slots=True)
class Likely:
    """All likely pairs, surest first, of how many partners, and the pairs that were told apart."""

    pairs: list[Pair]
    partners: dict[str, Candidate]
    apart: list[Apart]


@dataclass(frozen=True, slots=True)
class Row:
    """What the two say about one thing; `default`: the side chosen at first.

    `how`: choose, filled from the other, joined of both, stays as it is.
    """

    name: str
    keep: Any
    drop: Any
    how: Literal["choose", "filled", "joined", "stays"]
    default: Side = "keep"


@dataclass(frozen=True, slots=True)
class Beside:
    """Two partners side by side: `keep` stays if nothing else is said. `why` empty where no rule proposes them."""

    keep: Held
    drop: Held
    why: str
    rows: list[Row]
    plan: Plan


_LIKELY: KeptOfStamp[Likely] = KeptOfStamp()


def likely(graph: Graph, stamp: str, language: str) -> Likely:
    """Likely duplicates of the registry. One statement, or none while `stamp` (of organisations) is kept."""
    return _LIKELY.get(stamp, lambda: _likely(graph, language), language)


def _likely(graph: Graph, language: str) -> Likely:
    partners, apart = merging.candidates(graph, language)
    told = {frozenset((one.a, one.b)) for one in apart}
    found = propose([_party(one.id, one.names, one.identifiers) for one in partners.values()], ())
    pairs = [
        Pair(partners[one.a], partners[one.b], one.score, one.why)
        for one in found
        if frozenset((one.a, one.b)) not in told
    ]
    return Likely(pairs, partners, apart)


def _party(key: str, names: Iterable[str], identifiers: Iterable[str]) -> Party:
    numbers = frozenset((scheme, value) for scheme, _, value in (one.partition(":") for one in identifiers))
    return Party(key, tuple(dict.fromkeys(names)), numbers)


def fuller_first(pair: Pair, holds: Mapping[str, Kept]) -> tuple[str, str]:
    """The two ids, the one that holds more first: fewer things move then."""
    a, b = (holds[one.id] for one in (pair.a, pair.b))
    return (pair.b.id, pair.a.id) if _weight(b) > _weight(a) else (pair.a.id, pair.b.id)


def _weight(kept: Kept) -> tuple[int, int]:
    return kept.services + kept.people + kept.ties + kept.meetings, int(kept.assured_on is not None)


def beside(graph: Graph, keep: str, drop: str) -> Beside | dict[str, Held]:
    """The two side by side; only what is there of them where one is missing or archived. One statement."""
    held = merging.both(graph, keep, drop)
    if keep == drop or len(held) < 2 or any(one.archived for one in held.values()):
        return held
    mine, theirs = held[keep], held[drop]
    return Beside(mine, theirs, why_alike(mine, theirs), _rows(mine, theirs), merging.planned(mine, theirs))


def why_alike(one: Held, other: Held) -> str:
    """The surest reason for the two to be one, or nothing."""
    found: list[Duplicate] = propose([_named(one), _named(other)], ())
    return found[0].why if found else ""


def _named(held: Held) -> Party:
    names = [held.fields.get(name) for name in ("name", "name_bg", "name_en", "name_lv", "name_sr")]
    names += held.fields.get("aliases") or []
    return _party(held.id, [name for name in names if name], held.fields.get("identifiers") or [])


def _rows(keep: Held, drop: Held) -> list[Row]:
    found: list[Row] = []
    choose = {one.name: one for one in differing(keep, drop)}
    for field in ORGANISATION.fields:
        mine, theirs = keep.fields.get(field.name), drop.fields.get(field.name)
        if field.name in choose:
            one = choose.pop(field.name)
            found.append(Row(one.name, one.keep, one.drop, "choose", one.default))
        elif mine or theirs:
            found.append(Row(field.name, mine, theirs, _how(mine, theirs)))
    found += [Row(one.name, one.keep, one.drop, "choose", one.default) for one in choose.values()]
    return [*found, *_links(keep, drop)]


def _links(keep: Held, drop: Held) -> list[Row]:
    """Places and the whole they are part of, as lists of ids; what has to be chosen was told already."""
    asked = {one.name for one in differing(keep, drop)}
    found: list[Row] = []
    for link in ORGANISATION.links:
        mine, theirs = (
            sorted(
                str(one.id) for one in held.tied if one.tie == link.tie and one.outgoing and one.label == link.target
            )
            for held in (keep, drop)
        )
        if link.name not in asked and (mine or theirs):
            found.append(Row(link.name, mine, theirs, _how(mine, theirs)))
    return found


def _how(mine: Any, theirs: Any) -> Literal["filled", "joined", "stays"]:
    if not isinstance(theirs, list):
        return "stays" if mine else "filled"
    new = set(cast("list[str]", theirs)) - set(cast("list[str]", mine or []))
    return "stays" if not new else "joined" if mine else "filled"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form of a pair said: choices by field, the versions both were seen at, the key."""

    choices: dict[str, Side]
    versions: tuple[int, int]
    key: str


def merge(graph: Graph, actor: Actor, keep: str, drop: str, asked: Asked) -> str:
    """Make them one, once a form; returns the merge's id. Raises what `graphdb.merging.merge` raises, ReusedKeyError."""
    once = Once.bound(actor, f"merge.{keep}.{drop}", asked.key, [sorted(asked.choices.items()), asked.versions])
    return change(
        graph, actor, lambda c: merging.merge(c, keep, drop, asked.choices, asked.versions), once=once, seconds=LONG_SECONDS
    )  # fmt: skip


def undo(graph: Graph, actor: Actor, merge_: str) -> str:
    """Take a merge back; returns the kept one. Raises MissingError, ChangedSinceError."""
    return change(graph, actor, lambda c: merging.undo(c, merge_), seconds=LONG_SECONDS)


def tell_apart(
    graph: Graph, actor: Actor, one: str, other: str, *, again: bool = False, once: Once | None = None
) -> None:
    """These are two organisations; or `again`: they may be proposed again. Raises MissingError."""
    verb = merging.propose_again if again else merging.dismiss

    def work(c: Any) -> str:
        verb(c, one, other)
        return one

    change(graph, actor, work, once=once)
