"""The starting vocabularies: whole in every language, loaded once, and nothing else with them."""

from __future__ import annotations

import csv
import os
from contextlib import contextmanager
from pathlib import Path

import pytest

from graphdb import records
from graphdb.actors import OWNER, Actor
from graphdb.catalogue import KINDS, kind_of
from graphdb.connection import Graph
from graphdb.records import Listing
from graphdb.writes import change
from seed.vocabulary import GROUPS, SERVICE_TYPES, Loaded, load_vocabulary

GLOSSARY = Path(os.environ.get("MREZHA_SHARED", Path(__file__).parents[2].parent / "shared")) / "domain/glossary.csv"
ACTOR = Actor("test", "command")


def test_two_levels_and_every_language() -> None:
    for entries in (SERVICE_TYPES, GROUPS):
        tops = {entry.code for entry in entries if not entry.parent}
        assert len({entry.code for entry in entries}) == len(entries)
        assert {entry.parent for entry in entries if entry.parent} <= tops, "two levels, no third"
        assert all(
            (entry.en, entry.bg, entry.lv, entry.sr) and all((entry.en, entry.bg, entry.lv, entry.sr))
            for entry in entries
        )
    assert {entry.parent for entry in SERVICE_TYPES if entry.parent} == {e.code for e in SERVICE_TYPES if not e.parent}


@pytest.mark.skipif(not GLOSSARY.exists(), reason="the glossary is not beside this copy")
def test_the_words_are_those_of_the_glossary() -> None:
    words = {row["en"]: row for row in csv.DictReader(GLOSSARY.read_text("utf-8").splitlines())}
    said = 0
    for entry in SERVICE_TYPES:
        if row := words.get(entry.en.lower()):
            said += 1
            assert [text.lower() for text in (entry.bg, entry.lv, entry.sr)] == [
                row[key].lower() for key in ("bg", "lv", "sr_Latn")
            ]
    assert said >= 10


def test_loading_into_an_own_network_makes_the_words_and_nothing_else(graph: Graph) -> None:
    assert load_vocabulary(graph, ACTOR) == Loaded(len(SERVICE_TYPES), len(GROUPS))
    for kind in KINDS:
        wanted = {"ServiceType": len(SERVICE_TYPES), "PopulationGroup": len(GROUPS)}.get(kind.label, 0)
        assert records.count(graph, kind, Listing(), OWNER) == wanted, kind.label
    assert load_vocabulary(graph, ACTOR) == Loaded(0, 0)


def test_what_a_network_already_has_is_kept(graph: Graph) -> None:
    own = {"name": "Our health care", "code": "health"}
    kept = change(graph, ACTOR, lambda c: records.create(c, graph, kind_of("ServiceType"), own))
    assert load_vocabulary(graph, ACTOR).types == len(SERVICE_TYPES) - 1
    view = records.show(graph, kind_of("ServiceType"), kept, OWNER)
    assert view
    assert view.fields["name"] == "Our health care"
    below = graph.define("MATCH (:ServiceType {id: $id})<-[:BROADER]-(n) RETURN count(n) AS n", id=kept)
    assert below[0]["n"] == 4


def test_the_command(app, graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def database():
        yield graph

    monkeypatch.setattr("web.commands.seed.database", database)
    ran = app.test_cli_runner().invoke(args=["seed", "vocabulary"])
    assert ran.exit_code == 0
    assert "33 service types and 9 target groups" in ran.output
