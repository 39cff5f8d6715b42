"""Planning a meeting: the proposal of the rules, what the coordinator made of it, and the meeting it becomes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, cast

from analytics.planning import ItemKind, invitations, proposals, propose
from analytics.reasons import Reason, because
from analytics.thresholds import DEFAULTS
from graphdb.meetings import agenda, planning
from graphdb.writes import Once, change
from web.gaps.usecases import MENTORING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from analytics.planning import AgendaProposal, Plan
    from graphdb.actors import Actor, Viewer
    from graphdb.connection import Graph
    from graphdb.meetings.pieces import About
    from graphdb.meetings.planning import Ground, Member

OWN = "own:"
"""How the key of an item begins that the coordinator adds; its text follows."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the plan as the form has it: which matter, how long, whether it is taken."""

    key: str
    minutes: int | None
    taken: bool


@dataclass(frozen=True, slots=True)
class Matter:
    """A proposed item with what it is about. `about` is None for a list or a free text, which then is `text`."""

    key: str
    kind: str
    minutes: int | None
    points: int
    reasons: tuple[Reason, ...]
    about: About | None = None
    text: str = ""
    carried: tuple[str, ...] = ()

    def because(self) -> list[Mapping[str, object]]:
        """Why it is proposed: what shows the gap first, then what its points are given for."""
        return [*_evidence(self.about), *(reason.as_dict() for reason in self.reasons)]


