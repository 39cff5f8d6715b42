"""Cases kept in somebody's spreadsheet: in with their steps, once, refused in words, back out; never a person."""

from __future__ import annotations

import json
import random
import re
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from analytics.referral_steps import cached
from graphdb import audit, jobs, referrals, ties
from graphdb.imports import undoing
from graphdb.writes import change
from tests.imports.test_pages import preview_of, run
from tests.imports.world import ACTOR, TODAY, as_csv, bring, count, digest, workbook
from tests.referrals.cases import make
from web.imports.uploading import own_of
from web.interchange.readers.reading import Upload, read

HEADER = [
    "Referring agency", "Receiving agency", "Sector", "Date of referral", "Referral status", "Response date", "Date accepted",
    "Service start date", "Closure date", "Reason for rejection", "Priority", "Age", "Language", "Admin 2", "Population group",
    "Case ID", "Client name", "Phone number", "Comments",
]  # fmt: skip
SENT = date(2025, 3, 3)
SECRETS = ("RX-77-0193", "Ahmad Rahimi", "+359 888 123 456", "came with his brother", "8001014509")


@pytest.fixture
def net(graph):
    orgs = {name: make(graph, "Organisation", {"name": name, "kind": "ngo"}) for name in ("Clinic", "Helpers", "Court")}
    legal = make(graph, "ServiceType", {"name": "Legal aid", "name_bg": "Правна помощ", "code": "legal"})
    health = make(graph, "ServiceType", {"name": "Health", "code": "health"})
    country = make(graph, "Place", {"name": "Bulgaria", "level": "country"})
    north, south = (
        make(graph, "Place", {"name": name, "level": "region"}, {"parent": [country]}) for name in ("North", "South")
    )
    make(graph, "Place", {"name": "Kamen", "level": "municipality"}, {"parent": [north]})
    for up in (north, south):
        make(graph, "Place", {"name": "Dol", "level": "municipality"}, {"parent": [up]})
    make(graph, "PopulationGroup", {"name": "Refugees", "code": "refugees"})
    return SimpleNamespace(**orgs, orgs=orgs, legal=legal, health=health)


def row(**cells):
    made = {"sender": "Clinic", "receiver": "Helpers", "service": "Legal aid", "sent": SENT.isoformat(), **cells}
    order = ("sender", "receiver", "service", "sent", "state", "answered", "accepted", "started", "closed", "reason", "priority",
             "age", "language", "place", "group", "case", "name", "phone", "comment")  # fmt: skip
    return [str(made.get(name, "")) for name in order]


def sheet(*rows, name="rims.csv", header=HEADER):
    return as_csv(name, [list(header), *rows])


def refusals(report):
    return [(each.code, each.row) for each in report.refused]


def stored(graph):
    return graph.define(
        """
        MATCH (s)-[:SENT]->(r:Referral)-[:TO]->(e)
        RETURN r.id AS id, s.name AS sender, e.name AS receiver, r.state AS state, r.sent_on AS sent_on, r.answered_on AS answered_on,
               r.served_on AS served_on, r.closed_on AS closed_on, r.feedback_seen_on AS feedback_seen_on, r.reason AS reason,
               r.age_band AS age, r.languages AS languages, r.case_ref AS ref, r.source AS source, r.priority AS priority,
               COLLECT { MATCH (r)-[:FOR_PLACE]->(p) RETURN p.name } AS places,
               COLLECT { MATCH (r)-[:HAS_EVENT]->(v) WITH v ORDER BY v.at, v.id RETURN properties(v) } AS events
        ORDER BY r.sent_on, s.name, e.name, r.state
        """
    )


WHOLE = row(
    state="Successfully closed", answered="2025-03-05", accepted="2025-03-06", started="2025-03-10", closed="2025-04-01",
    priority="High", age="14", language="Persian; ar", place="Kamen", group="refugees", case=SECRETS[0], name=SECRETS[1],
    phone=SECRETS[2], comment=SECRETS[3],
)  # fmt: skip


def test_a_row_of_a_case_system_is_a_referral_with_its_steps(graph, net):
    report = bring(graph, sheet(WHOLE))
    assert report.refused == ()
    assert {name: n for name, n in report.written.items() if n} == {"referrals": 1}
    case = stored(graph)[0]
    assert (case["state"], case["priority"], case["age"]) == ("closed_successful", "urgent", "child")
    assert (case["languages"], case["places"], case["source"]) == (["fa", "ar"], ["Kamen"], "rims.csv")
    assert [(event["kind"], str(event["at"].date())) for event in case["events"]] == [
        ("send", "2025-03-03"), ("acknowledge", "2025-03-05"), ("accept", "2025-03-06"), ("begin", "2025-03-10"),
        ("close_helped", "2025-04-01"),
    ]  # fmt: skip
    assert {event["via"] for event in case["events"]} == {"list"}
    assert audit.first_break(graph) is None


