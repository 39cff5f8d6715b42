"""Ties and meetings of a list."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from graphdb.catalogue import codes
from graphdb.imports import known
from graphdb.imports.writing import Presence
from web.imports.offers import guarded
from web.imports.plan import Desk, plain

if TYPE_CHECKING:
    from graphdb.imports.known import Gathering
    from web.interchange.facts import MeetingFact, TieFact


def plan_ties(desk: Desk) -> None:
    """Plan every tie that is not there already; two equal rows are two ties, in the file and in the registry."""
    if not desk.reading.ties:
        return
    ends = sorted(
        {desk.organisations[fact.from_key] for fact in desk.reading.ties if fact.from_key in desk.organisations}
    )
    there = Counter(known.ties(desk.tx, [each for each in ends if each not in desk.fresh]))
    for fact in desk.reading.ties:
        _tie(desk, fact, there)


def _tie(desk: Desk, fact: TieFact, there: Counter[tuple[object, ...]]) -> None:
    people = [key in desk.people and key not in desk.organisations for key in (fact.from_key, fact.to_key)]
    if any(people):
        desk.refuse("tie_of_people" if all(people) else "tie_mixed", fact.source, "relation")
        return
    source = desk.organisation(fact.from_key, fact.source, "from")
    target = desk.organisations.get(fact.to_key)
    if target is None and source is not None:
        desk.refuse(
            "organisation_unknown" if fact.to_key in desk.unknown else "organisation_refused", fact.source, "to"
        )
    if source is None or target is None or not guarded(desk, fact.source, evidence=fact.evidence):
        return
    undirected = not (desk.options.directed if fact.directed is None else fact.directed)
    relation = plain(fact.relation or "") or None
    since, until = (fact.date, fact.date + timedelta(1)) if fact.date else (fact.valid_from, fact.valid_to)
    evidence = plain(fact.evidence or "") or None
    key = (source, target, relation, undirected, fact.weight, since, until, evidence)
    if there[key]:
        there[key] -= 1
        desk.plan.already["ties"] += 1
        return
    values = {
        "topic": relation if relation in codes("tie_topic") else "works_with",
        "relation": relation,
        "status": "declared",
        "strength": fact.weight,
        "undirected": undirected,
        "note": evidence,
        "valid_from": since,
        "valid_to": until,
        "source": fact.source.file,
    }
    links = {"source_organisation": [source], "target_organisation": [target]}
    desk.add("DeclaredTie", fact.source, values, links)


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
        else:
            desk.plan.presences.append(Presence(organisation, meeting, person, fact.mode))
