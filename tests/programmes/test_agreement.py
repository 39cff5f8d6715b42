"""What a pair agrees on: each ticks for themselves, and the page both sign."""

from __future__ import annotations

from graphdb import records
from graphdb.catalogue import kind_of
from graphdb.writes import change
from tests.programmes.conftest import ACTOR
from web.pages import today


def stored(graph, pair):
    return graph.define("MATCH (m:Mentorship {id: $id}) RETURN properties(m) AS p", id=pair)[0]["p"]


def test_each_agrees_for_themselves(who, pair_of, graph):
    url = f"/mentoring/pairs/{pair_of}/agree"
    for role in ("supervisor", "coordinator", "partner", "stranger coordinator"):
        assert who[role].post(url, {"key": role}).status_code == 404, role
    for _ in range(2):
        assert who["mentor"].post(url, {"key": "k"}).status_code == 303
    assert stored(graph, pair_of)["mentor_agreed_on"].to_native() == today()
    assert "leader_agreed_on" not in stored(graph, pair_of)
    assert "I keep to myself" in who["leader"].get(f"/mentoring/pairs/{pair_of}").text
    assert "I keep to myself" not in who["mentor"].get(f"/mentoring/pairs/{pair_of}").text


def test_the_coordinator_writes_what_the_paper_says_and_loses_nothing(who, pair_of, graph):
    who["leader"].post(f"/mentoring/pairs/{pair_of}/agree", {"key": "k"})
    url = f"/mentoring/pairs/{pair_of}/edit"
    assert f'value="{today().isoformat()}"' in who["coordinator"].get(url).text, "what is kept is in the form"
    said = {"every_days": "14", "languages": "fa", "agreed_until": "2030-01-31", "version": "2", "key": "k",
            "leader_agreed_on": today().isoformat()}  # fmt: skip
    assert who["coordinator"].post(url, said).status_code == 303
    found = stored(graph, pair_of)
    assert (found["every_days"], found["agreed_until"].iso_format()) == (14, "2030-01-31")
    assert "leader_agreed_on" in found


def test_the_paper_is_for_who_reads_the_pair_and_its_goals_for_the_two(who, pair_of, graph, monkeypatch):
    change(
        graph, ACTOR,
        lambda c: str(records.update(c, graph, kind_of("Mentorship"), pair_of, None, {"goals": "Speak at school"})),
    )  # fmt: skip
    sheets = []
    monkeypatch.setattr("web.programmes.agreement.print_sheet", lambda sheet, _: sheets.append(sheet) or b"%PDF")
    for role, someone in who.items():
        reads = role in {"mentor", "leader", "supervisor", "coordinator"}
        assert someone.get(f"/mentoring/pairs/{pair_of}/agreement").status_code == (200 if reads else 404), role
    assert [sheet["goals"] for sheet in sheets] == ["Speak at school"] * 3 + [""]


def test_the_paper_is_one_page(who, pair_of):
    answer = who["mentor"].get(f"/mentoring/pairs/{pair_of}/agreement")
    assert answer.data.startswith(b"%PDF")
    assert answer.data.count(b"/Type /Page\n") + answer.data.count(b"/Type /Page/") <= 1
    assert b"/Count 1" in answer.data
