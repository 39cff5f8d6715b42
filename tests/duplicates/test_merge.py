"""A merge moves everything and doubles nothing; its undoing puts everything back; whoever was slower is refused."""

from __future__ import annotations

import threading

import pytest

from graphdb import audit, merging, records
from graphdb.actors import OWNER
from graphdb.catalogue import kind_of
from graphdb.errors import ConflictError, MissingError
from graphdb.folding import fold
from graphdb.merging import ChangedSinceError
from graphdb.writes import Once, change
from tests.duplicates.world import ACTOR, World, links_to_organisations, make, organisation, picture, tied
from web.checking import check

ORGANISATION = kind_of("Organisation")


@pytest.fixture
def world(graph):
    return World(graph)


def merge(graph, keep, drop, choices=None, versions=(None, None), once=None):
    return change(graph, ACTOR, lambda c: merging.merge(c, keep, drop, choices, versions), once=once)


def undo(graph, made):
    return change(graph, ACTOR, lambda c: merging.undo(c, made))


def fields(graph, record):
    return graph.define("MATCH (n:Record {id: $id}) RETURN properties(n) AS p", id=record)[0]["p"]


def linked(graph, kind, link, record):
    return records.show(graph, kind, record, OWNER).links[link.name]


def test_every_link_of_the_catalogue_goes_to_the_kept_one(graph, world):
    before = set(tied(graph, world.keep)) | set(tied(graph, world.drop))
    merge(graph, world.keep, world.drop)
    assert tied(graph, world.drop) == []
    assert set(tied(graph, world.keep)) == before
    for kind, link in links_to_organisations():
        rows = graph.define(
            f"MATCH (n:Record {{id: $id}})-[:{link.tie}]-(o:Organisation {{id: $keep}}) RETURN count(*) AS n",
            id=world.made[kind.label, link.name], keep=world.keep,
        )  # fmt: skip
        assert rows[0]["n"] == 1, (kind.label, link.name)


def test_nothing_is_doubled_and_who_came_came(graph, world):
    merge(graph, world.keep, world.drop)
    ties = tied(graph, world.keep)
    doubled = {tie for tie in ties if ties.count(tie) > 1}
    assert {tie for tie, _, _ in doubled} == {"ATTENDED"}, "two people of one organisation came to one meeting"
    rows = graph.define(
        "MATCH (:Organisation {id: $id})-[a:ATTENDED]->() RETURN a.person AS person, a.mode AS mode ORDER BY person",
        id=world.keep,
    )
    assert [(row["person"], row["mode"]) for row in rows] == [("p", "present"), ("q", "online")]


def test_values_are_filled_joined_and_names_become_aliases(graph, world):
    merge(graph, world.keep, world.drop)
    kept = fields(graph, world.keep)
    assert kept["phone"] == "+359 2 111 111", "nobody chose: the kept one's"
    assert kept["email"] == "a@example.org"
    assert kept["name_en"] == "House of Women"
    assert kept["languages"] == ["bg", "en"]
    assert kept["identifiers"] == ["XX:1", "XX:2"]
    assert kept["aliases"] == ["The House", "Dom na zhenata"]
    assert kept["fold"].count(fold("Dom na zhenata")) >= 1
    rows = graph.define(
        "MATCH (:Organisation {id: $id})-[:IDENTIFIED_BY]->(i) RETURN i.key AS k, i.record AS r", id=world.keep
    )
    assert {row["k"] for row in rows} == {"XX:1", "XX:2", "import:node:D-1"}
    assert {row["r"] for row in rows} == {world.keep}
    gone = fields(graph, world.drop)
    assert gone["archived_at"]
    assert gone["name"] == "Dom na zhenata", "the archived one still says what it said"


def test_the_coordinator_chooses(graph, world):
    merge(graph, world.keep, world.drop, {"phone": "drop", "name": "drop"})
    kept = fields(graph, world.keep)
    assert (kept["phone"], kept["name"]) == ("+359 2 222 222", "Dom na zhenata")
    assert kept["aliases"] == ["The House", "Дом на жената"]


def test_what_names_it_by_its_id_names_the_kept_one(graph, world):
    merge(graph, world.keep, world.drop)
    assert graph.define("MATCH (i:AgendaItem) RETURN i.proposer AS p")[0]["p"] == world.keep
    assert world.keep in graph.define("MATCH (t:Token) RETURN t.grants AS g")[0]["g"]


def test_undo_restores_exactly(graph, world):
    before = picture(graph)
    made = merge(graph, world.keep, world.drop, {"phone": "drop", "name": "drop"})
    assert picture(graph) != before
    undo(graph, made)
    assert picture(graph) == before
    assert undo(graph, made) == world.keep, "a second call does nothing"
    assert picture(graph) == before
    assert check(graph).faults == []


