"""Planning a meeting: the proposal of the rules, what the coordinator made of it, and the meeting it becomes."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
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

    from analytics.planning import AgendaProposal, Plan, PlanningFacts
    from graphdb.actors import Actor, Viewer
    from graphdb.connection import Graph
    from graphdb.meetings.pieces import About
    from graphdb.meetings.planning import Ground, Member
    from graphdb.meetings.reading import Item, MeetingView
    from graphdb.writes import Change

OWN = "own:"
"""How the key of an item begins that the coordinator adds; its text follows."""
ITEM = "item:"
"""How the key of an item begins that is on the meeting's agenda already; its id follows."""


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
    stored: str = ""

    def because(self) -> list[Mapping[str, object]]:
        """Why it is proposed: what shows the gap first, then what its points are given for."""
        if self.stored:
            return cast("list[Mapping[str, object]]", json.loads(self.stored))
        return [*_evidence(self.about), *(reason.as_dict() for reason in self.reasons)]


@dataclass(frozen=True, slots=True)
class Guest:
    """A member of the network beside the plan: whether the rules invite it, and why or why not."""

    member: Member
    proposed: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Draft:
    """What the rules propose for a meeting of a series on a day; `meeting` where it is planned already."""

    ground: Ground
    plan: Plan
    every: tuple[AgendaProposal, ...]
    meeting: MeetingView | None = None

    @cached_property
    def existing(self) -> Mapping[str, Item]:
        """Items on the agenda already, by the keys of their lines."""
        items = self.meeting.items if self.meeting else []
        return {ITEM + item["id"]: item for item in items if item["state"] != "dropped"}

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
        if item := self.existing.get(key):
            return Matter(
                key, item["kind"], item["minutes"], item["points"] or 0, (), item["about"], item["title"],
                stored=item["reasons"],
            )  # fmt: skip
        return self.matters.get(key)

    def proposed(self) -> list[Line]:
        """The lines as the rules would have them: what stands and what fits is taken, the rest stands below."""
        there = [Line(key, item["minutes"], taken=True) for key, item in self.existing.items()]
        taken = there + [Line(item.key, item.minutes, taken=True) for item in self.plan.items]
        return taken + [Line(out.item.key, out.item.minutes, taken=False) for out in self.plan.left_out]

    def guests(self, lines: Sequence[Line]) -> list[Guest]:
        """Every member: those whom the lines taken call for first, then the others."""
        by_key = {one.key: one for one in self.every} | self._underneath()
        items = [by_key[line.key] for line in lines if line.taken and line.key in by_key]
        on = self.plan.on
        members = {
            each["id"]: each
            for each in self.ground.members
            if (each["joined"] is None or each["joined"] <= on) and (each["left"] is None or on < each["left"])
        }
        for guest in self.meeting.guests if self.meeting else ():
            members.setdefault(guest["id"], _stranger(guest["id"], guest["title"]))
        may_come = {name for name, each in members.items() if not each["do_not_contact"]}
        seats = planning.seats(self.ground, on)
        called = {one.organisation: one for one in invitations(items, self.ground.required, may_come, seats)}
        asked = [Guest(members[name], proposed=True, reasons=one.reasons) for name, one in called.items()]
        others = [
            Guest(
                each, proposed=False, reasons=(because("do_not_contact" if each["do_not_contact"] else "not_needed"),)
            )
            for name, each in members.items()
            if name not in called
        ]
        return sorted(asked, key=_by_title) + sorted(others, key=_by_title)

    def _underneath(self) -> dict[str, AgendaProposal]:
        """What the rules would propose for the matters of items that are on the agenda already."""
        ids = {gap["about"]["id"]: gap["key"] for gap in self.ground.gaps()}
        by_key = {one.key: one for one in self.every}
        found = {
            key: by_key.get(ids.get(item["about"]["id"]) or item["about"]["id"])
            for key, item in self.existing.items()
            if item["about"]
        }
        return {key: replace(one, key=key) for key, one in found.items() if one}


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


