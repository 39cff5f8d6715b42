"""Holding a meeting: the quick entry of who is there."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flask import abort, flash, render_template, request
from flask_babel import gettext, ngettext

from graphdb.catalogue import codes
from graphdb.errors import ConflictError, MissingError, ReusedKeyError
from graphdb.folding import fold
from graphdb.meetings import holding, reading
from graphdb.meetings.agenda import ApprovedError, IllegalStepError
from graphdb.meetings.holding import Presence
from graphdb.writes import change
from web.access import actor, allow, viewer
from web.language import code
from web.meetings import words
from web.meetings.blueprint import bp
from web.meetings.merging import settled
from web.once import new_key, once_for
from web.pages import back_to_here, today
from web.sessions import graph
from web.typed import number_in

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from graphdb.meetings.reading import MeetingView


_REST = {"rest_present": "present", "rest_absent": "absent"}
_SIGNED = re.compile(r"[1-9][0-9]{0,3}(?:-[1-9][0-9]{0,3})?")


@dataclass(frozen=True, slots=True)
class Seat:
    """One organisation of the form: how it was there, and how it stood when the form was opened ("mode|person").

    `theirs` is what somebody else has saved meanwhile, where both changed it.
    """

    organisation: str
    mode: str
    person: str = ""
    was: str | None = None
    theirs: str | None = None

    @property
    def said(self) -> str:
        """Mode and person in one text."""
        return f"{self.mode}|{self.person}"


@dataclass(frozen=True, slots=True)
class Row:
    """One organisation of the attendance list, with its number on the sign-in sheet; `shown` by the filter typed."""

    id: str
    number: int
    title: str
    answer: str | None
    seat: Seat
    people: list[tuple[str, str]]
    shown: bool
    theirs: str = ""


@bp.get("/<record>/attend")
@allow("meeting", "edit", record="record", label="Meeting")
def attend(record: str) -> ResponseReturnValue:
    """The list of those invited, with one tap each."""
    found = whole(record)
    return _page(found, _seats(found), found.version)


@bp.post("/<record>/attend")
@allow("meeting", "edit", record="record", label="Meeting")
def note_attendance(record: str) -> ResponseReturnValue:
    """Add a row, take in a paper sheet, look for a row, or keep who was there."""
    found = whole(record)
    seats, version, wish = _typed(), number_in(request.form.get("version")), request.form.get("do", "")
    if wish != "save":
        seats, said = _arranged(wish, seats)
        return _page(found, seats, version, said=said)
    if refused := refuses(found):
        return _page(found, seats, version, problem=refused), 400
    presences = [Presence(one.organisation, one.mode, one.person) for one in seats]
    once = once_for(f"meeting.attend.{record}", [repr(one) for one in presences])
    try:
        change(graph, actor(), lambda c: str(holding.attend(c, graph, record, version, presences)), once=once)
    except ConflictError:
        theirs = whole(record)
        text = gettext("Somebody else has saved the attendance meanwhile. Yours is kept here; compare and save again.")
        return _page(theirs, _both(theirs, seats), theirs.version, problem=text), 409
    except ApprovedError:
        return _page(found, seats, version, problem=approved_meanwhile()), 400
    except ReusedKeyError:
        flash(gettext("This form was saved already. Here is what is kept; change it once more if you like."), "error")
    except (MissingError, IllegalStepError):
        text = gettext("Something of the list is gone meanwhile. Look it through and save again.")
        return _page(found, seats, version, problem=text), 400
    else:
        flash(gettext("The attendance is kept."), "undo")
    return back_to_here("meetings.show", record=record)


def _arranged(wish: str, seats: list[Seat]) -> tuple[list[Seat], str]:
    """The rows after a button that keeps nothing yet, and what there is to say of it."""
    if wish == "add":
        return [*seats, *_added(seats)], ""
    if wish == "signed":
        return _signed(seats, request.form.get("numbers", ""))
    rest = _REST.get(wish, "")
    return [one if one.mode or not rest else replace(one, mode=rest) for one in seats], ""


def whole(record: str) -> MeetingView:
    """A meeting, or 404."""
    found = reading.meeting(graph, record, viewer(), code())
    if found is None or found.archived:
        abort(404)
    return found


def approved_meanwhile() -> str:
    """What is said of a change that comes after the approval."""
    return gettext("The minutes are approved. Open them again first, with a note why; nothing was changed.")


def refuses(found: MeetingView) -> str:
    """Why nothing can be noted of a meeting; empty where it can."""
    if found.approved:
        return approved_meanwhile()
    if found.state == "cancelled":
        return gettext("This meeting was cancelled. Plan it again first, then note who came.")
    if words.local(found.starts_at, found.zone).date() > today():
        return gettext("This meeting has not begun: on its day, who came is noted here.")
    return ""


def _seats(found: MeetingView) -> list[Seat]:
    """Who is on the list, as it is stored: the guests, then the others, as on the sign-in sheet."""
    return [
        Seat(each["id"], mode := each["mode"] or "", person := each["person"]["id"] if each["person"] else "",
             f"{mode}|{person}")
        for each in [*found.guests, *found.others]
    ]  # fmt: skip


def _typed() -> list[Seat]:
    """The rows of the form, each organisation once."""
    known = set(codes("attendance_mode"))
    return [
        Seat(one, mode if (mode := request.form.get(f"mode-{one}", "")) in known else "",
             request.form.get(f"person-{one}", "")[:40], request.form.get(f"was-{one}"))
        for one in dict.fromkeys(request.form.getlist("row"))
    ]  # fmt: skip


def _added(seats: list[Seat]) -> list[Seat]:
    one = request.form.get("add", "")[:40]
    return [Seat(one, "present")] if one and all(each.organisation != one for each in seats) else []


def _both(found: MeetingView, mine: list[Seat]) -> list[Seat]:
    """The rows of both: what only one of the two changed stands, what both changed is marked."""
    stored = {one.organisation: one for one in _seats(found)}
    typed = {one.organisation: one for one in mine}
    rows: list[Seat] = []
    for name in [*stored, *(name for name in typed if name not in stored)]:
        theirs, own = stored.get(name, Seat(name, "")), typed.get(name)
        value = settled(own.was, own.said, theirs.said) if own else settled(theirs.said, theirs.said, theirs.said)
        mode, _, person = value.value.partition("|")
        rows.append(Seat(name, mode, person, theirs.said, value.theirs))
    return rows


def _signed(seats: list[Seat], typed: str) -> tuple[list[Seat], str]:
    """The rows with those present whose numbers were typed from the paper sheet, and what there is to say of it.

    Numbers stand alone or as a range: "1-4, 7, 9". What was noted already stays.
    """
    parts = [part for part in re.split(r"[\s,;]+", typed.replace("–", "-")) if part]
    wrong = [part for part in parts if not _SIGNED.fullmatch(part)]
    numbers: set[int] = set()
    for part in parts:
        if part not in wrong:
            first, _, last = part.partition("-")
            numbers |= set(range(int(first), int(last or first) + 1))
    wrong += [str(n) for n in sorted(numbers) if n > len(seats)][:5]
    rows = [replace(one, mode="present") if n in numbers and not one.mode else one for n, one in enumerate(seats, 1)]
    taken = len([n for n in numbers if n <= len(seats)])
    said = ngettext("%(num)s signature taken in.", "%(num)s signatures taken in.", taken)
    if wrong:
        said += " " + gettext("No row of the list: %(numbers)s.", numbers=", ".join(wrong))
    return rows, said + " " + gettext("Look the list through, then save.")


def _page(found: MeetingView, seats: list[Seat], version: int, *, problem: str = "", said: str = "") -> str:
    everybody = holding.room(graph, words.local(found.starts_at, found.zone).date(), viewer(), code())
    names = {each["id"]: each["title"] for each in everybody.organisations}
    people: dict[str, list[tuple[str, str]]] = {}
    for one in everybody.people:
        people.setdefault(one["organisation"], []).append((one["id"], one["title"]))
    guests = {each["id"]: each for each in found.everybody}
    wanted = fold(request.form.get("find", "")[:100])
    rows: list[Row] = []
    for n, seat in enumerate(seats, 1):
        guest = guests.get(seat.organisation)
        title = guest["title"] if guest else names.get(seat.organisation, "")
        if not title:
            continue
        who = people.get(seat.organisation, [])
        if guest and guest["person"] and all(guest["person"]["id"] != one for one, _ in who):
            who = [*who, (guest["person"]["id"], guest["person"]["title"])]  # gone since, yet noted
        theirs = _in_words(seat.theirs, dict(who)) if seat.theirs is not None else ""
        answer = guest["answer"] if guest else None
        rows.append(Row(seat.organisation, n, title, answer, seat, who, wanted in fold(title), theirs))
    there = {row.id for row in rows}
    return render_template(
        "meetings/attend.html", meeting=found, version=version, rows=rows, problem=problem, said=said,
        key=new_key(), groups=_groups(rows), find=request.form.get("find", "")[:100],
        others=[each for each in everybody.organisations if each["id"] not in there], modes=codes("attendance_mode"),
        refused=refuses(found),
    )  # fmt: skip


def _in_words(said: str, people: dict[str, str]) -> str:
    mode, _, person = said.partition("|")
    word = words.mode_words().get(mode) or gettext("not noted")
    return f"{word}, {people[person]}" if person in people else word


SHORT = 8
"""So many rows are shown at once; a longer list is folded, in groups by what is known of its rows."""


def _groups(rows: list[Row]) -> list[tuple[str, list[Row], bool]]:
    """The rows found, in groups: its heading, its rows, whether it stands open."""
    shown = [row for row in rows if row.shown]
    if len(shown) <= SHORT or any(row.theirs for row in shown):
        return [("", shown, True)]
    noted = [row for row in shown if row.seat.mode]
    open_ = [row for row in shown if not row.seat.mode]
    coming = [row for row in open_ if row.answer and row.answer != "declined"]
    parts = [
        (gettext("Said they come"), coming),
        (gettext("Have not answered"), [row for row in open_ if not row.answer]),
        (gettext("Said they cannot come"), [row for row in open_ if row.answer == "declined"]),
        (gettext("Noted already"), noted),
    ]
    return [(heading, some, len(some) <= SHORT) for heading, some in parts if some]
