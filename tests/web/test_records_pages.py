"""Pages of plain records, through the door a browser uses."""

from __future__ import annotations

import re

from graphdb import records
from graphdb.actors import OWNER
from graphdb.catalogue import KINDS, kind_of
from graphdb.connection import METER, Meter
from graphdb.records import Listing


def kit(made):
    """Address of the record in the kit, whatever page of its own it has."""
    return f"/records/organisations/{made.location.rsplit('/', 1)[1]}"


PLAIN = [kind for kind in KINDS if kind.plain]


def test_every_plain_kind_has_a_list_and_a_form(sign_in):
    coordinator = sign_in("coordinator")
    for kind in PLAIN:
        for url in (f"/records/{kind.slug}", f"/records/{kind.slug}/new"):
            answer = coordinator.get(url)
            assert answer.status_code == 200, url


def test_a_partner_is_added_shown_changed_and_taken_back(sign_in, graph):
    coordinator = sign_in("coordinator")
    made = coordinator.post("/records/organisations/new", {"name": "Бежански мост", "kind": "ngo", "key": "k1"})
    assert made.status_code == 303
    page = coordinator.get(made.location)
    assert "Бежански мост" in page.text
    edited = coordinator.post(f"{kit(made)}/edit", {"name": "Bridge", "kind": "ngo", "version": "1", "key": "k2"})
    assert edited.status_code == 303, edited.text
    assert "Bridge" in coordinator.get(made.location).text
    coordinator.post(f"{kit(made)}/undo", {"version": "2"})
    assert "Бежански мост" in coordinator.get(made.location).text


def test_a_rejected_form_keeps_what_was_typed(sign_in, graph):
    coordinator = sign_in("coordinator")
    answer = coordinator.post(
        "/records/organisations/new",
        {"name": "Kept name", "kind": "", "description": "kept too", "website": "javascript:alert(1)"},
    )
    assert answer.status_code == 400
    for kept in ("Kept name", "kept too", "javascript:alert(1)"):
        assert kept in answer.text
    assert records.page(graph, kind_of("Organisation"), Listing(), OWNER).total == 0


def test_several_are_ticked_and_unticked(sign_in, graph):
    coordinator = sign_in("coordinator")
    ids = [coordinator.post("/records/organisations/new", {"name": name, "kind": "ngo", "key": name}).location.rsplit("/", 1)[1] for name in ("Ada", "Bor", "Vit")]  # fmt: skip
    said = {"name": "Together", "budget": "240000", "partners": [ids[2], ids[0]], "key": "p1"}
    made = coordinator.post("/records/projects/new", said).location
    page = coordinator.get(f"{made}/edit").text
    ticks = re.findall(r'type="checkbox" name="partners"[^>]*value="(\w+)"( checked)?', page)
    assert ticks == [(ids[0], " checked"), (ids[2], " checked"), (ids[1], "")], "those chosen stand first"
    assert 'value="240000"' in page
    assert "240,000" in coordinator.get(made).text
    none = coordinator.post(f"{made}/edit", {"name": "Together", "version": "1", "key": "p2"})
    assert none.status_code == 303
    assert " checked" not in coordinator.get(f"{made}/edit").text


def test_the_slower_of_two_sees_both_texts(sign_in):
    coordinator = sign_in("coordinator")
    made = coordinator.post("/records/organisations/new", {"name": "First", "kind": "ngo"})
    coordinator.post(f"{kit(made)}/edit", {"name": "Theirs", "kind": "ngo", "version": "1"})
    answer = coordinator.post(f"{kit(made)}/edit", {"name": "Mine", "kind": "ngo", "version": "1"})
    assert answer.status_code == 409
    assert "Theirs" in answer.text
    assert "Mine" in answer.text
    version = re.search(r'name="version"[^>]*value="(\d+)"', answer.text)[1]
    again = coordinator.post(f"{kit(made)}/edit", {"name": "Mine", "kind": "ngo", "version": version})
    assert again.status_code == 303


def test_lists_come_as_files_without_formulas(sign_in):
    coordinator = sign_in("coordinator")
    coordinator.post("/records/organisations/new", {"name": "=1+1", "kind": "ngo"})
    csv = coordinator.get("/records/organisations?format=csv")
    assert csv.headers["Content-Disposition"].startswith("attachment")
    assert "'=1+1" in csv.text
    assert coordinator.get("/records/organisations?format=xlsx").data[:2] == b"PK"
    assert coordinator.get("/records/organisations?format=exe").status_code == 404


def test_a_page_stays_within_its_statements(sign_in, graph):
    coordinator = sign_in("coordinator")
    for n in range(60):
        coordinator.post("/records/organisations/new", {"name": f"Partner {n:02}", "kind": "ngo", "key": f"key{n}"})
    coordinator.get("/records/organisations")
    meter = Meter()
    token = METER.set(meter)
    try:
        coordinator.get("/records/organisations")
    finally:
        METER.reset(token)
    assert meter.records <= 300
    assert meter.statements <= 1 + 3


def test_a_crafted_address_changes_no_link(sign_in):
    coordinator = sign_in("coordinator")
    page = coordinator.get("/records/organisations?endpoint=x&_external=1&_scheme=javascript&slug=y&format_=z&q=a")
    assert page.status_code == 200
    links = re.findall(r'(?:href|action|src)="([^"]*)"', page.text)
    assert links
    assert all(link.startswith(("/", "#")) and not link.startswith("//") for link in links)


def test_namesakes_are_told_apart(sign_in):
    coordinator = sign_in("coordinator")
    place = coordinator.post("/records/places/new", {"name": "Kamen", "level": "municipality", "key": "p"}).location
    for key in ("a", "b"):
        said = {"name": "Same", "kind": "ngo", "places": [place.rsplit("/", 1)[1]], "key": key}
        assert coordinator.post("/records/organisations/new", said).status_code == 303
    page = coordinator.get(place).text
    assert "Same (ORG-0001)" in page
    assert "Same (ORG-0002)" in page
