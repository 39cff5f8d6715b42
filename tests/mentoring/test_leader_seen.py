"""Of a leader others learn the pseudonym, the languages and the community, and nothing else (rights.md)."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.mentoring.conftest import make

OPEN = ("Night Owl", "Persian", "Dari speakers")
CLOSED = ("4 Mar 2021", "2021-03-04", "A paper list", "Far village", "Twenty leaders", "Bakery")


@pytest.fixture
def owl(graph, programme):
    """A leader of whom everything is written down."""
    place = make(graph, "Place", {"name": "Far village", "level": "settlement"})
    near = make(graph, "Place", {"name": "Near town", "level": "settlement"})
    community = make(graph, "Community", {"name": "Dari speakers", "languages": "fa"}, {"place": [near]})
    bakery = make(graph, "Organisation", {"name": "Bakery", "kind": "ngo"})
    values = {
        "name": "Zora Night", "alias": "Night Owl", "role_class": "leader", "languages": "fa", "consent": True,
        "state": "active", "valid_from": "2021-03-04", "source": "A paper list",
    }  # fmt: skip
    links = {"programme": [programme.id], "places": [place], "community": [community]}
    leader = make(graph, "Person", values, links)
    post = make(graph, "Employment", {"position": "Night shift"}, {"person": [leader], "organisation": [bakery]})
    return SimpleNamespace(id=leader, place=place, community=community, post=post, programme=programme.id)


def page(someone, url):
    answer = someone.get(url)
    assert answer.status_code == 200, url
    return answer.data.decode("utf-8-sig")


@pytest.mark.parametrize("role", ["manager", "partner", "mentor"])
def test_others_learn_the_pseudonym_the_languages_and_the_community(role, owl, sign_in, graph):
    someone = sign_in(role)
    shown = page(someone, f"/records/people/{owl.id}")
    for word in OPEN:
        assert word in shown
    for word in CLOSED:
        assert word not in shown, word
    for file in ("", "?format=csv"):
        listed = page(someone, f"/records/people{file}")
        assert "Night Owl" in listed
        assert not [
            word
            for word in CLOSED
            if word in listed.replace("Twenty leaders</option>", "").replace("Far village</option>", "")
        ]
    for narrowed in (f"places={owl.place}", f"programme={owl.programme}", "state=active"):
        assert "Night Owl" not in page(someone, f"/records/people?{narrowed}"), narrowed
    for other in (f"places/{owl.place}", f"programmes/{owl.programme}", f"employments/{owl.post}"):
        assert "Night Owl" not in someone.get(f"/records/{other}", follow_redirects=True).text, other
    assert "Night Owl" in page(someone, f"/records/communities/{owl.community}")


def test_who_runs_the_programme_sees_it_all(owl, sign_in):
    someone = sign_in("coordinator", programme=owl.programme)
    shown = page(someone, f"/records/people/{owl.id}")
    for word in ("Zora Night", *OPEN[1:], "4 Mar 2021", "A paper list", "Far village", "Twenty leaders"):
        assert word in shown, word
    assert "Zora Night" in page(someone, f"/records/people?places={owl.place}")
    assert "Zora Night" in page(someone, f"/records/places/{owl.place}")