@dataclass(frozen=True, slots=True)
class Guest:
    """A member of the network beside the plan: whether the rules invite it, and why or why not."""

    member: Member
    proposed: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Draft:
    """What the rules propose for a meeting of a series on a day."""

    ground: Ground
    plan: Plan
    every: tuple[AgendaProposal, ...]

    @cached_property
    def matters(self) -> Mapping[str, Matter]:
        """Every matter that could stand on the agenda, by key, the most points first."""
        abouts = self.ground.abouts() | _of_actions(self.ground)
        keys = {gap["key"]: gap["about"]["id"] for gap in self.ground.gaps()}
        left = {item["id"]: item for item in self.ground.carried}
        found: dict[str, Matter] = {}
        for one in self.every:
            item = left.get(one.key)
            about = abouts.get((item["about"] or "") if item else keys.get(one.key, one.key))
            carried, text = ((item["id"],), item["title"]) if item else ((), "")
            found[one.key] = Matter(one.key, one.kind, one.minutes, one.points, one.reasons, about, text, carried)
        return found

    def matter(self, key: str) -> Matter | None:
        """The matter of a line; a text of one's own has no points. None when it is not open any more."""
        if key.startswith(OWN):
            return Matter(key, "own", 10, 0, (), text=key.removeprefix(OWN))
        return self.matters.get(key)

    def proposed(self) -> list[Line]:
        """The lines as the rules would have them: what fits is taken, the rest stands below."""
        taken = [Line(item.key, item.minutes, taken=True) for item in self.plan.items]
        return taken + [Line(out.item.key, out.item.minutes, taken=False) for out in self.plan.left_out]

    def guests(self, lines: Sequence[Line]) -> list[Guest]:
        """Every member: those whom the lines taken call for first, then the others."""
        by_key = {one.key: one for one in self.every}
        items = [by_key[line.key] for line in lines if line.taken and line.key in by_key]
        on = self.plan.on
        members = {
            each["id"]: each
            for each in self.ground.members
            if (each["joined"] is None or each["joined"] <= on) and (each["left"] is None or on < each["left"])
        }
        may_come = {name for name, each in members.items() if not each["do_not_contact"]}
        called = {one.organisation: one for one in invitations(items, self.ground.required, may_come)}
        asked = [Guest(members[name], proposed=True, reasons=one.reasons) for name, one in called.items()]
        others = [
            Guest(
                each, proposed=False, reasons=(because("do_not_contact" if each["do_not_contact"] else "not_needed"),)
            )
            for name, each in members.items()
            if name not in called
        ]
        return sorted(asked, key=_by_title) + sorted(others, key=_by_title)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What the coordinator confirms: the meeting's frame, its lines in order, whom to invite, the form's key."""

    name: str
    starts_at: datetime
    minutes: int
    place: str
    series: str
    lines: tuple[Line, ...]
    invited: tuple[str, ...]
    key: str


def draft(graph: Graph, series: str, on: date, minutes: int, viewer: Viewer, language: str) -> Draft:
    """The proposal for a meeting of `series` (may be empty) on a day, for so many minutes."""
    lapse = on + timedelta(days=DEFAULTS.lapse_days)
    found = planning.ground(graph, series, on, lapse, viewer, language)
    facts = planning.facts(found, on)
    return Draft(found, propose(facts, on, minutes), tuple(proposals(facts, on, DEFAULTS)))


def confirm(
    graph: Graph, actor: Actor, plan: Draft, said: Confirmed, titles: Mapping[str, str], *, seconds: float = 30.0
) -> str:
    """Make the meeting in one transaction: invitations with reasons, items tied to what they came from.

    `titles` are the words of the items by key, as the coordinator read them.
    """
    members = {guest.member["id"]: guest for guest in plan.guests(said.lines)}
    invited = {
        name: [reason.as_dict() for reason in _invited_for(members[name], titles)]
        for name in dict.fromkeys(said.invited)
        if name in members
    }
    items = tuple(
        _new_item(matter, line, titles)
        for line in said.lines
        if line.taken and (matter := plan.matter(line.key)) is not None
    )
    new = agenda.NewMeeting(
        said.name, said.starts_at, said.minutes, said.place, said.series or None, invited, items
    )  # fmt: skip
    once = Once.bound(
        actor, "meeting.plan", said.key,
        [said.name, said.starts_at, said.minutes, said.place, said.series, said.invited,
         [[line.key, line.minutes] for line in said.lines if line.taken]],
    )  # fmt: skip
    return change(graph, actor, lambda c: agenda.make(c, graph, new), once=once, seconds=seconds)


def _invited_for(guest: Guest, titles: Mapping[str, str]) -> tuple[Reason, ...]:
    if not guest.proposed:
        return (because("added"),)
    return tuple(
        because("for_item", kind=reason.get("kind"), title=titles.get(str(reason.get("key")), ""))
        if reason.code == "for_item"
        else reason
        for reason in guest.reasons
    )


def _new_item(matter: Matter, line: Line, titles: Mapping[str, str]) -> agenda.NewItem:
    stale = matter.kind == ItemKind.STALE_PARTNERS
    listed = tuple(str(reason.get("organisation")) for reason in matter.reasons if reason.code == "not_confirmed")
    return agenda.NewItem(
        title=titles[matter.key],
        minutes=line.minutes,
        kind=matter.kind,
        key="" if matter.kind == "own" else matter.key,
        points=matter.points,
        reasons=matter.because(),
        about=(matter.about["id"],) if matter.about else (listed if stale else ()),
        carried=matter.carried,
    )


_POINTS = frozenset({"severity", "need", "age", "safety_critical", "promised_overdue"})


def _evidence(about: About | None) -> list[Mapping[str, object]]:
    """What detection saw of a gap, without its points; of a mentoring gap nothing, it is not the meeting's."""
    if about is None or about["cls"] in MENTORING:
        return []
    stored = cast("list[Mapping[str, object]]", json.loads(about["reasons"] or "[]"))
    return [reason for reason in stored if reason.get("code") not in _POINTS]


def _of_actions(ground: Ground) -> dict[str, About]:
    """Open actions as what items are about, by id."""
    names = {each["id"]: each["title"] for each in ground.members}
    return {
        action["id"]: {
            "id": action["id"], "ref": action["ref"], "label": "ActionPoint", "title": action["text"], "cls": None,
            "state": None, "reasons": None, "on": action["due"], "place": None, "service": None, "group": None,
            "organisations": [{"id": action["owner"], "title": names.get(action["owner"], "")}],
        }
        for action in ground.actions
    }  # fmt: skip


def _by_title(guest: Guest) -> tuple[str, str]:
    return guest.member["title"].lower(), guest.member["id"]
