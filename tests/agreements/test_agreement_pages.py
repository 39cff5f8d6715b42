"""The pages of agreements: states, paper ties, versions, renewal, the end, reminders."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from graphdb import collaboration, jobs, records
from graphdb.agreements import reminding
from graphdb.catalogue import kind_of
from graphdb.jobs import enqueue
from graphdb.outbox import letter_of
from graphdb.records import New
from graphdb.writes import Change, change
from tests.meetings.world import ACTOR, World, make
from web.agreements import reminders
from web.jobs import work

TODAY = datetime.now(UTC).date()


@pytest.fixture
def world(graph) -> World:
    return make(graph, TODAY)


def signed(graph, world, **values: object) -> str:
    said = {"name": "Pact", "kind": "mou", "stage": "signed", "valid_from": TODAY - timedelta(days=300), **values}
    links = {"parties": [world.town, world.office, world.clinic]}
    return change(graph, ACTOR, lambda c: records.create(c, graph, kind_of("Agreement"), said, links))


def stored(graph, record: str) -> dict:
    return graph.define("MATCH (a:Agreement {id: $id}) RETURN properties(a) AS p", id=record)[0]["p"]


def hidden(page: str, name: str) -> str:
    return re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)[1]


def test_the_list_says_what_holds_and_what_lapses(sign_in, graph, world):
    signed(graph, world, name="Draft one", stage="drafting")
    signed(graph, world, name="Old one", valid_to=TODAY)
    page = sign_in("partner", organisation=world.town).get("/agreements/").text
    assert "3 agreements: 1 in force, 1 of them lapses soon" in re.sub(r"\s+", " ", page), (
        "the world's protocol ends in 40 days"
    )
    assert page.index("Protocol") < page.index("Draft one") < page.index("Old one")
    only = sign_in("coordinator").get("/agreements/?state=drafting").text
    assert "Draft one" in only
    assert "Old one" not in only


def test_the_page_tells_paper_ties_from_ties_that_were_seen(sign_in, graph, world):
    record = signed(graph, world)
    graph.define(
        "MATCH (a:Organisation {id: $town}), (b:Organisation {id: $office}) CREATE (m:Record:Meeting {id: 'm', state: 'held',"
        " starts_at: datetime(), version: 1}) CREATE (a)-[:ATTENDED {mode: 'present'}]->(m)<-[:ATTENDED {mode: 'present'}]-(b)",
        town=world.town, office=world.office,
    )  # fmt: skip
    page = sign_in("coordinator").get(f"/agreements/{record}").text
    part = re.search(r'id="pairs".*?</section>', page, re.DOTALL)[0]
    assert "1 of 3 pairs were seen working together" in part
    assert part.count("no tie seen") == 2
    assert "a meeting" in part


def test_who_may_read_titles_sees_no_terms(sign_in, graph, world):
    record = signed(graph, world, scope="Secret scope", data_annex="yes", data_annex_allows="Names of services")
    whole = sign_in("partner", organisation=world.shy).get(f"/agreements/{record}").text
    for text in ("Secret scope", "Names of services", 'id="versions"'):
        assert text in whole, text
    for role in ("manager", "leader"):
        page = sign_in(role).get(f"/agreements/{record}").text
        assert "Pact" in page
        for text in ("Secret scope", "Names of services", 'id="versions"', 'id="pairs"'):
            assert text not in page, (role, text)


def test_drafts_are_no_evidence_of_an_agreement(graph, world):
    draft, real = signed(graph, world, name="Draft", stage="legal"), signed(graph, world)
    agreed = {each.id for each in collaboration.known(graph).facts.agreements}
    assert real in agreed
    assert world.agreement in agreed, "one of which only dates are known holds"
    assert draft not in agreed


def test_versions_are_noted_once_and_by_parties_only(sign_in, graph, world):
    record = signed(graph, world)
    party = sign_in("partner", organisation=world.town)
    page = party.get(f"/agreements/{record}").text
    said = {
        "key": hidden(page, "key"),
        "on": "2026-01-31",
        "reference": "https://files.example/1 ",
        "note": "Article 4 is new",
    }
    assert [party.post(f"/agreements/{record}/versions", said).status_code for _ in range(2)] == [303, 303]
    assert graph.define("MATCH (d:DocVersion) RETURN count(d) AS n")[0]["n"] == 1
    page = party.get(f"/agreements/{record}").text
    assert '<a href="https://files.example/1"' in page
    bad = party.post(
        f"/agreements/{record}/versions", {**said, "key": "2", "on": "soon", "reference": "javascript:alert(1)"}
    )
    assert bad.status_code == 400
    assert 'value="soon"' in bad.text
    party.post(f"/agreements/{record}/versions", {**said, "key": "3", "reference": "javascript:alert(1)"})
    assert 'href="javascript' not in party.get(f"/agreements/{record}").text
    stranger = sign_in("partner", organisation=world.shy)
    assert stranger.post(f"/agreements/{record}/versions", {**said, "key": "4"}).status_code == 403


def test_a_renewal_follows_once_and_ends_the_warning(sign_in, graph, world):
    coordinator = sign_in("coordinator")
    record = signed(graph, world, valid_to=TODAY + timedelta(days=20))
    page = coordinator.get(f"/agreements/{record}").text
    assert "Lapses soon" in page
    answers = [coordinator.post(f"/agreements/{record}/renew", {"key": hidden(page, "key")}) for _ in range(2)]
    assert answers[0].location == answers[1].location
    new = answers[0].location.rpartition("/")[2]
    assert stored(graph, new)["stage"] == "drafting"
    assert stored(graph, new)["valid_from"].to_native() == TODAY + timedelta(days=20)
    assert "Being drafted" in coordinator.get(f"/agreements/{record}").text
    assert "the next one is being prepared" in coordinator.get("/agreements/").text
    assert "Lapses soon" in coordinator.get(f"/agreements/{record}").text, "a draft renews nothing"
    change(graph, ACTOR, lambda c: str(records.update(c, graph, kind_of("Agreement"), new, None, {"stage": "signed"})))
    assert "Lapses soon" not in coordinator.get(f"/agreements/{record}").text
    after = (TODAY + timedelta(days=20)).isoformat()
    assert "Renewed" in coordinator.get(f"/agreements/{record}?as_of={after}").text


def test_an_agreement_is_ended_from_a_day_on(sign_in, graph, world):
    record = signed(graph, world)
    party = sign_in("partner", organisation=world.office)
    page = party.get(f"/agreements/{record}").text
    until = TODAY + timedelta(days=10)
    said = {"key": hidden(page, "key"), "version": hidden(page, "version"), "until": until.isoformat()}
    assert [party.post(f"/agreements/{record}/terminate", said).status_code for _ in range(2)] == [303, 303]
    assert (stored(graph, record)["stage"], stored(graph, record)["valid_to"].to_native()) == ("terminated", until)
    assert "Terminated" in party.get(f"/agreements/{record}").text
    again = {"key": "2", "version": stored(graph, record)["version"], "until": TODAY.isoformat()}
    party.post(f"/agreements/{record}/terminate", again)
    assert stored(graph, record)["valid_to"].to_native() == until


@pytest.fixture(autouse=True)
def mail_server(monkeypatch):
    monkeypatch.setenv("MREZHA_SMTP", "smtp://127.0.0.1:25")
    monkeypatch.setenv("MREZHA_MAIL_FROM", "network@example.org")


def focal(graph, organisation: str, address: str, languages: str = "") -> None:
    def work_(c: Change) -> str:
        said = {"name": address, "role_class": "staff", "email": address, "languages": languages}
        person = records.create(c, graph, kind_of("Person"), said)
        links = {"person": [person], "organisation": [organisation]}
        return str(
            records.create_many(
                c, graph, kind_of("Employment"), [New({"position": "Head", "focal_point": "yes"}, links)]
            )
        )

    change(graph, ACTOR, work_)


def letters(graph, app) -> list[tuple[str, str, str]]:
    """Letters written by today's reminders."""
    change(graph, ACTOR, lambda c: enqueue(c, "agreements", {}))
    before = {job.id for job in _mails(graph)}
    with app.test_request_context():
        found = None
        while (job := jobs.claim(graph, "w")) is not None:
            if job.kind == "agreements":
                jobs.Running(graph, job, "w").finish(
                    "done", work.handler_of("agreements")(jobs.Running(graph, job, "w"))
                )
                found = True
    assert found
    made = [letter_of(graph.vault, job) for job in _mails(graph) if job.id not in before]
    return sorted((one.to, one.subject, one.text) for one in made)


