from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from web.packs.calendar import CalendarMeeting, calendar_file

SOFIA = ZoneInfo("Europe/Sofia")
MEETING = CalendarMeeting(
    key="01JD8V6Q4K5N9W2X3Y4Z5A6B7C",
    title="Междуинституционална среща; декември, втора",
    start=datetime(2026, 12, 1, 10, tzinfo=SOFIA),
    end=datetime(2026, 12, 1, 12, tzinfo=SOFIA),
    changed=datetime(2026, 11, 21, 16, 5, tzinfo=UTC),
    organiser="Мрежа „Граница“",
    place="Община, зала 2",
    description="Точка 1\nТочка 2",
)


def event_of(meeting, zone="Europe/Sofia"):
    calendar = Calendar.from_ical(calendar_file(meeting, zone))
    assert len(calendar.events) == 1
    return calendar.events[0]


def lines(data):
    return data.decode().replace("\r\n ", "").split("\r\n")


def test_a_second_reading_finds_the_meeting():
    event = event_of(MEETING)
    assert event["SUMMARY"] == MEETING.title
    assert event["LOCATION"] == MEETING.place
    assert event["DESCRIPTION"] == MEETING.description
    assert event.start == MEETING.start
    assert event.end == MEETING.end
    assert event["STATUS"] == "CONFIRMED"
    assert event["ORGANIZER"] == "invalid:nomail"
    assert event["ORGANIZER"].params["CN"] == MEETING.organiser


def test_it_is_published_to_nobody_by_name():
    data = calendar_file(replace(MEETING, mailbox="office@example.org", organiser="Network"))
    assert "METHOD:PUBLISH" in lines(data)
    assert b"ATTENDEE" not in data
    assert [line for line in lines(data) if "@example" in line] == ["ORGANIZER;CN=Network:mailto:office@example.org"]


def test_changes_and_cancelling_reach_the_same_entry():
    moved = replace(MEETING, start=MEETING.start + timedelta(days=1), end=MEETING.end + timedelta(days=1), sequence=1)
    gone = replace(moved, sequence=2, cancelled=True)
    events = [event_of(meeting) for meeting in (MEETING, moved, gone)]
    assert len({event["UID"] for event in events}) == 1
    assert [event["SEQUENCE"] for event in events] == [0, 1, 2]
    assert [event["STATUS"] for event in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


def test_same_meeting_same_bytes():
    assert calendar_file(MEETING) == calendar_file(MEETING)


@pytest.mark.parametrize(
    ("zone", "month", "offset"), [("Europe/Sofia", 1, 2), ("Europe/Sofia", 7, 3), ("Europe/Riga", 7, 3), ("Europe/Belgrade", 1, 1)]
)  # fmt: skip
def test_times_stand_in_the_zone_with_its_rules_beside(zone, month, offset):
    start = datetime(2026, month, 5, 8, tzinfo=UTC)
    data = calendar_file(replace(MEETING, start=start, end=start + timedelta(hours=1)), zone)
    assert f"DTSTART;TZID={zone}:2026{month:02}05T{8 + offset:02}0000" in lines(data)
    rules = Calendar.from_ical(data).timezones[0]
    assert rules["TZID"] == zone
    assert datetime(2026, month, 5, 8 + offset, tzinfo=rules.to_tz()).utcoffset() == timedelta(hours=offset)
    assert len(data) < 2_000


def test_times_without_a_zone_and_turned_round_are_refused():
    with pytest.raises(ValueError, match="time zone"):
        calendar_file(replace(MEETING, start=datetime(2026, 12, 1, 10)))  # noqa: DTZ001
    with pytest.raises(ValueError, match="ends before"):
        calendar_file(replace(MEETING, end=MEETING.start))


ENDS = st.sampled_from(
    ["\r\n", "\r", "\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\x00", "\x1e", '"', ";", ":", ","]
)
HOSTILE = st.lists(
    st.one_of(ENDS, st.just("ATTENDEE:mailto:x@example.org"), st.just("END:VEVENT"), st.text(max_size=8)), max_size=8
)


@given(HOSTILE.map("".join), HOSTILE.map("".join))
def test_no_text_can_add_a_line_of_its_own(text, other):
    hostile = replace(MEETING, title=text, place=text, description=other, organiser=other, mailbox=text, url=other)
    data = calendar_file(hostile)
    names = {line.split(":")[0].split(";")[0] for line in lines(data)}
    assert names <= {
        "BEGIN", "END", "VERSION", "PRODID", "METHOD", "TZID", "TZNAME", "TZOFFSETFROM", "TZOFFSETTO", "RDATE", "RRULE", "COMMENT",
        "DTSTART", "DTEND", "DTSTAMP", "LAST-MODIFIED", "UID", "SEQUENCE", "STATUS", "SUMMARY", "LOCATION", "DESCRIPTION",
        "ORGANIZER", "URL", "",
    }  # fmt: skip
    assert sum(line == "END:VEVENT" for line in lines(data)) == 1
    raw = data.decode()
    assert not any(sign in raw.replace("\r\n", "") for sign in "\r\n\x0b\x0c\x85\u2028\u2029\x00")
    Calendar.from_ical(data)
