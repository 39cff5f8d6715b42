"""A draft under discussion: who may comment, until when, what becomes of a comment, versions, double submits."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.consultations.drafts import TODAY, decide, number_of, put, say, stored
from tests.meetings.world import World, make, meet


@pytest.fixture
def world(graph) -> World:
    return make(graph, TODAY)


@pytest.fixture
def draft(graph, world) -> str:
    return put(graph, [world.town, world.office, world.clinic])


def hidden(page: str, name: str) -> str:
    return re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)[1]


def flat(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def said(page: str, organisation: str, **more: str) -> dict[str, str]:
    return {"key": hidden(page, "key"), "organisation": organisation, "part": "Article 4", "text": "24 hours are too short",
            "proposed": "72 hours", "given": "in_writing", **more}  # fmt: skip


def test_an_asked_partner_comments_once_however_often_the_form_is_sent(sign_in, graph, world, draft):
    partner = sign_in("partner", organisation=world.town)
    form = said(partner.get(f"/consultations/{draft}").text, world.town)
    answers = [partner.post(f"/consultations/{draft}/comments", form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert number_of(graph, "DraftComment") == 1
    page = flat(partner.get(f"/consultations/{draft}").text)
    assert "1 comment; 1 of 3 asked organisations have answered." in page
    assert "24 hours are too short" in page
    assert "72 hours" in page
    other = said(partner.get(f"/consultations/{draft}").text, world.town, text="Another")
    partner.post(f"/consultations/{draft}/comments", other)
    numbers = graph.define("MATCH (n:DraftComment) RETURN n.number AS n ORDER BY n")
    assert [row["n"] for row in numbers] == [1, 2]


def test_nobody_speaks_for_another_organisation_and_who_is_not_asked_does_not(sign_in, graph, world, draft):
    partner = sign_in("partner", organisation=world.town)
    form = said(partner.get(f"/consultations/{draft}").text, world.office)
    assert partner.post(f"/consultations/{draft}/comments", form).status_code == 400
    assert partner.post(f"/consultations/{draft}/content", form).status_code == 303
    stranger = sign_in("partner", organisation=world.shy)
    page = stranger.get(f"/consultations/{draft}").text
    assert "Comment on it" not in page
    assert stranger.post(f"/consultations/{draft}/comments", {**form, "organisation": world.shy}).status_code == 403
    coordinator = sign_in("coordinator")
    refused = coordinator.post(f"/consultations/{draft}/comments", {**form, "organisation": world.shy})
    assert refused.status_code == 400
    assert "not asked" in refused.text
    assert number_of(graph, "DraftComment") == 0
    assert not graph.define("MATCH ()-[r:NOTHING_TO_ADD]->() RETURN r")


@pytest.mark.parametrize(("role", "read"), [("leader", 200), ("mentor", 200), ("supervisor", 200), ("manager", 200), ("administrator", 403)])  # fmt: skip
def test_members_read_and_only_the_coordinator_decides(sign_in, graph, world, draft, role, read):
    comment = say(graph, draft, world.town)
    who = sign_in(role)
    for url in (
        "/consultations/",
        f"/consultations/{draft}",
        f"/consultations/{draft}/table/csv",
        f"/consultations/comments/{comment}",
    ):
        assert who.get(url).status_code == read, url
    assert who.post(f"/consultations/{draft}/comments", {"text": "x"}).status_code == 403
    assert (
        who.post(f"/consultations/comments/{comment}/decide", {"decision": "accepted", "version": "1"}).status_code
        == 403
    )
    partner = sign_in("partner", organisation=world.town)
    assert partner.post(f"/consultations/comments/{comment}/decide", {"decision": "accepted"}).status_code == 403
    assert stored(graph, comment)["decision"] == "open"


def test_the_coordinator_enters_what_was_said_at_a_meeting_which_others_do_not_learn_of(sign_in, graph, world):
    meeting = meet(graph, world, "Consultative meeting", TODAY - timedelta(days=1))
    draft = put(graph, [world.town, world.shy], meetings=[meeting])
    coordinator = sign_in("coordinator")
    form = said(coordinator.get(f"/consultations/{draft}").text, world.shy, given=meeting)
    assert coordinator.post(f"/consultations/{draft}/comments", form).status_code == 303
    row = graph.define("MATCH (n:DraftComment)-[:SAID_AT]->(m) RETURN n.given AS given, m.id AS meeting")[0]
    assert (row["given"], row["meeting"]) == ("at_meeting", meeting)
    invited, outside = sign_in("partner", organisation=world.town), sign_in("partner", organisation=world.shy)
    assert "Consultative meeting" in invited.get(f"/consultations/{draft}").text
    for url in (f"/consultations/{draft}", f"/consultations/{draft}/table/csv", f"/records/consultations/{draft}"):
        assert "Consultative meeting" not in outside.get(url).text, url
    assert "At a meeting" in outside.get(f"/consultations/{draft}").text
    page = invited.get(f"/meetings/{meeting}").text
    assert f"/consultations/{draft}" in page
    assert "Drafts to discuss" in page


def test_after_the_last_day_comments_are_refused_in_words_until_it_is_moved(sign_in, graph, world):
    draft = put(graph, [world.town], until=TODAY - timedelta(days=1))
    partner = sign_in("partner", organisation=world.town)
    page = partner.get(f"/consultations/{draft}").text
    assert "is over" in page
    assert "Comment on it" not in page
    form = {"key": "k", "organisation": world.town, "text": "Late", "given": "in_writing"}
    late = partner.post(f"/consultations/{draft}/comments", form)
    assert late.status_code == 400
    assert "the coordinator can move the day" in late.text
    coordinator = sign_in("coordinator")
    edit = coordinator.get(f"/records/consultations/{draft}/edit").text
    moved = {"key": hidden(edit, "key"), "version": hidden(edit, "version"), "name": "Draft protocol", "kind": "protocol",
             "state": "open", "edition": "1", "until": TODAY.isoformat(), "asked": [world.town]}  # fmt: skip
    assert coordinator.post(f"/records/consultations/{draft}/edit", moved).status_code == 303
    assert partner.post(f"/consultations/{draft}/comments", form).status_code == 303
    assert number_of(graph, "DraftComment") == 1


@pytest.mark.parametrize("state", ["draft", "closed", "reported"])
def test_comments_are_taken_while_the_draft_is_open(sign_in, graph, world, state):
    draft = put(graph, [world.town], state=state)
    form = {"key": "k", "organisation": world.town, "text": "Early", "given": "in_writing"}
    answer = sign_in("partner", organisation=world.town).post(f"/consultations/{draft}/comments", form)
    assert answer.status_code == 400
    assert "not open for comments" in answer.text
    assert number_of(graph, "DraftComment") == 0


def test_a_decision_needs_its_reason_and_is_made_once(sign_in, graph, world, draft):
    comment = say(graph, draft, world.town)
    coordinator = sign_in("coordinator")
    url = f"/consultations/comments/{comment}"
    page = coordinator.get(url).text
    form = {"key": hidden(page, "key"), "version": hidden(page, "version")}
    for decision in ("in_part", "rejected"):
        refused = coordinator.post(f"{url}/decide", {**form, "decision": decision, "reason": " "})
        assert refused.status_code == 400
        assert "Say why" in refused.text
    form |= {"decision": "rejected", "reason": "The law says 24 hours."}
    assert [coordinator.post(f"{url}/decide", form).status_code for _ in range(2)] == [303, 303]
    kept = stored(graph, comment)
    assert (kept["decision"], kept["version"], kept["decided_on"].to_native()) == ("rejected", 2, TODAY)
    late = coordinator.post(f"{url}/decide", {**form, "key": "other", "decision": "accepted", "reason": ""})
    assert late.status_code == 409
    assert "The law says 24 hours." in late.text
    assert "The law says 24 hours." in sign_in("partner", organisation=world.town).get(f"/consultations/{draft}").text
    for decision in ("accepted", "noted"):
        decide(graph, comment, decision, version=stored(graph, comment)["version"])


def test_own_comments_are_changed_and_taken_back_until_they_are_decided(sign_in, graph, world, draft):
    first, second = say(graph, draft, world.town), say(graph, draft, world.town)
    partner, other = sign_in("partner", organisation=world.town), sign_in("partner", organisation=world.office)
    page = partner.get(f"/consultations/comments/{first}").text
    form = {"key": hidden(page, "key"), "version": "1", "part": "Article 5", "text": "Longer", "given": "in_writing"}
    assert other.post(f"/consultations/comments/{first}", form).status_code == 403
    assert [partner.post(f"/consultations/comments/{first}", form).status_code for _ in range(2)] == [303, 303]
    assert (stored(graph, first)["text"], stored(graph, first)["version"]) == ("Longer", 2)
    assert partner.post(f"/consultations/comments/{first}", {**form, "key": "2"}).status_code == 409
    back = {"key": "3", "version": "1", "comment": second}
    other.post(f"/consultations/{draft}/withdraw", back)
    assert stored(graph, second)["version"] == 1, "not theirs"
    assert [partner.post(f"/consultations/{draft}/withdraw", back).status_code for _ in range(2)] == [
        303,
        303,
    ]
    assert stored(graph, second)["version"] == 2
    third = say(graph, draft, world.office)
    assert stored(graph, third)["number"] == 3, "a number is not given again"
    decide(graph, first, "accepted", version=2)
    partner.post(f"/consultations/comments/{first}", {**form, "key": "4", "version": "3", "text": "Too late"})
    assert stored(graph, first)["text"] == "Longer"


def test_a_new_version_loses_no_comment(sign_in, graph, world, draft):
    comment = say(graph, draft, world.town)
    coordinator = sign_in("coordinator")
    page = coordinator.get(f"/consultations/{draft}").text
    form = {"key": hidden(page, "key"), "version": hidden(page, "version"), "edition": "2",
            "edition_link": "https://files.example/2", "note": "Article 4 is new"}  # fmt: skip
    assert [coordinator.post(f"/consultations/{draft}/edition", form).status_code for _ in range(2)] == [303, 303]
    assert stored(graph, draft)["edition"] == "2"
    assert stored(graph, comment)["edition"] == "1"
    later = say(graph, draft, world.office)
    assert stored(graph, later)["edition"] == "2"
    page = coordinator.get(f"/consultations/{draft}").text
    assert "https://files.example/2" in page
    assert "Article 4 is new" in page
    assert page.count("version 1") == 1, "only the older comment says which version it was made on"
    labels = graph.define("MATCH (:Consultation)-[:HAS_VERSION]->(v) RETURN v.label AS label ORDER BY label")
    assert [row["label"] for row in labels] == ["1", "2"]
    again = {**form, "key": "2", "version": hidden(page, "version"), "edition": "1"}
    assert coordinator.post(f"/consultations/{draft}/edition", again).status_code == 400
    assert stored(graph, draft)["edition"] == "2"


def test_nothing_is_reported_while_a_comment_waits(sign_in, graph, world, draft):
    comment = say(graph, draft, world.town)
    coordinator = sign_in("coordinator")

    def go(state: str, key: str) -> str:
        form = {"key": key, "version": str(stored(graph, draft)["version"]), "state": state}
        coordinator.post(f"/consultations/{draft}/step", form)
        coordinator.post(f"/consultations/{draft}/step", form)
        return stored(graph, draft)["state"]

    assert go("reported", "1") == "open", "an open one is closed first"
    assert go("closed", "2") == "closed"
    version = stored(graph, draft)["version"]
    assert go("reported", "3") == "closed"
    assert "1 comment is not decided yet" in coordinator.get("/account/").text
    decide(graph, comment, "noted")
    assert go("reported", "4") == "reported"
    assert stored(graph, draft)["version"] == version + 1
    refused = coordinator.post(
        f"/consultations/comments/{comment}/decide", {"key": "5", "version": "2", "decision": "accepted"}
    )
    assert refused.status_code == 303
    assert stored(graph, comment)["decision"] == "noted"
    assert go("closed", "6") == "closed"
    assert go("open", "7") == "open"


def test_nothing_to_add_is_an_answer_given_once(sign_in, graph, world, draft):
    partner = sign_in("partner", organisation=world.clinic)
    page = partner.get(f"/consultations/{draft}").text
    assert "We have nothing to add" in page
    form = {"key": hidden(page, "key"), "organisation": world.clinic}
    assert [partner.post(f"/consultations/{draft}/content", form).status_code for _ in range(2)] == [303, 303]
    assert stored(graph, draft)["version"] == 2
    page = partner.get(f"/consultations/{draft}").text
    assert "We have nothing to add" not in page
    assert "1 of 3 asked organisations have answered" in flat(page)


def test_texts_that_name_people_are_refused_or_asked_about(sign_in, graph, world, draft):
    partner = sign_in("partner", organisation=world.town)
    form = said(partner.get(f"/consultations/{draft}").text, world.town, text="Call +359 88 123 4567")
    answer = partner.post(f"/consultations/{draft}/comments", form)
    assert answer.status_code == 400
    assert "+359 88 123 4567" in answer.text, "what was typed is kept"
    assert number_of(graph, "DraftComment") == 0


def test_a_comment_is_shown_as_text(sign_in, graph, world, draft):
    say(graph, draft, world.town, text="<script>alert(1)</script>", part="<b>")
    page = sign_in("coordinator").get(f"/consultations/{draft}").text
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;" in page


def test_the_first_page_says_whose_word_is_missing_and_what_waits_to_be_decided(sign_in, graph, world, draft):
    late = put(graph, [world.shy], name="Late one", until=TODAY - timedelta(days=2))
    early = put(graph, [world.shy], name="Closed before its day", state="closed")
    partner, coordinator = sign_in("partner", organisation=world.town), sign_in("coordinator")
    assert f"/consultations/{draft}" in partner.get("/").text
    home = coordinator.get("/").text
    assert f"/consultations/{late}" in home
    assert f"/consultations/{early}" in home
    assert f"/consultations/{draft}" not in home
    say(graph, draft, world.town)
    assert f"/consultations/{draft}" not in partner.get("/").text
    assert f"/consultations/{late}" not in sign_in("partner", organisation=world.shy).get("/").text
    graph.define("MATCH (d:Consultation) SET d.state = 'reported'")
    assert "/consultations/01" not in coordinator.get("/").text
