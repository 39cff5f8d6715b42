"""Services and assessments of a list, and the cells that a complete list leaves empty."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, cast

from graphdb.imports import known
from graphdb.imports.writing import Noted
from web.guard import inspect
from web.imports.parties import assured_days
from web.imports.plan import Desk, lines, plain

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from graphdb.imports.known import Offer
    from graphdb.records.checks import Stored
    from web.interchange.facts import ServiceFact, Source


def plan_services(desk: Desk) -> None:
    """Match or plan every service: the same provider, type, places, groups, name and span is the same service."""
    if not desk.reading.services:
        return
    names = {fact.key: fact.name for fact in desk.reading.service_types}
    providers = sorted(
        {
            desk.organisations[fact.organisation]
            for fact in desk.reading.services
            if fact.organisation in desk.organisations
        }
    )
    offers = known.services(desk.tx, [each for each in providers if each not in desk.fresh])
    by_import = {offer.imported: offer for offer in offers if offer.imported}
    taken = known.service_ids(desk.tx)
    alike: dict[tuple[object, ...], list[Offer]] = defaultdict(list)
    for offer in offers:
        alike[
            _key(offer.provider, offer.type, offer.places, offer.groups, offer.name, offer.valid_from, offer.valid_to)
        ].append(offer)
    for fact in desk.reading.services:
        ends = _ends(desk, fact)
        if ends is None:
            continue
        provider, type_, place, groups = ends
        name = plain(fact.name or names.get(fact.service_type or "", "") or "-")
        key = _key(provider, type_, [place] if place else [], groups, name, fact.valid_from, fact.valid_to)
        offer = by_import.get(fact.id) if fact.id else None
        if fact.id and fact.id in taken and (offer is None or offer.type != type_):
            desk.refuse("id_taken", fact.source, "service_id", ref="")
            continue
        if offer is None and alike[key]:
            offer = alike[key].pop(0)
        if offer is not None:
            _confirm(desk, fact, offer)
        else:
            _offer(desk, fact, name, provider, type_, place, groups)


def _key(
    provider: str, type_: str | None, places: Iterable[str], groups: Iterable[str], *rest: object
) -> tuple[object, ...]:
    return (provider, type_, frozenset(places), frozenset(groups), *rest)


def _ends(desk: Desk, fact: ServiceFact) -> tuple[str, str, str | None, list[str]] | None:
    """The records a service hangs on; None after a refusal."""
    provider = desk.organisation(fact.organisation, fact.source)
    if provider is None:
        return None
    type_ = desk.types.get(fact.service_type or "")
    place = desk.places.get(fact.place) if fact.place else None
    groups = [desk.groups[key] for key in fact.groups if key in desk.groups]
    if type_ is None:
        desk.refuse("word_unknown" if desk.options.restricted else "service_type_missing", fact.source, "type")
    elif fact.place and place is None:
        desk.refuse("place_unknown" if desk.options.restricted else "place_refused", fact.source, "places")
    elif len(groups) < len(fact.groups):
        desk.refuse("word_unknown", fact.source, "group")
    else:
        return provider, type_, place, groups
    return None


def _offer(
    desk: Desk, fact: ServiceFact, name: str, provider: str, type_: str, place: str | None, groups: list[str]
) -> None:
    if not guarded(desk, fact.source, eligibility=fact.eligibility, note=fact.note):
        return
    days = assured_days(desk, fact.assured_on)
    status = fact.status or "active"
    values = {
        "name": name,
        "status": status,
        "eligibility": fact.eligibility,
        "documents": list(fact.documents),
        "languages": list(fact.languages),
        "cost": fact.cost,
        "capacity_maximum": fact.capacity,
        "assured_on": days[-1] if days else None,
        "valid_from": fact.valid_from,
        "valid_to": fact.valid_to,
        "source": fact.source.file,
        "further": lines([("Reached", fact.reached), ("Targeted", fact.targeted), ("Note", fact.note)]),
    }
    links = {"provider": [provider], "type": [type_], "areas": [place] if place else [], "groups": groups}
    extra: dict[str, Stored] = {"states": [f"={status}"], "assured": cast("Stored", days)}
    desk.add("Service", fact.source, values, links, imported=fact.id, extra=extra)


def _confirm(desk: Desk, fact: ServiceFact, offer: Offer) -> None:
    """A service that is there: the list says on which day it was so, and perhaps that its status is another."""
    if offer.with_import != desk.import_:
        desk.plan.already["services"] += 1
    known_days = {*offer.assured, *([offer.assured_on] if offer.assured_on else [])}
    days = [day for day in assured_days(desk, fact.assured_on) if day not in known_days]
    states: tuple[str, ...] = ()
    status = fact.status if fact.status and fact.status != offer.status else None
    if status:
        on = max(assured_days(desk, fact.assured_on), default=desk.options.today)
        states = (*offer.states, f"{on.isoformat()}={status}")
    if days or status:
        every = tuple(sorted({*known_days, *days}))
        last = every[-1] if every else None
        desk.plan.notes["Service"].append(Noted(offer.id, offer.version, every, last, states, status))


def guarded(desk: Desk, source: Source, **texts: str | None) -> bool:
    """Whether free texts hold nothing that is never stored; the row is refused where one does."""
    for name, text in texts.items():
        if text and any(finding.refuses for finding in inspect(text)):
            desk.refuse("client_text", source, name)
            return False
    return True


def plan_assessments(desk: Desk) -> None:
    """Plan what was asked, once a cell, day and answer."""
    facts = desk.reading.assessments
    if not facts and not desk.options.complete:
        return
    there = known.assessments(desk.tx, [place for place in desk.places.values() if place not in desk.fresh])
    for fact in facts:
        if desk.options.restricted:
            desk.refuse("not_own", fact.source, "result")
            continue
        place, type_ = desk.places.get(fact.place), desk.types.get(fact.service_type)
        group = desk.groups.get(fact.group) if fact.group else None
        if place is None or type_ is None or (fact.group and group is None):
            desk.refuse("assessment_incomplete", fact.source, "result")
            continue
        if not guarded(desk, fact.source, evidence=fact.evidence, by=fact.by):
            continue
        on = fact.assessed_on or desk.options.true_as_of or desk.options.today
        key = (place, type_, group, on, fact.result)
        if key in there:
            desk.plan.already["assessments"] += 1
            continue
        there.add(key)
        said = " · ".join(part for part in (fact.by, fact.evidence) if part) or fact.source.file
        links = {"place": [place], "service": [type_], "group": [group] if group else []}
        desk.add("Assessment", fact.source, {"on": on, "result": fact.result, "source": said}, links)
    if desk.options.complete and not desk.options.restricted:
        _complete(desk, there)


def _complete(desk: Desk, there: set[tuple[str, str, str | None, date, str]]) -> None:
    """An answer “there is none” for every cell of the list's own places and types in which nothing is offered.

    A service counts in its place, in all places above it and all below, and for all broader types.
    """
    services = [fact for fact in desk.reading.services if fact.place and fact.service_type]
    places = {key: fact.parent for key, fact in ((fact.key, fact) for fact in desk.reading.places)}
    types = {fact.key: fact.broader for fact in desk.reading.service_types}
    offered = {
        (place, type_)
        for fact in services
        for place in _up(fact.place, places)
        for type_ in _up(fact.service_type, types)
    }
    at = {(fact.place, type_) for fact in services for type_ in _up(fact.service_type, types)}
    supplied = known.supply(desk.tx)
    on = desk.options.true_as_of or desk.options.today
    first = {fact.place: fact.source for fact in reversed(services)}
    used = sorted({fact.service_type for fact in services if fact.service_type})
    for place in sorted(first, key=str):
        for type_ in used:
            inside = (place, type_) in offered or any((above, type_) in at for above in _up(place, places))
            cell = desk.places.get(place or ""), desk.types.get(type_)
            if inside or cell[0] is None or cell[1] is None or (cell[0], cell[1]) in supplied:
                continue
            if (cell[0], cell[1], None, on, "none") not in there:
                said = {"on": on, "result": "none", "source": first[place].file}
                desk.add("Assessment", first[place], said, {"place": [cell[0]], "service": [cell[1]]})


def _up(key: str | None, above: dict[str, str | None]) -> list[str]:
    """The key and all above it."""
    chain: list[str] = []
    while key is not None and key not in chain:
        chain.append(key)
        key = above.get(key)
    return chain