def _mails(graph) -> list[jobs.Job]:
    return [job for job in graph.fetch(jobs.MINE, owner="", everybody=True, limit=50) if job.kind == "mail"]


def test_people_are_reminded_once_for_each_day_and_told_no_content(graph, app, world):
    focal(graph, world.town, "town@example.org", "bg")
    focal(graph, world.clinic, "clinic@example.org")
    focal(graph, world.shy, "shy@example.org")
    record = signed(graph, world, name="Very secret pact", valid_to=TODAY + timedelta(days=80))
    first = letters(graph, app)
    assert [to for to, *_ in first] == ["clinic@example.org", "town@example.org", "town@example.org"], (
        "the world's protocol, too"
    )
    assert all("secret" not in text + subject for _, subject, text in first)
    assert "Нещо" in next(subject for to, subject, _ in first if to == "town@example.org")
    assert letters(graph, app) == []
    nearer = {"valid_from": TODAY - timedelta(days=300), "valid_to": TODAY + timedelta(days=25)}
    change(graph, ACTOR, lambda c: str(records.update(c, graph, kind_of("Agreement"), record, None, nearer)))
    assert [to for to, *_ in letters(graph, app)] == ["clinic@example.org", "town@example.org"]


def test_a_reminder_carries_the_address_of_the_network_where_it_is_known(sign_in, graph, app, world):
    focal(graph, world.town, "town@example.org")
    said = {"name": "N", "time_zone": "Europe/Riga", "address": "https://mrezha.example.org/"}
    assert sign_in("administrator").post("/settings/network", said).status_code == 303
    assert [text.splitlines()[1:] for *_, text in letters(graph, app)] == [["", "https://mrezha.example.org"]]


