"""Organisations and people of a list: the same by id, by register number, by exact name; never by a near spelling."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, cast

from graphdb.catalogue import kind_of, word_of
from graphdb.imports import known
from graphdb.imports.writing import Noted
from graphdb.records import BadValueError, coerce
from web.imports.directory import named
from web.imports.plan import Desk, Fill, lines, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graphdb.imports.known import Party, StoredOrganisation
    from graphdb.records.checks import Stored
    from web.interchange.facts import OrganisationFact, PersonFact

ORGANISATION = kind_of("Organisation")
LISTS = ("aliases", "languages", "identifiers", "further")
ONLY_ON = ("publish", "do_not_contact", "protected")


class Matches:
    """Which organisation of the registry each fact is. Ids decide before numbers, numbers before names."""

    def __init__(self, desk: Desk, parties: list[Party]) -> None:
        self.desk = desk
        self.found: dict[str, Party] = {}
        self.refused: set[str] = set()
        self.claimed: set[str] = set()
        self.called: set[tuple[str, str]] = set()
        self.by_import = {one: party for party in parties for one in party.ids}
        archived_first = sorted(
            parties, key=lambda party: not party.archived
        )  # a merged one keeps its number, archived
        self.by_number = {number: party for party in archived_first for number in party.identifiers}
        self.by_name: dict[str, list[Party]] = defaultdict(list)
        live = [party for party in parties if not party.archived]
        for at in range(2):  # what it is called first, other names after
            for party in live:
                for name in party.names[:1] if at == 0 else party.names[1:]:
                    self.by_name[name].append(party)
        facts = desk.reading.organisations
        self._by_ids([fact for fact in facts if fact.id or not fact.stated])
        self._by_numbers(fact for fact in facts if fact.stated)
        self._by_names(facts)

    def _by_ids(self, facts: Iterable[OrganisationFact]) -> None:
        people = {person.imported for person in known.people(self.desk.tx) if person.imported}
        for fact in facts:
            party = self.by_import.get(fact.key)
            if party is None and fact.key not in people:
                continue
            if fact.stated and (party is None or plain(fact.name) not in party.names):
                self._refuse(fact, "id_taken", ref=party.ref if party else "")
            elif party is None:
                continue
            elif party.archived:
                self._refuse(fact, "id_archived", ref=party.ref)
            else:
                self._claim(fact, party)

    def _by_numbers(self, facts: Iterable[OrganisationFact]) -> None:
        for fact in facts:
            if fact.key in self.found or fact.key in self.refused:
                continue
            numbers = [f"{each.scheme}:{each.value}" for each in fact.identifiers]
            party = next((self.by_number[number] for number in numbers if number in self.by_number), None)
            if party is not None and not party.archived and party.id not in self.claimed:
                self._claim(fact, party)

    def _by_names(self, facts: Iterable[OrganisationFact]) -> None:
        for fact in facts:
            if fact.key in self.found or fact.key in self.refused:
                continue
            free = [party for party in self.by_name.get(plain(fact.name), []) if self._free(party, fact)]
            if free:
                self._claim(fact, free[0])

    def _free(self, party: Party, fact: OrganisationFact) -> bool:
        """Whether the row may be that one: nobody's yet, or known by this other name too, as after a merge."""
        return party.id not in self.claimed or (fact.id is None and (party.id, plain(fact.name)) not in self.called)

    def _claim(self, fact: OrganisationFact, party: Party) -> None:
        self.found[fact.key] = party
        self.called.add((party.id, plain(fact.name)))
        self.claimed.add(party.id)

    def _refuse(self, fact: OrganisationFact, code: str, **params: str) -> None:
        self.refused.add(fact.key)
        self.desk.refuse(code, fact.source, "id", **params)


def plan_organisations(desk: Desk) -> None:
    """Match or plan every organisation; what a list adds to one that is there fills its empty fields only."""
    if not desk.reading.organisations:
        return
    parties = known.organisations(desk.tx)
    matches = Matches(desk, parties)
    stored = known.stored_organisations(desk.tx, sorted(matches.claimed))
    taken = {number: party.id for party in (*parties, *matches.found.values()) for number in party.identifiers}
    met: set[str] = set()
    for fact in desk.reading.organisations:
        party = matches.found.get(fact.key)
        if fact.key in matches.refused:
            continue
        if party is not None:
            desk.organisations[fact.key] = party.id
            if fact.stated and party.id in met:
                desk.plan.already["organisations"] += party.with_import != desk.import_
            elif fact.stated:
                _meet(desk, fact, party, stored[party.id], taken)
                met.add(party.id)
        elif not fact.stated:
            desk.unknown.add(fact.key)
        elif desk.options.restricted:
            desk.refuse("not_own", fact.source, "name")
        elif record := _new(desk, fact, taken):
            desk.organisations[fact.key] = record


def assured_days(desk: Desk, own: date | None) -> list[date]:
    """The days on which the list says that a thing is so: the row's own, and the day the whole list was true."""
    return sorted({day for day in (own, desk.options.true_as_of) if day})


def _new(desk: Desk, fact: OrganisationFact, taken: dict[str, str]) -> str | None:
    days = assured_days(desk, fact.assured_on)
    values = _values(fact) | {"assured_on": days[-1] if days else None, "source": fact.source.file}
    numbers = cast("list[str]", values["identifiers"])
    if held := [number for number in numbers if number in taken]:
        desk.warn("identifier_taken", fact.source, "identifiers")
        values["identifiers"] = [number for number in numbers if number not in held]
    extra = {"assured": cast("Stored", days)} if days else {}
    record = desk.add("Organisation", fact.source, values, _places(desk, fact), imported=fact.id, extra=extra)
    if record:
        taken.update(dict.fromkeys(numbers, record))
    return record


