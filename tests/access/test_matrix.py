"""Every route x method x person x record: the app does what the table of rights says, and a refusal changes nothing.

Generated from `url_map`, from what each view declared with `@allow`, and from the table: a new route is covered as it lands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from graphdb.catalogue import KINDS, Kind, kind_of
from graphdb.connection import Graph
from graphdb.digest import digest
from graphdb.settings import Settings
from tests.access.filling import NOBODYS, filling, need_for
from tests.access.people import NOBODY, PRINCIPALS, Principal, expected, principal, principals
from tests.access.world import STATES, World, build
from tests.conftest import wipe
from web import create_app
from web.access import Need

MISSING = "01JZZZZZZZZZZZZZZZZZZZZZZZ"
STATUS = {"denied": {403}, "secret": {404}, "missing": {404}, "ask": {302, 401}}
# Views that are stricter than their row of the table, with the reason.
STRICTER = {"gaps.cell": "leaders, mentors and supervisors read the cells of their own places"}
CANARY = re.compile(r"zq[0-9a-f]{14}")
RENDERED = {"Organisation", "Person"}
OLD_FORM = b"This form had grown old"
COUNTED: Counter[str] = Counter()


@dataclass
class Scene:
    app: Flask
    graph: Graph
    world: World
    people: dict[str, Principal]


@dataclass(frozen=True)
class Cell:
    who: Principal
    method: str
    url: str
    said: str
    about: str
    endpoint: str


@pytest.fixture(scope="module")
def scene(migrated: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    wipe(migrated)
    world = build(migrated)
    app = create_app(Settings.from_env({"MREZHA_HOME": str(tmp_path_factory.mktemp("home"))}), migrated)
    yield Scene(app, migrated, world, principals(app, migrated, world))
    print(f"\naccess matrix: {sum(COUNTED.values())} cells, {dict(sorted(COUNTED.items()))}")
    wipe(migrated)


def routes() -> dict[str, Rule]:
    """Every rule with its methods, by a name for the report."""
    app = create_app(Settings.from_env({"MREZHA_HOME": "/tmp/mrezha-routes"}), _no_graph())
    return {f"{rule.endpoint} {rule.rule}": rule for rule in app.url_map.iter_rules()}


def _no_graph() -> Graph:
    return Graph(lambda: pytest.fail("no statement runs while routes are counted"))


ROUTES = routes()


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_the_table_holds(name: str, scene: Scene) -> None:
    rule = next(rule for rule in scene.app.url_map.iter_rules() if f"{rule.endpoint} {rule.rule}" == name)
    need = need_for(scene.app, rule.endpoint)
    for nobody in NOBODY:
        scene.people[nobody] = principal(scene.app, scene.graph, scene.world, nobody)  # a browser of its own
    cells = list(cells_of(scene, rule, need))
    assert cells, "a route nobody can call"
    refused = [cell for cell in cells if cell.said != "allowed"]
    before = digest(scene.graph) if refused else ""
    wrong = [fault for cell in refused if (fault := refusal_fault(scene, cell))]
    if refused:
        assert digest(scene.graph) == before, "a refused call changed something"
    for cell in cells:
        if cell.said == "allowed" and (fault := allowance_fault(scene, cell, need)):
            wrong.append(fault)
    COUNTED.update(cell.said for cell in cells)
    assert not wrong, "\n".join(wrong[:20])


def cells_of(scene: Scene, rule: Rule, need: Need) -> Iterator[Cell]:
    """All calls of one rule."""
    methods = sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    kinds: list[Kind | None] = [kind for kind in KINDS if kind.plain] if "slug" in rule.arguments else [None]
    if need.label:
        kinds = [kind_of(need.label)]
    for who in scene.people.values():
        for kind in kinds:
            for state, record in records_of(scene.world, kind, need):
                said = expected(who, need, kind, record, scene.world)
                url = address(scene, rule, need, kind, record, who)
                if said == "allowed" and kind and not worth(who, kind, state):
                    continue
                for method in methods:
                    yield Cell(who, method, url, said, f"{kind.label if kind else ''} {state}", rule.endpoint)


def worth(who: Principal, kind: Kind, state: str) -> bool:
    """Allowed pages cost a second each: all states of these kinds, one of the others for the two who may most."""
    return kind.label in RENDERED or not kind.plain or (who.name in {"partner", "coordinator"} and state in {"", "own"})


def records_of(world: World, kind: Kind | None, need: Need) -> list[tuple[str, str]]:
    """The states of the record a route names; one empty state where it names none."""
    if kind is None or not need.record:
        return [("", "")]
    return [*((state, world.records[kind.label, state]) for state in STATES), ("missing", MISSING)]


def address(scene: Scene, rule: Rule, need: Need, kind: Kind | None, record: str, who: Principal) -> str:
    values: dict[str, str] = {}
    for argument in rule.arguments:
        if argument == need.record and record:
            values[argument] = record
        elif argument == "slug" and kind:
            values[argument] = kind.slug
        else:
            values[argument] = filling(rule.endpoint, argument)(scene.graph, scene.world, who)
    with scene.app.test_request_context():
        return scene.app.url_map.bind("localhost").build(
            rule.endpoint, values, rule.methods and sorted(rule.methods)[0]
        )


def ask(cell: Cell) -> TestResponse:
    data = {"csrf_token": cell.who.token} if cell.method != "GET" else None
    return cell.who.client.open(cell.url, method=cell.method, data=data, headers={"Accept": "text/html"})


def refusal_fault(scene: Scene, cell: Cell) -> str:
    answer = ask(cell)
    body = answer.get_data(as_text=True)
    about = f"{cell.who.name} {cell.method} {cell.url} ({cell.about}): {answer.status_code}, table says {cell.said}"
    if answer.status_code not in STATUS[cell.said]:
        return about
    if cell.said == "ask" and (answer.status_code == 302) != (cell.method == "GET"):
        return about
    if leaked := [scene.world.canaries[word] for word in CANARY.findall(body) if shown(scene, cell, word)]:
        return f"{about}, and shows {leaked[:3]}"
    return ""


def shown(scene: Scene, cell: Cell, word: str) -> bool:
    """Whether a word gives something away: what was in the address was known before."""
    return word in scene.world.canaries and word not in cell.url


def allowance_fault(scene: Scene, cell: Cell, need: Need) -> str:
    if need.noun == "public" and cell.method != "GET" and cell.who.known:
        return ""  # signing out and the like; anonymous ones are asked
    answer = ask(cell)
    if answer.status_code == 503:
        answer = ask(cell)  # a plan made for the first time, on a busy machine
    assert OLD_FORM not in answer.get_data(), "the token held, so the table was asked"
    answer.close()
    if cell.method != "GET":
        settle(scene, cell)
    named_in_form = cell.method != "GET" and not need.record
    found = need.noun != "public" and "archived" not in cell.about and not named_in_form and NOBODYS not in cell.url
    bad = {401, 403, *((404,) if found else ())}
    if answer.status_code in bad or answer.status_code >= 500:
        if cell.endpoint in STRICTER and answer.status_code < 500:
            return ""
        return f"{cell.who.name} {cell.method} {cell.url} ({cell.about}): {answer.status_code}, table says allowed"
    return ""


def settle(scene: Scene, cell: Cell) -> None:
    """After a call that may change something: archived is what was archived."""
    archived = [record for (_, state), record in scene.world.records.items() if state == "archived"]
    scene.graph.define("MATCH (n:Record) WHERE NOT n.id IN $ids REMOVE n.archived_at", ids=archived)
    scene.graph.define(
        "MATCH (n:Record) WHERE n.id IN $ids AND n.archived_at IS NULL SET n.archived_at = datetime()", ids=archived
    )


def test_everybody_is_asked() -> None:
    assert len(PRINCIPALS) == 10
    assert len(ROUTES) > 25
