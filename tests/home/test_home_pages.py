"""The first page by role: what waits, in which order, for whom; nothing that is not the reader's; few statements."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest

from graphdb import mentoring, records
from graphdb.actors import Actor
from graphdb.catalogue import kind_of
from graphdb.connection import METER, Meter
from graphdb.writes import change
from web.home.usecases import Wait
from web.pages import today

ACTOR = Actor("tester", "command")


def ago(days):
    return (today() - timedelta(days=days)).isoformat()


def make(graph, label, values, links=None):
    return change(graph, ACTOR, lambda c: records.create(c, graph, kind_of(label), values, links))


@pytest.fixture
def net(graph):
    clinic = make(graph, "Organisation", {"name": "Clinic", "kind": "clinic", "assured_on": ago(5)})
    ngo = make(graph, "Organisation", {"name": "Helpers", "kind": "ngo", "assured_on": ago(5)})
    old = make(graph, "Organisation", {"name": "Old", "kind": "ngo", "assured_on": ago(400)})
    legal = make(graph, "ServiceType", {"name": "Legal aid", "code": "legal"})
    place = make(graph, "Place", {"name": "Kamen", "level": "municipality"})
    make(
        graph,
        "Service",
        {"name": "Help", "status": "active", "assured_on": ago(300)},
        {"provider": [ngo], "type": [legal], "areas": [place]},
    )
    for days in (1, 9):
        make(
            graph, "Referral", {"case_ref": f"CASE-{days}", "state": "sent", "priority": "urgent", "sent_on": ago(days)},
            {"sender": [clinic], "receiver": [ngo], "service": [legal]},
        )  # fmt: skip
    make(graph, "ActionPoint", {"text": "Ask two interpreters", "due": ago(4), "state": "open"}, {"owner": [clinic]})
    make(
        graph,
        "Agreement",
        {"name": "Protocol", "kind": "protocol", "valid_from": ago(400), "valid_to": ago(-12)},
        {"parties": [clinic, ngo]},
    )
    meeting = make(
        graph, "Meeting", {"name": "Regional", "starts_at": f"{ago(-9)} 10:00", "place": "Town hall", "state": "invited"},
        {"invited": [clinic, ngo]},
    )  # fmt: skip
    make(
        graph, "Gap",
        {"key": "absent|k", "cls": "absent", "state": "confirmed", "points": 7, "first_seen": ago(20), "last_seen": ago(1),
         "reasons": '[{"code": "no_record"}]'},
        {"place": [place], "service": [legal]},
    )  # fmt: skip
    programme = make(graph, "Programme", {"name": "Leaders"}, {"organisation": [ngo]})
    mila, zahra = (
        make(graph, "Person", {"name": name, "alias": "X.", "role_class": role}, {"programme": [programme]})
        for name, role in (("Mila Mentor", "mentor"), ("Zahra Leader", "leader"))
    )
    new = mentoring.NewPair(mila, zahra, programme, "active", today() - timedelta(days=70), 14, "")
    pair = change(graph, ACTOR, lambda c: mentoring.make_pair(c, graph, new))
    return SimpleNamespace(
        clinic=clinic, ngo=ngo, old=old, meeting=meeting, programme=programme, mila=mila, zahra=zahra, pair=pair
    )


def test_a_partner_sees_what_its_own_organisation_has_to_do(sign_in, net):
    text = sign_in("partner", organisation=net.ngo).get("/").text
    assert "Legal aid: Clinic waits for your answer" in text
    assert "6 days late" in text
    assert "1 service of Helpers nobody has confirmed" in text
    assert "Protocol" in text
    assert "Regional" in text
    assert text.index("6 days late") < text.index("Regional"), "the late one first"
    for others in ("Ask two interpreters", "nobody has checked for", "without contact", "CASE-"):
        assert others not in text, others


def test_the_sender_sees_its_silence_and_its_action(sign_in, net):
    text = sign_in("partner", organisation=net.clinic).get("/").text
    assert "Legal aid: no answer from Helpers" in text
    assert text.count("no answer from Helpers") == 1, "only where the limit has passed"
    assert "Ask two interpreters" in text
    assert "4 days late" in text


def test_a_coordinator_sees_the_network(sign_in, net):
    text = sign_in("coordinator", programme=net.programme).get("/").text
    for said in (
        "Ask two interpreters",
        "Protocol",
        "1 partner nobody has checked",
        "1 pair without contact",
        "Nobody offers “Legal aid” in Kamen",
        "Prepare the agenda",
        "Town hall",
    ):
        assert said in text, said
    assert "<b>2</b>referrals" in text
    assert "Clinic waits" not in text, "cases are for the two"
    assert "without contact" not in sign_in("coordinator").get("/").text, "the programme is not theirs"


def test_a_mentor_sees_the_quiet_pair_and_the_log(sign_in, net):
    text = sign_in("mentor", person=net.mila, programme=net.programme).get("/").text
    assert "Zahra Leader: no contact for 70 days" in text
    assert "/mentoring/log" in text
    for others in ("Ask two interpreters", "Protocol", "referrals</b>", "Legal aid: "):
        assert others not in text, others


def test_a_manager_sees_gaps_and_kept_actions_without_small_counts(sign_in, net):
    text = sign_in("manager").get("/").text
    assert "0 of 1" in text
    assert "nobody <b>1</b>" in text
    assert "held back" in text
    assert "<b>2</b>referrals" not in text
    assert "Ask two interpreters" not in text


def test_who_has_nothing_is_told_so(sign_in, net):
    text = sign_in("administrator").get("/").text
    assert "Nothing waits for you" in text
    for others in ("Protocol", "Legal aid", "Regional", "Zahra"):
        assert others not in text, others


def test_an_empty_network_keeps_the_ways_to_begin(sign_in, graph):
    assert "Where do you want to begin?" in sign_in("coordinator").get("/").text


def test_late_before_due_before_any_time():
    late, due, some_time = (
        Wait("action", "absent", "c", today(), 3),
        Wait("lapsing", "fragile", "b", today()),
        Wait("stale", "unverified", "a"),
    )
    assert sorted([some_time, due, late], key=Wait.weight) == [late, due, some_time]


def test_the_page_stays_within_its_statements(sign_in, net):
    for someone in (
        sign_in("coordinator", programme=net.programme),
        sign_in("partner", organisation=net.ngo),
        sign_in("mentor", person=net.mila),
    ):
        someone.get("/")
        meter = Meter()
        token = METER.set(meter)
        someone.get("/")
        METER.reset(token)
        assert meter.statements <= 1 + 3
        assert meter.records <= 300
