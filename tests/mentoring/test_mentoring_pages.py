"""Mentoring through the door a browser uses: who sees which pair, who reads the note, a contact saved once."""

from __future__ import annotations

import itertools
import json
import re
from datetime import date, timedelta

import pytest

from graphdb import mentoring
from graphdb.catalogue import kind_of
from graphdb.connection import METER, Meter
from graphdb.writes import change
from tests.mentoring.conftest import ACTOR, add_pair, log, make
from web.access import viewer_of
from web.pages import today

PERSON, PROGRAMME = kind_of("Person"), kind_of("Programme")
CANARY = "the canary sang at the window"


@pytest.fixture
def people(sign_in, programme, graph):
    """Everybody who might look, by role; "stranger" and "other" work in another programme."""
    other = make(graph, "Programme", {"name": "Another"}, {"organisation": [programme.home]})
    us, them = {"programme": programme.id}, {"programme": other}
    return {
        "mentor": sign_in("mentor", person=programme.people["Mila"], **us),
        "leader": sign_in("leader", person=programme.people["Zahra"], **us),
        "other mentor": sign_in("mentor", person=programme.people["Boris"], **us),
        "other leader": sign_in("leader", person=programme.people["Omid"], **us),
        "supervisor": sign_in("supervisor", **us),
        "coordinator": sign_in("coordinator", **us),
        "stranger supervisor": sign_in("supervisor", **them),
        "stranger coordinator": sign_in("coordinator", **them),
        "manager": sign_in("manager"),
        "partner": sign_in("partner", organisation=programme.home),
        "administrator": sign_in("administrator"),
    }


READS = {"mentor", "leader", "supervisor"}
SEES = READS | {"coordinator"}


def test_who_sees_a_pair_and_who_reads_its_note(people, programme, graph):
    log(graph, programme.pairs["Zahra"], 3, CANARY)
    for who, someone in people.items():
        answer = someone.get(f"/mentoring/pairs/{programme.pairs['Zahra']}")
        assert answer.status_code == (200 if who in SEES else 404), who
        assert (CANARY in answer.text) == (who in READS), who
        assert ("School place" in answer.text) == (who in READS), who


def test_a_note_leaks_nowhere(people, programme, graph):
    log(graph, programme.pairs["Zahra"], 3, CANARY)
    urls = ["/", "/mentoring/", "/mentoring/counts", "/mentoring/log", "/search?q=canary"]
    urls += [
        f"/records/{kind.slug}{query}" for kind in (PERSON, PROGRAMME) for query in ("", "?q=canary", "?format=csv")
    ]
    urls += [f"/mentoring/pairs/{programme.pairs['Omid']}", f"/records/people/{programme.people['Zahra']}"]
    urls += [f"/records/contacts/{programme.pairs['Zahra']}", f"/records/pairs/{programme.pairs['Zahra']}"]
    assert people["coordinator"].get("/records/contacts").status_code == 404, "not a plain kind"
    for who in ("mentor", "supervisor", "coordinator", "manager", "partner", "administrator"):
        for url in urls:
            assert "canary sang" not in people[who].get(url).text, (who, url)


def test_a_leader_is_known_by_name_only_where_the_rights_say_so(people, programme):
    knows = {"mentor", "other mentor", "leader", "supervisor", "coordinator"}
    for who, someone in people.items():
        for url in (
            "/mentoring/",
            "/records/people",
            f"/records/people/{programme.people['Zahra']}",
            "/search?q=leader",
        ):
            if who not in knows:
                assert "Zahra" not in someone.get(url).text, (who, url)
    assert "Zahra" in people["mentor"].get("/mentoring/").text
    assert "Mila" in people["leader"].get("/mentoring/").text


def test_the_store_holds_no_note_in_plain_words(people, programme, graph):
    log(graph, programme.pairs["Zahra"], 3, CANARY)
    everything = graph.define("MATCH (n) RETURN collect(properties(n)) AS all")[0]["all"]
    assert "canary" not in repr(everything)


