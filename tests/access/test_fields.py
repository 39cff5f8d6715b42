"""Field matrix: no field of a class a role may not read appears in any page, search, count, export, map or error.

Every field of every record holds a canary; each role reads all it can reach. A canary that shows up must be one that the
table of rights, as it is restated in `may_read`, gives to this role for that record and field.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator

import pytest
from werkzeug.test import TestResponse

from graphdb.catalogue import KINDS, Class, kind_of
from graphdb.connection import Graph
from graphdb.digest import digest
from graphdb.records.text import shown_if
from graphdb.settings import Settings
from tests.access.filling import need_for
from tests.access.people import PRINCIPALS, Principal, principals, stands
from tests.access.test_matrix import CANARY, ROUTES, Scene, address
from tests.access.world import STATES, World, build
from tests.conftest import wipe
from web import create_app
from web.access import CONTACTS, SECRET, TABLE

INVITING = "/settings/invite"  # where an administrator picks a person by the pseudonym
MATTERS = {"issue": "CommunityIssue", "campaign": "Campaign", "mediation": "Mediation"}
CELLS: Counter[str] = Counter()


@pytest.fixture(scope="module")
def scene(migrated: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    wipe(migrated)
    world = build(migrated)
    app = create_app(Settings.from_env({"MREZHA_HOME": str(tmp_path_factory.mktemp("fields"))}), migrated)
    yield Scene(app, migrated, world, principals(app, migrated, world))
    print(f"\nfield matrix: {sum(CELLS.values())} cells (role x kind x state x field), {dict(CELLS)}")
    wipe(migrated)


@pytest.mark.parametrize("role", PRINCIPALS)
def test_nothing_shows_that_may_not(role: str, scene: Scene) -> None:
    who, leaks, read = scene.people[role], set[tuple[str, str, str, str]](), set[str]()
    urls = list(addresses(scene, who))  # some make a job to be looked at
    before = digest(scene.graph)
    for url in urls:
        answer = who.client.get(url, headers={"Accept": "text/html"})
        if answer.status_code == 503:
            answer = who.client.get(url, headers={"Accept": "text/html"})
        assert answer.status_code < 500, f"{role} {url}: {answer.status_code}"
        given = set(CANARY.findall(url.partition("?")[0]))  # a key in the path was known before
        for word in set(CANARY.findall(text_of(answer))) & set(scene.world.canaries) - given:
            read.add(word)
            about = scene.world.canaries[word]
            picked = url == INVITING and about[0] == "Person" and about[2] == "alias"
            if not picked and not may_read(who, scene.world, *about):
                leaks.add((*scene.world.canaries[word], re.sub(r"01[0-9A-Z]{24}", "…", url)))
    CELLS["shown"] += len(read)
    CELLS["not shown"] += len(scene.world.canaries) - len(read)
    assert digest(scene.graph) == before
    assert not leaks, "\n".join(map(str, sorted(leaks)[:30]))
    assert not read or role not in {"anonymous", "locked", "ended"}
    if role == "coordinator":
        assert len(read) > 100, "the canaries of what may be read are found"


def addresses(scene: Scene, who: Principal) -> Iterator[str]:
    """Every GET with every record of every kind, lists and exports searched and sorted; each once."""
    for name in sorted(ROUTES):
        rule = next(rule for rule in scene.app.url_map.iter_rules() if f"{rule.endpoint} {rule.rule}" == name)
        need = need_for(scene.app, rule.endpoint)
        if "GET" not in (rule.methods or ()) or rule.endpoint.endswith("static"):
            continue
        kinds = [kind_of(need.label)] if need.label else [None]
        if "slug" in rule.arguments:
            kinds = [kind for kind in KINDS if kind.plain]
        for kind in kinds:
            records = [scene.world.records[kind.label, state] for state in STATES] if kind and need.record else [""]
            if kind and kind.label == "Person" and need.record:
                records += scene.world.people.values()
            for record in records:
                url = address(scene, rule, need, kind, record, who)
                yield url
                if not record and rule.endpoint.endswith("index"):
                    yield f"{url}?format=csv"
                if rule.endpoint == "records.index" and kind and kind.label in {"Person", "Organisation", "Place"}:
                    yield f"{url}?format=xlsx"
                    yield from (f"{url}?search={word}&q={word}" for word in protected(scene.world, kind.label))
    for word in protected(scene.world, "Person"):
        yield f"/search?q={word}"


def protected(world: World, label: str) -> list[str]:
    """Canaries of masked fields: a search for one must not tell that it exists."""
    return [
        word
        for word, (owner, state, name) in world.canaries.items()
        if owner == label and state in {"other", "leader"} and name in {"name", "name_bg", "code", "address", "phone"}
    ]


def unpacked(answer: TestResponse) -> str:
    """All text of an answer; files that are packed are opened."""
    raw = answer.get_data()
    answer.close()
    if raw.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(raw)) as book:
            raw = b"".join(book.read(name) for name in book.namelist())
    return raw.decode("utf-8", "replace")


def text_of(answer: TestResponse) -> str:
    """All text of an answer, but for what was only asked (a search box repeats the search)."""
    text = unpacked(answer)
    if 300 <= answer.status_code < 400:  # it may name the address asked for, to come back to
        text = re.sub("|".join(CANARY.findall(answer.request.url)) or "(?!)", "", text)
    for asked in re.findall(r"(?:search|q)=(\w+)", answer.request.query_string.decode() if answer.request else ""):
        text = re.sub(rf"(value=\"|(?:search|q)=|“|&#34;|<b>|<i>|<em>){asked}", "", text)
    return text


def may_read(who: Principal, world: World, label: str, state: str, field: str) -> bool:
    """rights.md, restated for one field of one record."""
    kind = kind_of(label)
    record = world.people[state] if state in world.people else world.records[label, state]
    declared = kind.field(field)
    noun = {"Contact": "mentoring_note"}.get(label, kind.noun)
    if (label, field) == ("Mentorship", "goals"):
        noun = "mentoring_note"
    row = TABLE.get((noun, "read"), {})
    relations = {row[role] for role in who.roles if role in row}
    if not relations:
        return False
    leaders = state.startswith("leader") and field not in {"alias", "role_class", "languages"}
    if label == "Person" and (declared.cls == Class.CONTACT or leaders):
        return may_see_person(who, world, record, state)
    if label != "Person" and shown_if(kind, field) != "true" and state == "other":
        return "coordinator" in who.roles or record in who.organisations
    if noun in SECRET:
        return stands_secret(who, world, label, record, relations)
    return stands(who, kind, record, relations, world)


def stands_secret(who: Principal, world: World, label: str, record: str, relations: set[str]) -> bool:
    """A note belongs to those of its pair, a step to those of its conference, or of its community matter; an institution
    reads the step that touched it."""
    if label == "Contact":
        label, record = "Mentorship", world.links[record]["pair"][0]
    if label == "CaseStep":
        label, record = "CaseConference", world.links[record]["conference"][0]
    if label == "Training" and enrolled(who, world, record):
        return True
    if label == "CommunityStep":
        links = world.links[record]
        touched = "party" in relations and bool(who.organisations & set(links["organisations"]))
        return touched or any(
            stands(who, kind_of(matter), links[name][0], relations - {"party"}, world)
            for name, matter in MATTERS.items()
        )
    return stands(who, kind_of(label), record, relations, world)


def enrolled(who: Principal, world: World, training: str) -> bool:
    """Whether somebody takes part in a training: then it is their own."""
    parts = [world.links[world.records["Enrolment", state]] for state in STATES]
    return any(part["training"] == [training] and part["person"] == [who.person] for part in parts)


def may_see_person(who: Principal, world: World, record: str, state: str) -> bool:
    """Name and contact of a person: rights.md, contact person and leader's name."""
    pair = set(
        world.links[world.records["Mentorship", "own"]]["mentor"]
        + world.links[world.records["Mentorship", "own"]]["leader"]
    )
    if record == who.person or (who.person in pair and record in pair):
        return True
    if state.startswith("leader"):
        return bool(who.programmes & set(world.links[record].get("programme", ())))
    if "supervisor" in who.roles and who.programmes & set(world.links[record].get("programme", ())):
        return True
    scopes = {CONTACTS[role] for role in who.roles}
    return "all" in scopes or bool((who.organisations | shared_with(who, world)) & world.employers(record))


def shared_with(who: Principal, world: World) -> set[str]:
    """Organisations whose contact persons a rule in force lets somebody see: those of the world are, but the archived."""
    rules = [world.links[world.records["SharingRule", state]] for state in STATES if state != "archived"]
    return {one for rule in rules if who.organisations & set(rule["target"]) for one in rule["source"]}