def draft(
    graph: Graph, series: str, on: date, minutes: int, viewer: Viewer, language: str,
    meeting: MeetingView | None = None,
) -> Draft:  # fmt: skip
    """The proposal for a meeting of `series` (may be empty) on a day, for so many minutes.

    For a `meeting` that is planned already: what could join the items it has, in the time they leave.
    """
    lapse = on + timedelta(days=DEFAULTS.lapse_days)
    found = planning.ground(graph, series, on, lapse, viewer, language)
    facts = planning.facts(found, on)
    every = tuple(proposals(facts, on, DEFAULTS))
    if meeting is None:
        return Draft(found, propose(facts, on, minutes), every)
    standing = [item for item in meeting.items if item["state"] != "dropped"]
    left = max(0, minutes - sum(item["minutes"] or 0 for item in standing))
    return Draft(found, propose(_without(facts, found, standing), on, left), every, meeting)


def _without(facts: PlanningFacts, ground: Ground, standing: Sequence[Item]) -> PlanningFacts:
    """The facts without the matters that stand on the agenda already."""
    keys = {gap["about"]["id"]: gap["key"] for gap in ground.gaps()}
    ids = {item["about"]["id"] for item in standing if item["about"]}
    there = ids | {keys.get(record) for record in ids} | {item["key"] for item in standing}
    return replace(
        facts,
        gaps=tuple(gap for gap in facts.gaps if gap.key not in there),
        actions=tuple(one for one in facts.actions if one.id not in there and not there & set(one.aims)),
        agreements=tuple(one for one in facts.agreements if one.id not in there),
        carried=tuple(one for one in facts.carried if one.key not in there),
    )


def confirm(
    graph: Graph, actor: Actor, plan: Draft, said: Confirmed, titles: Mapping[str, str], version: int = 0
) -> str:
    """Make the meeting in one transaction: invitations with reasons, items tied to what they came from.

    One that is planned already and at `version` is changed instead. `titles` are the words of the items by key, as the
    coordinator read them. Returns the meeting's id.
    """
    members = {guest.member["id"]: guest for guest in plan.guests(said.lines)}
    invited = {
        name: [reason.as_dict() for reason in _invited_for(members[name], titles)]
        for name in dict.fromkeys(said.invited)
        if name in members
    }
    order = [made for line in said.lines if line.taken and (made := _ordered(plan, line, titles)) is not None]
    dropped = [plan.existing[line.key]["id"] for line in said.lines if not line.taken and line.key in plan.existing]
    new = agenda.NewMeeting(
        said.name, said.starts_at, said.minutes, said.place, said.series or None, invited,
        tuple(one for one in order if isinstance(one, agenda.NewItem)),
    )  # fmt: skip
    once = Once.bound(
        actor, "meeting.plan", said.key,
        [said.name, said.starts_at, said.minutes, said.place, said.series, said.invited, version,
         [[line.key, line.minutes] for line in said.lines if line.taken]],
    )  # fmt: skip

    def work(c: Change) -> str:
        if plan.meeting is None:
            return agenda.make(c, graph, new)
        return agenda.rework(c, graph, plan.meeting.id, version, new, order, dropped)

    return change(graph, actor, work, once=once, seconds=30)


def _ordered(plan: Draft, line: Line, titles: Mapping[str, str]) -> agenda.Kept | agenda.NewItem | None:
    if item := plan.existing.get(line.key):
        return agenda.Kept(item["id"], line.minutes)
    matter = plan.matter(line.key)
    return _new_item(matter, line, titles) if matter else None


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


def _stranger(record: str, title: str) -> Member:
    """A guest that is no member of the network on that day."""
    return {
        "id": record, "title": title, "joined": None, "left": None, "confirmed": None, "sectors": [], "level": None,
        "do_not_contact": False,
    }  # fmt: skip


def _by_title(guest: Guest) -> tuple[str, str]:
    return guest.member["title"].lower(), guest.member["id"]