def test_it_can_be_done_again_after_undo(graph, world):
    undo(graph, merge(graph, world.keep, world.drop))
    before = picture(graph)
    undo(graph, merge(graph, world.drop, world.keep))
    assert picture(graph) == before


def test_the_data_hold_together_after_a_merge(graph, world):
    merge(graph, world.keep, world.drop)
    assert check(graph).faults == []
    entries = [entry for entry in graph.fetch(audit.HISTORY, record=world.keep, limit=5) if entry.verb == "merge"]
    assert len(entries) == 1
    assert {"aliases", "email"} <= set(entries[0].fields)


def test_undo_is_refused_when_one_was_changed_since(graph, world):
    made = merge(graph, world.keep, world.drop)
    change(
        graph,
        ACTOR,
        lambda c: str(records.update(c, graph, ORGANISATION, world.keep, None, {"phone": "+359 2 333 333"})),
    )
    before = picture(graph)
    with pytest.raises(ChangedSinceError) as refused:
        undo(graph, made)
    assert refused.value.records == [fields(graph, world.keep)["ref"]]
    assert picture(graph) == before


def test_undo_is_refused_when_a_moved_link_was_changed_since(graph, world):
    service = world.made["Service", "provider"]
    made = merge(graph, world.keep, world.drop)
    change(
        graph,
        ACTOR,
        lambda c: str(records.update(c, graph, kind_of("Service"), service, None, {}, {"provider": [world.third]})),
    )
    with pytest.raises(ChangedSinceError):
        undo(graph, made)


def test_what_came_since_stays_with_the_kept_one(graph, world):
    made = merge(graph, world.keep, world.drop)
    unit = make(graph, "Unit", {"name": "New"}, {"organisation": [world.keep]})
    undo(graph, made)
    assert [ref["id"] for ref in linked(graph, kind_of("Unit"), kind_of("Unit").link("organisation"), unit)] == [
        world.keep
    ]


def test_an_open_form_of_a_moved_record_is_refused(graph, world):
    service = world.made["Service", "provider"]
    version = fields(graph, service)["version"]
    merge(graph, world.keep, world.drop)
    with pytest.raises(ConflictError):
        change(
            graph,
            ACTOR,
            lambda c: str(
                records.update(c, graph, kind_of("Service"), service, version, {}, {"provider": [world.drop]})
            ),
        )
    with pytest.raises(MissingError):
        change(graph, ACTOR, lambda c: str(records.undo(c, graph, service, fields(graph, service)["version"])))


@pytest.mark.parametrize("which", ["keep", "drop"])
def test_a_change_of_either_meanwhile_is_refused(graph, world, which):
    versions = (fields(graph, world.keep)["version"], fields(graph, world.drop)["version"])
    changed = getattr(world, which)
    change(
        graph, ACTOR, lambda c: str(records.update(c, graph, ORGANISATION, changed, None, {"website": "example.org"}))
    )
    before = picture(graph)
    with pytest.raises(ConflictError) as refused:
        merge(graph, world.keep, world.drop, versions=versions)
    assert refused.value.record == changed
    assert picture(graph) == before