def test_nothing_of_the_person_comes_in_and_each_column_left_out_is_told(graph, net):
    upload = sheet(*[row(case=SECRETS[0], name=SECRETS[1], phone=SECRETS[2], comment=SECRETS[3]) for _ in range(6)])
    report = bring(graph, upload)
    told = {(each.code, each.column) for each in report.warnings}
    assert {("person_column", "P: Case ID"), ("person_column", "Q: Client name"), ("person_column", "R: Phone number"),
            ("unknown_column", "S: Comments")} <= told  # fmt: skip
    everything = json.dumps(graph.define("MATCH (n) RETURN properties(n) AS p"), default=str)
    assert not [secret for secret in SECRETS if secret in everything]
    assert re.fullmatch(r"(\w{4}-){3}\w", stored(graph)[0]["ref"])
    samples = [column.samples for table in read([upload]).tables for column in table.columns if column.field is None]
    assert set(samples) == {()}


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Beneficiaries", ["Ahmad Rahimi", "Мария Иванова", "Ivan Petrov", "Anna Kalniņa"]),
        ("Population", ["8001014509", "7523169263", "8032056031", "8001010008"]),
        ("Reason", ["0888 123 456", "+359 888 123 457", "0888 123 458", "0888 123 459"]),
    ],
)
def test_a_column_under_a_harmless_head_is_known_by_what_it_holds(header, values):
    rows = [["Clinic", "Helpers", "Legal aid", SENT.isoformat(), value] for value in values]
    reading = read([as_csv("rims.csv", [["Referring agency", "Referred to", "Sector", "Date sent", header], *rows])])
    assert len(reading.referrals) == len(values)
    assert [each.code for each in reading.warnings] == ["person_column"]
    assert all(fact.group is None and fact.reason is None for fact in reading.referrals)
    assert not [secret for secret in values if secret in str(reading)]


HEADS = {
    "en": ["Sender", "Receiver", "Type of service", "Sent on", "Status", "Accepted on"],
    "bg": ["Изпращаща организация", "Получател", "Вид услуга", "Дата на насочване", "Състояние", "Прието на"],
    "lv": ["Nosūtītājs", "Saņēmējs", "Pakalpojuma veids", "Nosūtīšanas datums", "Statuss", "Pieņemšanas datums"],
    "sr": ["Pošiljalac", "Primalac", "Vrsta usluge", "Datum upućivanja", "Status", "Datum prihvatanja"],
    "sr_cyrillic": ["Пошиљалац", "Прималац", "Врста услуге", "Датум упућивања", "Статус", "Датум прихватања"],
    "primero": ["transitioned_by_agency", "transitioned_to_agency", "service", "created_at", "status", "responded_at"],
}
SAID = {
    "bg": "Прието",
    "lv": "Pieņemts",
    "sr": "Prihvaćeno",
    "sr_cyrillic": "Прихваћено",
    "en": "Accepted",
    "primero": "accepted",
}


@pytest.mark.parametrize("language", HEADS)
def test_headings_and_states_are_read_in_every_language(graph, net, language):
    service = "Правна помощ" if language == "bg" else "Legal aid"
    upload = as_csv(
        "list.csv", [HEADS[language], ["Clinic", "Helpers", service, "03.03.2025", SAID[language], "06.03.2025"]]
    )
    report = bring(graph, upload)
    assert (report.refused, report.written["referrals"]) == ((), 1), report
    assert [event["kind"] for event in stored(graph)[0]["events"]] == ["send", "accept"]


def test_our_workbook_has_a_sheet_for_them(graph, net):
    case = {"sender": "Clinic", "receiver": "Helpers", "service_type": "legal", "sent_on": "2025-03-03", "state": "closed (closed)",
            "outcome": "not helped (not_helped)", "accepted_on": "2025-03-04", "closed_on": "2025-03-09", "age_band": "60+"}  # fmt: skip
    report = bring(graph, workbook(referrals=[case]))
    assert report.refused == ()
    assert [each.code for each in report.warnings] == ["reason_missing"]
    made = stored(graph)[0]
    assert (made["state"], made["reason"], made["age"]) == ("closed_unsuccessful", "other", "older")


