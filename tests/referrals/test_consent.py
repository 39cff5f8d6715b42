"""Consent: refused, and nothing is sent; withdrawn, and everything under it stops; passed on only to whom it names."""

from __future__ import annotations

from analytics.referral_steps import folded
from tests.referrals.cases import CANARY, filled, stored, take


def consents(graph):
    return graph.define(
        "MATCH (c:Consent) RETURN c.state AS state, c.items AS items, c.refused AS refused, c.purpose AS purpose,"
        " COLLECT { MATCH (c)-[:NAMES]->(o) RETURN o.name ORDER BY o.name } AS names"
    )


def all_of(graph):
    return graph.define(
        "MATCH (s)-[:SENT]->(r:Referral)-[:TO]->(e) RETURN r.id AS id, s.name AS sender, e.name AS receiver, r.state AS state,"
        " COLLECT { MATCH (r)-[:HAS_EVENT]->(v) RETURN v.kind ORDER BY v.at, v.id } AS kinds ORDER BY id"
    )


def pass_on(net, url, receiver, **more):
    page = net.people["receiver"].get(f"{url}/pass-on").text
    version = page.split('name="version"')[1].split('value="')[1].split('"')[0]
    return net.people["receiver"].post(f"{url}/pass-on", {"receiver": receiver, "version": version, **more})


def test_a_refusal_is_noted_once_and_nothing_is_sent(net, graph):
    for _ in range(2):
        answer = net.people["sender"].post("/referrals/new", filled(net, agreed="refused"))
        assert answer.status_code == 303, answer.text
    assert "does not agree" in net.people["sender"].get("/referrals/").text
    assert not stored(graph)
    assert [one["state"] for one in consents(graph)] == ["refused"]


def test_nothing_is_sent_before_somebody_said_who_agreed_and_to_what(net, graph):
    nobody = net.people["sender"].post("/referrals/new", filled(net, agreed=""))
    nothing = net.people["sender"].post("/referrals/new", filled(net, items=[]))
    over = net.people["sender"].post("/referrals/new", filled(net, until="2020-01-01"))
    assert [one.status_code for one in (nobody, nothing, over)] == [400] * 3
    assert CANARY in nobody.text
    assert "Tick what may be told" in nothing.text
    assert "This day is over" in over.text
    assert not stored(graph)
    assert not consents(graph)


def test_what_was_agreed_is_on_the_referral_and_what_was_not(net, sent, graph):
    for who in ("sender", "receiver"):
        text = net.people[who].get(sent).text
        assert "What is needed; Language and interpreter" in text
        assert "Papers and status" in text.split("What may not be told")[1]
    assert consents(graph)[0]["names"] == ["Helpers"]
    for who in ("third", "coordinator", "manager"):
        assert net.people[who].get(sent).status_code == 404


def test_where_life_is_at_risk_the_consent_is_still_to_be_asked(net, graph):
    answer = net.people["sender"].post("/referrals/new", filled(net, agreed="vital", priority="emergency"))
    assert "Still to be asked" in net.people["receiver"].get(answer.location).text
    assert stored(graph)[0]["state"] == "sent"


def test_a_case_goes_on_only_to_whom_the_consent_names(net, sent, graph):
    refused = pass_on(net, sent, net.third)
    assert refused.status_code == 400
    assert "does not name this organisation" in refused.text
    assert [one["state"] for one in all_of(graph)] == ["sent"]
    agreed = pass_on(net, sent, net.third, agreed="y")
    assert agreed.status_code == 303
    first, onward = all_of(graph)
    assert (first["state"], onward["state"]) == ("redirected", "sent")
    assert (onward["sender"], onward["receiver"]) == ("Helpers", "Third")
    assert consents(graph)[0]["names"] == ["Helpers", "Third"]
    assert len({row["ref"] for row in stored(graph)}) == 2, "a new reference, so that the two share nothing"


def test_the_first_sender_sees_where_the_case_is_and_not_more(net, sent, graph):
    onward = pass_on(net, sent, net.third, agreed="y").location
    take(net, "third", onward, "accept")
    text = net.people["sender"].get(sent).text
    assert "Where the case has been" in text
    assert "Third" in text
    assert "Accepted" in text
    assert net.people["sender"].get(onward).status_code == 404
    assert CANARY not in net.people["third"].get(onward).text, "the note was for the first receiver"


def test_a_case_that_comes_back_is_called_back_and_forth(net, sent):
    onward = pass_on(net, sent, net.third, agreed="y").location
    page = net.people["third"].get(f"{onward}/pass-on").text
    assert net.ngo not in page, "whoever has just passed it on is not offered"
    version = page.split('name="version"')[1].split('value="')[1].split('"')[0]
    back = (
        net.people["third"]
        .post(f"{onward}/pass-on", {"receiver": net.clinic, "version": version, "agreed": "y"})
        .location
    )
    page = net.people["sender"].get(f"{back}/pass-on").text
    version = page.split('name="version"')[1].split('value="')[1].split('"')[0]
    again = net.people["sender"].post(f"{back}/pass-on", {"receiver": net.ngo, "version": version}).location
    assert "back and forth" in net.people["receiver"].get(again).text


def test_withdrawn_consent_stops_everything_under_it_at_once(net, sent, graph):
    onward = pass_on(net, sent, net.third, agreed="y").location
    take(net, "third", onward, "accept")
    take(net, "receiver", onward, "revoke")
    assert [one["state"] for one in all_of(graph)] == ["redirected", "revoked"]
    assert consents(graph)[0]["state"] == "withdrawn"
    for one in all_of(graph):
        assert folded(one["kinds"]) == one["state"]


def test_the_note_is_closed_to_the_receiver_once_the_person_no_longer_agrees(net, sent, graph):
    assert CANARY in net.people["receiver"].get(sent).text
    take(net, "sender", sent, "revoke")
    assert CANARY not in net.people["receiver"].get(sent).text
    assert CANARY in net.people["sender"].get(sent).text
    for who, kind in (("receiver", "accept"), ("sender", "reopen")):
        take(net, who, sent, kind)
    assert stored(graph)[0]["state"] == "revoked"


def test_language_and_age_go_with_the_case_and_the_consent_says_in_what_it_was_asked(net, graph):
    url = (
        net.people["sender"]
        .post("/referrals/new", filled(net, age_band="child", language="fa", purpose="onward"))
        .location
    )
    for who in ("sender", "receiver"):
        text = net.people[who].get(url).text
        assert "Under 18" in text
        assert text.count("Persian") == 2, "spoken, and asked in"
    assert pass_on(net, url, net.third, agreed="y").status_code == 303
    told = graph.define("MATCH (r:Referral) RETURN r.age_band AS age, r.languages AS languages")
    assert told == [{"age": "child", "languages": ["fa"]}] * 2
    assert graph.define("MATCH (c:Consent) RETURN c.languages AS asked") == [{"asked": ["fa"]}]