def test_what_is_not_open_is_not_there(people, programme):
    pair = programme.pairs["Zahra"]
    for who, someone in people.items():
        edits = 200 if who == "coordinator" else 404
        assert someone.get(f"/mentoring/pairs/{pair}/edit").status_code == edits, who
        assert someone.get("/mentoring/pairs/new").status_code == (200 if "coordinator" in who else 404), who
        assert someone.get("/mentoring/pairs/01NOTHING").status_code == 404
        writes = {"mentor", "leader"}
        assert someone.get(f"/mentoring/pairs/{pair}/goals").status_code == (200 if who in writes else 404), who


def filled(pair, **more):
    return {"pair": pair, "channel": "phone", "minutes": "15", "topic": "health", "on": today().isoformat(), **more}


def test_a_contact_is_saved_once_and_shown(people, programme, graph):
    pair = programme.pairs["Zahra"]
    for _ in range(3):
        answer = people["mentor"].post("/mentoring/log", filled(pair, note="We spoke of the clinic.", key="k1"))
        assert answer.status_code == 303
        assert answer.location.endswith(pair)
    text = people["leader"].get(f"/mentoring/pairs/{pair}").text
    assert text.count("We spoke of the clinic.") == 1
    assert "1 contact" in text
    again = people["mentor"].post("/mentoring/log", filled(pair, note="Another text", key="k1"))
    assert again.status_code == 400
    assert "saved already" in again.text


def contacts(graph):
    return graph.define("MATCH (c:Contact) WHERE c.archived_at IS NULL RETURN count(c) AS n")[0]["n"]


def test_a_contact_like_another_is_asked_about_and_nothing_is_lost(people, programme, graph):
    pair, mentor = programme.pairs["Zahra"], people["mentor"]
    assert people["leader"].post("/mentoring/log", filled(pair, key="l")).status_code == 303
    typed = filled(pair, minutes="45", note="I met Ivan Petrov", guard_confirmed="yes", next="14", key="m")
    for _ in range(2):
        asked = mentor.post("/mentoring/log", typed)
        assert asked.status_code == 409
        assert "This looks like the contact saved at" in asked.text
        for kept in ("phone", "45", "health", "14"):
            assert re.search(rf'value="{kept}" checked', asked.text), kept
        assert "I met Ivan Petrov" in asked.text
        assert re.search(r'type="hidden" name="guard_confirmed" value="yes"', asked.text), "not asked twice"
        assert contacts(graph) == 1
    assert mentor.post("/mentoring/log", {**typed, "channel": "met", "key": "m2"}).status_code == 303, "another way"
    for _ in range(2):
        assert mentor.post("/mentoring/log", {**typed, "sure": "alike"}).status_code == 303
    assert contacts(graph) == 3
    assert mentor.get(f"/mentoring/pairs/{pair}").text.count("I met Ivan Petrov") == 2
    earlier = (today() - timedelta(days=1)).isoformat()
    assert mentor.post("/mentoring/log", filled(pair, on=earlier, key="m3")).status_code == 303, "another day"


def test_a_contact_taken_back_is_not_asked_about(people, programme, graph):
    pair = programme.pairs["Zahra"]
    gone = log(graph, pair)
    change(graph, ACTOR, lambda c: mentoring.take_back_contact(c, pair, gone) or pair)
    assert people["mentor"].post("/mentoring/log", filled(pair, channel="met", key="k")).status_code == 303


def test_nobody_logs_for_another_pair(people, programme, graph):
    for who, channel in zip(people, itertools.cycle(("phone", "met", "chat"))):
        answer = people[who].post("/mentoring/log", filled(programme.pairs["Omid"], channel=channel, key=who))
        own = who in {"other mentor", "other leader"}
        logs = own or who in {"mentor", "leader"}
        assert answer.status_code == (303 if own else 400 if logs else 404), who
    rows = graph.define("MATCH (c:Contact) RETURN count(c) AS n")
    assert rows[0]["n"] == 2


def test_a_refused_note_keeps_what_was_typed_and_tapped(people, programme, graph):
    typed = filled(programme.pairs["Zahra"], note="Call me at +359 88 123 4567, it is kept", key="k")
    answer = people["mentor"].post("/mentoring/log", typed)
    assert answer.status_code == 400
    assert "it is kept" in answer.text
    for tapped in ("phone", "15", "health"):
        assert re.search(rf'value="{tapped}" checked', answer.text), tapped
    named = people["mentor"].post("/mentoring/log", filled(programme.pairs["Zahra"], note="I met Ivan Petrov", key="k"))
    assert named.status_code == 400
    assert "guard_confirmed" in named.text
    sure = filled(programme.pairs["Zahra"], note="I met Ivan Petrov", key="k", guard_confirmed="yes")
    assert people["mentor"].post("/mentoring/log", sure).status_code == 303


