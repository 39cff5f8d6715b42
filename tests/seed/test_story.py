"""What the demonstration promises, whatever the day on which it is told."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.participation import COUNTS, MEMBER
from graphdb.catalogue import KINDS, kind_of
from graphdb.records import New, checked
from graphdb.records.writing import demand_links
from graphdb.tokens import read_case_reference
from seed.demo.book import Book
from seed.demo.mentoring import LEADERS, MENTORS
from seed.demo.organisations import LEFT, PARTNERS
from seed.demo.people import FAMILIES, MEN, WOMEN, feminine
from seed.demo.places import PLACES
from seed.demo.programmes import NEWCOMERS
from seed.demo.story import tell

DAYS = st.dates(date(2024, 2, 28), date(2044, 3, 1))

# what may lie ahead: ends, deadlines, plans
AHEAD = {
    ("Agreement", "valid_to"), ("Project", "valid_from"), ("Project", "valid_to"), ("Programme", "valid_to"),
    ("Person", "valid_to"), ("Employment", "valid_to"), ("Service", "valid_to"), ("Requirement", "valid_from"),
    ("ActionPoint", "due"), ("Contact", "next_on"), ("Meeting", "starts_at"), ("CaseStep", "due"),
    ("CaseConference", "review_on"), ("Consultation", "until"), ("PublicDiscussion", "on"),
    ("Supervision", "next_on"),
    ("Training", "on"), ("Mentorship", "agreed_until"),
}  # fmt: skip


@pytest.fixture(scope="module")
def book() -> Book:
    return tell(date(2026, 3, 18))


def linked(book: Book, new: New, name: str) -> str:
    return book.codes[new.links[name][0]]


def test_counts(book: Book) -> None:
    count = {label: len(news) for label, news in book.records.items()}
    assert len(PARTNERS) == 36
    assert count["Place"] == 8
    assert len({level if level not in {"district", "settlement", "site"} else "below" for _, level, *_ in PLACES}) == 3
    roles = Counter(new.values["role_class"] for new in book.records["Person"])
    assert (roles["leader"], roles["mentor"]) == (20 + len(NEWCOMERS), 14) == (len(LEADERS) + 7, len(MENTORS))
    assert set(roles) == {"staff", "leader", "mentor", "expert", "volunteer", "journalist"}
    assert 580 <= count["Referral"] <= 640
    states = Counter(new.values["state"] for new in book.records["Meeting"])
    assert states == {"held": 8, "planned": 1}
    assert {kind.label for kind in KINDS} - set(count) == {"Consent", "SharingRule"}, "all but what is found or agreed"


def test_the_kinds_of_the_project_descriptions_are_there() -> None:
    assert {partner.kind for partner in PARTNERS} >= {
        "municipality", "district", "social_work_centre", "youth_office", "reception_centre", "school", "clinic", "police",
        "media", "institution", "ngo", "local_ngo", "red_cross", "un_agency", "community_group", "academic", "donor",
    }  # fmt: skip
    assert {partner.level for partner in PARTNERS} == {"local", "regional", "national", "international"}


def test_states_and_ends_of_many_kinds(book: Book) -> None:
    states = Counter(str(new.values["state"]) for new in book.records["Referral"])
    assert set(states) >= {"draft", "sent", "acknowledged", "accepted", "rejected", "redirected", "in_service",
                           "closed_successful", "closed_unsuccessful", "expired", "withdrawn"}  # fmt: skip
    notes = sum(bool(new.values.get("note")) for new in book.records["Referral"])
    assert 20 <= notes <= 100, "a few sealed notes"
    ends = [new.values.get("valid_to") for new in book.records["Agreement"]]
    assert sum(isinstance(end, date) and end <= book.day for end in ends) == 2, "lapsed"
    assert sum(isinstance(end, date) and book.day < end <= book.ago(-60) for end in ends) == 2, "lapsing"
    actions = book.records["ActionPoint"]
    assert {new.values["state"] for new in actions} == {"open", "in_progress", "done"}
    late = [new for new in actions if new.values["state"] != "done" and new.values["due"] < book.day]  # type: ignore[operator]
    assert late, "some are overdue"
    assert all(bool(new.values.get("done_on")) == (new.values["state"] == "done") for new in actions)


def test_every_record_passes_the_gate(book: Book) -> None:
    for label, news in book.records.items():
        kind = kind_of(label)
        for new in news:
            assert set(new.values) <= kind.field_names(), f"{label}: no field is dropped in silence"
            checked(kind, {field.name: new.values.get(field.name) for field in kind.fields})
            demand_links(kind, new.links, whole=True)
            for name, targets in new.links.items():
                known = {each.id for each in book.records[kind.link(name).target]}
                assert set(targets) <= known, f"{label}.{name} points at what is told"


@settings(max_examples=15)
@given(DAYS)
def test_nothing_has_happened_after_the_day(day: date) -> None:
    told = tell(day)
    for label, news in told.records.items():
        for new in news:
            for name, value in {**new.values, **new.extra}.items():
                for on in value if isinstance(value, list) else [value]:
                    held = on.date() if isinstance(on, datetime) else on
                    if not isinstance(held, date) or held <= day:
                        continue
                    assert (label, name) in AHEAD, (label, name, new.values)
                    assert label != "Meeting" or new.values["state"] == "planned"
    assert all(item.decided_on is None or item.decided_on <= day for item in told.items)


@settings(max_examples=15)
@given(DAYS)
def test_the_next_meeting_is_a_wednesday_in_about_nine_days(day: date) -> None:
    starts = [new.values["starts_at"] for new in tell(day).records["Meeting"]]
    assert all(isinstance(start, datetime) and start.weekday() == 2 for start in starts)
    coming = starts[-1]
    assert isinstance(coming, datetime)
    assert timedelta(6) <= coming.date() - day <= timedelta(12)


def test_steps_are_in_order(book: Book) -> None:
    for new in book.records["Referral"]:
        steps = [new.values.get(name) for name in ("sent_on", "answered_on", "closed_on")]
        dates = [step for step in steps if isinstance(step, date)]
        assert dates == sorted(dates)
        assert new.values["state"] == "draft" or dates
        assert str(new.values["state"]).startswith("closed") == (new.values.get("closed_on") is not None)
    for new in book.records["ActionPoint"]:
        assert new.values["agreed_on"] <= new.values.get("done_on", book.day)  # type: ignore[operator]


def test_nobody_acts_before_joining_or_after_leaving(book: Book) -> None:
    stays = {
        book.codes[new.id]: (new.values.get("valid_from") or date.min, new.values.get("valid_to") or date.max)
        for new in book.records["Organisation"]
    }
    acts = [
        (linked(book, new, end), new.values["sent_on"])
        for new in book.records["Referral"]
        for end in ("sender", "receiver")
        if new.values["state"] != "draft"
    ]
    held = {book.codes[new.id]: new.values["starts_at"].date() for new in book.records["Meeting"]}  # type: ignore[union-attr]
    acts += [(each.organisation, held[each.meeting]) for each in book.attendance]
    assert all(stays[code][0] <= on < stays[code][1] for code, on in acts)  # type: ignore[operator]


def test_a_programme_holds_no_more_leaders_than_it_aims_at_or_has_room_for(book: Book) -> None:
    [programme] = book.records["Programme"]
    held = Counter(new.values["state"] for new in book.records["Participation"] if new.values["role"] == "leader")
    target, places = (int(str(programme.values[name])) for name in ("target", "places"))
    assert 0 < sum(held[state] for state in COUNTS) < target, "and there is a way to go"
    assert sum(held[state] for state in MEMBER) <= places


def test_mentors_have_room_and_pairs_talk_while_they_last(book: Book) -> None:
    pairs = {new.id: new for new in book.records["Mentorship"]}
    running = Counter(linked(book, pair, "mentor") for pair in pairs.values() if pair.values["state"] == "active")
    assert max(running.values()) <= 3
    for contact in book.records["Contact"]:
        pair = pairs[contact.links["pair"][0]]
        first, last = pair.values["valid_from"], pair.values.get("valid_to") or book.day
        assert first <= contact.values["on"] <= last  # type: ignore[operator]
        assert contact.subject == pair.id, "its note is sealed with the key of the pair"


def test_some_partners_have_a_second_focal_point_and_some_have_not(book: Book) -> None:
    focal, backup = Counter[str](), Counter[str]()
    for new in book.records["Employment"]:
        focal[linked(book, new, "organisation")] += new.values.get("focal_point") is True
        backup[linked(book, new, "organisation")] += new.values.get("backup") is True
    partners = {partner.code for partner in (*PARTNERS, LEFT)}
    assert all(focal[code] == 1 for code in partners)
    assert 15 <= sum(backup[code] for code in partners) < len(partners)


def test_every_name_is_an_invented_one(book: Book) -> None:
    families = {*FAMILIES, *(feminine(family) for family in FAMILIES)}
    told = {leader.name for leader in (*LEADERS, *NEWCOMERS)}
    names = [str(new.values["name"]) for new in book.records["Person"]]
    assert len(set(names)) == len(names)
    for name in set(names) - told:
        first, family = name.split()
        assert first in {*WOMEN, *MEN}
        assert family in families
    assert all(new.values.get("alias") for new in book.records["Person"] if new.values["role_class"] == "leader")


def test_addresses_reach_nobody(book: Book) -> None:
    for new in (*book.records["Organisation"], *book.records["Person"]):
        assert str(new.values.get("email") or "x.example").endswith(".example")
        assert str(new.values.get("website") or "x.example").endswith(".example")
        assert str(new.values.get("phone") or "+359 000").startswith("+359 000")


def test_the_same_day_tells_the_same_story_but_for_the_case_references() -> None:
    one, other = tell(date(2026, 3, 18)), tell(date(2026, 3, 18))
    references: list[object] = []
    for told in (one, other):
        cases = [*told.records["Referral"], *told.records["CaseConference"]]
        references += [new.values["case_ref"] for new in cases]
        for new in cases:
            assert new.values.pop("case_ref")  # type: ignore[attr-defined]
    assert one.records == other.records
    assert (one.attendance, one.items) == (other.attendance, other.items)
    assert len(set(references)) == len(references)
    assert all(read_case_reference(str(reference)) == reference for reference in references)


@settings(max_examples=10)
@given(DAYS, DAYS)
def test_on_every_day_the_same_records_under_the_same_ids(day: date, other: date) -> None:
    assert tell(day).codes == tell(other).codes
