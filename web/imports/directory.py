"""Places, service types and groups of a list: found in the registry by id, code or name below the same parent, else new."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from graphdb.imports import known
from web.imports.plan import Desk, plain
from web.interchange.readers.places import OWN_COUNTRY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphdb.imports.known import Coded, Spot
    from web.interchange.facts import GroupFact, Name, PlaceFact, ServiceTypeFact

LEVELS: Mapping[str | None, str] = {
    "country": "country", "adm1": "region", "adm2": "municipality", "adm3": "district", "adm4": "district",
    "adm5": "district", "loc": "settlement", None: "settlement",
}  # fmt: skip
LANGUAGES = ("bg", "en", "lv", "sr")


def plan_places(desk: Desk) -> None:
    """Match or plan every place, parents first."""
    spots = Spots(known.places(desk.tx))
    for fact in desk.reading.places:
        if fact.parent is not None and fact.parent not in desk.places:
            desk.refuse("place_refused", fact.source, "places")
            continue
        parent = desk.places.get(fact.parent) if fact.parent else None
        found = spots.find(fact, parent)
        if found is not None:
            desk.places[fact.key] = found.id
            if found.with_import != desk.import_:
                desk.plan.already["places"] += 1
        elif desk.options.restricted:
            desk.refuse("place_unknown", fact.source, "places")
        elif record := _new_place(desk, fact, parent):
            desk.places[fact.key] = record


def _new_place(desk: Desk, fact: PlaceFact, parent: str | None) -> str | None:
    values = {
        "name": fact.name,
        **named(fact.names, fact.name),
        "level": LEVELS[fact.level],
        "code": fact.code,
        "latitude": fact.latitude,
        "longitude": fact.longitude,
    }
    return desk.add("Place", fact.source, values, {"parent": [parent]} if parent else {}, imported=fact.key)


class Spots:
    """The places of the registry, to be found by a fact."""

    def __init__(self, spots: list[Spot]) -> None:
        self.by_import = {spot.imported: spot for spot in spots if spot.imported}
        self.by_code: dict[str, list[Spot]] = defaultdict(list)
        self.by_name: dict[str, list[Spot]] = defaultdict(list)
        for spot in spots:
            if spot.code:
                self.by_code[spot.code.upper()].append(spot)
            for name in spot.names:
                self.by_name[name].append(spot)

    def find(self, fact: PlaceFact, parent: str | None) -> Spot | None:
        """The place with the id; else with a code of its own country; else with the code or name below the parent."""
        if fact.key in self.by_import:
            return self.by_import[fact.key]
        level = LEVELS[fact.level]
        coded = self.by_code.get((fact.code or "").upper(), []) if fact.code else []
        if fact.code and (fact.level == "country" or OWN_COUNTRY.match(fact.code)):
            return next((spot for spot in coded if spot.level == level), None) or self._named(fact, parent, level)
        below = next((spot for spot in coded if parent and spot.parent == parent), None)
        return below or self._named(fact, parent, level)

    def _named(self, fact: PlaceFact, parent: str | None, level: str) -> Spot | None:
        """A place entered by hand may lack its parent: it counts where it is the only one of its name and level."""
        same = [spot for spot in self.by_name.get(plain(fact.name), []) if spot.level == level]
        below = [spot for spot in same if spot.parent == parent]
        return below[0] if below else same[0] if len(same) == 1 and same[0].parent is None else None


def plan_types(desk: Desk) -> None:
    """Match or plan every service type, broader ones first."""
    if not desk.reading.service_types:
        return
    finder = _Finder(known.service_types(desk.tx))
    facts = {fact.key: fact for fact in desk.reading.service_types}
    for fact in sorted(facts.values(), key=lambda each: _depth(each, facts)):
        _plan_coded(desk, "ServiceType", "service_types", fact, finder, desk.types, facts)


def plan_groups(desk: Desk) -> None:
    """Match or plan every population group."""
    if not desk.reading.groups:
        return
    finder = _Finder(known.groups(desk.tx))
    for fact in desk.reading.groups:
        _plan_coded(desk, "PopulationGroup", "groups", fact, finder, desk.groups, {})


class _Finder:
    def __init__(self, rows: list[Coded]) -> None:
        self.by_key: dict[str, Coded] = {}
        for row in rows:
            for key in (row.imported, row.code, *row.names):
                if key:
                    self.by_key.setdefault(key, row)

    def find(self, key: str, name: str) -> Coded | None:
        return self.by_key.get(key) or self.by_key.get(plain(name))


def _plan_coded(
    desk: Desk,
    label: str,
    counted: str,
    fact: ServiceTypeFact | GroupFact,
    finder: _Finder,
    records: dict[str, str],
    facts: Mapping[str, ServiceTypeFact],
) -> None:
    found = finder.find(fact.key, fact.name)
    if found is not None:
        records[fact.key] = found.id
        if found.with_import != desk.import_:
            desk.plan.already[counted] += 1
        return
    if desk.options.restricted:
        desk.refuse("word_unknown", fact.source, "type" if label == "ServiceType" else "group")
        return
    values = {"name": fact.name, **named(fact.names, fact.name), "code": fact.key}
    broader = getattr(fact, "broader", None)
    above = records.get(broader) if broader and _depth(fact, facts) else None
    if record := desk.add(label, fact.source, values, {"parent": [above]} if above else {}, imported=fact.key):
        records[fact.key] = record


def _depth(fact: ServiceTypeFact | GroupFact, facts: Mapping[str, ServiceTypeFact]) -> int:
    """How many broader types stand above; 0 where they run in a circle."""
    seen: list[str] = []
    key: str | None = fact.key
    while key is not None and key in facts:
        if key in seen:
            return 0
        seen.append(key)
        key = facts[key].broader
    return max(0, len(seen) - 1)


def named(names: tuple[Name, ...], name: str) -> dict[str, object]:
    """Further names as fields: one for each language of the product, all others as aliases."""
    values: dict[str, object] = {}
    aliases: list[str] = []
    for each in names:
        language = (each.language or "").split("-")[0].lower()
        if each.kind == "name" and language in LANGUAGES and f"name_{language}" not in values:
            values[f"name_{language}"] = each.text
        elif plain(each.text) != plain(name):
            aliases.append(each.text)
    if aliases:
        values["aliases"] = list(dict.fromkeys(aliases))
    return values
