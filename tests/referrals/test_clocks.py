"""The clock: reminded once past the limit, brought before others past twice, lapsed at the end; a mail says nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.referral_steps import LIMITS
from graphdb import jobs
from graphdb.outbox import letter_of
from graphdb.referrals.clocks import Unanswered
from tests.referrals.cases import filled, make, stored, take
from web.jobs import work

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@given(st.integers(0, 3000), st.sampled_from([*LIMITS, None]))
def test_lateness_is_counted_in_limits_by_the_hour(hours, priority):
    one = Unanswered("r", "sent", priority, NOW - timedelta(hours=hours), False, False, None, "a", "b")
    limit = {"emergency": 24, "urgent": 72}.get(priority, 336)
    assert one.late(NOW, LIMITS) == hours // limit
    assert one.over(NOW) == (hours >= 90 * 24)


def ring(graph):
    jobs.tick(graph, "clocks", timedelta(0))
    while work.work_one(graph, "w"):
        pass


def wait(graph, hours):
    graph.define(f"MATCH (r:Referral) SET r.asked_at = datetime() - duration({{hours: {hours}}})")


def marks(graph):
    row = graph.define(
        "MATCH (r:Referral) RETURN r.reminded_at AS reminded, r.escalated_at AS escalated, r.state AS state"
    )
    return row[0]["reminded"] is not None, row[0]["escalated"] is not None, row[0]["state"]


def test_it_reminds_then_tells_others_then_lets_lapse(net, sent, graph):
    for hours, expected in (
        (71, (False, False, "sent")),
        (73, (True, False, "sent")),
        (145, (True, True, "sent")),
        (90 * 24 + 1, (True, True, "expired")),
    ):
        wait(graph, hours)
        for _ in range(2):
            ring(graph)
        assert marks(graph) == expected, hours
    kinds = stored(graph)[0]["kinds"]
    assert kinds == ["send", "expire"]
    assert graph.define("MATCH (e:AuditEntry) WHERE e.verb = 'remind' RETURN count(e) AS n")[0]["n"] == 1


def test_the_coordinator_is_told_how_many_and_not_which(net, sent, graph):
    wait(graph, 200)
    ring(graph)
    home = net.people["coordinator"].get("/").text
    assert "1 referral has waited" in home
    assert stored(graph)[0]["ref"] not in home
    assert "has waited" not in net.people["third"].get("/").text


def test_who_answered_is_left_alone(net, sent, graph):
    take(net, "receiver", sent, "acknowledge")
    wait(graph, 90 * 24 + 1)
    ring(graph)
    assert marks(graph) == (False, False, "acknowledged")


def test_it_lapses_when_the_consent_ends(net, sent, graph):
    graph.define("MATCH (c:Consent) SET c.until = date()")
    ring(graph)
    assert marks(graph)[2] == "expired"
    assert "Lapsed" in net.people["sender"].get(sent).text.split("<h2>Consent")[1]


def test_the_network_sets_its_own_times(net, sent, graph):
    told = {"name": "N", "time_zone": "Europe/Sofia", "emergency_hours": "2", "urgent_hours": "10", "normal_days": "3"}
    assert net.people["administrator"].post("/settings/network", told).status_code == 303
    assert net.people["administrator"].post("/settings/network", {**told, "urgent_hours": "0"}).status_code == 400
    wait(graph, 11)
    ring(graph)
    assert marks(graph) == (True, False, "sent")
    assert "1 day late" in net.people["receiver"].get("/referrals/").text


@pytest.mark.parametrize("hours", [73, 145])
def test_a_letter_says_that_something_waits_and_never_what(net, sent, graph, monkeypatch, hours):
    monkeypatch.setenv("MREZHA_SMTP", "smtp://127.0.0.1:9")
    monkeypatch.setenv("MREZHA_MAIL_FROM", "network@example.org")
    monkeypatch.setattr("web.mail.job", lambda running: {})
    for name, organisation in (("sender", net.clinic), ("receiver", net.ngo)):
        person = make(
            graph, "Person", {"name": f"Focal of {name}", "role_class": "staff", "email": f"{name}@example.org"}
        )
        links = {"organisation": [organisation], "person": [person]}
        make(graph, "Employment", {"position": "Expert", "focal_point": "yes"}, links)
    told = {"name": "N", "time_zone": "Europe/Sofia", "address": "https://mrezha.example.org"}
    assert net.people["administrator"].post("/settings/network", told).status_code == 303
    wait(graph, hours)
    jobs.tick(graph, "clocks", timedelta(0))
    assert work.work_one(graph, "w")
    letters = [
        letter_of(graph.vault, job)
        for job in graph.fetch(jobs.MINE, owner="", everybody=True, limit=9) if job.kind == "mail"
    ]  # fmt: skip
    assert [letter.to for letter in letters] == ["receiver@example.org" if hours < 144 else "sender@example.org"]
    said = letters[0].subject + letters[0].text
    assert said.endswith("\n\nhttps://mrezha.example.org\n")
    for secret in (stored(graph)[0]["ref"], "Legal", "Clinic", "Helpers", "ramp"):
        assert secret not in said


def test_the_clock_is_asked_by_many_and_rings_once(graph):
    assert [jobs.tick(graph, "clocks", timedelta(minutes=15)) for _ in range(3)] == [True, False, False]
    assert len(graph.fetch(jobs.MINE, owner="", everybody=True, limit=9)) == 1


def test_a_reopened_case_is_asked_about_anew(net, graph):
    url = net.people["sender"].post("/referrals/new", filled(net)).location
    wait(graph, 200)
    ring(graph)
    take(net, "receiver", url, "decline", reason="no_capacity")
    page = net.people["sender"].get(f"{url}/note/reopen").text
    version = page.split('name="version"')[1].split('value="')[1].split('"')[0]
    net.people["sender"].post(f"{url}/note/reopen", {"version": version, "note": "there is room now"})
    assert marks(graph) == (False, False, "reopened")


def test_a_referral_of_which_only_the_day_is_known_waits_since_that_day(net, graph):
    for name, days in (("N-1", 4), ("N-2", 2)):
        day = (datetime.now(UTC).date() - timedelta(days=days)).isoformat()
        make(
            graph, "Referral", {"case_ref": name, "state": "sent", "priority": "urgent", "sent_on": day},
            {"sender": [net.clinic], "receiver": [net.ngo], "service": [net.legal]},
        )  # fmt: skip
    ring(graph)
    row = graph.define(
        "MATCH (r:Referral) RETURN r.case_ref AS ref, r.reminded_at IS NOT NULL AS reminded ORDER BY ref"
    )
    assert [(one["ref"], one["reminded"]) for one in row] == [("N-1", True), ("N-2", False)]
