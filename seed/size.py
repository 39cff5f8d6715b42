"""A network of any size for speed runs, loaded in batches. Same number, same network; it stands for nothing real."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import groupby, islice
from operator import itemgetter
from random import Random
from typing import Any

from graphdb import bulk, records
from graphdb.actors import Actor
from graphdb.catalogue import codes, kind_of
from graphdb.connection import LONG_SECONDS, Graph
from graphdb.errors import GraphError
from graphdb.records import New
from graphdb.records.writing import NEXT_NUMBER
from graphdb.statements import Statement
from graphdb.tokens import ALPHABET, REFERENCE_LENGTH, check_character
from graphdb.writes import Change, change
from seed.network import SEED, Drawn, draw
from seed.vocabulary import GROUPS, SERVICE_TYPES, new_records

ACTOR = Actor("seed size", "command")
BATCH = 5000
SOURCES = 100
"""Organisations whose ties are stored at once."""
TELL = 50_000
SERVICES_EACH = 6
PER_MUNICIPALITY = 50
PER_REGION = 10
DAYS = 730
KINDS = ("municipality", "social_work_centre", "school", "clinic", "ngo", "local_ngo", "community_group", "media")
STATES = ("closed_successful",) * 6 + ("rejected", "accepted", "in_service", "expired")
NARROW = tuple(entry.code for entry in SERVICE_TYPES if entry.parent)
GROUP_CODES = tuple(entry.code for entry in GROUPS)

Say = Callable[[str], None]


class NotEmptyError(GraphError):
    """The graph holds something already."""


def number(kind: str, n: int) -> str:
    """An id that only this network uses: 26 characters, like every other id."""
    return f"0{kind:0>3}{n:022d}"


@dataclass(slots=True)
class Sized:
    """A network being made: what was drawn, and where it goes."""

    graph: Graph
    say: Say
    drawn: Drawn
    day: date
    days: list[date]
    chance: Random = field(default_factory=lambda: Random(SEED))  # noqa: S311 - a network to measure, no secret

    @property
    def organisations(self) -> int:
        """How many."""
        return len(self.drawn.communities)

    @property
    def municipalities(self) -> int:
        """How many; organisations of a community are neighbours."""
        return -(-self.organisations // PER_MUNICIPALITY)


def make(graph: Graph, organisations: int, day: date, say: Say) -> Drawn:
    """Fill an empty graph: places, vocabularies, organisations, six services each, up to a hundred ties each.

    Raises NotEmptyError. Says how far it is, and records a second.
    """
    used = graph.one(bulk.USED)
    if used and used.n:
        message = (
            f"This home holds {used.n} records or accounts. Nothing was changed: name an empty folder with --home."
        )
        raise NotEmptyError(message)
    sized = Sized(graph, say, draw(organisations), day, [day - timedelta(days=ago) for ago in range(DAYS)])
    _places_and_words(sized)
    _in_batches(sized, "organisations", _organisations(sized), _records("Organisation"))
    _in_batches(sized, "services", _services(sized), _records("Service"))
    _in_batches(sized, "referrals", _referrals(sized), _ties(bulk.REFER, "Referral"), SOURCES)
    _in_batches(sized, "declared ties", _declared(sized), _ties(bulk.DECLARE, "DeclaredTie"), SOURCES)
    return sized.drawn


def _places_and_words(sized: Sized) -> None:
    def work(open_change: Change) -> str:
        records.create_many(open_change, sized.graph, kind_of("Place"), list(_places(sized)))
        new_records(open_change, sized.graph, "ServiceType", SERVICE_TYPES, _type)
        new_records(open_change, sized.graph, "PopulationGroup", GROUPS, _group)
        return "made"

    change(sized.graph, ACTOR, work, seconds=LONG_SECONDS)


def _places(sized: Sized) -> Iterator[New]:
    for n in range(-(-sized.municipalities // PER_REGION)):
        yield New({"name": f"Region {n + 1}", "level": "region", "code": f"R{n:03d}"}, {}, number("1", n))
    for n in range(sized.municipalities):
        values = {"name": f"Municipality {n + 1}", "level": "municipality", "code": f"M{n:05d}"}
        yield New(values, {"parent": [number("1", n // PER_REGION)]}, number("2", n))


def _organisations(sized: Sized) -> Iterator[New]:
    for n in range(sized.organisations):
        values = {
            "name": f"Organisation {n + 1}", "name_en": f"Organisation {n + 1}", "kind": KINDS[n % len(KINDS)],
            "level": "local", "membership": "active", "valid_from": sized.day - timedelta(days=DAYS),
        }  # fmt: skip
        yield New(values, {"places": [_home(n)]}, number("3", n))


def _services(sized: Sized) -> Iterator[New]:
    for n in range(sized.organisations * SERVICES_EACH):
        provider, nth = divmod(n, SERVICES_EACH)
        checked = sized.days[sized.chance.randrange(400)]
        values = {"name": f"Service {n + 1}", "status": "active", "assured_on": checked, "languages": ["bg", "en"]}
        links = {
            "provider": [number("3", provider)], "areas": [_home(provider)],
            "type": [_type(NARROW[(provider * 7 + nth * 5) % len(NARROW)])],
            "groups": [_group(sized.chance.choice(GROUP_CODES))],
        }  # fmt: skip
        history: dict[str, Any] = {"states": ["=active"], "assured": [checked]}
        yield New(values, links, number("4", n), extra=history)


def _referrals(sized: Sized) -> Iterator[list[Any]]:
    """One row an organisation: it sends for one type of service."""
    n = 0
    for source, targets in _pairs(sized, 0):
        sent: list[list[Any]] = []
        for target in targets:
            on = sized.days[sized.chance.randrange(DAYS)]
            sent.append([target, number("5", n), _reference(sized.chance), STATES[n % len(STATES)], on])
            n += 1
        yield [number("3", source), _type(NARROW[source % len(NARROW)]), sent]


def _declared(sized: Sized) -> Iterator[list[Any]]:
    """One row an organisation: all it says is about one topic."""
    topics, statements = codes("tie_topic"), codes("statement")
    n = 0
    for source, targets in _pairs(sized, 1):
        said: list[list[Any]] = []
        for target in targets:
            on = sized.days[sized.chance.randrange(DAYS)]
            said.append([target, number("6", n), f"TIE-{n + 1:06d}", statements[n % len(statements)], on])
            n += 1
        yield [number("3", source), topics[source % len(topics)], said]


def _pairs(sized: Sized, odd: int) -> Iterator[tuple[int, list[str]]]:
    """Every second tie, by source: the even ones become referrals, the odd ones declared ties."""
    ties = zip(sized.drawn.sources[odd::2].tolist(), sized.drawn.targets[odd::2].tolist(), strict=True)
    for source, group in groupby(ties, key=itemgetter(0)):
        yield source, [number("3", target) for _, target in group]


def _reference(chance: Random) -> str:
    drawn = "".join(chance.choices(ALPHABET, k=REFERENCE_LENGTH))
    drawn += check_character(drawn)
    return f"{drawn[:4]}-{drawn[4:8]}-{drawn[8:12]}-{drawn[12:]}"


Store = Callable[[Change, Graph, Sequence[Any]], int]


def _records(label: str) -> Store:
    return lambda c, graph, rows: len(records.create_many(c, graph, kind_of(label), rows))


def _ties(statement: Statement[Any], label: str) -> Store:
    """Stores ties of one kind; one entry of the audit trail stands for a batch."""

    def store(open_change: Change, _: Graph, rows: Sequence[Any]) -> int:
        if prefix := kind_of(label).prefix:
            open_change.run(NEXT_NUMBER, prefix=prefix, take=sum(len(row[2]) for row in rows))
        made = int(open_change.run(statement, rows=rows, at=open_change.at, by=ACTOR.id)[0].n)
        open_change.did("generate", label, f"{made} records")
        return made

    return store


def _in_batches(sized: Sized, what: str, rows: Iterator[Any], store: Store, batch: int = BATCH) -> None:
    begun, done, told = time.monotonic(), 0, 0
    while now := list(islice(rows, batch)):
        done += int(
            change(sized.graph, ACTOR, lambda c, now=now: str(store(c, sized.graph, now)), seconds=LONG_SECONDS)
        )
        if done - told >= TELL:
            told = done
            sized.say(f"{done:,} {what} so far, {done / (time.monotonic() - begun):,.0f} a second")
    sized.say(f"{done:,} {what}, {done / max(time.monotonic() - begun, 1e-6):,.0f} a second")


def _type(code: str) -> str:
    return number("7", [entry.code for entry in SERVICE_TYPES].index(code))


def _group(code: str) -> str:
    return number("8", GROUP_CODES.index(code))


def _home(organisation: int) -> str:
    return number("2", organisation // PER_MUNICIPALITY)


def today() -> date:
    """The day up to which the network is generated."""
    return datetime.now(UTC).astimezone().date()
