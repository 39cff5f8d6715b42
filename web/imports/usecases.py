"""An import from its files to the graph: read, match, write, tell."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from ulid import ULID

from graphdb.catalogue import kind_of
from graphdb.connection import LONG_SECONDS
from graphdb.errors import ConflictError, TakenError
from graphdb.imports import known, writing
from graphdb.imports.writing import OvertakenError
from graphdb.referrals.rows import bring_steps
from graphdb.writes import Once, change
from web.imports.cooperation import plan_meetings, plan_ties
from web.imports.directory import plan_groups, plan_places, plan_types
from web.imports.offers import plan_assessments, plan_services
from web.imports.parties import plan_organisations, plan_people
from web.imports.plan import Desk, Options, Plan
from web.imports.referrals import plan_referrals
from web.imports.report import Likely, Report, packed
from web.interchange.duplicates import Party, propose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from graphdb.actors import Actor
    from graphdb.connection import Graph, Tx
    from graphdb.records import New
    from graphdb.writes import Change
    from web.interchange.facts import Reading
    from web.interchange.readers.reading import Upload

PIECE = 2_000  # the database of a small machine holds a transaction of some 10,000 records
TRIES = 5
ORDER = (
    "Place", "ServiceType", "PopulationGroup", "Organisation", "Person", "Employment", "MeetingSeries", "Meeting",
    "Service", "DeclaredTie", "PersonTie", "Assessment", "Referral",
)  # fmt: skip
COUNTED = {
    "Organisation": "organisations", "Person": "people", "Employment": "positions", "Place": "places",
    "ServiceType": "service_types", "PopulationGroup": "groups", "Service": "services", "DeclaredTie": "ties",
    "PersonTie": "ties_of_people",
    "MeetingSeries": "series", "Meeting": "meetings", "Assessment": "assessments",
    "Referral": "referrals",
}  # fmt: skip


@dataclass(slots=True)
class Import:
    """A list on its way in. `tell` hears how many of how many pieces are written."""

    graph: Graph
    actor: Actor
    reading: Reading
    options: Options
    files: Sequence[str]
    digest: str
    id: str = field(default_factory=lambda: str(ULID()))
    tell: Callable[[int, int], None] = lambda _, __: None

    def dry_run(self) -> Report:
        """What would be written; changes nothing."""
        plan, duplicates, _ = self.graph.read(self._plan, LONG_SECONDS)
        written = {} if self._refuses(plan) else _counts(plan)
        return replace(self._report(plan, duplicates, written, None), dry_run=True)

    def run(self) -> Report:
        """Write the list, or nothing where a row is refused and bad rows are not to be skipped.

        A list that was broken off is taken up where it ended. Safe to repeat.
        """
        for attempt in range(TRIES):
            plan, duplicates, seen = self.graph.read(self._plan, LONG_SECONDS)
            if self._refuses(plan):
                return self._report(plan, duplicates, {}, None)
            try:
                self._write(plan, duplicates, seen)
            except (OvertakenError, ConflictError, TakenError):
                if attempt == TRIES - 1:
                    raise
                continue
            written = self.graph.read(lambda tx: _made(tx, self.id))
            return self._report(plan, duplicates, written, self.id)
        raise AssertionError

    def _refuses(self, plan: Plan) -> bool:
        return bool(plan.refusals) and not self.options.skip_bad

    def _plan(self, tx: Tx) -> tuple[Plan, tuple[Likely, ...], int]:
        seen = writing.head(tx)
        desk = Desk(self.reading, self.options, tx, self.id)
        desk.plan.refusals += self.reading.refusals
        desk.plan.warnings += self.reading.warnings
        for step in (
            plan_places, plan_types, plan_groups, plan_organisations, plan_people,
            plan_services, plan_ties, plan_meetings, plan_assessments, plan_referrals,
        ):  # fmt: skip
            step(desk)
        return desk.plan, _duplicates(desk), seen

    def _write(self, plan: Plan, duplicates: tuple[Likely, ...], seen: int) -> None:
        pieces = list(_pieces(plan))
        for number, piece in enumerate(pieces):
            deeds: list[int] = []
            last = number == len(pieces) - 1

            def work(
                c: Change, piece: _Piece = piece, at: int = seen, last: bool = last, deeds: list[int] = deeds
            ) -> str:
                writing.begin(c, self.id, self.files, self.reading.rows, self.digest, at)
                self._write_piece(c, plan, piece)
                if last:
                    report = self._report(plan, duplicates, _made(c.tx, self.id), self.id)
                    writing.end(c, self.id, packed(report))
                deeds[:] = [len(c.deeds)]
                return self.id

            once = Once.bound(self.actor, "import", str(ULID()), self.id)
            change(self.graph, self.actor, work, once=once, seconds=LONG_SECONDS)
            seen += deeds[0]
            self.tell(number + 1, len(pieces))

    def _write_piece(self, c: Change, plan: Plan, piece: _Piece) -> None:
        for label, rows in piece.new:
            writing.bring(c, self.graph, self.id, kind_of(label), rows, plan.imported)
            if label == "Referral":
                bring_steps(c, self.id, rows, plan.histories)
        if not piece.rest:
            return
        writing.name_known(c, self.id, plan.named)
        for label, notes in plan.notes.items():
            if notes:
                writing.note(c, self.id, label, notes)
        for fill in plan.fills:
            writing.complete(c, self.graph, self.id, kind_of(fill.label), fill.record, fill.values, fill.links)
        if plan.presences:
            writing.attend(c, self.id, plan.presences)

    def _report(
        self, plan: Plan, duplicates: tuple[Likely, ...], written: dict[str, int], import_id: str | None
    ) -> Report:
        return Report(
            import_id, self.reading.files, self.reading.rows, written, dict(plan.already),
            len({fill.record for fill in plan.fills} | {note.id for notes in plan.notes.values() for note in notes}),
            tuple(plan.refusals), tuple(plan.warnings), duplicates, self.options.true_as_of,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Piece:
    """What one change writes; `rest`: also what is added to records that are there."""

    new: list[tuple[str, list[New]]]
    rest: bool = False


def _pieces(plan: Plan) -> Iterator[_Piece]:
    """The plan in parts that fit into a transaction; the last one holds the rest, and a small plan is one part."""
    part: list[tuple[str, list[New]]] = []
    room = PIECE
    for label in ORDER:
        rows = plan.new.get(label, [])
        start = 0
        while start < len(rows):
            taken = rows[start : start + room]
            part.append((label, taken))
            start, room = start + len(taken), room - len(taken)
            if room == 0:
                yield _Piece(part)
                part, room = [], PIECE
    yield _Piece(part, rest=True)


def _counts(plan: Plan) -> dict[str, int]:
    counts = {COUNTED[label]: len(plan.new.get(label, [])) for label in COUNTED}
    return counts | {"attendance": sum(presence.mode is not None for presence in plan.presences)}


def _made(tx: Tx, import_: str) -> dict[str, int]:
    found = {row.label: row.n for row in tx.fetch(writing.MADE, id=import_)}
    counts = {COUNTED[label]: found.get(label, 0) for label in COUNTED}
    return counts | {"attendance": tx.fetch(writing.ATTENDED, id=import_)[0].n}


def _duplicates(desk: Desk) -> tuple[Likely, ...]:
    """Near spellings among the new organisations, and between them and those that are there."""
    fresh = {fact.key: fact for fact in desk.reading.organisations if desk.organisations.get(fact.key) in desk.fresh}
    if not fresh:
        return ()
    new = [
        Party(
            fact.key,
            (fact.name, *(name.text for name in fact.names)),
            frozenset((each.scheme, each.value) for each in fact.identifiers),
        )
        for fact in fresh.values()
    ]
    there = {party.id: party for party in known.organisations(desk.tx) if not party.archived}
    old = [
        Party(party.id, party.names, frozenset((scheme, value) for scheme, _, value in (n.partition(":") for n in party.identifiers)))
        for party in there.values()
    ]  # fmt: skip
    return tuple(_likely(each.a, each.b, each.score, each.why, fresh, there) for each in propose(new, old))


def _likely(a: str, b: str, score: int, why: str, fresh: Any, there: dict[str, known.Party]) -> Likely:
    keys = [there[key].imported or there[key].names[0] if key in there else key for key in (a, b)]
    names = [there[key].names[0] if key in there else fresh[key].name for key in (a, b)]
    refs = [there[key].ref if key in there else None for key in (a, b)]
    return Likely(keys[0], keys[1], score, why, names[0], names[1], refs[0], refs[1])


def true_day(reading: Reading, given: date | None, today: date) -> date | None:
    """The day a list is true: the one given, else today where the list has no dates of its own."""
    dated = (
        any(each.assured_on for each in reading.organisations)
        or any(each.valid_from or each.valid_to or each.assured_on for each in reading.services)
        or any(each.date or each.valid_from or each.valid_to for each in reading.ties)
        or any(each.assessed_on for each in reading.assessments)
        or bool(reading.meetings or reading.referrals)
    )
    return given or (None if dated else today)


def digest(uploads: Sequence[Upload], options: Options, more: object = None) -> str:
    """A name for these files taken in this way, by which a run that was broken off is found again."""
    parts = [hashlib.sha256(upload.data).hexdigest() for upload in uploads]
    said = (options.true_as_of, options.complete, options.directed, options.skip_bad, more)
    return hashlib.sha256(repr((parts, said)).encode()).hexdigest()
