"""The figures through the real database: equal to what an independent query counts, and only what a reader may know."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from datetime import UTC, date, datetime, timedelta
from functools import partial
from statistics import median

import pytest

from graphdb import records
from graphdb.actors import Actor
from graphdb.catalogue import kind_of
from graphdb.writes import change

ACTOR = Actor("tester", "command")
ON = date(2026, 5, 4)
FROM = date(2026, 1, 1)
MIDNIGHT = datetime(2026, 5, 5, tzinfo=UTC)

# what becomes of a referral: (kind, days after sending)
WAYS = (
    (("acknowledge", 0.5), ("accept", 1.5), ("begin", 6), ("close_helped", 20)),
    (("accept", 2.25), ("close_helped", 9)),
    (("accept", 5), ("close_not_helped", 30)),
    (("acknowledge", 3.5),),
    (("decline", 1),),
    (("decline", 15.5),),
    (("withdraw", 1),),
    (("redirect", 1),),
    (),
)


def make(graph, label, values, links=None):
    return change(graph, ACTOR, lambda c: records.create(c, graph, kind_of(label), values, links))


@pytest.fixture
def world(graph):
    chance = random.Random(7)
    orgs = {
        name: make(graph, "Organisation", {"name": name, "kind": "ngo"}) for name in ("Clinic", "Law", "Court", "Home")
    }
    types = {name: make(graph, "ServiceType", {"name": name, "code": name.lower()}) for name in ("Legal", "Health")}
    town = make(graph, "Place", {"name": "Town", "level": "municipality"})
    house = make(graph, "Place", {"name": "Secret house", "level": "site", "protected": True}, {"parent": [town]})
    city = make(graph, "Place", {"name": "City", "level": "municipality"})
    children = make(graph, "PopulationGroup", {"name": "Children", "code": "unaccompanied"})
    younger = make(graph, "PopulationGroup", {"name": "Small children", "code": "small"}, {"parent": [children]})
    rows = []
    for number in range(170):
        sender, receiver = chance.sample(sorted(orgs), 2)
        sent = MIDNIGHT - timedelta(days=round(chance.uniform(0.1, 120), 3))
        steps = [("send", sent), *((kind, sent + timedelta(days=after)) for kind, after in chance.choice(WAYS))]
        rows.append({
            "id": f"R{number:03d}", "case": f"CASE-{number}", "sender": orgs[sender], "receiver": orgs[receiver],
            "service": types[chance.choice(sorted(types))], "place": chance.choice([town, house, city]),
            "group": younger if number % 17 == 0 else None, "priority": chance.choice(["normal", "normal", "urgent", "emergency"]),
            "sent_on": sent.date(), "steps": [{"id": f"E{number}-{n}", "kind": kind, "at": at} for n, (kind, at) in enumerate(steps)],
            "seen": sent.date() + timedelta(days=40) if number % 3 == 0 else None,
        })  # fmt: skip
    graph.define(
        "UNWIND $rows AS row MATCH (s:Organisation {id: row.sender}) MATCH (e:Organisation {id: row.receiver})"
        " MATCH (t:ServiceType {id: row.service}) MATCH (p:Place {id: row.place})"
        " CREATE (s)-[:SENT]->(r:Record:Referral {id: row.id, case_ref: row.case, state: 'any', priority: row.priority,"
        "   sent_on: row.sent_on, feedback_seen_on: row.seen})-[:TO]->(e)"
        " CREATE (r)-[:FOR_SERVICE]->(t) CREATE (r)-[:FOR_PLACE]->(p)"
        " FOREACH (step IN row.steps | CREATE (r)-[:HAS_EVENT]->(:Event {id: step.id, kind: step.kind, at: step.at}))"
        " WITH row, r WHERE row.group IS NOT NULL MATCH (g:PopulationGroup {id: row.group}) CREATE (r)-[:FOR_GROUP]->(g)",
        rows=rows,
    )
    # two were handed on, one of them back to where it came from
    graph.define("MATCH (a:Referral {id: 'R001'}) MATCH (b:Referral {id: 'R002'}) CREATE (a)-[:REDIRECTED_AS]->(b)")
    graph.define(
        "MATCH (a:Referral {id: 'R003'})<-[:SENT]-(s) MATCH (b:Referral {id: 'R004'})-[old:TO]->() DELETE old"
        " CREATE (b)-[:TO]->(s) CREATE (a)-[:REDIRECTED_AS]->(b) SET b.sent_on = a.sent_on + duration({days: 3})"
    )
    return {"orgs": orgs, "types": types, "town": town, "house": house, "city": city}


@pytest.fixture
def run(command):
    return partial(command("referrals"), "indicators")


def recount(graph, match="true", **params):
    """Everything of definitions.md 2.6 that one query can count, with nothing shared with the product's."""
    return graph.define(
        "MATCH (s:Organisation)-[:SENT]->(r:Referral)-[:TO]->(e:Organisation) WHERE r.sent_on >= $from AND r.sent_on <= $on AND " + match +
        """
        WITH r, s, e, head(COLLECT { MATCH (r)-[:HAS_EVENT]->(v {kind: 'send'}) RETURN v.at }) AS sent,
             CASE r.priority WHEN 'emergency' THEN 1.0 WHEN 'urgent' THEN 3.0 ELSE 14.0 END AS days
        WITH r, s, e, sent, days, duration.inSeconds(sent, $end).seconds / 86400.0 AS age,
             head(COLLECT { MATCH (r)-[:HAS_EVENT]->(v) WHERE v.at < $end AND v.kind IN ['acknowledge', 'accept', 'decline', 'redirect']
                            RETURN duration.inSeconds(sent, v.at).seconds / 86400.0 AS d ORDER BY d }) AS answer,
             EXISTS { (r)-[:HAS_EVENT]->(v) WHERE v.at < $end AND v.kind = 'withdraw' } AS back,
             EXISTS { (r)-[:HAS_EVENT]->(v) WHERE v.at < $end AND v.kind = 'accept' } AS accepted,
             EXISTS { (r)-[:HAS_EVENT]->(v) WHERE v.at < $end AND v.kind = 'decline' } AS declined,
             EXISTS { (r)-[:HAS_EVENT]->(v) WHERE v.at < $end AND v.kind = 'begin' } AS begun,
             EXISTS { (r)-[:HAS_EVENT]->(v) WHERE v.at < $end AND v.kind = 'close_helped' } AS helped,
             EXISTS { (r)-[:HAS_EVENT]->(v) WHERE v.at < $end AND v.kind = 'close_not_helped' } AS not_helped
        WITH *, answer IS NOT NULL OR (age > days AND NOT back) AS due
        RETURN count(r) AS sent, sum(toInteger(due)) AS due, sum(toInteger(NOT due AND NOT back)) AS not_yet_due,
               sum(toInteger(answer IS NULL AND back)) AS taken_back,
               sum(toInteger(answer IS NOT NULL)) AS acknowledged, sum(toInteger(due AND answer IS NULL)) AS no_feedback,
               sum(toInteger(answer <= days)) AS in_time, sum(toInteger(accepted)) AS accepted, sum(toInteger(declined)) AS rejected,
               sum(toInteger(helped OR not_helped)) AS closed, sum(toInteger(helped)) AS closed_successful,
               sum(toInteger(helped AND begun)) AS verified,
               sum(toInteger((helped OR not_helped) AND r.feedback_seen_on <= $on)) AS loop_closed,
               collect([answer, CASE WHEN back THEN 1.0 ELSE age END]) AS times
        """,
        **{"from": FROM, "on": ON, "end": MIDNIGHT}, **params,
    )[0]  # fmt: skip