BAD = {
    "organisation_unknown": row(receiver="Nobody"),
    "referral_to_itself": row(receiver="Clinic"),
    "word_not_listed": row(service="Dentist"),
    "place_not_listed": row(place="Atlantis"),
    "place_ambiguous": row(place="Dol"),
    "sent_missing": row(sent=""),
    "day_unreadable": row(accepted="soon"),
    "day_in_future": row(state="Accepted", accepted="2025-07-09"),
    "state_unknown": row(state="somehow"),
    "days_out_of_order": row(accepted="2025-03-01"),
    "day_not_in_state": row(state="Pending", closed="2025-03-04"),
    "outcome_missing": row(state="Closed", accepted="2025-03-04", closed="2025-03-09"),
    "day_missing": row(state="In service", accepted="2025-03-04"),
    "never_sent": row(state="Draft"),
}


def test_every_bad_row_is_told_with_what_to_do_and_nothing_is_written(graph, net):
    before = digest(graph)
    report = bring(graph, sheet(WHOLE, *BAD.values()))
    assert sorted(refusals(report)) == sorted((code, n) for n, code in enumerate(BAD, start=3))
    assert digest(graph) == before
    rest = bring(graph, sheet(WHOLE, *BAD.values()), skip_bad=True)
    assert rest.written["referrals"] == 1
    assert len(rest.refused) == len(BAD)


def test_a_sum_is_no_referral(graph, net):
    header = ["sender", "receiver", "service_type", "sent_on", "Number of referrals"]
    report = bring(graph, as_csv("referrals.csv", [header, ["Clinic", "Helpers", "Legal aid", "2025-03-03", "12"]]))
    assert refusals(report) == [("several_in_one_row", 2)]
    assert count(graph, "Referral") == 0


def test_a_list_of_referrals_makes_nothing_else(graph, net):
    bring(graph, sheet(row(service="Dentist"), row(receiver="Nobody"), row(group="Martians"), WHOLE), skip_bad=True)
    assert (count(graph, "Organisation"), count(graph, "ServiceType"), count(graph, "PopulationGroup")) == (3, 2, 1)


def test_the_same_file_again_adds_nothing_and_two_alike_are_two(graph, net):
    twice = sheet(WHOLE, row(), row(), row(state="Accepted", accepted="2025-03-05"))
    assert bring(graph, twice).written["referrals"] == 4
    before = digest(graph)
    again = bring(graph, twice)
    assert (again.written["referrals"], again.already["referrals"]) == (0, 4)
    assert not [each for each in again.warnings if each.code == "referral_moved_on"]
    assert digest(graph) == before
    third = bring(graph, sheet(WHOLE, row(), row(), row(), row(state="Accepted", accepted="2025-03-05")))
    assert third.written["referrals"] == 1, "the one that is new"


def test_a_case_that_moved_on_elsewhere_is_told_and_not_doubled(graph, net):
    bring(graph, sheet(row()))
    report = bring(graph, sheet(row(state="Accepted", accepted="2025-03-05", place="Kamen")))
    assert (report.written["referrals"], report.already["referrals"]) == (0, 1)
    assert "referral_moved_on" in {each.code for each in report.warnings}


def drawn(number, seed=3):
    """Rows with a course each, and what the file says of them, for counting it again."""
    dice, rows, facts = random.Random(seed), [], []
    for _ in range(number):
        sent = TODAY - timedelta(days=dice.randint(1, 85))
        sender, receiver = dice.sample(["Clinic", "Helpers", "Court"], 2)
        later = [min(sent + timedelta(days=n), TODAY) for n in sorted(dice.sample(range(30), 4))]
        kind = dice.choice(
            ["sent", "acknowledged", "accepted", "served", "rejected", "helped", "not_helped", "withdrawn"]
        )
        cells = {
            "sent": {"state": "No feedback received"},
            "acknowledged": {"state": "Acknowledged", "answered": later[0]},
            "accepted": {"state": "Accepted", "accepted": later[0]},
            "served": {"state": "In service", "accepted": later[0], "started": later[1]},
            "rejected": {"state": "Not accepted", "answered": later[0], "reason": "No capacity"},
            "helped": {"state": "Successfully closed", "answered": later[0], "accepted": later[1], "started": later[2], "closed": later[3]},
            "not_helped": {"state": "Unsuccessful", "accepted": later[0], "closed": later[3], "reason": "language barrier"},
            "withdrawn": {"state": "Withdrawn", "closed": later[0]},
        }[kind]  # fmt: skip
        priority = dice.choice(["emergency", "urgent", "normal"])
        rows.append(row(sender=sender, receiver=receiver, sent=sent, priority=priority, **cells))
        answered = None if kind in {"sent", "withdrawn"} else later[0]
        facts.append({"sender": sender, "receiver": receiver, "sent": sent, "kind": kind, "answered": answered, "priority": priority,
                      "closed": cells.get("closed")})  # fmt: skip
    return rows, facts


