"""A meeting as a calendar file (RFC 5545) that calendars take in, update and cancel."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vCalAddress

_NOBODY = "invalid:nomail"
_LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class CalendarMeeting:
    """`key` is the meeting's ULID: it never changes, so the calendar finds the entry again.

    `changed` is when this version was made, `sequence` grows by one with each change that matters to guests.
    `organiser` is the network, never a person; `mailbox` the network's own address, where it has one.
    `method` and `guest` (name, address) make it a letter to one guest (RFC 5546): REQUEST asks for the entry, later ones
    change it, CANCEL takes it away; PUBLISH is a file for whoever downloads it. `written` is when the letter was made.
    """

    key: str
    title: str
    start: datetime
    end: datetime
    changed: datetime
    organiser: str
    place: str = ""
    description: str = ""
    mailbox: str = ""
    url: str = ""
    sequence: int = 0
    cancelled: bool = False
    method: Literal["PUBLISH", "REQUEST", "CANCEL"] = "PUBLISH"
    guest: tuple[str, str] = ("", "")
    written: datetime | None = None


def calendar_file(meeting: CalendarMeeting, zone: str = "Europe/Sofia") -> bytes:
    """The .ics text in UTF-8; times are shown in `zone`. ValueError where the times have no zone or end too early.

    The list of guests is left out: addresses of people do not belong in a file that is passed on. A letter names the one
    guest it goes to; ValueError where it has no guest, or no mailbox that it comes from.
    """
    if meeting.start.tzinfo is None or meeting.end.tzinfo is None or meeting.changed.tzinfo is None:
        raise ValueError("the meeting's times need a time zone")
    if meeting.end <= meeting.start:
        raise ValueError("the meeting ends before it begins")
    if (meeting.method != "PUBLISH") != bool(meeting.guest[1]) or (meeting.guest[1] and not meeting.mailbox):
        raise ValueError("a letter goes from a mailbox to one guest, a published file to nobody")
    local = ZoneInfo(zone)
    calendar = Calendar()
    calendar.add("prodid", "-//Mrezha//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", meeting.method)
    calendar.add_component(_zone_rules(local, zone, meeting.start.year))
    calendar.add_component(_event(meeting, local))
    return calendar.to_ical()


def _zone_rules(local: ZoneInfo, zone: str, year: int) -> Timezone:
    """The zone's changes of clock around the meeting: calendars without a zone table of their own need no more."""
    return Timezone.from_tzinfo(local, zone, first_date=date(year - 1, 1, 1), last_date=date(year + 2, 1, 1))


def _event(meeting: CalendarMeeting, local: ZoneInfo) -> Event:
    event = Event()
    event.add("uid", f"{meeting.key}@mrezha")
    event.add("dtstamp", (meeting.written or meeting.changed).astimezone(UTC))
    event.add("last-modified", meeting.changed.astimezone(UTC))
    event.add("sequence", meeting.sequence)
    event.add("dtstart", meeting.start.astimezone(local))
    event.add("dtend", meeting.end.astimezone(local))
    event.add("status", "CANCELLED" if meeting.cancelled or meeting.method == "CANCEL" else "CONFIRMED")
    event.add("summary", _one_line(meeting.title))
    event.add("organizer", _address(meeting.organiser, meeting.mailbox), encode=False)
    if meeting.guest[1]:
        event.add("attendee", _guest(*meeting.guest), encode=False)
    for name, text in (("location", _one_line(meeting.place)), ("description", _text(meeting.description))):
        if text:
            event.add(name, text)
    if meeting.url:
        event.add("url", _one_line(meeting.url).replace(" ", "%20"))
    return event


def _address(name: str, mailbox: str) -> vCalAddress:
    mailbox = "".join(mailbox.split())
    address = vCalAddress(f"mailto:{_text(mailbox)}" if mailbox else _NOBODY)
    address.params["CN"] = _one_line(name).replace('"', "'")
    return address


def _guest(name: str, mailbox: str) -> vCalAddress:
    """Answers are given on the meeting's page: nobody reads those that calendars send to the mailbox."""
    address = _address(name, mailbox)
    address.params.update({"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "FALSE"})
    return address


def _text(text: str) -> str:
    """Text whose only control sign is the line feed, which the format escapes."""
    lines = _LINE_ENDS.sub("\n", text)
    return "".join(sign for sign in lines if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cs"))


def _one_line(text: str) -> str:
    return " ".join(_text(text).split())