def test_a_contact_lies_not_in_the_future(people, programme):
    tomorrow = (today() + timedelta(days=1)).isoformat()
    answer = people["mentor"].post("/mentoring/log", {**filled(programme.pairs["Zahra"]), "on": tomorrow})
    assert answer.status_code == 400
    assert "earlier day" in answer.text


def test_the_form_is_light_and_needs_few_taps(people, programme, graph):
    for n in range(60):
        make(graph, "Organisation", {"name": f"Institution number {n}", "kind": "institution"})
    page = people["mentor"].get("/mentoring/log")
    assert len(page.data) < 30_000
    assert re.search(rf'value="{programme.pairs["Zahra"]}" checked', page.text), "the only pair is chosen already"
    assert "<script>" not in page.text


def test_a_contact_logged_by_mistake_is_taken_back(people, programme, graph):
    pair = programme.pairs["Zahra"]
    contact = log(graph, pair, 1, "wrong pair")
    url = f"/mentoring/pairs/{pair}/contacts/{contact}/take-back"
    assert people["other mentor"].post(url).status_code == 404
    foreign = f"/mentoring/pairs/{programme.pairs['Omid']}/contacts/{contact}/take-back"
    assert people["other mentor"].post(foreign).status_code == 404
    assert people["mentor"].post(url).status_code == 303
    assert "wrong pair" not in people["leader"].get(f"/mentoring/pairs/{pair}").text


def test_quiet_pairs_and_lone_leaders_are_named(people, programme, graph):
    log(graph, programme.pairs["Zahra"], 63)
    log(graph, programme.pairs["Omid"], 5)
    log(graph, programme.pairs["Omid"], 35)
    text = people["coordinator"].get("/mentoring/").text
    assert "63 days without contact" in text
    assert text.count("quiet pair") == 1
    assert "Rana Leader" in text
    assert "there was never a mentoring pair" in text
    month_ago = (today() - timedelta(days=30)).isoformat()
    assert "quiet pair" not in people["coordinator"].get(f"/mentoring/?as_of={month_ago}").text


def test_a_pair_goes_only_where_its_state_leads(people, programme, graph):
    pair, coordinator = programme.pairs["Zahra"], people["coordinator"]
    on = (today() - timedelta(days=2)).isoformat()
    wrong = coordinator.post(f"/mentoring/pairs/{pair}/step", {"to": "agreed", "on": on, "version": "1"})
    assert wrong.status_code == 303
    assert "does not follow" in coordinator.get(f"/mentoring/pairs/{pair}").text
    assert people["mentor"].post(f"/mentoring/pairs/{pair}/step", {"to": "paused", "on": on}).status_code == 404
    coordinator.post(f"/mentoring/pairs/{pair}/step", {"to": "paused", "on": on, "version": "1"})
    found = graph.define("MATCH (m:Mentorship {id: $id}) RETURN m.state AS state, m.states AS states", id=pair)[0]
    assert found["state"] == "paused"
    assert found["states"][-1] == f"{on}=paused"
    stale = coordinator.post(f"/mentoring/pairs/{pair}/step", {"to": "completed", "on": on, "version": "1"})
    assert stale.status_code == 303
    assert "Somebody else has changed" in coordinator.get(f"/mentoring/pairs/{pair}").text


def test_two_are_one_pair_at_a_time(people, programme):
    form = {"programme": programme.id, "mentor": programme.people["Mila"], "leader": programme.people["Zahra"],
            "state": "active", "every_days": "7", "languages": "fa"}  # fmt: skip
    assert "are a pair already" in people["coordinator"].post("/mentoring/pairs/new", form).text
    form["leader"] = programme.people["Rana"]
    made = people["coordinator"].post("/mentoring/pairs/new", form)
    assert made.status_code == 303
    assert "Rana Leader" in people["coordinator"].get(made.location).text
    assert people["stranger coordinator"].post("/mentoring/pairs/new", form).status_code == 400


