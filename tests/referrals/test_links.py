"""A partner without an account answers by a one-time link: looking spends nothing, answering does, once, in time."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest

from tests.referrals.cases import CANARY, filled, make, stored, take

LINK = re.compile(r"/referrals/answer#([\w-]+)")


@pytest.fixture
def quiet(net, graph, app):
    """A case sent to a partner that has no account, its page, and somebody with nothing but a link."""
    office = make(graph, "Organisation", {"name": "Quiet Office", "kind": "ngo"})
    url = net.people["sender"].post("/referrals/new", filled(net, receiver=office, key="q")).location
    return SimpleNamespace(url=url, office=office, holder=app.test_client())


def link(net, quiet):
    page = net.people["sender"].post(f"{quiet.url}/link")
    assert page.status_code == 200, page.text
    found = LINK.search(page.text)
    assert found
    return found[1]


def tell(quiet, secret, **more):
    page = quiet.holder.get("/referrals/answer").text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token
    return quiet.holder.post("/referrals/answer", data={"csrf_token": token[1], "secret": secret, **more})


def test_looking_spends_nothing_answering_does(net, quiet, graph):
    secret = link(net, quiet)
    for _ in range(3):
        assert quiet.holder.get("/referrals/answer").status_code == 200
        page = tell(quiet, secret)
        assert "Legal aid" in page.text
    assert CANARY not in page.text
    assert "Thank you" in tell(quiet, secret, kind="accept").text
    assert stored(graph)[0]["state"] == "accepted"
    for kind in ("", "decline"):
        gone = tell(quiet, secret, kind=kind, reason="no_capacity")
        assert gone.status_code == 404
        assert "no longer works" in gone.text
    assert stored(graph)[0]["state"] == "accepted"
    assert "by a one-time link" in net.people["sender"].get(quiet.url).text


def test_a_reason_is_asked_for_before_the_link_is_spent(net, quiet, graph):
    secret = link(net, quiet)
    assert tell(quiet, secret, kind="decline").status_code == 400
    assert tell(quiet, secret, kind="begin").status_code == 400
    assert stored(graph)[0]["state"] == "sent"
    assert tell(quiet, secret, kind="decline", reason="no_capacity").status_code == 200
    assert stored(graph)[0]["state"] == "rejected"


def test_a_newer_link_ends_the_older_and_every_link_ends_in_time(net, quiet, graph):
    older, newer = link(net, quiet), link(net, quiet)
    assert tell(quiet, older).status_code == 404
    assert tell(quiet, newer).status_code == 200
    graph.define("MATCH (t:Token) SET t.expires_at = datetime() - duration({seconds: 1})")
    assert tell(quiet, newer, kind="accept").status_code == 404
    assert stored(graph)[0]["state"] == "sent"


def test_the_secret_is_stored_and_logged_nowhere(net, quiet, graph, capfd):
    secret = link(net, quiet)
    tell(quiet, secret)
    tell(quiet, secret, kind="fly")
    tell(quiet, secret, kind="accept")
    everything = graph.define("MATCH (n) RETURN collect(properties(n)) AS all")[0]["all"]
    assert secret not in repr(everything)
    written = capfd.readouterr()
    assert secret not in written.out + written.err


def test_only_the_sender_makes_one_and_only_for_who_has_no_account(net, quiet, sent):
    for who in ("sender", "receiver"):
        assert "no account" not in net.people[who].get(sent).text, who
    assert "They told us on the phone" in net.people["sender"].get(quiet.url).text
    net.people["sender"].post(f"{sent}/link")
    assert "none was made" in net.people["sender"].get(sent).text, "the receiver signs in"
    for who in set(net.people) - {"sender"}:
        assert net.people[who].post(f"{quiet.url}/link").status_code == 404, who
    for wrong in ("", "x" * 43):
        assert tell(quiet, wrong).status_code == 404


def test_the_sender_enters_what_the_receiver_told_and_it_is_marked(net, quiet, sent, graph):
    take(net, "sender", quiet.url, "accept", told="yes")
    text = net.people["sender"].get(quiet.url).text
    assert "entered by the sender, as told" in text
    assert "Accepted" in text
    take(net, "sender", sent, "accept", told="yes")
    assert "Only for a receiver without an account" in net.people["sender"].get(sent).text
