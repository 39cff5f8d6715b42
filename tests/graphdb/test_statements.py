"""Every statement the rooms declare or build is explained by the real server."""

from __future__ import annotations

import importlib
import pkgutil
import re
from datetime import UTC, date, datetime

import pytest

import graphdb
from graphdb import accounts, bulk, gaps, jobs, merging, phones, records, referrals, services, sessions
from graphdb.access import Standing, standing_text
from graphdb.actors import Actor
from graphdb.catalogue import KINDS, kind_of
from graphdb.connection import Graph
from graphdb.imports import undoing, uploads, writing
from graphdb.naming import Titles
from graphdb.records import text
from graphdb.records.reading import Choice, ListedRecord, ShownRecord
from graphdb.records.writing import StoredRecord
from graphdb.referrals import links
from graphdb.statements import Counted, Found, Nothing, Read, Statement, Write, declared_in
from graphdb.writes import Change, Once, change
from tests.conftest import wipe

MACHINERY = (
    "id",
    "ref",
    "version",
    "archived_at",
    "created_at",
    "changed_at",
    "subject",
    "fold",
    "fold_private",
    "import_id",
    "states",
    "assured",
)
NUMBERS = {"limit", "take", "version", "n", "after_n"}


def declared() -> dict[str, Statement]:
    found: dict[str, Statement] = {}
    for info in pkgutil.walk_packages(graphdb.__path__, "graphdb."):
        found |= declared_in(importlib.import_module(info.name))
    return found


def built() -> dict[str, Statement]:
    found: dict[str, Statement] = {}
    found["records.titling"] = Read(Titles, text.titling(tuple(kind.label for kind in KINDS)))
    for kind in KINDS:
        name = f"records.{kind.label}"
        sorts = ["title", *(field.name for field in kind.fields if field.listed)]
        for sort in sorts:
            found[f"{name}.list.{sort}"] = Read(ListedRecord, text.listing(kind, sort, False, frozenset()))
        filters = [f.name for f in kind.fields if f.type in {"choice", "choices", "languages"}] + [
            link.name for link in kind.links
        ]
        found[f"{name}.list.filtered"] = Read(ListedRecord, text.listing(kind, "title", True, frozenset(filters)))
        found[f"{name}.count"] = Read(Counted, text.counting(kind, frozenset(filters)))
        found[f"{name}.show"] = Read(ShownRecord, text.showing(kind))
        found[f"{name}.stored"] = Read(StoredRecord, text.stored(kind))
        found[f"{name}.choose"] = Read(Choice, text.choosing(kind))
        found[f"{name}.create"] = Write(Found, text.creating(kind))
        found[f"{name}.create_many"] = Write(Nothing, text.creating_many(kind))
        found[f"{name}.update"] = Write(Found, text.updating(kind))
        found[f"{name}.standing"] = Read(Standing, standing_text(kind))
        for link in kind.links:
            found[f"{name}.link.{link.name}"] = Write(Found, text.linking(kind, link))
            found[f"{name}.link_many.{link.name}"] = Write(Counted, text.linking_many(kind, link))
            found[f"{name}.unlink.{link.name}"] = Write(Nothing, text.unlinking(kind, link))
    return found


ALL = {**declared(), **built()}


def _params(body: str) -> dict[str, object]:
    names = set(re.findall(r"\$(\w+)", body))
    return {name: 1 if name in NUMBERS else None for name in names}


def hold_a_meeting(c: Change, graph: Graph, organisation: str, person: str) -> None:
    meeting = records.create(
        c, graph, kind_of("Meeting"), {"name": "M", "starts_at": "2026-01-01 09:00", "state": "held"}
    )
    c.run(bulk.ATTEND, rows=[{"organisation": organisation, "meeting": meeting, "mode": "present", "person": person}])
    items = [{"id": one, "meeting": meeting, "position": 1, "title": "T", "minutes": 5, "state": "discussed",
              "kind": "own", "key": one, "reasons": "[]", "proposer": organisation, "times": 0} for one in "ij"]  # fmt: skip
    c.run(bulk.DISCUSS, rows=items)
    c.run(bulk.CARRY, rows=[{"item": "j", "carried": "i"}])
    due = {"text": "Do", "due": c.at.date(), "state": "open"}
    action = records.create(c, graph, kind_of("ActionPoint"), due, {"owner": [organisation], "meeting": [meeting]})
    c.run(bulk.DECIDE, rows=[{"item": "i", "id": "d", "text": "D", "decided_on": c.at.date(), "actions": [action]}])
    c.run(bulk.SET_MARK, key="network_name", value="N")


