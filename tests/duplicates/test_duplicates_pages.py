"""The pages of duplicates: reached by who may, few statements, one form merges once, a stale form is refused in words."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest

from graphdb import merging, records
from graphdb.catalogue import kind_of
from graphdb.connection import METER, Meter
from graphdb.writes import change
from tests.duplicates.world import ACTOR, make, organisation

LIST = "/partners/duplicates"


@pytest.fixture
def net(graph):
    one = organisation(graph, "Дом на жената", phone="+359 2 111 111")
    two = organisation(graph, "Dom na zhenata", phone="+359 2 222 222", email="a@example.org")
    organisation(graph, "Somebody else")
    legal = make(graph, "ServiceType", {"name": "Legal aid", "code": "legal"})
    place = make(graph, "Place", {"name": "Kamen", "level": "municipality"})
    service = make(
        graph, "Service", {"name": "Law", "status": "active"}, {"provider": [two], "type": [legal], "areas": [place]}
    )
    return SimpleNamespace(one=one, two=two, service=service, url=f"{LIST}/{one}/{two}")


@pytest.fixture
def coordinator(sign_in):
    return sign_in("coordinator")


def form_of(page):
    """What the form of a pair sends as it stands."""
    hidden = dict(re.findall(r'<input type="hidden" name="(key|keep|drop)" value="([^"]*)"', page))
    checked = re.findall(r'name="(take-\w+)" value="(\w+)" [^>]*checked', page)
    return hidden | dict(checked)


def test_the_list_says_who_is_in_twice_and_why(coordinator, net):
    text = coordinator.get(LIST).text
    assert "Which partners are in twice?" in text
    assert "1 pair among 3 partners" in text
    assert "the same in another alphabet" in text
    assert f"{LIST}/{net.two}/{net.one}" in text, "the one with a service is proposed to stay"


def test_a_pair_is_shown_side_by_side(coordinator, net):
    text = coordinator.get(net.url).text
    for said in (
        "One organisation or two?",
        "+359 2 111 111",
        "+359 2 222 222",
        "a@example.org",
        "Services 1",
        "1 service",
    ):
        assert said in text, said
    assert form_of(text)["take-phone"] == "keep"


def test_the_pages_take_few_statements(coordinator, net, graph):
    for url in (LIST, net.url):
        coordinator.get(url)
        change(graph, ACTOR, lambda c: merging.propose_again(c, net.one, net.two) or "")  # now nothing kept holds
        METER.set(meter := Meter())
        assert coordinator.get(url).status_code == 200
        assert meter.statements <= 4, "three, and the session's"
        assert meter.records <= 300
        METER.set(None)


def test_a_merge_by_its_form(coordinator, sign_in, net, graph):
    form = form_of(coordinator.get(net.url).text) | {"take-phone": "drop"}
    answers = [coordinator.post(net.url, form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location, "the second send of one form answers like the first"
    assert graph.define("MATCH (m:Merge) RETURN count(m) AS n")[0]["n"] == 1
    kept = graph.define("MATCH (o:Organisation {id: $id}) RETURN o.phone AS phone, o.aliases AS aliases", id=net.one)[0]
    assert kept == {"phone": "+359 2 222 222", "aliases": ["Dom na zhenata"]}
    text = coordinator.get(LIST).text
    assert "No two of 2 partners" in text
    assert "Take the merge back" in text


def test_the_old_address_leads_to_the_kept_one(coordinator, sign_in, net):
    coordinator.post(net.url, form_of(coordinator.get(net.url).text))
    for reader in (coordinator, sign_in("manager")):
        answer = reader.get(f"/partners/{net.two}")
        assert (answer.status_code, answer.location) == (302, f"/partners/{net.one}")
        assert "Dom na zhenata was merged into this partner." in reader.get(f"/partners/{net.one}").text
    assert coordinator.get(net.url).location == f"/partners/{net.one}"


def test_undo_by_its_button(coordinator, net, graph):
    coordinator.post(net.url, form_of(coordinator.get(net.url).text))
    merge = graph.define("MATCH (m:Merge) RETURN m.id AS id")[0]["id"]
    assert coordinator.post(f"{LIST}/merged/{merge}/undo").status_code == 303
    assert coordinator.get(f"/partners/{net.two}").status_code == 200
    assert "1 pair among 3 partners" in coordinator.get(LIST).text


def test_undo_is_refused_in_words(coordinator, net, graph):
    coordinator.post(net.url, form_of(coordinator.get(net.url).text))
    merge = graph.define("MATCH (m:Merge) RETURN m.id AS id")[0]["id"]
    update(graph, net.one)
    coordinator.post(f"{LIST}/merged/{merge}/undo")
    assert "changed since the merge: ORG-0001" in coordinator.get(LIST).text


def update(graph, record):
    change(
        graph, ACTOR, lambda c: str(records.update(c, graph, kind_of("Organisation"), record, None, {"level": "local"}))
    )


@pytest.mark.parametrize("which", ["one", "two"])
def test_a_stale_form_is_refused(coordinator, net, graph, which):
    form = form_of(coordinator.get(net.url).text) | {"take-phone": "drop"}
    update(graph, getattr(net, which))
    answer = coordinator.post(net.url, form)
    assert answer.status_code == 409
    assert "was changed since you opened this page" in answer.text
    assert form_of(answer.text)["take-phone"] == "drop", "what was chosen is kept"
    assert coordinator.post(net.url, form_of(answer.text)).status_code == 303


def test_values_that_do_not_fit_are_refused_in_words(coordinator, graph):
    one = organisation(graph, "One", valid_from="2020-01-01")
    two = organisation(graph, "Two", valid_from="2018-01-01", valid_to="2019-01-01")
    url = f"{LIST}/{one}/{two}"
    answer = coordinator.post(url, form_of(coordinator.get(url).text) | {"take-valid_to": "drop"})
    assert answer.status_code == 400
    assert "This is before the beginning." in answer.text


def test_two_organisations_are_not_proposed_again(coordinator, net):
    coordinator.post(f"{net.url}/apart")
    text = coordinator.get(LIST).text
    assert "No two of 3 partners" in text
    assert "Told apart" in text
    coordinator.post(f"{net.url}/again")
    assert "1 pair among 3 partners" in coordinator.get(LIST).text


def test_any_two_can_be_compared(coordinator, net):
    answer = coordinator.get(f"{LIST}?keep={net.one}&drop={net.two}")
    assert answer.location == net.url
    assert coordinator.get(f"{LIST}/{net.one}/{net.one}").status_code == 404
    assert coordinator.get(f"{LIST}/{net.one}/nobody").status_code == 404


@pytest.mark.parametrize("role", ["partner", "manager", "administrator"])
def test_only_the_coordinator_may(sign_in, net, graph, role):
    somebody = sign_in(role, organisation=net.one) if role == "partner" else sign_in(role)
    assert LIST not in somebody.get("/partners/").text
    assert somebody.get(LIST).status_code == 403
    for url in (net.url, f"{net.url}/apart", f"{LIST}/merged/x/undo"):
        assert somebody.post(url).status_code == 403
    assert graph.define("MATCH (m:Merge) RETURN count(m) AS n")[0]["n"] == 0


def test_the_directory_leads_there(coordinator, net):
    assert f'href="{LIST}"' in coordinator.get("/partners/").text


def test_a_partner_of_the_dropped_one_is_of_the_kept_one(coordinator, sign_in, net):
    partner = sign_in("partner", organisation=net.two)
    coordinator.post(net.url, form_of(coordinator.get(net.url).text))
    assert partner.get(f"/records/organisations/{net.one}/edit").status_code == 200
