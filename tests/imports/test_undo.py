"""An import taken back: everything as before, or nothing and the reason."""

from __future__ import annotations

from datetime import date

import pytest

from graphdb import audit, records
from graphdb.actors import OWNER
from graphdb.catalogue import kind_of
from graphdb.errors import MissingError
from graphdb.imports import undoing
from graphdb.imports.undoing import TouchedError
from graphdb.vault import Erased
from graphdb.writes import change
from tests.imports.test_import import FULL
from tests.imports.world import ACTOR, bring, count, digest, network, trapped, workbook

ORGANISATION = kind_of("Organisation")


def make(graph, label, values, links=None):
    return change(graph, ACTOR, lambda c: records.create(c, graph, kind_of(label), values, links))


def one(graph, label, name):
    return graph.define(f"MATCH (n:{label} {{name: $name}}) RETURN n.id AS id", name=name)[0]["id"]


def test_an_import_leaves_nothing_behind(graph):
    make(graph, "Organisation", {"name": "Община Харманли", "kind": "other"})
    make(graph, "Place", {"name": "България", "level": "country", "code": "BG"})
    before = digest(graph)
    report = bring(graph, workbook(**FULL))
    assert digest(graph) != before
    done = undoing.undo(graph, ACTOR, report.import_id)
    assert digest(graph) == before
    assert done.gone == sum(report.written.values()) - report.written["attendance"]
    assert done.restored == 1
    assert audit.first_break(graph) is None
    assert undoing.undo(graph, ACTOR, report.import_id) == undoing.Undone(0, 0)
    assert digest(graph) == before


def test_what_a_later_list_confirmed_is_as_before(graph):
    bring(graph, trapped(), true_as_of=date(2025, 5, 31))
    before = digest(graph)
    later = bring(graph, trapped(rows=320), true_as_of=date(2025, 6, 30))
    assert later.written["services"] > 0
    undoing.undo(graph, ACTOR, later.import_id)
    assert digest(graph) == before


def test_filled_fields_are_empty_again(graph):
    kept = make(graph, "Organisation", {"name": "Дом на жената", "kind": "ngo"})
    report = bring(graph, workbook(**FULL))
    assert records.show(graph, ORGANISATION, kept, OWNER).fields["level"] == "local"
    undoing.undo(graph, ACTOR, report.import_id)
    view = records.show(graph, ORGANISATION, kept, OWNER)
    assert view.fields["level"] is None
    assert not view.links["places"]


@pytest.mark.parametrize("how", ["edited", "archived", "linked", "granted"])
def test_an_import_somebody_has_built_on_stays(graph, how):
    report = bring(graph, *network("id,name\na,First\nb,Second\n", "source,target\na,b\n"))
    first = one(graph, "Organisation", "First")
    if how == "edited":
        change(graph, ACTOR, lambda c: str(records.update(c, graph, ORGANISATION, first, 1, {"level": "local"})))
    elif how == "archived":
        change(graph, ACTOR, lambda c: records.archive(c, ORGANISATION, first) or first)
    elif how == "linked":
        make(graph, "Unit", {"name": "Office"}, {"organisation": [first]})
    else:
        graph.define("MATCH (o:Organisation {id: $id}) CREATE (:RoleGrant {id: 'x'})-[:IN]->(o)", id=first)
    before = digest(graph)
    with pytest.raises(TouchedError) as refused:
        undoing.undo(graph, ACTOR, report.import_id)
    assert [touch.id for touch in refused.value.touches] == [first]
    assert refused.value.touches[0].why == ("linked" if how in {"linked", "granted"} else "edited")
    assert digest(graph) == before


def test_a_gap_that_a_rule_found_is_no_touch(graph):
    report = bring(graph, trapped())
    place, type_ = one(graph, "Place", "Lebanon"), one(graph, "ServiceType", "Other")
    links = {"place": [place], "service": [type_]}
    gap = make(graph, "Gap", {"key": "k", "cls": "absent", "state": "detected"}, links)
    decided = make(graph, "Gap", {"key": "l", "cls": "absent", "state": "confirmed"}, links)
    with pytest.raises(TouchedError):
        undoing.undo(graph, ACTOR, report.import_id)
    graph.define("MATCH (g:Gap {id: $id}) DETACH DELETE g", id=decided)
    undoing.undo(graph, ACTOR, report.import_id)
    assert count(graph, "Record") == 0, gap


def test_keys_of_people_are_gone_too(graph):
    report = bring(graph, workbook(**FULL))
    person = graph.define("MATCH (p:Person) RETURN p.id AS id")[0]["id"]
    undoing.undo(graph, ACTOR, report.import_id)
    with pytest.raises(Erased):
        graph.vault.keys.unwrap(person)


def test_an_undo_in_pieces_ends_empty(graph, monkeypatch):
    monkeypatch.setattr(undoing, "PIECE", 50)
    before = digest(graph)
    report = bring(graph, trapped(), complete=True)
    done = undoing.undo(graph, ACTOR, report.import_id)
    assert done.gone == sum(report.written.values())
    assert digest(graph) == before


def test_an_unknown_import(graph):
    with pytest.raises(MissingError):
        undoing.undo(graph, ACTOR, "nothing")