def test_counts_of_few_people_are_held_back(people, programme):
    text = people["manager"].get("/mentoring/").text
    assert text.count("held back</span>") == 5 + 3, (
        "five figures of pairs; mentors, those with one pair, leaders of the target"
    )
    assert "Mila" not in text


def test_pages_stay_within_their_statements(people, programme, graph):
    for n in range(30):
        leader = make(graph, "Person", {"name": f"L{n}", "role_class": "leader"}, {"programme": [programme.id]})
        pair = add_pair(graph, programme.id, programme.people["Mila"], leader, since=date(2025, 1, 1))
        log(graph, pair, n)
    for who, url in (
        ("mentor", "/mentoring/"), ("coordinator", "/mentoring/"), ("manager", "/mentoring/"),
        ("mentor", "/mentoring/log"), ("mentor", f"/mentoring/pairs/{programme.pairs['Zahra']}"),
    ):  # fmt: skip
        people[who].get(url)
        meter = Meter()
        token = METER.set(meter)
        people[who].get(url)
        METER.reset(token)
        assert meter.statements <= 1 + 3, url
        assert meter.records <= 300, url


def test_each_role_of_a_person_reaches_its_own_programme_only():
    grants = [{"role": "leader", "programme": "P1"}, {"role": "supervisor", "programme": "P2"},
              {"role": "coordinator", "programme": "P3"}, {"role": "mentor", "programme": "P4"}]  # fmt: skip
    viewer = viewer_of("a", "p", grants, [])
    assert viewer.supervised == ("P2",)
    assert viewer.overseen == ("P2", "P3")
    assert viewer.programmes == ("P2", "P3", "P4")


def test_goals_are_for_the_pair_and_the_supervisor(people, programme, graph):
    pair = programme.pairs["Zahra"]
    page = people["leader"].get(f"/mentoring/pairs/{pair}/goals").text
    version = re.search(r'name="version"[^>]*value="(\d+)"', page)[1]
    saved = people["leader"].post(
        f"/mentoring/pairs/{pair}/goals", {"goals": "A school place before autumn", "version": version, "key": "g"}
    )
    assert saved.status_code == 303
    for who in SEES:
        shown = "A school place before autumn" in people[who].get(f"/mentoring/pairs/{pair}").text
        assert shown == (who in READS), who


def test_the_history_of_a_pair_answers_for_past_days():
    pair = mentoring.history(["=proposed", "2025-03-01=active", "2025-06-01=paused"], "paused", None, None)
    assert pair == ((None, "proposed"), (date(2025, 3, 1), "active"), (date(2025, 6, 1), "paused"))
    ended = mentoring.history(None, "completed", date(2025, 1, 1), date(2025, 5, 1))
    assert ended == ((date(2025, 1, 1), "active"), (date(2025, 5, 1), "completed"))


def test_an_erased_pair_is_unreadable_at_once(people, programme, graph):
    pair = programme.pairs["Zahra"]
    log(graph, pair, 1, CANARY)
    graph.vault.erase(pair)
    text = people["mentor"].get(f"/mentoring/pairs/{pair}").text
    assert CANARY not in text
    assert "erased" in text


def test_a_move_keeps_the_audit_trail(programme, graph):
    change(graph, ACTOR, lambda c: mentoring.move_pair(c, programme.pairs["Omid"], "paused", today()) or "x")
    entries = graph.define("MATCH (e:AuditEntry {verb: 'paused'}) RETURN e.record AS record, e.fields AS fields")
    assert json.dumps(entries) == json.dumps([{"record": programme.pairs["Omid"], "fields": ["state"]}])