def test_every_cache_is_the_fold_of_its_events(graph, net):
    rows, _ = drawn(60)
    assert bring(graph, sheet(*rows)).refused == ()
    for case in stored(graph):
        kept = cached([(event["kind"], event["at"].to_native().date()) for event in case["events"]])
        for name in ("state", "sent_on", "answered_on", "served_on", "closed_on", "feedback_seen_on"):
            found = case[name]
            assert (found.to_native() if hasattr(found, "to_native") else found) == getattr(kept, name), name
        states = ["draft", *(event["to_state"] for event in case["events"])]
        assert [event["from_state"] for event in case["events"]] == states[:-1]


def test_the_events_are_those_of_steps_taken_here(graph, net):
    bring(graph, sheet(row(state="Not accepted", answered="2025-03-05", reason="No capacity")))
    new = referrals.NewReferral(net.Clinic, net.Helpers, net.legal, "", "", "normal", "")
    made = change(graph, ACTOR, lambda c: referrals.send(c, graph, new))
    taken = referrals.Taken("decline", "no_capacity")
    change(graph, ACTOR, lambda c: referrals.take_step(c, graph, made, taken, (net.Helpers,)))
    here, listed = sorted(stored(graph), key=lambda case: case["id"] != made)
    own = {"id", "at", "via", "import_id", "subject"}
    plain = [[{k: v for k, v in event.items() if k not in own} for event in case["events"]] for case in (here, listed)]
    assert plain[0] == plain[1]
    for case in (here, listed):
        days = [event["at"].date() for event in case["events"]]
        assert (case["state"], case["reason"]) == ("rejected", "no_capacity")
        assert (case["sent_on"], case["answered_on"], case["closed_on"]) == (days[0], days[1], days[1])


LIMITS = {"emergency": 1, "urgent": 3, "normal": 14}


def recount(facts):
    """definitions.md 2.6 counted over the file's own rows, in days."""
    late = [
        fact
        for fact in facts
        if not fact["answered"] and fact["kind"] == "sent" and (TODAY - fact["sent"]).days > LIMITS[fact["priority"]]
    ]
    taken_back = [
        fact
        for fact in facts
        if fact["kind"] == "withdrawn" and (fact["closed"] - fact["sent"]).days <= LIMITS[fact["priority"]]
    ]
    stopped_late = [fact for fact in facts if fact["kind"] == "withdrawn" and fact not in taken_back]
    answered = [fact for fact in facts if fact["answered"]]
    return {
        "sent": len(facts), "acknowledged": len(answered), "due": len(answered) + len(late) + len(stopped_late),
        "no_feedback": len(late) + len(stopped_late),
        "in_time": sum((fact["answered"] - fact["sent"]).days <= LIMITS[fact["priority"]] for fact in answered),
        "accepted": sum(fact["kind"] in {"accepted", "served", "helped", "not_helped"} for fact in facts),
        "rejected": sum(fact["kind"] == "rejected" for fact in facts), "closed_successful": sum(fact["kind"] == "helped" for fact in facts),
        "verified": sum(fact["kind"] == "helped" for fact in facts), "closed": sum(fact["kind"] in {"helped", "not_helped"} for fact in facts),
    }  # fmt: skip


def test_indicators_and_ties_equal_a_count_of_the_file(app, graph, net, monkeypatch):
    rows, facts = drawn(140)
    assert bring(graph, sheet(*rows)).written["referrals"] == 140

    @contextmanager
    def database():
        yield graph

    monkeypatch.setattr("web.commands.referrals.database", database)
    asked = [
        "referrals",
        "indicators",
        "--from",
        "2025-01-01",
        "--to",
        "2025-07-01",
        "--as-of",
        "2025-07-01",
        "--exact",
        "--format",
        "json",
    ]
    found = json.loads(app.test_cli_runner().invoke(args=asked).stdout)["all"]
    counted = recount(facts)
    assert {name: found[name] for name in counted} == counted
    ties.rebuild(graph, TODAY)
    lain = graph.define(
        "MATCH (a)-[r:REFERS_TO]->(b) RETURN a.name AS a, b.name AS b, r.n AS n, r.first AS first, r.last AS last"
    )
    for tie in lain:
        days = [fact["sent"] for fact in facts if (fact["sender"], fact["receiver"]) == (tie["a"], tie["b"])]
        assert (tie["n"], tie["first"].to_native(), tie["last"].to_native()) == (len(days), min(days), max(days))
    assert len(lain) == len({(fact["sender"], fact["receiver"]) for fact in facts})
    assert ties.is_current(graph, TODAY)