def _values(fact: OrganisationFact) -> dict[str, object]:
    notes = [("Note", fact.note)] if fact.note else []
    return {
        "name": fact.name,
        **named(fact.names, fact.name),
        "kind": fact.kind or "other",
        "level": fact.level,
        "website": fact.website,
        "phone": fact.phone,
        "email": fact.email,
        "languages": list(fact.languages),
        "identifiers": [f"{each.scheme}:{each.value}" for each in fact.identifiers],
        "publish": fact.publish,
        "do_not_contact": fact.do_not_contact,
        "protected": fact.protected_location,
        "further": lines([*((each.name, each.value) for each in fact.attributes), *notes]),
    }


def _places(desk: Desk, fact: OrganisationFact) -> dict[str, list[str]]:
    place = desk.places.get(fact.place) if fact.place else None
    return {"places": [place]} if place else {}


def _meet(desk: Desk, fact: OrganisationFact, party: Party, stored: StoredOrganisation, taken: dict[str, str]) -> None:
    """An organisation that is there: confirm it, give it its id, fill what is empty."""
    if party.with_import != desk.import_:
        desk.plan.already["organisations"] += 1
    if desk.options.own is not None and party.id not in desk.options.own:
        desk.refuse("not_own", fact.source, "name")
        return
    if fact.id and party.imported is None:
        desk.plan.named.append(("Organisation", party.id, fact.id))
    fields = stored.fields
    values = {name: value for name, value in _values(fact).items() if value not in (None, "", [], False)}
    if plain(fact.name) not in party.names:
        values["aliases"] = [*cast("list[str]", values.get("aliases", [])), fact.name]
    values = desk.without_unreadable("Organisation", fact.source, values)
    free = [
        number for number in cast("list[str]", values.get("identifiers", [])) if taken.get(number, party.id) == party.id
    ]
    missing = _missing(values | {"identifiers": free}, fields)
    links = _places(desk, fact) if not stored.places else {}
    known_days = {*cast("list[date]", fields.get("assured") or []), *stored.assured_on}
    if new_days := set(assured_days(desk, fact.assured_on)) - known_days:
        every = sorted(known_days | new_days)
        desk.plan.notes["Organisation"].append(Noted(party.id, stored.version, tuple(every), every[-1]))
    if missing or links:
        desk.plan.fills.append(Fill("Organisation", party.id, missing, links))


def _missing(values: Mapping[str, object], stored: Mapping[str, object]) -> dict[str, object]:
    """What the list says where the record says nothing; lists grow, other values stay as they are."""
    missing: dict[str, object] = {}
    for name, value in values.items():
        has = stored.get(name)
        if name in LISTS:
            added = [part for part in _coerced(name, value) if part not in cast("list[str]", has or [])]
            if added:
                missing[name] = [*cast("list[str]", has or []), *added]
        elif has in (None, "") or (name in ONLY_ON and not has) or (name == "kind" and has == "other" != value):
            missing[name] = value
    return missing


def _coerced(name: str, value: object) -> list[str]:
    try:
        return cast("list[str]", coerce(ORGANISATION.field(name), value) or [])
    except BadValueError:
        return []


def plan_people(desk: Desk) -> None:
    """Match or plan every person and where each works."""
    if not desk.reading.people:
        return
    parties = [party for party in known.people(desk.tx) if not party.archived]
    by_import = {party.imported: party for party in parties if party.imported}
    by_work = {
        (name, employer): party for party in reversed(parties) for name in party.names for employer in party.employers
    }
    for fact in desk.reading.people:
        employer = desk.organisation(fact.organisation, fact.source) if fact.organisation else None
        if fact.organisation and employer is None:
            continue
        if employer is None and desk.options.restricted:
            desk.refuse("not_own", fact.source, "organisation")
            continue
        party = by_import.get(fact.id) if fact.id else None
        if party is not None and plain(fact.name) not in party.names:
            desk.refuse("id_taken", fact.source, "id", ref=party.ref)
            continue
        party = party or (by_work.get((plain(fact.name), employer)) if employer else None)
        _person(desk, fact, party, employer)


def _person(desk: Desk, fact: PersonFact, party: Party | None, employer: str | None) -> None:
    role = fact.role or "staff"
    if party is not None:
        record: str | None = party.id
        if party.with_import != desk.import_:
            desk.plan.already["people"] += 1
    else:
        values = {
            "name": fact.name,
            "role_class": role,
            "languages": list(fact.languages),
            "phone": fact.phone,
            "email": fact.email,
            "source": fact.source.file,
            "further": lines([*((each.name, each.value) for each in fact.attributes), ("Note", fact.note)]),
        }
        record = desk.add("Person", fact.source, values, imported=fact.id)
    if record is None:
        return
    desk.people[fact.key] = record
    if employer is not None and (party is None or employer not in party.employers):
        post = {
            "position": fact.position or word_of("role_class", role),
            "focal_point": fact.focal_point,
            "backup": fact.backup,
            "valid_from": fact.valid_from,
            "valid_to": fact.valid_to,
            "source": fact.source.file,
        }
        desk.add("Employment", fact.source, post, {"person": [record], "organisation": [employer]})