def test_goals_are_ticked_in_a_contact_and_keep_their_day(people, programme, graph):
    pair, mentor = programme.pairs["Zahra"], people["mentor"]
    goals = {"goals": "A school place before autumn\n\nSpeak on the phone alone", "version": "1", "key": "g"}
    assert mentor.post(f"/mentoring/pairs/{pair}/goals", goals).status_code == 303
    page = mentor.get("/mentoring/log").text
    ticks = re.findall(r'name="reached"[^>]*value="(\w+)"', page)
    assert len(ticks) == 2
    on = (today() - timedelta(days=2)).isoformat()
    for _ in range(2):
        sent = mentor.post("/mentoring/log", filled(pair, reached=ticks[0], key="k", on=on))
        assert sent.status_code == 303, "sent twice, answered twice"
    assert graph.define("MATCH (c:Contact) RETURN count(c) AS n")[0]["n"] == 1
    assert re.findall(r'name="reached"[^>]*value="(\w+)"', mentor.get("/mentoring/log").text) == ticks[1:], (
        "reached once"
    )
    for who in SEES:
        text = people[who].get(f"/mentoring/pairs/{pair}").text
        assert ("A school place before autumn" in text) == (who in READS), who
        assert ("reached: A school place" in text) == (who in READS), who
    before = people["leader"].get(f"/mentoring/pairs/{pair}?as_of={(today() - timedelta(days=3)).isoformat()}").text
    assert "school place before autumn" in before
    assert "reached" not in before
    everything = graph.define("MATCH (n) RETURN collect(properties(n)) AS all")[0]["all"]
    assert "school place before" not in repr(everything), "a tick is sealed as its goal is"
    contact = graph.define("MATCH (c:Contact) RETURN c.id AS id")[0]["id"]
    mentor.post(f"/mentoring/pairs/{pair}/contacts/{contact}/take-back")
    assert "reached" not in people["leader"].get(f"/mentoring/pairs/{pair}").text, "taken back with its contact"


def test_a_goal_of_another_pair_is_not_ticked(people, programme, graph):
    second = add_pair(graph, programme.id, programme.people["Mila"], programme.people["Rana"])
    goals = {"goals": "A school place", "version": "1", "key": "g"}
    people["mentor"].post(f"/mentoring/pairs/{second}/goals", goals)
    tick = re.search(r'name="reached"[^>]*value="(\w+)"', people["mentor"].get("/mentoring/log").text)[1]
    for someone in (people["mentor"], people["leader"]):
        assert (
            someone.post("/mentoring/log", filled(programme.pairs["Zahra"], reached=tick, key="k")).status_code == 400
        )
    assert graph.define("MATCH (c:Contact) RETURN count(c) AS n")[0]["n"] == 0


def test_erased_goals_are_no_goals(people, programme, graph):
    pair = programme.pairs["Zahra"]
    people["mentor"].post(f"/mentoring/pairs/{pair}/goals", {"goals": "A school place", "version": "1", "key": "g"})
    graph.vault.erase(pair)
    assert 'name="reached"' not in people["mentor"].get("/mentoring/log").text
    assert "erased" in people["mentor"].get(f"/mentoring/pairs/{pair}").text


def test_the_likely_pair_is_chosen(people, programme, graph):
    second = add_pair(graph, programme.id, programme.people["Mila"], programme.people["Rana"])
    chosen = r'name="pair"[^>]*value="(\w+)" checked'
    log(graph, programme.pairs["Zahra"], 1)
    log(graph, second, 7)
    assert re.findall(chosen, people["mentor"].get("/mentoring/log").text) == [second], (
        "a week is over, as they mean to"
    )
    log(graph, programme.pairs["Zahra"], 0, next_on=today())
    log(graph, second, 0, next_on=today() + timedelta(days=3))
    assert re.findall(chosen, people["mentor"].get("/mentoring/log").text) == [second]
    given = people["mentor"].get(f"/mentoring/log?pair={programme.pairs['Zahra']}").text
    assert re.findall(chosen, given) == [programme.pairs["Zahra"]]


@pytest.mark.parametrize(
    ("more", "days"), [({"next": "14"}, 14), ({"next": ""}, None), ({"next": "7", "next_on": "+3"}, 3)]
)
def test_the_next_time_is_a_tap_or_a_day(more, days, people, programme, graph):
    on = today() - timedelta(days=1)
    if more.get("next_on"):
        more = {**more, "next_on": (on + timedelta(days=3)).isoformat()}
    assert (
        people["mentor"]
        .post("/mentoring/log", filled(programme.pairs["Zahra"], key="k", **{**more, "on": on.isoformat()}))
        .status_code
        == 303
    )
    found = graph.define("MATCH (c:Contact) RETURN c.next_on AS on")[0]["on"]
    assert (found.to_native() if found else None) == (on + timedelta(days=days) if days else None)
