"""What has changed between two days: ties gained, lost and kept, on the page and by the command."""

from __future__ import annotations

import csv
import io
import json
from contextlib import nullcontext
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.tie_changes import ANY, tie_changes
from analytics.ties import Tie
from tests.ties.world import TODAY, World, ago

NAMES = st.sampled_from("abcde")
TIES = st.lists(
    st.builds(
        lambda kind, ends, undirected: Tie(kind, *ends, 1, 1.0, None, None, 0, undirected=undirected),
        st.sampled_from(["referral", "meeting"]),
        st.tuples(NAMES, NAMES).filter(lambda ends: ends[0] != ends[1]),
        st.booleans(),
    ),
    max_size=12,
)


@given(TIES, TIES)
def test_every_pair_is_kept_gained_or_lost_and_the_other_way_round_they_change_places(then, now):
    kinds = ("referral", "meeting")
    there, back = tie_changes(then, now, kinds), tie_changes(now, then, kinds)
    for one, other in zip(there, back, strict=True):
        assert (one.kept, one.gained, one.lost) == (other.kept, other.lost, other.gained)
        assert one.jaccard == other.jaccard
        assert (one.before, one.after) == (other.after, other.before)
    whole, *parts = there
    assert (whole.kind, whole.directed) == (ANY, False)
    for part in parts:
        those = [tie for tie in (*then, *now) if tie.kind == part.kind]
        assert part.directed == (not any(tie.undirected for tie in those))
        sides = [
            {(tie.source, tie.target) if part.directed else tuple(sorted((tie.source, tie.target))) for tie in side if tie.kind == part.kind}
            for side in (then, now)
        ]  # fmt: skip
        assert set(part.kept) == sides[0] & sides[1]
        assert set(part.gained) == sides[1] - sides[0]
        assert set(part.lost) == sides[0] - sides[1]
        ever = sides[0] | sides[1]
        assert part.jaccard == (len(sides[0] & sides[1]) / len(ever) if ever else None)
    assert set(whole.kept) | set(whole.gained) | set(whole.lost) == {
        tuple(sorted((tie.source, tie.target))) for tie in (*then, *now)
    }


def test_a_pair_that_changes_its_kind_of_tie_is_kept_as_a_pair():
    then = [Tie("referral", "a", "b", 1, 1.0, None, None, 0, undirected=False)]
    now = [Tie("meeting", "b", "a", 1, 1.0, None, None, 0)]
    whole, referral, meeting = tie_changes(then, now, ("referral", "meeting"))
    assert (whole.kept, whole.jaccard) == ((("a", "b"),), 1.0)
    assert (referral.lost, referral.jaccard) == ((("a", "b"),), 0.0)
    assert meeting.gained == (("a", "b"),)


@pytest.fixture
def world(graph):
    """Clinic sends to School until 300 days ago; School began to send to Centre; Late joined a month ago."""
    made = World(graph)
    made.organisations("Clinic", "School", "Centre")
    made.organisations("Late", valid_from=ago(30))
    made.referral("Clinic", "School", ago(300))
    made.referral("School", "Centre", ago(20))
    made.referral("Clinic", "Centre", ago(300))
    made.referral("Clinic", "Centre", ago(15))
    made.referral("Late", "Clinic", ago(5))
    return made


@pytest.fixture
def run(app, graph, monkeypatch):
    monkeypatch.setattr("web.commands.database.opened", lambda *_: nullcontext(graph))

    def invoke(*args):
        with app.app_context():
            return app.test_cli_runner().invoke(args=["compare", *args])

    return invoke


def asked(run, *args):
    found = run("--from", ago(200).isoformat(), "--to", TODAY.isoformat(), "--window", "180", *args, "--format", "json")
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout)


def test_the_command_names_what_came_and_what_went(world, run):
    found = asked(run, "--tie", "referral")
    assert (found["from"], found["to"], found["window"]) == (ago(200).isoformat(), TODAY.isoformat(), 180)
    assert found["any"] == {"before": 2, "after": 3, "kept": 1, "gained": 2, "lost": 1, "jaccard": 0.25}
    assert [(each["tie"], each["directed"]) for each in found["ties"]] == [("referral", True)]
    ends = [(each["source"]["name"], each["target"]["name"], bool(each["joined"])) for each in found["gained"]]
    assert sorted(ends) == [("Late", "Clinic", True), ("School", "Centre", False)]
    assert [(each["source"]["name"], each["target"]["name"], each["left"]) for each in found["lost"]] == [
        ("Clinic", "School", None)
    ]
    assert [each["name"] for each in found["joined"]] == ["Late"]
    assert found["left"] == []


def test_without_a_tie_all_kinds_are_compared_and_none_is_no_number(world, run):
    found = asked(run)
    assert {each["tie"] for each in found["ties"]} == {"referral"}
    nothing = asked(run, "--tie", "project")
    assert nothing["jaccard"] is None
    assert nothing["ties"] == []


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--tie", "cousins"), "No tie is called"),
        (("--from", "2026-04-02", "--to", "2026-04-01"), "the other way round"),
    ],
)
def test_what_cannot_be_compared_is_said(world, run, args, words):
    found = run(*args)
    assert found.exit_code == 1
    assert words in found.output


def test_the_earlier_day_is_the_last_meeting_else_the_window(world, run):
    until = ("--to", TODAY.isoformat(), "--format", "json")
    assert json.loads(run(*until).stdout)["from"] == ago(180).isoformat()
    world.meeting(ago(40), "Clinic", "School")
    assert json.loads(run(*until).stdout)["from"] == ago(40).isoformat()


def test_the_page_and_its_file_say_the_same_as_the_command(world, sign_in, run):
    where = f"/ties/changes?from={ago(200)}&to={TODAY}&window=180"
    someone = sign_in("manager")
    page = " ".join(someone.get(where).text.split())
    assert "pairs of partners gained: 2, lost: 1, kept: 1." in page
    assert "Late joined the network" in page
    file = someone.get(f"{where}&format=csv").data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(file)))[1:]
    told = asked(run)
    wanted = [
        (side, each["source"]["name"], each["target"]["name"]) for side in ("gained", "lost") for each in told[side]
    ]
    assert [tuple(row[:3]) for row in rows] == wanted


def test_a_day_after_the_later_one_is_that_day(world, sign_in):
    page = sign_in("manager").get(f"/ties/changes?from={date(2200, 1, 1)}&to={TODAY}").text
    assert "gained: 0, lost: 0" in page