def test_the_same_form_merges_once(graph, world):
    once = Once.bound(ACTOR, "merge", "key", {})
    made: list[str] = []
    threads = [
        threading.Thread(target=lambda: made.append(merge(graph, world.keep, world.drop, once=once))) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 1
    assert len(made) == 3
    assert graph.define("MATCH (m:Merge) RETURN count(m) AS n")[0]["n"] == 1


def test_an_archived_one_cannot_be_merged_nor_brought_back(graph, world):
    merge(graph, world.keep, world.drop)
    for pair in ((world.keep, world.drop), (world.drop, world.third)):
        with pytest.raises(MissingError):
            merge(graph, *pair)
    with pytest.raises(MissingError):
        change(graph, ACTOR, lambda c: str(records.restore(c, ORGANISATION, world.drop)))


def test_a_chain_leads_to_the_last_and_is_undone_from_the_last(graph):
    one, two, three = (organisation(graph, name) for name in ("One", "Two", "Three"))
    first = merge(graph, two, one)
    second = merge(graph, three, two)
    assert merging.both(graph, one)[one].into == three
    with pytest.raises(ChangedSinceError):
        undo(graph, first)
    undo(graph, second)
    assert merging.both(graph, one)[one].into == two


def test_what_ties_the_two_to_each_other_does_not_become_a_tie_to_itself(graph):
    one, two, third = (organisation(graph, name) for name in ("One", "Two", "Third"))
    tie = make(
        graph, "DeclaredTie", {"topic": "works_with", "status": "declared"},
        {"source_organisation": [two], "target_organisation": [one]},
    )  # fmt: skip
    legal = make(graph, "ServiceType", {"name": "Legal", "code": "legal"})
    referral = make(
        graph, "Referral", {"case_ref": "C", "state": "sent", "sent_on": "2026-01-01"},
        {"sender": [one], "receiver": [two], "service": [legal]},
    )  # fmt: skip
    gap = make(
        graph, "Gap", {"key": f"C2:{min(one, two)}:{max(one, two)}", "cls": "C2", "state": "detected", "reasons": "[]"},
        {"source_organisation": [one], "target_organisation": [two]},
    )  # fmt: skip
    before = picture(graph)
    made = merge(graph, one, two)
    assert fields(graph, tie).get("archived_at")
    assert fields(graph, gap).get("archived_at")
    assert not fields(graph, referral).get("archived_at"), "a case that was sent was sent"
    assert all(other != third for _, _, other in tied(graph, one))
    undo(graph, made)
    assert picture(graph) == before


def test_gaps_keep_what_was_decided_under_the_key_of_the_kept_one(graph):
    ids = sorted(organisation(graph, name) for name in ("One", "Two", "Third"))
    drop, third, keep = ids  # the order of the pair turns round
    gap = make(
        graph, "Gap", {"key": f"C6:{drop}:{third}", "cls": "C6", "state": "accepted_risk", "reasons": "[]"},
        {"source_organisation": [third], "target_organisation": [drop]},
    )  # fmt: skip
    twice = make(
        graph, "Gap", {"key": f"C12:{drop}", "cls": "C12", "state": "detected", "reasons": "[]"},
        {"members": [drop]},
    )  # fmt: skip
    make(graph, "Gap", {"key": f"C12:{keep}", "cls": "C12", "state": "detected", "reasons": "[]"}, {"members": [keep]})
    before = picture(graph)
    made = merge(graph, keep, drop)
    assert fields(graph, gap)["key"] == f"C6:{third}:{keep}"
    assert fields(graph, twice)["key"] == f"C12:{drop}"
    assert fields(graph, twice).get("archived_at"), "the kept one has that gap already"
    undo(graph, made)
    assert picture(graph) == before


def test_parts_never_make_a_circle(graph):
    whole_, middle, part = (organisation(graph, name) for name in ("Whole", "Middle", "Part"))
    for inner, outer in ((part, middle), (middle, whole_)):
        change(
            graph,
            ACTOR,
            lambda c, a=inner, b=outer: str(records.update(c, graph, ORGANISATION, a, None, {}, {"parent": [b]})),
        )
    before = picture(graph)
    for keep, drop in ((whole_, part), (part, whole_), (middle, part), (part, middle)):
        made = merge(graph, keep, drop)
        circles = graph.define("MATCH (o:Organisation)-[:PART_OF*1..5]->(o) RETURN count(*) AS n")[0]["n"]
        assert circles == 0
        undo(graph, made)
        assert picture(graph) == before


def test_two_wholes_are_a_choice(graph):
    one, two, a, b = (organisation(graph, name) for name in ("One", "Two", "A", "B"))
    for inner, outer in ((one, a), (two, b)):
        change(
            graph,
            ACTOR,
            lambda c, x=inner, y=outer: str(records.update(c, graph, ORGANISATION, x, None, {}, {"parent": [y]})),
        )
    before = picture(graph)
    for choices, parent in (({}, a), ({"parent": "drop"}, b)):
        made = merge(graph, one, two, choices)
        link = ORGANISATION.link("parent")
        assert [ref["id"] for ref in linked(graph, ORGANISATION, link, one)] == [parent]
        undo(graph, made)
        assert picture(graph) == before


def test_flags_are_careful(graph):
    one = organisation(graph, "One", publish=True)
    two = organisation(graph, "Two", protected=True, do_not_contact=True, valid_to="2026-01-01")
    merge(graph, one, two)
    kept = fields(graph, one)
    assert (kept["publish"], kept["protected"], kept["do_not_contact"]) == (False, True, True)
    assert "valid_to" not in kept, "the end of one record is not the end of the organisation"


def test_told_apart_stays_told_apart(graph):
    one, two, three = (organisation(graph, name) for name in ("Дом", "Dom", "Dom 2"))
    change(graph, ACTOR, lambda c: merging.dismiss(c, one, two) or one)
    change(graph, ACTOR, lambda c: merging.dismiss(c, two, one) or one)
    apart = merging.candidates(graph, "en")[1]
    assert [({each.a, each.b}, each.at is not None) for each in apart] == [({one, two}, True)]
    made = merge(graph, three, two)
    assert [{each.a, each.b} for each in merging.candidates(graph, "en")[1]] == [{one, three}], "also after a merge"
    undo(graph, made)
    change(graph, ACTOR, lambda c: merging.propose_again(c, one, two) or one)
    assert merging.candidates(graph, "en")[1] == []
