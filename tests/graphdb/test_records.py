"""Records of every kind: created, listed, changed, taken back; what a change promises under contention."""

from __future__ import annotations

import threading
from datetime import date

import pytest

from graphdb import audit, records
from graphdb.actors import OWNER, Actor, Viewer
from graphdb.catalogue import kind_of
from graphdb.errors import ConflictError, MissingError, ReusedKeyError
from graphdb.records import Listing, RefusedError
from graphdb.writes import Once, change

ACTOR = Actor("tester", "command")
ORGANISATION, PERSON, EMPLOYMENT = kind_of("Organisation"), kind_of("Person"), kind_of("Employment")


def make(graph, label, values, links=None):
    return change(graph, ACTOR, lambda c: records.create(c, graph, kind_of(label), values, links))


def ngo(graph, name, **more):
    return make(graph, "Organisation", {"name": name, "kind": "ngo", **more})


def test_a_record_is_found_in_both_alphabets(graph):
    ngo(graph, "Дом на жената", name_en="Women's House", aliases="ДЖ")
    for typed in ("дом", "dom na zhenata", "women's", "ДЖ"):
        page = records.page(graph, ORGANISATION, Listing(search=typed), OWNER)
        assert [row.title for row in page.rows] == ["Women's House"], typed


def test_lists_page_without_gaps_or_repeats(graph):
    made = {ngo(graph, f"Partner {n % 5}") for n in range(12)}
    seen, after = [], ("", "")
    while True:
        page = records.page(graph, ORGANISATION, Listing(limit=5, after=after), OWNER)
        seen += [row.id for row in page.rows]
        assert page.total == 12
        if page.next is None:
            break
        after = page.next
    assert len(seen) == 12
    assert set(seen) == made


def test_a_fact_holds_from_its_first_day_to_the_day_before_its_last(graph):
    ngo(graph, "Short", valid_from="2025-01-10", valid_to="2025-02-10")
    ngo(graph, "Undated")

    def names(on):
        return [row.title for row in records.page(graph, ORGANISATION, Listing(as_of=on), OWNER).rows]

    assert names(date(2025, 1, 9)) == ["Undated"]
    assert names(date(2025, 1, 10)) == ["Short", "Undated"]
    assert names(date(2025, 2, 9)) == ["Short", "Undated"]
    assert names(date(2025, 2, 10)) == ["Undated"]


def test_a_change_is_taken_back_whole(graph):
    place = make(graph, "Place", {"name": "Kamen", "level": "municipality"})
    record = make(graph, "Organisation", {"name": "Before", "kind": "ngo"}, {"places": [place]})
    change(
        graph,
        ACTOR,
        lambda c: str(records.update(c, graph, ORGANISATION, record, 1, {"name": "After"}, {"places": []})),
    )
    view = records.show(graph, ORGANISATION, record, OWNER)
    assert (view.fields["name"], view.links["places"], view.version) == ("After", [], 2)
    change(graph, ACTOR, lambda c: str(records.undo(c, graph, record, 2)))
    view = records.show(graph, ORGANISATION, record, OWNER)
    assert (view.fields["name"], [to["id"] for to in view.links["places"]]) == ("Before", [place])
    assert records.page(graph, ORGANISATION, Listing(search="before"), OWNER).total == 1


def test_an_archived_record_leaves_the_lists_and_comes_back(graph):
    record = ngo(graph, "Gone")
    change(graph, ACTOR, lambda c: records.archive(c, ORGANISATION, record, 1) or record)
    assert records.page(graph, ORGANISATION, Listing(), OWNER).total == 0
    assert records.page(graph, ORGANISATION, Listing(archived=True), OWNER).total == 1
    change(graph, ACTOR, lambda c: records.restore(c, ORGANISATION, record) or record)
    assert records.page(graph, ORGANISATION, Listing(), OWNER).total == 1


def test_what_is_wrong_is_said_at_each_field(graph):
    with pytest.raises(RefusedError) as refused:
        make(
            graph,
            "Organisation",
            {"name": " ", "kind": "circus", "website": "javascript:alert(1)", "valid_from": "31.12."},
        )
    assert set(refused.value.problems) == {"name", "kind", "website", "valid_from"}
    assert records.page(graph, ORGANISATION, Listing(), OWNER).total == 0


def test_a_link_to_nothing_is_refused_and_nothing_is_kept(graph):
    with pytest.raises(MissingError):
        make(graph, "Organisation", {"name": "A", "kind": "ngo"}, {"places": ["01XXXX"]})
    assert records.page(graph, ORGANISATION, Listing(), OWNER).total == 0


