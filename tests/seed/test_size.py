"""The generated network: its shape by numbers, and a small one in a real Neo4j."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphdb import audit, records
from graphdb.actors import OWNER, Actor
from graphdb.catalogue import kind_of
from graphdb.connection import Graph
from graphdb.records import Listing, checked
from graphdb.tokens import read_case_reference
from graphdb.writes import change
from seed import network, size

DAY = date(2026, 3, 18)


@settings(max_examples=30)
@given(st.integers(1, 400))
def test_ties_are_different_and_never_to_oneself(n: int) -> None:
    drawn = network.draw(n)
    assert len(drawn.communities) == n
    assert (drawn.sources != drawn.targets).all()
    assert len(np.unique(drawn.sources * n + drawn.targets)) == len(drawn.sources)
    assert len(drawn.sources) == n * min(network.TIES_EACH, (n - 1) // 4)
    assert (np.concatenate((drawn.sources, drawn.targets, [0])) < n).all()


def test_communities_and_hubs_are_planted() -> None:
    drawn = network.draw(2000)
    inside = (drawn.communities[drawn.sources] == drawn.communities[drawn.targets]).mean()
    assert len(np.unique(drawn.communities)) == 10
    assert inside > 0.6, "by chance it would be one in ten"
    degrees = np.bincount(drawn.sources, minlength=2000) + np.bincount(drawn.targets, minlength=2000)
    assert degrees.max() > 5 * np.median(degrees)


def test_the_same_number_draws_the_same_network() -> None:
    one, other = network.draw(300), network.draw(300)
    assert (one.sources == other.sources).all()
    assert (one.targets == other.targets).all()


def test_a_small_one_is_stored_whole(graph: Graph) -> None:
    said: list[str] = []
    drawn = size.make(graph, 30, DAY, said.append)
    ties = len(drawn.sources)
    counts = {
        label: records.count(graph, kind_of(label), Listing(), OWNER)
        for label in ("Organisation", "Service", "Referral", "DeclaredTie", "Place", "ServiceType")
    }
    assert counts["Organisation"] == 30
    assert counts["Service"] == 180
    assert counts["Referral"] + counts["DeclaredTie"] == ties == 30 * 7
    assert counts["Place"] == 2
    assert any("a second" in line for line in said)
    assert audit.first_break(graph) is None


def test_what_is_stored_directly_is_what_the_catalogue_takes(graph: Graph) -> None:
    size.make(graph, 12, DAY, lambda _: None)
    for label in ("Referral", "DeclaredTie"):
        kind = kind_of(label)
        tie = "SENT" if label == "Referral" else "TIE_FROM"
        rows = graph.define(f"MATCH (n:{label}) RETURN properties(n) AS p, COUNT {{ (n)-[:{tie}]-() }} AS ends")
        assert rows
        for row in rows:
            stored = row["p"]
            values = {name: value for name, value in stored.items() if name in kind.field_names()}
            values = {name: getattr(value, "to_native", lambda v=value: v)() for name, value in values.items()}
            assert checked(kind, values) == values
            assert {"id", "version", "created_at", "changed_at", "by"} <= set(stored)
            assert row["ends"] == 1
            assert label != "Referral" or read_case_reference(stored["case_ref"]) == stored["case_ref"]


def test_new_records_go_on_counting_after_it(graph: Graph) -> None:
    drawn = size.make(graph, 12, DAY, lambda _: None)
    ends = [size.number("3", 0), size.number("3", 1)]
    links = {"source_organisation": [ends[0]], "target_organisation": [ends[1]]}
    values = {"topic": "informs", "status": "declared"}
    made = change(graph, Actor("test"), lambda c: records.create(c, graph, kind_of("DeclaredTie"), values, links))
    view = records.show(graph, kind_of("DeclaredTie"), made, OWNER)
    assert view
    assert view.ref == f"TIE-{len(drawn.sources[1::2]) + 1:04d}"


def test_a_graph_in_use_is_refused(graph: Graph) -> None:
    change(graph, Actor("test"), lambda c: records.create(c, graph, kind_of("Place"), {"name": "P", "level": "region"}))
    with pytest.raises(size.NotEmptyError, match="Nothing was changed"):
        size.make(graph, 5, DAY, lambda _: None)
