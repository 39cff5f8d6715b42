"""Whom letters go to: who is a focal point, whose account is active, whose e-mail may be used."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from graphdb import accounts, records
from graphdb.actors import Actor
from graphdb.addresses import contacts, each_once
from graphdb.catalogue import kind_of
from graphdb.writes import Change, change

ACTOR = Actor("test", "command")
TODAY = datetime.now(UTC).date()
YESTERDAY = (TODAY - timedelta(days=1)).isoformat()


@pytest.fixture
def made(graph):
    """Make a record; archived where `archived` says so."""

    def make(label: str, values: dict[str, object], archived: bool = False, **links: str) -> str:
        def work(c: Change) -> str:
            record = records.create(c, graph, kind_of(label), values, {name: [one] for name, one in links.items()})
            if archived:
                records.archive(c, kind_of(label), record)
            return record

        return change(graph, ACTOR, work)

    return make


@pytest.fixture
def stands(made):
    """Somebody with a post at an organisation; returns the person."""

    def stand(mail: str, organisation: str, person: dict = {}, post: dict = {}, gone: str = "") -> str:  # noqa: B006 - read only
        said = {"name": mail, "role_class": "staff", "email": mail, **person}
        made_one = made("Person", {name: each for name, each in said.items() if each}, archived=gone == "person")
        made(
            "Employment", {"position": "Head", "focal_point": "yes", **post}, archived=gone == "post",
            person=made_one, organisation=organisation,
        )  # fmt: skip
        return made_one

    return stand


def lock(graph, person: str, *active: bool) -> None:
    """Accounts of a person, open or locked."""

    def work(c: Change) -> str:
        for each in active:
            account = accounts.make(c, f"{person}{each}", "N", "hash", "bg" if each else "en", person)
            accounts.set_active(c, account, active=each)
        return person

    change(graph, ACTOR, work)


def mails(graph, *organisations: str, people: tuple[str, ...] = ()) -> list[str]:
    return sorted(one.mail for one in contacts(graph, organisations, TODAY, people))


def test_focal_points_of_today_are_written_to_and_nobody_else(graph, made, stands):
    town, other = (made("Organisation", {"name": name, "kind": "ngo"}) for name in ("Town", "Other"))
    stands("focal@x.org", town)
    stands("begun@x.org", town, post={"valid_from": TODAY.isoformat()})
    stands("no-focal@x.org", town, post={"focal_point": "no"})
    stands("backup@x.org", town, post={"focal_point": "no", "backup": "yes"})
    stands("ended@x.org", town, post={"valid_from": YESTERDAY, "valid_to": TODAY.isoformat()})
    stands("to-come@x.org", town, post={"valid_from": (TODAY + timedelta(days=1)).isoformat()})
    stands("post-gone@x.org", town, gone="post")
    stands("person-gone@x.org", town, gone="person")
    stands("left@x.org", town, {"state": "left"})
    stands("away@x.org", town, {"state": "away"})
    stands("leader@x.org", town, {"role_class": "leader"})
    stands("", town, {"name": "Without a mail"})
    stands("elsewhere@x.org", other)
    assert mails(graph, town) == ["begun@x.org", "focal@x.org"]
    assert mails(graph) == []


def test_back_ups_stand_in_where_no_focal_point_is_there(graph, made, stands):
    town, other = (made("Organisation", {"name": name, "kind": "ngo"}) for name in ("Town", "Other"))
    stands("away@x.org", town, {"state": "away"})
    stands("backup@x.org", town, post={"focal_point": "no", "backup": "yes"})
    stands("other@x.org", other)
    stands("other-backup@x.org", other, post={"focal_point": "no", "backup": "yes"})
    assert mails(graph, town, other) == ["backup@x.org", "other@x.org"]


def test_who_asked_not_to_be_contacted_or_is_gone_is_left_alone(graph, made, stands):
    shy = made("Organisation", {"name": "Shy", "kind": "ngo", "do_not_contact": "yes"})
    gone = made("Organisation", {"name": "Gone", "kind": "ngo"}, archived=True)
    for organisation in (shy, gone):
        stands("focal@x.org", organisation)
    assert mails(graph, shy, gone) == []


def test_a_locked_account_gets_no_letter_and_an_open_one_chooses_the_language(graph, made, stands):
    town = made("Organisation", {"name": "Town", "kind": "ngo"})
    lock(graph, stands("locked@x.org", town), False)
    lock(graph, stands("both@x.org", town, {"languages": "ar"}), False, True)
    stands("none@x.org", town, {"languages": "lv sr"})
    assert {one.mail: one.languages for one in contacts(graph, [town], TODAY)} == {
        "both@x.org": ["bg", "ar"], "none@x.org": ["lv", "sr"],
    }  # fmt: skip


def test_somebody_asked_for_in_person_is_held_to_the_same_rule(graph, made, stands):
    town = made("Organisation", {"name": "Town", "kind": "ngo"})
    wanted = stands("wanted@x.org", town, post={"focal_point": "no"})
    leader = stands("leader@x.org", town, {"role_class": "leader"}, post={"focal_point": "no"})
    assert mails(graph, people=(wanted, leader)) == ["wanted@x.org"]


def test_an_erased_address_is_not_written_to_and_no_address_twice(graph, made, stands):
    town, other = (made("Organisation", {"name": name, "kind": "ngo"}) for name in ("Town", "Other"))
    graph.vault.erase(stands("erased@x.org", town))
    for organisation in (town, other):
        stands("same@x.org", organisation)
    found = contacts(graph, [town, other], TODAY)
    assert [one.mail for one in found] == ["same@x.org", "same@x.org"]
    assert [one.mail for one in each_once(found)] == ["same@x.org"]
