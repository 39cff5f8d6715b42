"""The minutes: what was discussed, decided and asked of whom by when."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import zip_longest
from typing import TYPE_CHECKING

from flask import flash, render_template, request
from flask_babel import gettext

from graphdb.catalogue import kind_of
from graphdb.errors import ConflictError, MissingError, ReusedKeyError
from graphdb.meetings import holding
from graphdb.meetings.agenda import ApprovedError, IllegalStepError
from graphdb.meetings.holding import Entry, HeldByActionsError, NewAction
from graphdb.records import RefusedError
from graphdb.writes import change
from web.access import actor, allow, viewer
from web.language import code
from web.meetings import words
from web.meetings.blueprint import bp
from web.meetings.hold import approved_meanwhile, refuses, whole
from web.meetings.merging import settled
from web.meetings.texts import guard, taken
from web.once import new_key, once_for
from web.pages import back_to_here
from web.sessions import graph
from web.typed import number_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.typing import ResponseReturnValue

    from graphdb.meetings.holding import Room
    from graphdb.meetings.reading import Item, MeetingView

STATES = ("discussed", "postponed", "dropped")
LONGEST_DECISION = 4000
BLANK_ACTIONS = 2
_MEETING, _ACTION = kind_of("Meeting"), kind_of("ActionPoint")


@dataclass(frozen=True, slots=True)
class TypedAction:
    """A row for a new action, as typed."""

    text: str = ""
    owner: str = ""
    due: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class TypedItem:
    """What was typed of an item; `theirs` is the decision somebody else has saved meanwhile, where both changed it.

    `was` and `was_state` are what stood there when the form was opened.
    """

    item: Item
    state: str
    decision: str
    actions: tuple[TypedAction, ...]
    was: str | None = None
    was_state: str | None = None
    theirs: str | None = None
    their_state: str | None = None


@dataclass(frozen=True, slots=True)
class _Note:
    """The note at the end of the minutes: as typed, as the form was opened, and as the other saved it."""

    text: str
    was: str | None = None
    theirs: str | None = None


@dataclass(slots=True)
class Checked:
    """Typed minutes past the gate: entries, and what is wrong by input."""

    entries: list[Entry] = field(default_factory=list[Entry])
    problems: dict[str, str] = field(default_factory=dict[str, str])


@bp.get("/<record>/record")
@allow("meeting", "edit", record="record", label="Meeting")
def record(record: str) -> ResponseReturnValue:
    """The minutes as they are, to be written."""
    found = whole(record)
    if found.approved:
        return back_to_here("meetings.show", record=record)
    return _page(
        found, [_stored(item) for item in _items(found)], _Note(found.note or "", found.note or ""), found.version
    )


@bp.post("/<record>/record")
@allow("meeting", "edit", record="record", label="Meeting")
def write_minutes(record: str) -> ResponseReturnValue:
    """Keep the minutes, unless somebody else was faster."""
    found = whole(record)
    typed = [_typed(item) for item in _items(found)]
    note = _Note(request.form.get("note", ""), request.form.get("was-note"))
    version = number_in(request.form.get("version"))
    known = {} if not any(each.person.strip() for one in typed for each in one.actions) else _people(_room(found))
    checked, problem = _checked(typed, note.text, known), refuses(found)
    if not (checked.problems or problem):
        try:
            _keep(record, version, note.text, checked.entries)
        except ConflictError:
            return _conflict(record, typed, note), 409
        except ApprovedError:
            problem = approved_meanwhile()
        except HeldByActionsError as held:
            text = gettext("Actions hang on this decision: write it again, or say it new.")
            checked.problems[f"decision-{held.item}"] = text
        except (MissingError, IllegalStepError, RefusedError):
            problem = gettext("Something these minutes speak of is gone meanwhile. Look them through and save again.")
        except ReusedKeyError:
            flash(
                gettext("This form was saved already. Here is what is kept; change it once more if you like."), "error"
            )
        else:
            flash(gettext("The minutes are kept."), "undo")
    if checked.problems or problem:
        return _page(found, typed, note, version, checked.problems, problem), 400
    more = request.form.get("do") == "more"
    return back_to_here("meetings.record" if more else "meetings.show", record=record)


def _keep(record: str, version: int, note: str, entries: list[Entry]) -> None:
    said = [note, [repr(one) for one in entries]]
    once = once_for(f"meeting.minutes.{record}", said)
    change(graph, actor(), lambda c: str(holding.write_down(c, graph, record, version, note, entries)), once=once)


def _items(found: MeetingView) -> list[Item]:
    return [item for item in found.items if item["state"] != "proposed"]


def _stored(item: Item) -> TypedItem:
    decision = item["decisions"][0]["text"] if item["decisions"] else ""
    state = item["state"] if item["state"] in STATES else "discussed"
    return TypedItem(item, state, decision, _blank(), decision, state)


def _blank() -> tuple[TypedAction, ...]:
    return (TypedAction(),) * BLANK_ACTIONS


def _typed(item: Item) -> TypedItem:
    name = item["id"]
    rows = zip_longest(
        request.form.getlist(f"text-{name}"),
        request.form.getlist(f"owner-{name}"),
        request.form.getlist(f"due-{name}"),
        request.form.getlist(f"who-{name}"),
        fillvalue="",
    )
    state = request.form.get(f"state-{name}", "")
    return TypedItem(
        item, state if state in STATES else "discussed", request.form.get(f"decision-{name}", ""),
        tuple(TypedAction(*row) for row in rows) or _blank(),
        request.form.get(f"was-decision-{name}"), request.form.get(f"was-state-{name}"),
    )  # fmt: skip


def _checked(typed: list[TypedItem], note: str, people: Mapping[str, tuple[str, str]]) -> Checked:
    found = Checked()
    taken(_MEETING.field("note"), note, found.problems, "note")
    for one in typed:
        name = one.item["id"]
        decision = " ".join(one.decision.split(" ")).strip()
        if len(decision) > LONGEST_DECISION:
            found.problems[f"decision-{name}"] = gettext(
                "This is longer than %(limit)s characters.", limit=LONGEST_DECISION
            )
        guard(decision, found.problems, f"decision-{name}")
        actions = [_action(each, f"{name}-{n}", found.problems, people) for n, each in enumerate(one.actions)]
        found.entries.append(Entry(name, one.state, decision, tuple(each for each in actions if each)))
    return found


def _action(
    typed: TypedAction, name: str, problems: dict[str, str], people: Mapping[str, tuple[str, str]]
) -> NewAction | None:
    if not (typed.text.strip() or typed.owner):
        return None
    text = taken(_ACTION.field("text"), typed.text, problems, f"text-{name}", needed=True)
    due = taken(_ACTION.field("due"), typed.due, problems, f"due-{name}", needed=True)
    if not typed.owner:
        problems[f"owner-{name}"] = gettext("Say which organisation does it.")
    person, at = people.get(" ".join(typed.person.split()), ("", ""))
    if typed.person.strip() and at != typed.owner:
        problems[f"who-{name}"] = gettext("Choose somebody of that organisation from the list, or leave it empty.")
    if isinstance(text, str) and isinstance(due, date) and typed.owner:
        return NewAction(text, typed.owner, due, person)
    return None


def _room(found: MeetingView) -> Room:
    return holding.room(graph, words.local(found.starts_at, found.zone).date(), viewer(), code())


def _people(room: Room) -> dict[str, tuple[str, str]]:
    """Who may do an action, as the list offers them ("name, organisation"): person and organisation."""
    names = {each["id"]: each["title"] for each in room.organisations}
    return {
        " ".join(f"{each['title']}, {names[each['organisation']]}".split()): (each["id"], each["organisation"])
        for each in room.people
        if each["organisation"] in names
    }


def _conflict(record: str, typed: list[TypedItem], note: _Note) -> str:
    """What was typed, with what the other saved beside it where both changed the same text."""
    theirs = whole(record)
    mine = {one.item["id"]: one for one in typed}
    rows = [_settled(_stored(item), mine.get(item["id"])) for item in _items(theirs)]
    problem = gettext("Somebody else has saved these minutes meanwhile. Nothing is lost: compare below and save again.")
    text = settled(note.was, note.text, theirs.note or "")
    return _page(theirs, rows, _Note(text.value, theirs.note or "", text.theirs), theirs.version, {}, problem)


def _settled(stored: TypedItem, mine: TypedItem | None) -> TypedItem:
    if mine is None:
        return stored
    decision = settled(mine.was, mine.decision, stored.decision)
    state = settled(mine.was_state, mine.state, stored.state)
    return TypedItem(
        stored.item, state.value, decision.value, mine.actions, stored.decision, stored.state, decision.theirs,
        state.theirs,
    )  # fmt: skip


def _page(
    found: MeetingView, typed: list[TypedItem], note: _Note, version: int, problems: dict[str, str] | None = None,
    problem: str = "",
) -> str:  # fmt: skip
    on, everybody = words.local(found.starts_at, found.zone).date(), _room(found)
    invited = {each["id"] for each in [*found.guests, *found.others]}
    owners = [each for each in everybody.organisations if each["id"] in invited]
    owners += [each for each in everybody.organisations if each["id"] not in invited]
    return render_template(
        "meetings/record.html", meeting=found, typed=typed, note=note, version=version, problems=problems or {},
        problem=problem, owners=owners, states=STATES, key=new_key(),
        first_due=(on + timedelta(days=30)).isoformat(), refused=refuses(found), people=list(_people(everybody)),
    )  # fmt: skip
