"""Ties and meetings of a list."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from graphdb.catalogue import codes
from graphdb.imports import known
from graphdb.imports.writing import Presence
from web.imports.offers import guarded
from web.imports.plan import Desk, lines, plain

if TYPE_CHECKING:
    from graphdb.imports.known import Gathering
    from web.interchange.facts import MeetingFact, TieFact


def plan_ties(desk: Desk) -> None:
    """Plan every tie that is not there already; two equal rows are two ties, in the file and in the registry."""
    if not desk.reading.ties:
        return
    keys = {fact.from_key for fact in desk.reading.ties}
    ends = {records[key] for records in (desk.organisations, desk.people) for key in keys if key in records}
    there = Counter(known.ties(desk.tx, sorted(ends - desk.fresh)))
    for fact in desk.reading.ties:
        ends_of = _ends(desk, fact)
        if ends_of and guarded(desk, fact.source, evidence=fact.evidence):
            _tie(desk, fact, *ends_of, there)


def _ends(desk: Desk, fact: TieFact) -> tuple[str, str, str] | None:
    """The kind of tie and its two ends; None after a refusal."""
    people = [key in desk.people and key not in desk.organisations for key in (fact.from_key, fact.to_key)]
    if all(people):
        return "PersonTie", desk.people[fact.from_key], desk.people[fact.to_key]
    if any(people):
        desk.refuse("tie_mixed", fact.source, "relation")
        return None
    source = desk.organisation(fact.from_key, fact.source, "from")
    if source is None:
        return None
    target = desk.organisations.get(fact.to_key)
    if target is None:
        code = "organisation_unknown" if fact.to_key in desk.unknown else "organisation_refused"
        desk.refuse(code, fact.source, "to")
        return None
    return "DeclaredTie", source, target


def _tie(desk: Desk, fact: TieFact, label: str, source: str, target: str, there: Counter[tuple[object, ...]]) -> None:
    undirected = not (desk.options.directed if fact.directed is None else fact.directed)
    relation, evidence = (plain(text or "") or None for text in (fact.relation, fact.evidence))
    key = (source, target, relation, undirected, fact.weight, fact.date, fact.valid_from, fact.valid_to, evidence)
    if there[key]:
        there[key] -= 1
        desk.plan.already["ties" if label == "DeclaredTie" else "ties_of_people"] += 1
        return
    values = {
        "topic": relation if relation in codes("tie_topic") else "works_with",
        "relation": relation,
        "status": "declared",
        "strength": fact.weight,
        "undirected": undirected,
        "note": evidence,
        "on": fact.date,
        "valid_from": fact.valid_from,
        "valid_to": fact.valid_to,
        "source": fact.source.file,
        "further": lines([("frequency", fact.frequency), *((each.name, each.value) for each in fact.attributes)]),
    }
    of = "organisation" if label == "DeclaredTie" else "person"
    desk.add(label, fact.source, values, {f"source_{of}": [source], f"target_{of}": [target]})


def plan_meetings(desk: Desk) -> None:
    """Match or plan meetings, their series, and who was invited and came."""
    if not desk.reading.meetings:
        return
    meetings = known.meetings(desk.tx)
    by_import = {meeting.imported: meeting for meeting in meetings if meeting.imported}
    by_name = {(meeting.name, meeting.on): meeting for meeting in reversed(meetings)}
    series = {name: row.id for row in known.series(desk.tx) for name in row.names}
    records: dict[str, tuple[str, Gathering | None]] = {}
    for fact in desk.reading.meetings:
        if desk.options.restricted:
            desk.refuse("not_own", fact.source, "title")
            continue
        if fact.held_on is None:
            desk.refuse("meeting_without_title_or_date", fact.source, "held_on")
            continue
        found = by_import.get(fact.id) if fact.id else None
        if found is not None and found.name != plain(fact.title):
            desk.refuse("id_taken", fact.source, "id", ref="")
            continue
        found = found or by_name.get((plain(fact.title), fact.held_on))
        if found is not None:
            records[fact.key] = (found.id, found)
            desk.plan.already["meetings"] += found.with_import != desk.import_
        elif record := _meeting(desk, fact, series):
            records[fact.key] = (record, None)
    _attendance(desk, records)


def _meeting(desk: Desk, fact: MeetingFact, series: dict[str, str]) -> str | None:
    assert fact.held_on is not None
    name = plain(fact.series or "")
    if name and name not in series:
        made = desk.add("MeetingSeries", fact.source, {"name": name})
        if made is None:
            return None
        series[name] = made
    values = {
        "name": fact.title,
        "starts_at": datetime.combine(fact.held_on, time(), UTC),
        "place": fact.place,
        "state": "held" if fact.held_on <= desk.options.today else "planned",
        "source": fact.source.file,
    }
    return desk.add("Meeting", fact.source, values, {"series": [series[name]]} if name else {}, imported=fact.id)


def _attendance(desk: Desk, records: dict[str, tuple[str, Gathering | None]]) -> None:
    for fact in desk.reading.attendance:
        if fact.meeting not in records:
            continue  # the row of the meeting was refused
        organisation = desk.organisation(fact.organisation, fact.source)
        if organisation is None:
            continue
        meeting, there = records[fact.meeting]
        person = desk.people.get(fact.person) if fact.person else None
        if there is not None and (organisation, person) in there.present:
            desk.plan.already["attendance"] += 1
        elif there is not None and there.approved and (fact.mode or organisation not in there.invited):
            desk.refuse("minutes_approved", fact.source, "organisation")
        else:
            desk.plan.presences.append(Presence(organisation, meeting, person, fact.mode))
