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
from graphdb.meetings.agenda import IllegalStepError
from graphdb.meetings.holding import Entry, HeldByActionsError, NewAction
from graphdb.records import RefusedError
from graphdb.tokens import new_token
from graphdb.writes import Once, change
from web.access import actor, allow, viewer
from web.language import code
from web.meetings import words
from web.meetings.blueprint import bp
from web.meetings.hold import number, refuses, whole
from web.meetings.texts import guard, taken
from web.pages import back_to_here
from web.sessions import graph

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

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


@dataclass(frozen=True, slots=True)
class TypedItem:
    """What was typed of an item; `theirs` is the decision somebody else has saved meanwhile, where it differs."""

    item: Item
    state: str
    decision: str
    actions: tuple[TypedAction, ...]
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
    return _page(found, [_stored(item) for item in _items(found)], found.note or "", found.version)


@bp.post("/<record>/record")
@allow("meeting", "edit", record="record", label="Meeting")
def write_minutes(record: str) -> ResponseReturnValue:
    """Keep the minutes, unless somebody else was faster."""
    found = whole(record)
    typed = [_typed(item) for item in _items(found)]
    note, version = request.form.get("note", ""), number(request.form.get("version"))
    checked, problem = _checked(typed, note), refuses(found)
    if not (checked.problems or problem):
        try:
            _keep(record, version, note, checked.entries)
        except ConflictError:
            return _conflict(record, typed, note), 409
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
    once = Once.bound(actor(), f"meeting.minutes.{record}", request.form.get("key", ""), said)
    change(graph, actor(), lambda c: str(holding.write_down(c, graph, record, version, note, entries)), once=once)


def _items(found: MeetingView) -> list[Item]:
    return [item for item in found.items if item["state"] != "proposed"]


def _stored(item: Item) -> TypedItem:
    decision = item["decisions"][0]["text"] if item["decisions"] else ""
    return TypedItem(item, item["state"] if item["state"] in STATES else "discussed", decision, _blank())


def _blank() -> tuple[TypedAction, ...]:
    return (TypedAction(),) * BLANK_ACTIONS


def _typed(item: Item) -> TypedItem:
    name = item["id"]
    rows = zip_longest(
        request.form.getlist(f"text-{name}"),
        request.form.getlist(f"owner-{name}"),
        request.form.getlist(f"due-{name}"),
        fillvalue="",
    )
    state = request.form.get(f"state-{name}", "")
    return TypedItem(
        item, state if state in STATES else "discussed", request.form.get(f"decision-{name}", ""),
        tuple(TypedAction(*row) for row in rows) or _blank(),
    )  # fmt: skip


def _checked(typed: list[TypedItem], note: str) -> Checked:
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
        actions = [_action(each, f"{name}-{n}", found.problems) for n, each in enumerate(one.actions)]
        found.entries.append(Entry(name, one.state, decision, tuple(each for each in actions if each)))
    return found


def _action(typed: TypedAction, name: str, problems: dict[str, str]) -> NewAction | None:
    if not (typed.text.strip() or typed.owner):
        return None
    text = taken(_ACTION.field("text"), typed.text, problems, f"text-{name}", needed=True)
    due = taken(_ACTION.field("due"), typed.due, problems, f"due-{name}", needed=True)
    if not typed.owner:
        problems[f"owner-{name}"] = gettext("Say which organisation does it.")
    if isinstance(text, str) and isinstance(due, date) and typed.owner:
        return NewAction(text, typed.owner, due)
    return None


def _conflict(record: str, typed: list[TypedItem], note: str) -> str:
    """What was typed, with what the other saved beside it where the two differ."""
    theirs = whole(record)
    mine = {one.item["id"]: one for one in typed}
    rows: list[TypedItem] = []
    for item in _items(theirs):
        stored = _stored(item)
        one = mine.get(item["id"], stored)
        saved = stored.decision if stored.decision.strip() != one.decision.strip() else None
        rows.append(TypedItem(item, one.state, one.decision, one.actions, saved))
    problem = gettext("Somebody else has saved these minutes meanwhile. Nothing is lost: compare below and save again.")
    their_note = theirs.note if (theirs.note or "").strip() != note.strip() else None
    return _page(theirs, rows, note, theirs.version, {}, problem, their_note)


def _page(
    found: MeetingView, typed: list[TypedItem], note: str, version: int, problems: dict[str, str] | None = None,
    problem: str = "", their_note: str | None = None,
) -> str:  # fmt: skip
    on = words.local(found.starts_at, found.zone).date()
    everybody = holding.room(graph, on, viewer(), code())
    invited = {each["id"] for each in [*found.guests, *found.others]}
    owners = [each for each in everybody.organisations if each["id"] in invited]
    owners += [each for each in everybody.organisations if each["id"] not in invited]
    return render_template(
        "meetings/record.html", meeting=found, typed=typed, note=note, version=version, problems=problems or {},
        problem=problem, their_note=their_note, owners=owners, states=STATES, key=new_token("form").plain,
        first_due=(on + timedelta(days=30)).isoformat(), refused=refuses(found),
    )  # fmt: skip