def _import(c: Change, graph: Graph) -> None:
    writing.begin(c, "imp", ["list.csv"], 1, "digest")
    made = [records.New({"name": "D", "kind": "ngo"}, id="d"), records.New({"name": "E", "kind": "ngo"}, id="e")]
    writing.bring(c, graph, "imp", kind_of("Organisation"), made, {"d": "D-1"})
    meeting = records.New({"name": "M", "starts_at": "2025-03-14", "state": "held"}, id="m")
    writing.bring(c, graph, "imp", kind_of("Meeting"), [meeting], {})
    day = date(2025, 1, 1)
    writing.note(c, "imp", "Organisation", [writing.Noted("d", 1, (day,), day, ("=active",), "active")])
    writing.complete(c, graph, "imp", kind_of("Organisation"), "d", {"level": "local"}, {})
    writing.attend(c, "imp", [writing.Presence("e", "m", "p", "present")])
    writing.end(c, "imp", {})
    c.run(undoing.SET_STATE, id="imp", state="undone", at=c.at, by="test")
    c.run(uploads.ARRIVE, id="up", by="test", at=c.at, files=["list.csv"], answers="{}")
    c.run(uploads.KEEP, id="up", file=0, n=0, data="x")
    c.run(uploads.SET_PREVIEW, id="up", preview="x")
    uploads.set_job(c, "up", "job", "{}")


def live_a_little(graph: Graph) -> None:
    """Each part of the machinery used once, so that its labels and properties exist."""
    actor, now = Actor("test", "command"), datetime.now(UTC)

    def work(c: Change) -> str:
        programme = records.create(
            c, graph, kind_of("Organisation"), {"name": "A", "kind": "ngo", "identifiers": "XX:1"}
        )
        person = records.create(c, graph, kind_of("Person"), {"name": "B", "role_class": "mentor"})
        account = accounts.make(c, "someone", "Someone", "hash", "en", person)
        jobs.enqueue(c, "try", {})
        accounts.grant(c, account, "partner", programme)
        accounts.end_grant(c, account, accounts.grant(c, account, "mentor"), now.date())
        accounts.invite(c, "invitation", "hash", login="x", account="y", grants="z", form="f")
        accounts.spend(c, "invitation", "hash")
        c.run(sessions.START, hash="h", account=account, data="{}", now=now, agent="")
        phones.remember(c, account, "phone", "hash", ["pair"])
        c.run(sessions.COUNT_FAILURE, keys=["k"], now=now, window=now)
        records.update(c, graph, kind_of("Organisation"), programme, None, {"name": "C"})
        services.note_assured(c, programme)
        kept = {"key": "k", "cls": "C12", "state": "detected", "reasons": "[]"}
        gap = records.create(c, graph, kind_of("Gap"), kept, {"members": [programme]})
        gaps.answer(c, gap, programme, "disputes", "no")
        hold_a_meeting(c, graph, programme, person)
        legal = records.create(c, graph, kind_of("ServiceType"), {"name": "T", "code": "t"})
        referrals.send(c, graph, referrals.NewReferral(programme, programme, legal, "", "", "urgent", ""))
        c.run(links.MAKE, hash="h2", id="l", purpose="answer", referral="r", expires_at=now, by="b")
        c.run(Write(Nothing, text.creating_many(kind_of("Mentorship"))), rows=[{"id": "pair", "states": ["=active"]}])
        _import(c, graph)
        merging.dismiss(c, "d", "e")
        merging.merge(c, "d", "e")
        records.archive(c, kind_of("Organisation"), programme)
        return account

    change(graph, actor, work, once=Once.bound(actor, "live", "key", {}), seconds=120)
    graph.define(
        "CREATE (:Token_)-[:ATTENDED {mode: 'x', person: 'x'}]->(:Token_)-[:HAS_ITEM]->(i:Token_:AgendaItem)"
        "-[:LED_TO]->(d:Token_:Decision)-[:REQUIRES]->(:Token_) REMOVE i:AgendaItem, d:Decision"
    )
    graph.define(
        "CREATE (:Token_)-[:DERIVED_ {derived: true, n: 1, weight: 1.0, first: date(), last: date(), undated: 0}]->(:Token_)"
    )
    graph.define("CREATE (:Token_ {reminded_at: datetime(), escalated_at: datetime()})-[:REDIRECTED_AS]->(:Token_)")
    live_through_a_meeting(graph)
    job = jobs.claim(graph, "worker")
    assert job
    running = jobs.Running(graph, job, "worker")
    running.progress(1, 2, "half")
    running.finish("failed", {}, "error")


