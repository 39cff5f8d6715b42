"""What part of the coverage is asked for: level of places, one place, one service type, one group."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from graphdb.catalogue import codes
from graphdb.folding import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analytics.coverage import CoverageFacts
    from graphdb.naming import Name

# The names of other lists for our levels (OCHA's administrative levels).
LEVELS = {
    "adm0": "country", "adm1": "region", "adm2": "municipality",
    "adm3": "district", "adm4": "settlement", "loc": "site",
} | {code: code for code in codes("place_level")}  # fmt: skip
FIRST_CHOICE = ("municipality", "region", "country")


class UnknownScopeError(ValueError):
    """Nothing is called so; `what` says what kind of thing was meant."""

    def __init__(self, what: str, given: str) -> None:
        super().__init__(f"There is no {what} “{given}”.")
        self.what, self.given = what, given


def level_of(given: str) -> str | None:
    """The level of a name such as `adm1` or `region`; None for none. Raises UnknownScopeError."""
    if given and given not in LEVELS:
        raise UnknownScopeError("level of places", given)
    return LEVELS[given] if given else None


def levels_in_use(facts: CoverageFacts) -> dict[str, int]:
    """How many places there are of each level, in the order of the vocabulary."""
    found = Counter(place.level for place in facts.places.values())
    return {level: found[level] for level in codes("place_level") if found[level]}


def first_level(facts: CoverageFacts) -> str | None:
    """The level a page begins with: the finest of the usual ones at which services are stated.

    The level at which the most service areas are stated, among municipality, region and country.
    """
    stated = Counter(facts.places[area].level for area in facts.services.areas if area in facts.places)
    usual = [level for level in FIRST_CHOICE if stated[level]]
    return max(usual, key=lambda level: stated[level]) if usual else None


def record_of(names: Mapping[str, Name], label: str, given: str) -> str | None:
    """The id of what somebody called by id, imported id, reference or name; None for nothing said.

    Raises UnknownScopeError where nothing, or more than one thing, is called so.
    """
    if not given:
        return None
    of_kind = [name for name in names.values() if name.label == label]
    for said in ("id", "imported", "ref"):
        if exact := [name.id for name in of_kind if getattr(name, said) == given]:
            return exact[0]
    folded = fold(given)
    called = [name.id for name in of_kind if fold(name.title) == folded]
    if len(called) != 1:
        raise UnknownScopeError({"Place": "place", "ServiceType": "service type"}.get(label, "group"), given)
    return called[0]
