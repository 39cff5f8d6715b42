"""The list of ties: filters, pages, files."""

from __future__ import annotations

import re

import pytest

from tests.ties.world import TODAY, World, ago

ON = f"/ties/?as_of={TODAY}"


@pytest.fixture
def world(graph):
    made = World(graph)
    made.organisations("Clinic", "School", "Бежански мост")
    made.referral("Clinic", "School", ago(3))
    made.referral("Clinic", "School", None)
    made.declared("School", "Бежански мост", status="confirmed", valid_from=ago(300))
    made.declared("Clinic", "Бежански мост")
    return made


def rows(page):
    return re.findall(r'<tr><th scope="row">.*?</tr>', page, re.DOTALL)


def test_the_latest_seen_comes_first_and_undated_ones_are_flagged(world, sign_in):
    page = sign_in("coordinator").get(f"{ON}&window=all").text
    first, second, third = rows(page)
    assert "2 referrals" in first
    assert "1 undated" in first
    assert "confirmed by both" in second
    assert "since" in second
    assert "tie-declared" in third
    assert "undated" in third


def test_it_is_narrowed_by_kind_evidence_partner_and_words_in_either_alphabet(world, sign_in):
    someone = sign_in("coordinator")
    for query, wanted in (
        ("&tie=referral", 1), ("&tie=meeting", 0), ("&evidence=declared", 1), ("&evidence=confirmed", 1),
        (f"&organisation={world['School']}", 2), (f"&organisation={world['School']}&with={world['Clinic']}", 1),
        ("&q=bezhanski", 2), ("&q=nobody", 0), ("&window=2", 2),
    ):  # fmt: skip
        page = someone.get(ON + query).text
        assert len(rows(page)) == wanted, query
    assert "records without a date, which no period can hold: 1" in someone.get(f"{ON}&window=30").text


def test_a_long_list_goes_on_where_it_stopped(world, sign_in, graph):
    names = [f"partner {n:02}" for n in range(11)]
    world.organisations(*names)
    world.meeting(ago(2), *names)
    someone = sign_in("coordinator")
    page = someone.get(f"{ON}&tie=meeting").text
    assert len(rows(page)) == 50
    onward = re.search(r'rel="next" href="([^"]+)"', page)[1].replace("&amp;", "&")
    rest = someone.get(onward).text
    assert len(rows(rest)) == 5
    assert not set(rows(page)) & set(rows(rest))
    assert 'rel="next"' not in rest


def test_it_comes_as_a_file(world, sign_in):
    someone = sign_in("partner", organisation=world["Clinic"])
    answer = someone.get(f"{ON}&format=csv&window=all")
    assert answer.text.count("\r\n") == 4
    assert "2 referrals" in answer.text
    assert someone.get(f"{ON}&format=xlsx").data[:2] == b"PK"


def test_an_empty_network_teaches(graph, sign_in):
    page = sign_in("coordinator").get("/ties/").text
    assert "No organisations yet" in page
