"""Planning a meeting: the proposal with its reasons, ticks and order, and the meeting made of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.datastructures import MultiDict

from graphdb.errors import ConflictError, MissingError, ReusedKeyError
from graphdb.meetings import planning, reading
from graphdb.meetings.agenda import IllegalStepError
from graphdb.records import RefusedError
from web.access import actor, allow, viewer
from web.language import code
from web.meetings import usecases, why, words
from web.meetings.blueprint import bp
from web.meetings.forms import PlanForm, chosen_of, frame_of, lines_of
from web.meetings.hold import whole
from web.meetings.texts import guard
from web.pages import back_to_here, today
from web.sessions import graph
from web.typed import number_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flask.typing import ResponseReturnValue

    from graphdb.meetings.reading import MeetingView
    from web.meetings.usecases import Draft, Guest, Line
    from web.words import Called, Names

LONGEST_RHYTHM = 520  # weeks
SHOWN_BELOW = 12
"""Lines that did not fit and are shown all the same; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the plan in words."""

    line: Line
    title: str
    points: int
    reasons: list[str]
    kind: str
    ref: str
    label: str
    record: str


@bp.get("/plan")
@allow("meeting", "create")
def plan() -> ResponseReturnValue:
    """What the rules propose for the next meeting; the address says of which series and when, or which meeting."""
    meeting = _planned(request.args.get("meeting", ""))
    if meeting is None and "on" not in request.args:
        return redirect(url_for("meetings.plan", _external=False, **_next()))
    asked = frame_of(meeting) | {"series": _series(meeting)} if meeting else {**_BLANK, **request.args.to_dict()}
    form = PlanForm(formdata=MultiDict(asked))
    form.validate()
    form["csrf_token"].errors = ()  # nothing was sent: the form only shows what the address says
    drafted = _draft(form, meeting)
    form.name.data = form.name.data or _name_of(form.series.data, drafted)
    form.name.errors = []
    lines = drafted.proposed()
    ticked = {guest.member["id"] for guest in drafted.guests(lines) if guest.proposed}
    ticked |= {guest["id"] for guest in meeting.guests} if meeting else set()
    return _page(form, drafted, lines, ticked)


@bp.post("/plan")
@allow("meeting", "create")
def arrange() -> ResponseReturnValue:
    """Change the plan, or make the meeting of it."""
    form = PlanForm()
    meeting = _planned(request.form.get("meeting", ""))
    valid = form.validate()
    drafted = _draft(form, meeting)
    lines = [line for line in lines_of(request.form) if drafted.matter(line.key)]
    known = {line.key for line in lines}
    confirmed = request.form.get("do") == "confirm"  # what arose meanwhile was not seen: it is offered, not taken
    lines += [replace(line, taken=line.taken and not confirmed) for line in drafted.proposed() if line.key not in known]
    ticked = _ticked(drafted, lines)
    problems = _problems(lines)
    if confirmed and valid and not problems:
        try:
            return _made(form, drafted, lines, ticked)
        except ReusedKeyError as reused:
            flash(gettext("This plan was confirmed already; here is its meeting."), "undo")
            return back_to_here("meetings.show", record=reused.result)
        except ConflictError as conflict:
            form.version.data = str(conflict.current)
            text = gettext("Somebody has changed this meeting meanwhile; its new items stand below. Yours is kept.")
            return _page(form, drafted, lines, ticked, [text]), 409
        except (RefusedError, MissingError, IllegalStepError):
            problems.append(gettext("Something of the plan is gone meanwhile. Look it through and confirm again."))
    status = 400 if problems or not valid else 200
    return _page(form, drafted, lines, ticked, problems), status


def _planned(record: str) -> MeetingView | None:
    """The meeting whose agenda is prepared; None for a new one, 404 where there is none to prepare."""
    if not record:
        return None
    found = whole(record)
    if found.state not in {"planned", "invited"}:
        abort(404)
    return found


def _draft(form: PlanForm, meeting: MeetingView | None) -> Draft:
    on = form.day() if not form.on.errors else today()
    minutes = form.length() if not form.minutes.errors else 120
    return usecases.draft(graph, (form.series.data or "")[:40], on, minutes, viewer(), code(), meeting)


def _series(meeting: MeetingView) -> str:
    return meeting.series["id"] if meeting.series else ""


def _made(form: PlanForm, drafted: Draft, lines: Sequence[Line], ticked: set[str]) -> ResponseReturnValue:
    titles = {line.key: _title(drafted, line) for line in lines}
    said = usecases.Confirmed(
        str(form.name.data).strip(), form.starts_at(drafted.ground.zone), form.length(),
        (form.place.data or "").strip(), (form.series.data or "")[:40], tuple(lines), tuple(sorted(ticked)),
        form.key.data or "",
    )  # fmt: skip
    made = usecases.confirm(graph, actor(), drafted, said, titles, number_in(form.version.data))
    flash(gettext("The meeting is planned. Send the calendar file, print the pack, or change what you like."), "undo")
    return back_to_here("meetings.show", record=made)


def _page(form: PlanForm, drafted: Draft, lines: Sequence[Line], ticked: set[str], problems: Sequence[str] = ()) -> str:
    form.keyed()
    form.offer([(one["id"], one["title"]) for one in drafted.ground.choices])
    called = _called(drafted, lines)
    rows = [_row(drafted, line, called) for line in lines]
    below = [row for row in rows if not row.line.taken]
    guests = drafted.guests(lines)
    numbers = {row.line.key: n for n, row in enumerate((row for row in rows if row.line.taken), 1)}
    last = reading.meeting(graph, drafted.ground.last, viewer(), code()) if drafted.ground.last else None
    out = {one.item.key: why.because(one.reason.as_dict(), called) for one in drafted.plan.left_out}
    return render_template(
        "meetings/plan.html", form=form, problems=problems, last=last,
        rows=[row for row in rows if row.line.taken] + below[:SHOWN_BELOW], hidden=below[SHOWN_BELOW:],
        order=rows, out=out, minutes=sum(row.line.minutes or 0 for row in rows if row.line.taken),
        guests=[(guest, _asked_for(guest, numbers, called)) for guest in guests], meeting=drafted.meeting,
        ticked=ticked,
        empty_seats=[why.because(one.as_dict(), called) for one in drafted.plan.empty_seats],
        not_invited=[
            (called[one.organisation].title, why.because(one.reason.as_dict(), called))
            for one in drafted.plan.not_invited
            if one.organisation in called
        ],
    )  # fmt: skip


def _asked_for(guest: Guest, numbers: Mapping[str, int], called: Names) -> list[str]:
    """Why a guest is asked: the items it can answer for by their numbers."""
    items = sorted(
        numbers[str(one.get("key"))]
        for one in guest.reasons
        if one.code == "for_item" and str(one.get("key")) in numbers
    )
    said = why.sentences((one.as_dict() for one in guest.reasons if one.code != "for_item"), called)
    if items:
        listed = ", ".join(str(n) for n in items)
        said.append(
            ngettext("can answer for item %(items)s", "can answer for items %(items)s", len(items), items=listed)
        )
    return said


def _row(drafted: Draft, line: Line, called: Names) -> Row:
    matter = drafted.matter(line.key)
    assert matter is not None
    reasons = why.sentences(matter.because(), called)
    about = matter.about
    return Row(
        line, called[line.key].title, matter.points, reasons, matter.kind,
        about["ref"] if about else "", about["label"] if about else "", about["id"] if about else "",
    )  # fmt: skip


def _called(drafted: Draft, lines: Sequence[Line]) -> dict[str, Called]:
    """Titles of what reasons point at: records and actions by id, lines by key."""
    actions = {action["id"]: why.Titled(action["text"]) for action in drafted.ground.actions}
    return {**why.names(), **actions, **{line.key: why.Titled(_title(drafted, line)) for line in lines}}


def _title(drafted: Draft, line: Line) -> str:
    matter = drafted.matter(line.key)
    return words.title_of(matter.kind, matter.about, matter.text) if matter else ""


def _ticked(drafted: Draft, lines: Sequence[Line]) -> set[str]:
    """Who is ticked: as the form says, and whoever the plan calls for now that had not been offered a tick before."""
    ticks, offered = chosen_of(request.form)
    guests = drafted.guests(lines)
    known = {guest.member["id"] for guest in guests}
    new = {guest.member["id"] for guest in guests if guest.proposed} - offered
    return (set(ticks) & known) | new


def _problems(lines: Sequence[Line]) -> list[str]:
    """What the free-text guard says of the texts added."""
    problems: dict[str, str] = {}
    for line in lines:
        if line.taken and line.key.startswith(usecases.OWN):
            guard(line.key.removeprefix(usecases.OWN), problems, line.key)
    return list(problems.values())


_BLANK = {"series": "", "at": "10:00", "minutes": "120", "place": ""}


def _next() -> dict[str, str]:
    """When the next meeting of a series would be, by its rhythm; two weeks from now where it has none."""
    found = planning.choices(graph, today(), code())
    wanted = request.args.get("series")
    chosen = next((one for one in found.choices if wanted in {None, one["id"]}), None)
    day, hour = today() + timedelta(days=14), "10:00"
    if chosen is not None and (last := chosen["last"]):
        here = words.local(last, found.zone)
        due = here.date() + timedelta(weeks=chosen["every_weeks"] or 0)
        day, hour = (due if due > today() else day), here.strftime("%H:%M")
    return {**_BLANK, "on": day.isoformat(), "at": hour, "series": chosen["id"] if chosen else ""}


def _name_of(series: str | None, drafted: Draft) -> str:
    named = next((one["title"] for one in drafted.ground.choices if one["id"] == series), None)
    return named or gettext("Meeting of the network")
