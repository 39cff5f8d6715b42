"""Two kinds of tie beside each other: the page, its file, the command."""

from __future__ import annotations

import csv
import io
import json
from itertools import pairwise

import pytest

from tests.ties.world import TODAY, World, ago

ON = f"/measures/kinds?as_of={TODAY}&window=all"
NAMES = tuple(f"o{n}" for n in range(8))


@pytest.fixture
def world(graph):
    """Who meets also refers, but for one pair; somebody declared a tie that no other follows."""
    made = World(graph)
    made.organisations(*NAMES)
    for one, other in pairwise(NAMES[:6]):
        made.meeting(ago(20), one, other)
        made.referral(one, other, ago(10))
    made.meeting(ago(20), "o6", "o7")
    made.declared("o0", "o7", undirected=True)
    return made


def test_those_who_meet_refer_more_than_chance_would_have_it(world, sign_in):
    page = sign_in("coordinator").get(f"{ON}&tie=meeting&with=referral").text
    assert "together more often than chance would have it" in page
    assert "pairs with both, of 28 possible" in page
    assert "shuffled 2000 times" in page
    answer = sign_in("manager").get(f"{ON}&format=csv")
    rows = {(row["One kind of tie"], row["The other kind of tie"]): row for row in csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")))}  # fmt: skip
    (met,) = [row for row in rows.values() if row["Pairs with both"] == "5"]
    assert {met["Pairs of the one"], met["Pairs of the other"]} == {"5", "6"}
    assert float(met["Correlation"]) == pytest.approx((28 * 5 - 30) / (5 * 23 * 6 * 22) ** 0.5)


def test_a_kind_without_ties_is_undefined_and_a_window_counts(world, sign_in):
    someone = sign_in("coordinator")
    assert "nothing to compare" in someone.get(f"{ON}&tie=agreement&with=referral").text
    assert "nothing to compare" in someone.get(f"/measures/kinds?as_of={TODAY}&window=5").text
    assert someone.get(f"{ON}&tie=nonsense&with=nonsense").status_code == 200


def test_a_partner_may_read_it_and_others_not(world, sign_in):
    page = sign_in("partner", organisation=world["o1"]).get(ON).text
    assert "Do two kinds of tie go together?" in page
    assert not [name for name in NAMES if f">{name}<" in page], "figures, no names"
    assert sign_in("leader").get(ON).status_code == 403


def test_an_empty_network_says_so(graph, sign_in):
    assert "No organisations yet" in sign_in("coordinator").get(ON).text


def test_the_command_prints_the_same(world, command):
    run = command("together", "measures")
    answer = run("--as-of", TODAY.isoformat(), "--format", "json")
    assert answer.exit_code == 0, answer.output
    found = json.loads(answer.stdout)
    assert (found["tie"], found["with"], found["nodes"], found["possible"]) == ("meeting", "referral", 8, 28)
    assert (found["one"], found["other"], found["both"], found["permutations"]) == (6, 5, 5, 2000)
    assert found["share_at_least"] < 0.05 < found["share_at_most"] == 1
    assert [(each["tie"], each["with"]) for each in found["kinds"] if each["both"]] == [("referral", "meeting")]