def live_through_a_meeting(graph: Graph) -> None:
    """Agenda, decision, attendance, settings and a frozen pack: nodes that no catalogue kind declares."""
    graph.define(
        "CREATE (i:AgendaItem:Token_ {id: 'i2', position: 1, title: 't', minutes: 1, state: 's', kind: 'k', key: 'k', points: 1,"
        " times: 0, reasons: '[]', proposer: 'p'})-[:LED_TO]->(d:Decision:Token_ {id: 'd2', text: 't', decided_on: date()}),"
        " (i)-[:ABOUT]->(:Token_)<-[:REQUIRES {text: 't', due: date(), owner: 'o'}]-(d), (i)-[:CARRIED_FROM]->(i), (:Token_)-[:HAS_ITEM]->(i),"
        " (:Token_)-[:ATTENDED {mode: 'm', person: 'p'}]->(:Token_),"
        " (:Token_)-[:INVITED {answer: 'a', answered_at: datetime(), reasons: '[]'}]->(:Token_),"
        " (:Token_)-[:HAS_EVENT]->(:Event:Token_ {id: 'e', kind: 'k', at: datetime(), by: 'b', from_state: 'f', to_state: 't', reason: 'r', via: 'v', note: 'n', subject: 's'}),"
        " (:Setting:Token_ {key: 'k', value: 'v'}), (:Layout:Token_ {ids: ['i'], xs: [0.0], ys: [0.0]}),"
        " (:Snapshot:Token_ {id: 's', kind: 'pack', language: 'en', as_of: date(), created_at: datetime(), body: '{}', pdf: 'p', by: 'b'})"
        "-[:PACK_OF]->(:Token_), (:Token_)<-[:FOR_MEETING]-(:Dispatch:Token_ {id: 'k', method: 'm', sequence: 1, said: '{}',"
        " person: 'p', job: 'j', at: datetime(), by: 'b'})-[:SENT_TO]->(:Token_),"
        " (:Token_)-[:HAS_VERSION]->(:DocVersion:Token_ {id: 'v', label: 'l', on: date(), reference: 'r', note: 'n', at: datetime(), by: 'b'}),"
        " (:Token_)-[:COUNTED]->(:Headcount:Token_ {id: 'h', part: 'p', n: 1}),"
        " (:Token_)-[:MEMBER_OF {since: date()}]->(:Token_)-[:WAS_MEMBER_OF {since: date(), until: date()}]->(:Token_),"
        " (:Reminder:Token_ {key: 'k', at: datetime()})-[:REMINDS_OF]->(:Token_)"
    )


@pytest.fixture(scope="module")
def tokens(migrated: Graph) -> Graph:
    """Every label, tie and property of the catalogue exists, so that a misspelt one is noticed."""
    migrated.define("MATCH (n) WHERE n:Token_ DETACH DELETE n")
    for kind in KINDS:
        names = [*(f.name for f in kind.fields), *(f"{f.name}_v" for f in kind.fields if f.sealed), *MACHINERY]
        props = ", ".join(f"{text.quoted(name)}: 'x'" for name in names)
        migrated.define(
            f"CREATE (n:Token_:{text.quoted(kind.label + '_')} {{{props}}}) SET n:{text.quoted(kind.label)} REMOVE n:{text.quoted(kind.label)}"
        )
        for link in kind.links:
            migrated.define(f"CREATE (:Token_)-[:{text.quoted(link.tie)}]->(:Token_)")
    live_a_little(migrated)
    yield migrated
    wipe(migrated)
    migrated.define("MATCH (n:Token_) DETACH DELETE n")


@pytest.mark.parametrize("name", sorted(ALL))
def test_the_server_understands(name: str, tokens: Graph) -> None:
    statement = ALL[name]
    summary = tokens.explain(statement.text, _params(statement.text))
    assert tuple(summary.metadata["columns"]) == statement.columns(), "columns equal the row's fields, in order"
    assert ("w" in summary.query_type) == isinstance(statement, Write), "reads or writes as declared"
    if len(statement.columns()) and isinstance(statement, Read) and "count(" not in statement.text:
        assert "ORDER BY" in statement.text, "a list has an order"
    warned = [n.status_description for n in summary.gql_status_objects or () if n.gql_status.startswith("01")]
    assert not warned


def test_there_are_statements() -> None:
    assert len(ALL) > 200