def test_taken_back_every_case_and_every_step_is_gone(graph, net):
    before, events = digest(graph), count(graph, "Event")
    rows, _ = drawn(30)
    import_ = bring(graph, sheet(*rows)).import_id
    assert count(graph, "Event") > events
    undoing.undo(graph, ACTOR, import_)
    assert (digest(graph), count(graph, "Event")) == (before, events)
    again = bring(graph, sheet(*rows))
    assert again.written["referrals"] == 30


def test_not_taken_back_when_somebody_has_taken_a_step(graph, net):
    import_ = bring(graph, sheet(row())).import_id
    case = stored(graph)[0]["id"]
    change(graph, ACTOR, lambda c: referrals.take_step(c, graph, case, referrals.Taken("accept"), (net.Helpers,)))
    with pytest.raises(undoing.TouchedError):
        undoing.undo(graph, ACTOR, import_)
    assert stored(graph)[0]["state"] == "accepted"


def test_a_partner_imports_what_it_sent_itself_and_nothing_of_others(graph, net, sign_in):
    own = frozenset({net.Clinic})
    report = bring(graph, sheet(WHOLE, row(sender="Court")), own=own)
    assert refusals(report) == [("not_own", 3)]
    assert bring(graph, sheet(WHOLE), own=own).written["referrals"] == 1
    sign_in("partner", organisation=net.Clinic)
    account = graph.define("MATCH (a:Account) RETURN a.id AS id ORDER BY a.id DESC LIMIT 1")[0]["id"]
    assert own_of(graph, account, datetime.now(UTC).date()) == own


def test_no_clock_runs_over_what_a_list_brought_until_somebody_acts(graph, net, sign_in):
    partner = sign_in("partner", organisation=net.Helpers)
    bring(graph, sheet(row()))
    jobs.tick(graph, "clocks", timedelta(0))
    run(graph)
    case = stored(graph)[0]
    assert (case["state"], [event["kind"] for event in case["events"]]) == ("sent", ["send"])
    assert "Clinic" in partner.get("/referrals/").text, "it stands on the board"
    assert "Legal aid" not in partner.get("/").text, "but nobody is pressed"


def test_through_the_pages(graph, net, sign_in):
    partner = sign_in("partner", organisation=net.Clinic)
    data = sheet(WHOLE, row(service="Dentist"))
    where, page = preview_of(partner, graph, (data.name, data.data))
    assert "1 row cannot be taken in" in page.text
    assert "A list of referrals adds nothing to them" in page.text
    assert "The column looks like names" in page.text
    assert not [secret for secret in SECRETS if secret in page.text]
    partner.post(where, {"action": "import", "skip_bad": "yes"})
    run(graph)
    case = stored(graph)[0]
    shown = partner.get(f"/referrals/{case['id']}")
    assert "kept by the sender, outside the program" in shown.text
    assert "from an imported list" in shown.text
    assert "Under 18" in shown.text
    assert partner.get(f"/referrals/{case['id']}/form").status_code == 200
    other = sign_in("coordinator")
    assert other.get(f"/referrals/{case['id']}").status_code in {403, 404}


def test_an_imported_case_is_not_passed_on_without_its_consent(graph, net, sign_in):
    bring(graph, sheet(row(state="Accepted", accepted="2025-03-05")))
    case = stored(graph)[0]["id"]
    receiver = sign_in("partner", organisation=net.Helpers)
    answer = receiver.post(
        f"/referrals/{case}/pass-on", {"receiver": net.Court, "version": "1", "agreed": "y", "key": "k"}
    )
    assert answer.status_code == 400
    assert "ask the sender to refer the person anew" in answer.text
    assert (count(graph, "Referral"), stored(graph)[0]["state"]) == (1, "accepted")


def test_an_old_excel_or_any_other_file_is_not_taken_for_it():
    assert read([Upload("x.xlsx", b"\xd0\xcf\x11\xe0old")]).referrals == ()