def by_days(times):
    """The median by its definition: the first time at which the share left, walked event by event, is at most a half."""
    left = 1.0
    for day in sorted({answer for answer, _ in times if answer is not None}):
        at_risk = sum(1 for answer, last in times if (last if answer is None else answer) >= day)
        left *= 1 - sum(answer == day for answer, _ in times) / at_risk
        if left <= 0.5 + 1e-12:
            return day
    return None


def answer(run, *words):
    found = run(
        "--from", FROM.isoformat(), "--to", ON.isoformat(), "--as-of", ON.isoformat(), "--format", "json", *words
    )
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout)


def compare(row, counted):
    for name in ("sent", "due", "not_yet_due", "taken_back", "acknowledged", "no_feedback", "in_time", "accepted", "rejected",
                 "closed", "closed_successful", "verified", "loop_closed"):  # fmt: skip
        assert row[name] == counted[name], name
    assert row["acknowledged_rate"] == {"value": counted["acknowledged"] / counted["due"], "n": counted["due"]}
    decided = counted["accepted"] + counted["rejected"]
    assert row["acceptance_decided"] == {"value": counted["accepted"] / decided if decided else None, "n": decided}
    assert row["acceptance_of_all"] == {"value": counted["accepted"] / counted["sent"], "n": counted["sent"]}
    shown = row["median_response_days"]["value"]
    assert shown == (None if by_days(counted["times"]) is None else pytest.approx(by_days(counted["times"]), abs=1e-3))


def test_figures_equal_an_independent_query(world, run, graph):
    whole = answer(run, "--exact")
    compare(whole["all"], recount(graph))
    assert whole["all"]["redirected"] >= 2
    assert whole["all"]["ping_pong"] == 1
    assert whole["all"]["first_sent"] == whole["all"]["sent"] - 2
    pairs = answer(run, "--exact", "--by", "pair")
    assert sum(row["sent"] for row in pairs["rows"]) == whole["all"]["sent"]
    for row in pairs["rows"]:
        compare(row, recount(graph, "s.id = $s AND e.id = $e", s=row["sender_ulid"], e=row["receiver_ulid"]))
    for row in answer(run, "--exact", "--by", "service")["rows"]:
        compare(row, recount(graph, "EXISTS { (r)-[:FOR_SERVICE]->({id: $t}) }", t=row["service_ulid"]))


