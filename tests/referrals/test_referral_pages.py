"""Referrals through the door a browser uses: parties see all, others counts; steps are legal, once, and add events."""

from __future__ import annotations

import re
from datetime import timedelta

from analytics.referral_steps import folded
from graphdb.connection import METER, Meter
from graphdb.tokens import read_case_reference
from graphdb.vault.fields import is_sealed
from tests.referrals.cases import CANARY, filled, make, stored, take
from web.pages import today


def test_a_case_is_sent_once_with_a_drawn_reference_and_a_sealed_note(net, sent, graph):
    again = net.people["sender"].post("/referrals/new", filled(net))
    assert again.location == sent
    row = stored(graph)
    assert len(row) == 1
    assert row[0]["state"] == "sent"
    assert read_case_reference(row[0]["ref"]) == row[0]["ref"]
    assert is_sealed(row[0]["note"])
    everything = graph.define("MATCH (n) RETURN collect(properties(n)) AS all")[0]["all"]
    assert "ramp" not in repr(everything)


def test_only_the_two_see_it(net, sent, graph):
    reference = stored(graph)[0]["ref"]
    for who, someone in net.people.items():
        answer = someone.get(sent)
        party = who in {"sender", "receiver"}
        assert answer.status_code == (200 if party else 404), who
        assert (CANARY in answer.text) == party, who
        board = someone.get("/referrals/")
        assert board.status_code == (200 if party or who == "third" else 404), who
        assert (reference in board.text) == party, who
        if not party:
            for url in ("/", "/referrals/counts", f"/search?q={reference}", f"/partners/{net.ngo}", "/ties/", "/ties/?format=csv",
                        f"/records/referrals/{sent.rsplit('/', 1)[1]}"):  # fmt: skip
                text = (
                    someone.get(url)
                    .text.replace(f"“{reference}”", "")
                    .replace(f"q={reference}", "")
                    .replace(f'value="{reference}"', "")
                )
                assert reference not in text, (who, url)
                assert "ramp" not in text, (who, url)


def test_it_goes_from_step_to_step_and_the_fold_is_the_state(net, sent, graph):
    for who, kind in (
        ("receiver", "acknowledge"),
        ("receiver", "accept"),
        ("receiver", "begin"),
        ("receiver", "close_helped"),
    ):
        assert take(net, who, sent, kind).status_code == 303
    row = stored(graph)[0]
    assert row["kinds"] == ["send", "acknowledge", "accept", "begin", "close_helped"]
    assert folded(row["kinds"]) == row["state"] == "closed_successful"
    assert row["answered"] == row["closed"] == today().isoformat()
    assert "closed: helped" in net.people["sender"].get(sent).text


def test_illegal_steps_are_refused_in_words_and_change_nothing(net, sent, graph):
    for who, kind in (
        ("receiver", "begin"),
        ("sender", "accept"),
        ("receiver", "withdraw"),
        ("receiver", "fly"),
        ("sender", "send"),
    ):
        assert take(net, who, sent, kind).status_code == 303
        assert "does not follow" in net.people[who].get(sent).text, (who, kind)
    assert stored(graph)[0]["kinds"] == ["send"]
    for who in set(net.people) - {"sender", "receiver"}:
        assert net.people[who].post(f"{sent}/step", {"kind": "accept", "version": "2"}).status_code == 404, who
    assert stored(graph)[0]["state"] == "sent"


def test_declining_needs_a_reason(net, sent, graph):
    take(net, "receiver", sent, "decline")
    assert "Choose a reason" in net.people["receiver"].get(sent).text
    take(net, "receiver", sent, "decline", reason="because")
    assert stored(graph)[0]["state"] == "sent"
    take(net, "receiver", sent, "decline", reason="no_interpreter")
    row = stored(graph)[0]
    assert (row["state"], row["reason"]) == ("rejected", "no_interpreter")
    assert "No interpreter" in net.people["sender"].get(sent).text


def test_the_slower_of_two_moves_nothing(net, sent, graph):
    url = f"{sent}/step"
    assert net.people["receiver"].post(url, {"kind": "accept", "version": "2"}).status_code == 303
    assert net.people["sender"].post(url, {"kind": "withdraw", "version": "2"}).status_code == 303
    assert "Somebody else has moved" in net.people["sender"].get(sent).text
    assert stored(graph)[0]["state"] == "accepted"


def test_a_refused_note_keeps_what_was_typed(net, graph):
    answer = net.people["sender"].post("/referrals/new", filled(net, note="Call +359 88 123 4567, keep this text"))
    assert answer.status_code == 400
    assert "keep this text" in answer.text
    assert re.search(rf'selected value="{net.ngo}"', answer.text)
    assert not stored(graph)


def test_nobody_sends_for_others_or_to_themselves(net, graph):
    assert net.people["third"].post("/referrals/new", filled(net)).status_code == 400
    same = net.people["sender"].post("/referrals/new", filled(net, receiver=net.clinic))
    assert same.status_code == 400
    assert "the same organisation" in same.text
    for who in ("manager", "coordinator", "leader", "administrator"):
        assert net.people[who].post("/referrals/new", filled(net)).status_code == 404, who
    assert not stored(graph)


def test_counts_hold_small_numbers_back_but_for_the_coordinator(net, sent, graph):
    for who in ("manager", "third"):
        assert "held back" in net.people[who].get("/referrals/counts").text, who
    text = net.people["coordinator"].get("/referrals/counts").text
    assert "<b>1</b>sent" in text
    assert "Clinic" in text
    assert "Clinic" not in net.people["manager"].get("/referrals/counts").text
    assert net.people["administrator"].get("/referrals/counts").status_code == 404


def test_late_ones_come_first_with_their_days(net, graph):
    for days in (2, 10):
        referral = make(
            graph, "Referral", {"case_ref": f"R-{days}", "state": "sent", "priority": "urgent", "sent_on": (today() - timedelta(days=days)).isoformat()},
            {"sender": [net.clinic], "receiver": [net.ngo], "service": [net.legal]},
        )  # fmt: skip
    text = net.people["receiver"].get("/referrals/").text
    assert "7 days late" in text
    assert text.index("R-10") < text.index("R-2")
    assert net.people["sender"].get(f"/referrals/{referral}").status_code == 200


def test_pages_stay_within_their_statements(net, sent, graph):
    for who, url in (
        ("sender", "/referrals/"),
        ("receiver", sent),
        ("sender", "/referrals/new"),
        ("coordinator", "/referrals/counts"),
    ):
        net.people[who].get(url)
        meter = Meter()
        token = METER.set(meter)
        net.people[who].get(url)
        METER.reset(token)
        assert meter.statements <= 1 + 3, url
