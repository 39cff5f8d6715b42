"""The page of measures: every figure explained; a partner sees itself and the network, no league table."""

from __future__ import annotations

import csv
import html
import io

import pytest

from analytics.measures import MEASURES
from tests.ties.world import TODAY, World, ago

ON = f"/measures/?as_of={TODAY}"


@pytest.fixture
def world(graph):
    made = World(graph)
    made.organisations("Centre", "Left", "Right", "Alone")
    made.referral("Centre", "Left", ago(10))
    made.referral("Centre", "Right", ago(200))
    return made


def table(someone, query=""):
    answer = someone.get(f"{ON}{query}&format=csv")
    assert answer.status_code == 200
    return {row["Partner"]: row for row in csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")))}


def test_every_measure_says_what_it_means_how_it_misleads_and_where_it_is_from(world, sign_in):
    world.referral("Left", "Right", ago(5))
    world.referral("Right", "Centre", ago(5))
    world.organisations("Alone too")
    someone = sign_in("manager")
    page = html.unescape(someone.get(f"{ON}&tie=referral").text)
    world.declared("Centre", "Left")
    page += html.unescape(someone.get(ON).text)  # what needs more than one kind of tie
    for measure in MEASURES:
        if measure.key != "betweenness_band":
            for words in (measure.name_en, measure.meaning, measure.misuse, measure.formula, measure.source):
                assert words in page, measure.key
    assert "as of 31 Mar 2026" in page
    assert "in the last 180 days" in page


def test_the_window_and_the_kind_choose_the_ties(world, sign_in):
    someone = sign_in("coordinator")
    assert table(someone, "&tie=referral&window=180")["Centre"]["degree"] == "1"
    assert table(someone, "&tie=referral&window=all")["Centre"]["degree"] == "2"
    assert table(someone, "&tie=meeting&window=all")["Centre"]["degree"] == "0"
    assert table(someone, "&tie=referral&window=all")["Centre"]["articulation"] == "true"
    assert table(someone)["Alone"]["constraint"] == "", "undefined is empty, never 0"


def test_a_partner_sees_its_own_values_only(world, sign_in):
    partner = sign_in("partner", organisation=world["Left"])
    assert set(table(partner, "&window=all")) == {"Left"}
    page = partner.get(f"{ON}&window=all").text
    assert "Right" not in page
    assert "Alone" not in page
    assert "Density" in page, "the network's figures are shown"
    centre = sign_in("partner", organisation=world["Centre"])
    assert "among them yours" in centre.get(f"{ON}&window=all").text


def test_a_manager_sorts_by_a_measure(world, sign_in):
    page = sign_in("manager").get(f"{ON}&window=all&sort=degree").text
    assert page.index(">Centre<") < page.index(">Left<") < page.index(">Alone<")


@pytest.mark.parametrize("role", ["leader", "mentor", "supervisor", "administrator"])
def test_others_have_no_page_of_measures(world, sign_in, role):
    assert sign_in(role).get(ON).status_code == 403