def test_without_a_mail_server_no_letter_is_queued_and_none_is_lost(graph, app, world, monkeypatch):
    focal(graph, world.town, "town@example.org")
    with monkeypatch.context() as without:
        without.delenv("MREZHA_SMTP")
        without.delenv("MREZHA_MAIL_FROM")
        assert letters(graph, app) == []
    assert [to for to, *_ in letters(graph, app)] == ["town@example.org"]


def test_two_workers_give_one_reminder(graph, app, world):
    focal(graph, world.town, "town@example.org")
    signed(graph, world, valid_to=TODAY + timedelta(days=20))
    seen = reminding.ending(graph, TODAY, TODAY + timedelta(days=30))
    with app.test_request_context():
        sent = [
            change(graph, ACTOR, reminders._reminder(graph, one, reminding.key_of(one, 30), TODAY)) for one in seen * 2
        ]
    assert sent == ["1", "0"]


def test_the_days_of_reminders_are_a_setting(sign_in, graph):
    administrator = sign_in("administrator")
    said = {"name": "N", "time_zone": "Europe/Riga", "agreement_days": "45 10, 120"}
    assert administrator.post("/settings/network", said).status_code == 303
    assert reminding.days(graph) == (120, 45, 10)
    assert administrator.post("/settings/network", {**said, "agreement_days": "soon"}).status_code == 400
    assert reminding.days(graph) == (120, 45, 10)


def test_every_regular_job_is_queued_once_when_its_time_comes_and_has_a_handler(graph):
    for _ in range(3):
        work.queue_regular(graph)
    queued = graph.define("MATCH (j:Job) RETURN j.kind AS kind ORDER BY kind")
    assert [one["kind"] for one in queued] == sorted(work.REGULAR)
    assert all(callable(work.handler_of(kind)) for kind in work.REGULAR)
    assert "agreements" in work.REGULAR


def test_what_lapses_waits_on_the_home_of_parties_and_coordinator(sign_in, graph, world):
    record = signed(graph, world, name="Pact that lapses", valid_to=TODAY + timedelta(days=20))
    for who in (sign_in("coordinator"), sign_in("partner", organisation=world.office)):
        assert f"/agreements/{record}" in who.get("/").text
    assert f"/agreements/{record}" not in sign_in("partner", organisation=world.shy).get("/").text
    change(
        graph,
        ACTOR,
        lambda c: str(records.update(c, graph, kind_of("Agreement"), record, None, {"stage": "terminated"})),
    )
    assert f"/agreements/{record}" not in sign_in("coordinator").get("/").text


def test_the_home_warns_as_early_as_the_page_of_agreements(sign_in, graph, world):
    record = signed(graph, world, name="Pact that lapses", valid_to=TODAY + timedelta(days=80))
    coordinator = sign_in("coordinator")
    said = {"name": "N", "time_zone": "Europe/Riga"}
    for days, warned in (("", True), ("79, 5", False), ("30 80", True)):
        if days:
            sign_in("administrator").post("/settings/network", {**said, "agreement_days": days})
        assert (f"/agreements/{record}" in coordinator.get("/").text) == warned, days
        assert ("Lapses soon" in coordinator.get(f"/agreements/{record}").text) == warned, days


def test_who_may_have_titles_gets_no_more_from_the_pages_of_records(sign_in, graph, world):
    record = signed(graph, world, name="Pact", scope="what only members read")
    for role, more in (("manager", {}), ("leader", {}), ("partner", {"organisation": world.shy})):
        someone = sign_in(role, **more)
        texts = [
            someone.get(url, follow_redirects=True).text
            for url in (f"/records/agreements/{record}", "/records/agreements", "/records/agreements?format=csv")
        ]
        assert all("Pact" in text for text in texts), role
        assert any("what only members read" in text for text in texts) == (role == "partner"), role
