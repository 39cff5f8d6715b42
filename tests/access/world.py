"""One record of every kind for each way an account can stand to it, with a canary in every field.

`own` belongs to the signed-in people's organisation, pair or programme; of `party` their organisation is a party only;
`other` is somebody else's; `archived` is like `own`. What stands how is known here, from the making, and not read back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from ulid import ULID

from graphdb import records
from graphdb.actors import Actor
from graphdb.catalogue import KINDS, VOCABULARIES, Field, Kind, kind_of
from graphdb.connection import Graph
from graphdb.records.bulk import New
from graphdb.writes import Change, change

CIRCLE = ("Programme", "Person")
"""Who is told of concerns in a programme: people belong to programmes, so this world has nobody there yet."""
STATES = ("own", "party", "other", "archived")
FIXED = {("Person", "role_class"): "staff", ("Person", "consent"): "", ("Mentorship", "state"): "active",
         ("SharingRule", "state"): "in_force", ("SharingRule", "since"): "", ("SharingRule", "until"): "2199-01-01",
         ("Gap", "reasons"): "[]", ("Referral", "state"): "sent"}  # fmt: skip


@dataclass
class World:
    """Ids of the records by kind and state, of the three organisations, of the people who sign in; links by record."""

    records: dict[tuple[str, str], str] = field(default_factory=dict)
    links: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    canaries: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    organisations: dict[str, str] = field(default_factory=dict)
    programmes: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)

    def canary(self, kind: Kind, state: str, declared: Field) -> str:
        """A word found nowhere else, remembered with its kind, state and field."""
        word = "zq" + sha256(f"{kind.label}.{state}.{declared.name}".encode()).hexdigest()[:14]
        self.canaries[word] = (kind.label, state, declared.name)
        return word

    def employers(self, person: str) -> set[str]:
        """Organisations a person has a position at."""
        posts = [self.links[record] for (label, _), record in self.records.items() if label == "Employment"]
        return {where for post in posts if person in post["person"] for where in post["organisation"]}

    def state_of(self, record: str) -> tuple[str, str]:
        """Kind and state of a record; people who sign in are of the state that is their name."""
        found = {found: key for key, found in self.records.items()}
        found |= {found: ("Person", who) for who, found in self.people.items()}
        return found[record]


def build(graph: Graph) -> World:
    """Make the world in one change."""
    world = World()

    def work(c: Change) -> str:
        world.__init__()  # the work may run twice
        for kind in in_order():
            made = [_new(world, kind, state) for state in STATES]
            records.create_many(c, graph, kind, made)
            if kind.label == "Person":
                _people(c, graph, world)
        for (label, state), record in world.records.items():
            if state == "archived":
                records.archive(c, kind_of(label), record)
        return "made"

    change(graph, Actor("test", "command"), work, seconds=120)
    return world


def in_order() -> list[Kind]:
    """Kinds, each after those it points at, but for what closes a circle."""
    placed: list[Kind] = []
    left = list(KINDS)
    while left:
        known = {kind.label for kind in placed}
        wanted = {kind: {link.target for link in kind.links if (kind.label, link.target) != CIRCLE} for kind in left}
        ready = [kind for kind in left if wanted[kind] <= known | {kind.label}]
        assert ready, f"{[kind.label for kind in left]} point at each other"
        placed += ready
        left = [kind for kind in left if kind not in ready]
    return placed


def _new(world: World, kind: Kind, state: str) -> New:
    values = {declared.name: _value(world, kind, state, declared) for declared in kind.fields}
    links = {link.name: _targets(world, kind, link.name, state) for link in kind.links}
    links = {name: targets for name, targets in links.items() if targets}
    subject = world.records.get(("Mentorship", state), "") if kind.label == "Contact" else ""
    record = str(ULID())
    world.records[kind.label, state] = record
    world.links[record] = links
    if kind.label == "Organisation":
        world.organisations[state] = record
    if kind.label == "Programme":
        world.programmes[state] = record
    return New(values, links, record, subject)


def _people(c: Change, graph: Graph, world: World) -> None:
    """A leader and a mentor of the own programme, and a pair of others."""
    kind = kind_of("Person")
    for who, programme in (("leader", "own"), ("mentor", "own"), ("leader2", "other"), ("mentor2", "other")):
        values = {declared.name: _value(world, kind, who, declared) for declared in kind.fields}
        links = {"programme": [world.programmes[programme]]}
        world.people[who] = records.create(c, graph, kind, {**values, "role_class": who.rstrip("2")}, links)
        world.links[world.people[who]] = links


def _value(world: World, kind: Kind, state: str, declared: Field) -> object:
    if (kind.label, declared.name) in FIXED:
        return FIXED[kind.label, declared.name]
    if declared.name == "protected":
        return "yes" if state == "other" else ""
    if declared.vocabulary:
        return VOCABULARIES[declared.vocabulary][0].code
    word = world.canary(kind, state, declared)
    number = int(word[2:10], 16) % 10**8 + 10**8
    if declared.type == "integer":
        return min(number, declared.most)
    texts = {"link": f"https://{word}.example.org", "mail": f"{word}@example.org", "phone": f"+359 {number}",
             "languages": ["bg"], "identifiers": [f"XX:{word}"], "flag": "yes", "number": number,
             "tags": [word], "moment": "2026-05-04 10:00", "date": date(2026, 5, 4)}  # fmt: skip
    if declared.name in {"valid_from", "valid_to", "gone_on"}:
        return None
    return texts.get(declared.type, word)


def _targets(world: World, kind: Kind, name: str, state: str) -> list[str]:
    link = kind.link(name)
    side = "own" if state == "archived" else state
    if link.target == "Organisation":
        return _organisations(world, kind, name, side)
    if link.target == "Person" and name in kind.owners + kind.parties:
        who = "leader" if name in {"leader", "target_person"} else "mentor"
        mine = side == "own" or (side == "party" and name in kind.parties)
        return [world.people[who if mine else f"{who}2"]]
    if link.target == "Programme":
        return [world.programmes["own" if side == "own" else "other"]]
    if link.target == kind.label:
        return []
    found = world.records.get((link.target, side))
    return [found] if found else []


def _organisations(world: World, kind: Kind, name: str, side: str) -> list[str]:
    """Owners are ours in `own`; parties are ours in `own` and, in another place than the first, in `party`."""
    ours, theirs, third = (world.organisations.get(key, "") for key in ("own", "other", "party"))
    if name in kind.owners:
        return [ours if side == "own" else theirs]
    if name not in kind.parties:
        return [theirs] if kind.link(name).required else []
    if side == "other":
        return [theirs] if kind.parties.index(name) == 0 else [third]
    if kind.link(name).many:
        return [ours, theirs]
    first = kind.parties.index(name) == 0
    if kind.owners:
        return [ours] if side == "party" else [theirs]
    return [ours] if first == (side == "own") else [theirs]
