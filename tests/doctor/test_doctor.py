"""The doctor finds what makes an installation unsound, the check what makes data unsound."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from graphdb.connection import Graph
from graphdb.settings import Settings
from graphdb.vault import Vault
from tests.access.world import World, build
from web.checking import check
from web.commands.backup import last_backup
from web.commands.doctor import inside, outside


def bad(found: list, level: str = "bad") -> str:
    return " ".join(finding.text for finding in found if finding.level == level)


def seen(tmp_path: Path, debug: bool = False, **env: str) -> list:
    Vault.at(tmp_path)
    return outside(Settings.from_env({"MREZHA_HOME": str(tmp_path), **env}), debug=debug)


def test_a_fresh_home_is_sound_but_for_its_backup(tmp_path: Path) -> None:
    found = seen(tmp_path)
    assert not bad(found)
    assert "No backup" in bad(found, "note")


def test_open_keys(tmp_path: Path) -> None:
    Vault.at(tmp_path)
    (tmp_path / "keys" / "master.key").chmod(0o644)
    found = outside(Settings.from_env({"MREZHA_HOME": str(tmp_path)}), debug=False)
    assert "master.key" in bad(found)


@pytest.mark.parametrize(
    ("env", "said"),
    [
        ({"MREZHA_HOST": "0.0.0.0"}, "without encryption"),
        ({"NEO4J_URI": "bolt://db.example.org", "NEO4J_PASSWORD": "long and random"}, "not encrypted"),
        ({"NEO4J_URI": "bolt+s://db.example.org", "NEO4J_PASSWORD": "neo4j"}, "default"),
    ],
)
def test_ways_to_be_unsound(env: dict[str, str], said: str, tmp_path: Path) -> None:
    assert said in bad(seen(tmp_path, **env))


def test_debugging(tmp_path: Path) -> None:
    assert "Debugging" in bad(seen(tmp_path, debug=True))


def test_the_age_of_backups(tmp_path: Path) -> None:
    last_backup(tmp_path).write_text((datetime.now(UTC) - timedelta(days=9)).isoformat(), "utf-8")
    assert "9 days" in bad(seen(tmp_path), "note")


def test_the_trail_and_the_version(graph: Graph) -> None:
    build(graph)
    assert not bad(inside(graph))
    graph.define("MATCH (e:AuditEntry) WITH e ORDER BY e.n LIMIT 1 SET e.actor = 'somebody else'")
    assert "entry 1" in bad(inside(graph))


@pytest.fixture
def world(graph: Graph) -> World:
    return build(graph)


def test_a_sound_network_has_no_fault(graph: Graph, world: World) -> None:
    report = check(graph)
    assert report.records == len(world.records) + len(world.people)
    assert not [fault for fault in report.faults if "no note may hold" not in fault]


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("MATCH (c:Contact) WITH c LIMIT 1 SET c.note = 'in plain words'", "plain words"),
        ("MATCH (s:Service)<-[r:PROVIDES]-() WITH r LIMIT 1 DELETE r", "reference"),
        ("MATCH (o:Organisation) WITH o LIMIT 1 REMOVE o.kind", "is empty"),
        ("MATCH (e:AuditEntry) WITH e ORDER BY e.n DESC LIMIT 1 DELETE e", "audit trail"),
        ("MATCH (c:Contact), (d:Contact) WHERE c.id < d.id WITH c, d LIMIT 1 SET c.note = d.note", "protected text"),
        ("MATCH (o:Organisation) WITH o LIMIT 1 SET o.ref = null", ""),
        ("CREATE (:Setting {key: 'restoring'})", "broke off"),
    ],
)
def test_each_harm_is_found(harm: str, said: str, graph: Graph, world: World) -> None:
    before = check(graph).faults
    graph.define(harm)
    new = [fault for fault in check(graph).faults if fault not in before]
    assert (not said and not new) or any(said in fault for fault in new)


def test_an_erased_subject_that_is_still_here(graph: Graph, world: World) -> None:
    pair = world.records["Mentorship", "other"]
    graph.vault.erase(pair)
    assert any("was erased" in fault for fault in check(graph).faults)
