"""A told story into an empty graph: one transaction, all or nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from graphdb import bulk, records
from graphdb.catalogue import kind_of
from graphdb.connection import LONG_SECONDS
from graphdb.writes import Change, change
from seed.demo import consultations, issues
from seed.demo.book import identity

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphdb.actors import Actor
    from graphdb.connection import Graph
    from graphdb.statements import Statement
    from seed.demo.book import Book

DAY = "demonstration_day"
NETWORK_NAME = "Мрежа за подкрепа – Белорек"

# what others link to comes first
ORDER = (
    "Place", "ServiceType", "PopulationGroup", "Organisation", "Unit", "Programme", "Community", "Person", "Employment",
    "Project", "Service", "Requirement", "Assessment", "Gap", "Agreement", "DeclaredTie", "PersonTie", "MeetingSeries",
    "Meeting", "ActionPoint", "Consultation", "DraftComment", "PublicDiscussion", "PublicQuestion", "Referral", "Mentorship",
    "Contact", "CaseConference", "CaseStep", "Supervision", "Concern",
    "Participation", "Training", "Enrolment", "MatchDecision",
    "CommunityIssue", "Campaign", "Mediation", "CommunityStep",
)  # fmt: skip


def load(graph: Graph, book: Book, actor: Actor, also: Callable[[Change], None]) -> None:
    """Store the book, and what `also` adds to it, as one change."""

    assert set(book.records) <= set(ORDER), "every kind that is told has its turn"

    def work(open_change: Change) -> str:
        for label in ORDER:
            records.create_many(open_change, graph, kind_of(label), book.records.get(label, ()))
        _meetings(open_change, book)
        consultations.complete(open_change, book)
        issues.complete(open_change, book)
        open_change.run(bulk.SET_MARK, key="network_name", value=NETWORK_NAME)
        open_change.run(bulk.SET_MARK, key=DAY, value=book.day.isoformat())
        also(open_change)
        return "loaded"

    change(graph, actor, work, seconds=LONG_SECONDS)


def _meetings(open_change: Change, book: Book) -> None:
    present = [
        {"organisation": book.id("Organisation", each.organisation), "meeting": book.id("Meeting", each.meeting),
         "mode": each.mode, "person": book.id("Person", each.person) if each.person else None}
        for each in book.attendance
    ]  # fmt: skip
    items = [
        {"id": identity(f"AgendaItem/{each.code}"), "meeting": book.id("Meeting", each.meeting),
         "position": each.position, "title": each.title, "minutes": each.minutes, "state": each.state,
         "kind": "own", "key": identity(f"AgendaItem/{each.code}"), "reasons": json.dumps([]),
         "proposer": book.id("Organisation", each.proposer), "times": 1 if each.carried else 0}
        for each in book.items
    ]  # fmt: skip
    decided = [
        {"id": identity(f"Decision/{each.code}"), "item": identity(f"AgendaItem/{each.code}"), "text": each.decision,
         "decided_on": each.decided_on, "actions": [book.id("ActionPoint", action) for action in each.actions]}
        for each in book.items if each.decision
    ]  # fmt: skip
    carried = [
        {"item": identity(f"AgendaItem/{each.code}"), "carried": identity(f"AgendaItem/{each.carried}")}
        for each in book.items if each.carried
    ]  # fmt: skip
    about = [
        {"item": identity(f"AgendaItem/{each.code}"), "gap": book.id("Gap", gap)}
        for each in book.items
        for gap in each.gaps
    ]
    _all(open_change, bulk.ATTEND, present)
    _all(open_change, bulk.DISCUSS, items)
    _all(open_change, bulk.CARRY, carried)
    _all(open_change, bulk.ABOUT, about)
    _all(open_change, bulk.DECIDE, decided)


def _all(open_change: Change, statement: Statement[Any], rows: list[dict[str, Any]]) -> None:
    made = open_change.run(statement, rows=rows)[0].n
    wanted = sum(len(row.get("actions", (0,))) for row in rows)
    assert made == wanted, "everything that was told is stored"