def test_protected_texts_are_ciphertext_in_the_store(graph):
    person = make(graph, "Person", {"name": "Iva Test", "role_class": "staff", "phone": "+359 2 000 000"})
    raw = graph.define("MATCH (p:Person) RETURN p.phone AS phone, p.fold AS fold, p.fold_private AS private")[0]
    assert "359" not in raw["phone"]
    assert "iva" not in raw["fold"]
    assert records.show(graph, PERSON, person, OWNER).fields["phone"] == "+359 2 000 000"


def test_a_leader_is_a_pseudonym_to_other_organisations(graph):
    leader = make(graph, "Person", {"name": "Secret Name", "alias": "S.", "role_class": "leader"})
    partner = Viewer(account="a", roles=frozenset({"partner"}), contacts="consent")
    page = records.page(graph, PERSON, Listing(), partner)
    assert [row.title for row in page.rows] == ["S."]
    assert records.page(graph, PERSON, Listing(search="secret"), partner).total == 0
    view = records.show(graph, PERSON, leader, partner)
    assert not view.sees
    assert "Secret" not in repr(view)


def test_no_update_is_lost_when_many_write_at_once(graph):
    record = ngo(graph, "Counter", description="0")

    def raise_it():
        for _ in range(10):
            while True:
                view = records.show(graph, ORGANISATION, record, OWNER)
                n = int(view.fields["description"]) + 1
                try:
                    change(
                        graph,
                        ACTOR,
                        lambda c, v=view.version, n=n: str(
                            records.update(c, graph, ORGANISATION, record, v, {"description": str(n)})
                        ),
                    )
                except ConflictError:
                    continue
                break

    threads = [threading.Thread(target=raise_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    view = records.show(graph, ORGANISATION, record, OWNER)
    assert view.fields["description"] == "40"
    assert view.version == 41
    assert audit.first_break(graph) is None


def test_a_form_sent_five_times_at_once_is_saved_once(graph):
    once = Once.bound(ACTOR, "organisation.new", "key-1", {"name": "Double"})
    answers = []

    def send():
        answers.append(
            change(
                graph,
                ACTOR,
                lambda c: records.create(c, graph, ORGANISATION, {"name": "Double", "kind": "ngo"}),
                once=once,
            )
        )

    threads = [threading.Thread(target=send) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 5
    assert len(set(answers)) == 1
    assert records.page(graph, ORGANISATION, Listing(), OWNER).total == 1


def test_a_saved_form_with_other_content_is_not_swallowed(graph):
    change(graph, ACTOR, lambda c: "first", once=Once.bound(ACTOR, "x", "key", {"a": 1}))
    with pytest.raises(ReusedKeyError) as error:
        change(graph, ACTOR, lambda c: "second", once=Once.bound(ACTOR, "x", "key", {"a": 2}))
    assert error.value.result == "first"


def test_a_register_number_belongs_to_one_record(graph):
    ngo(graph, "First", identifiers="BG-EIK:175074752")
    with pytest.raises(RefusedError) as refused:
        ngo(graph, "Second", identifiers="BG-EIK:175074752")
    assert "identifiers" in refused.value.problems


def test_a_tampered_trail_is_found(graph):
    for n in range(5):
        ngo(graph, f"N{n}")
    assert audit.first_break(graph) is None
    graph.define("MATCH (e:AuditEntry {n: 3}) SET e.actor = 'somebody else'")
    assert audit.first_break(graph) == 3


def test_many_are_made_as_one_would_be(graph):
    place = make(graph, "Place", {"name": "Kamen", "level": "municipality"})
    rows = [
        records.New({"name": f"P{n}", "kind": "ngo", "identifiers": [f"XX:{n}"]}, {"places": [place]})
        for n in range(30)
    ]
    change(graph, ACTOR, lambda c: records.create_many(c, graph, ORGANISATION, rows)[0])
    one = ngo(graph, "Q")
    page = records.page(graph, ORGANISATION, Listing(filters={"places": place}), OWNER)
    assert page.total == 30
    assert {row.ref for row in page.rows} == {f"ORG-{n:04d}" for n in range(1, 31)}
    assert records.show(graph, ORGANISATION, one, OWNER).ref == "ORG-0031"
    assert audit.first_break(graph) is None


def test_one_bad_row_among_many_is_named(graph):
    rows = [records.New({"name": "A", "kind": "ngo"}), records.New({"name": "B", "kind": "circus"})]
    with pytest.raises(records.RowRefusedError) as refused:
        change(graph, ACTOR, lambda c: records.create_many(c, graph, ORGANISATION, rows)[0])
    assert refused.value.row == 1
    assert records.page(graph, ORGANISATION, Listing(), OWNER).total == 0