def test_a_protected_place_counts_for_its_municipality_only(world, run, graph):
    answered = answer(run, "--exact", "--by", "place")
    assert {row["place_ulid"] for row in answered["rows"]} == {world["town"], world["city"]}
    assert "Secret" not in json.dumps(answered)
    both = [world["town"], world["house"]]
    town = next(row for row in answered["rows"] if row["place_ulid"] == world["town"])
    compare(town, recount(graph, "EXISTS { MATCH (r)-[:FOR_PLACE]->(p) WHERE p.id IN $both }", both=both))


def test_without_exact_small_numbers_are_held_back_and_said_to_be(world, run):
    true, guarded = answer(run, "--exact", "--by", "pair"), answer(run, "--by", "pair")
    assert guarded["hidden"]["why"] == ["small_numbers"]
    assert guarded["hidden"]["records"] == len(true["rows"]) - len(guarded["rows"])
    assert guarded["rows"]
    exact = {(row["sender"], row["receiver"]): row for row in true["rows"]}
    for row in guarded["rows"]:
        for name in row["held_back"]:
            assert row[name] in (None, {"value": None, "n": None}) or row[name]["value"] is None
        for name, n in row.items():
            if isinstance(n, int):
                assert n == exact[row["sender"], row["receiver"]][name]
                assert n == 0 or n >= 5
    assert "CASE-" not in json.dumps(guarded)


def test_csv_and_table_say_the_same(world, run):
    words = ("--from", FROM.isoformat(), "--as-of", ON.isoformat(), "--by", "service", "--exact")
    rows = list(csv.DictReader(io.StringIO(run(*words, "--format", "csv").stdout)))
    found = answer(run, "--by", "service", "--exact")
    assert [row["sent"] for row in rows] == [*(str(row["sent"]) for row in found["rows"]), str(found["all"]["sent"])]
    assert "Legal" in run(*words).stdout
    assert run("--from", "2026-05-01", "--to", "2026-04-01").exit_code == 2


def test_an_empty_network_has_undefined_figures_not_zeros(graph, run):
    found = answer(run)
    assert found["all"]["sent"] == 0
    assert found["all"]["acknowledged_rate"] == {"value": None, "n": 0}
    assert found["all"]["median_response_days"] == {"value": None, "n": 0}


@pytest.fixture
def counts_page(world, sign_in):
    def open_as(role, query="", **scope):
        return sign_in(role, **scope).get(f"/referrals/counts?as_of={ON}&from=2026-01-01{query}")

    return open_as


def test_the_coordinator_reads_exactly_the_manager_not_and_a_partner_its_own(world, counts_page, run):
    exact = answer(run, "--exact")
    coordinator = counts_page("coordinator", f"&to={ON}&by=pair")
    assert f"<b>{exact['all']['sent']}</b>" in coordinator.text
    assert "held back" not in coordinator.text
    manager = counts_page("manager", "&by=pair")
    assert "held back" in manager.text
    assert "CASE-" not in manager.text
    assert "too small to be shown" in manager.text or "held back</span>" in manager.text
    partner = counts_page("partner", "&by=pair", organisation=world["orgs"]["Law"])
    own = partner.text.split("All others of the network")[0]
    assert "exactly" in own
    assert 'class="withheld"' not in own
    assert counts_page("administrator").status_code == 404


def test_files_carry_what_the_page_shows_and_no_more(world, counts_page):
    for role, whose in (("manager", "others"), ("coordinator", "others")):
        text = counts_page(role, f"&by=pair&format=csv&whose={whose}").text
        assert "Clinic" in text
        assert "CASE-" not in text
    rows = list(csv.reader(io.StringIO(counts_page("manager", "&by=pair&format=csv").text.lstrip("\ufeff"))))
    counts = [cell for row in rows[1:] for cell in row[2:19] if cell]
    assert all(int(cell) == 0 or int(cell) >= 5 for cell in counts)
    mine = counts_page("partner", "&by=pair&format=csv&whose=own", organisation=world["orgs"]["Law"]).text
    assert "Law" in mine


def test_other_readers_choose_whole_quarters_only(world, counts_page):
    text = counts_page("manager", "&to=2026-01-02").text
    assert "1 Jan 2026 to 31 Mar 2026" in text
    assert 'type="date" name="to"' not in text


def test_the_order_of_rows_tells_nothing_that_is_held_back(world, counts_page):
    text = counts_page("manager", "&by=pair").text
    rows = re.findall(
        r'<tr><th scope="row">(.*?)</th><td[^>]*>(.*?)</td>\s*<td class="num"[^>]*>(.*?)</td>', text, re.DOTALL
    )
    assert rows
    shown = [-int(sent) if sent.strip().isdigit() else 0 for _, _, sent in rows]
    assert shown == sorted(shown)
    held = [(sender, receiver) for sender, receiver, sent in rows if not sent.strip().isdigit()]
    assert held == sorted(held)


def test_half_by_hand():
    assert by_days([(1.0, 1.0), (2.0, 2.0), (3.0, 3.0)]) == median([1, 2, 3])
