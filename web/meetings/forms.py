"""Forms of meetings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from itertools import zip_longest
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import InputRequired, ValidationError

from graphdb import records
from graphdb.catalogue import kind_of
from graphdb.records import BadValueError
from web.choices import offered
from web.language import lazy
from web.meetings.usecases import OWN, Line
from web.meetings.words import local
from web.once import KeyedForm

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from werkzeug.datastructures import MultiDict
    from wtforms import Field as Input

    from graphdb.meetings.reading import MeetingView

LONGEST_MEETING = 720
_MEETING = kind_of("Meeting")
_NEEDED = InputRequired(lazy("This is needed."))


def said_by(name: str) -> object:
    """A check by the catalogue's field of that name."""

    def check(_: FlaskForm, item: Input) -> None:
        try:
            records.coerce(_MEETING.field(name), item.data)
        except BadValueError as problem:
            raise ValidationError(gettext(problem.message).format(**problem.params)) from None

    return check


def a_day(_: FlaskForm, item: Input) -> None:
    """A day written as 2026-03-31."""
    try:
        found = date.fromisoformat(str(item.data or "").strip())
    except ValueError:
        raise ValidationError(gettext("Write the day as 2026-03-31.")) from None
    if not 1900 <= found.year <= 2200:
        raise ValidationError(gettext("The year must lie between 1900 and 2200."))


def an_hour(_: FlaskForm, item: Input) -> None:
    """An hour written as 10:00."""
    try:
        time.fromisoformat(str(item.data or "").strip())
    except ValueError:
        raise ValidationError(gettext("Write the hour as 10:00.")) from None


def some_minutes(_: FlaskForm, item: Input) -> None:
    """How long the meeting lasts."""
    text = str(item.data or "").strip()
    if not (text.isascii() and text.isdigit() and 5 <= int(text[:6]) <= LONGEST_MEETING):
        raise ValidationError(gettext("Give minutes from 5 to %(most)s.", most=LONGEST_MEETING))


class FrameForm(KeyedForm):
    """When and where a meeting is, and for how long."""

    version = HiddenField()
    name = StringField(lazy("Title"), [_NEEDED, said_by("name")])
    on = StringField(lazy("Day"), [_NEEDED, a_day], render_kw={"type": "date"})
    at = StringField(lazy("Begins at"), [_NEEDED, an_hour], render_kw={"type": "time"})
    minutes = StringField(
        lazy("Minutes"), [_NEEDED, some_minutes], render_kw={"type": "number", "min": 5, "max": LONGEST_MEETING}
    )
    place = StringField(lazy("Where"), [said_by("place")])

    def day(self) -> date:
        """The day typed. Ask only of a valid field."""
        return date.fromisoformat(str(self.on.data).strip())

    def starts_at(self, zone: str) -> datetime:
        """The moment typed, in the network's time zone."""
        hour = time.fromisoformat(str(self.at.data).strip()).replace(tzinfo=None)
        return datetime.combine(self.day(), hour, ZoneInfo(zone))

    def length(self) -> int:
        """Minutes typed."""
        return int(str(self.minutes.data))


def frame_of(meeting: MeetingView) -> dict[str, str]:
    """The frame of a meeting as the form shows it."""
    here = local(meeting.starts_at, meeting.zone)
    return {
        "name": meeting.name, "on": here.date().isoformat(), "at": here.strftime("%H:%M"),
        "minutes": str(meeting.minutes or 120), "place": meeting.place or "", "version": str(meeting.version),
    }  # fmt: skip


class PlanForm(FrameForm):
    """The frame of a plan: also which series it belongs to."""

    series = SelectField(lazy("Series"), validate_choice=False)

    def offer(self, choices: Iterable[tuple[str, str]]) -> None:
        """The series to choose from."""
        self.series.choices = offered([("", gettext("a meeting of its own")), *choices])


def lines_of(form: MultiDict[str, str]) -> list[Line]:
    """The agenda as the form says it: moved, sorted by the numbers typed, with the texts added."""
    keys, numbers, lengths = form.getlist("line"), form.getlist("position"), form.getlist("length")
    taken = set(form.getlist("take"))
    rows = zip_longest(keys, numbers[: len(keys)], lengths[: len(keys)], fillvalue="")
    placed = [(_whole(number, 9999) or 9999, n, key, length) for n, (key, number, length) in enumerate(rows)]
    found = {key: Line(key, _whole(length, 240), taken=key in taken) for _, _, key, length in sorted(placed)}
    lines = list(found.values())
    if added := " ".join(form.get("own", "").split())[:300]:
        lines = added_to(lines, Line(OWN + added, _whole(form.get("own_length", ""), 240) or 10, taken=True))
    return moved(lines, form.get("up", ""), -1) if form.get("up") else moved(lines, form.get("down", ""), 1)


def added_to(lines: Sequence[Line], line: Line) -> list[Line]:
    """With a line of one's own after the last one taken, once."""
    if any(one.key == line.key for one in lines):
        return [replace(one, taken=True) if one.key == line.key else one for one in lines]
    place = max((n for n, one in enumerate(lines, 1) if one.taken), default=0)
    return [*lines[:place], line, *lines[place:]]


def moved(lines: list[Line], key: str, by: int) -> list[Line]:
    """With one line a place up or down."""
    at = next((n for n, line in enumerate(lines) if line.key == key), None)
    if at is None or not 0 <= at + by < len(lines):
        return lines
    lines = list(lines)
    lines[at], lines[at + by] = lines[at + by], lines[at]
    return lines


def _whole(text: str, most: int) -> int | None:
    text = text.strip()
    return min(int(text), most) if text.isascii() and text.isdigit() and len(text) < 6 else None


def chosen_of(form: MultiDict[str, str]) -> tuple[frozenset[str], frozenset[str]]:
    """Organisations ticked, and those that had been offered a tick."""
    return frozenset(form.getlist("invite")), frozenset(form.getlist("offered"))
