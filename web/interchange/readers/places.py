"""Places named in rows, from the country down: one place per code, or per path where no code is given.

The same name in two countries is two paths. A code that carries its country ("BG411", "LBN-3") is a key by itself;
other codes take the place of the name in the path ("LB/01").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from slugify import slugify

from web.interchange.facts import Name, PlaceFact, Source
from web.interchange.readers.gathering import keep
from web.interchange.words import country_code

OWN_COUNTRY = re.compile(r"([A-Z]{2,3})[-_. ]?\w*\d\w*\Z")


@dataclass(frozen=True, slots=True)
class Step:
    """One level of a row's place: country, adm1 to adm5, loc."""

    level: str
    name: str = ""
    code: str = ""
    names: tuple[Name, ...] = ()


@dataclass(slots=True)
class Gazetteer:
    """The places met so far, and the codes learnt for names (for rows that leave the code out)."""

    places: dict[str, PlaceFact] = field(default_factory=dict[str, PlaceFact])
    seen: dict[tuple[Step, ...], str | None] = field(default_factory=dict[tuple[Step, ...], "str | None"])
    codes: dict[tuple[str, ...], set[str]] = field(default_factory=dict[tuple[str, ...], set[str]])

    def learn(self, rows: Iterable[Sequence[Step]]) -> None:
        """Note which codes go with which names, before the places of these rows are made."""
        self.seen.clear()
        for steps in rows:
            for depth, step in enumerate(steps):
                if step.name and step.code:
                    self.codes.setdefault(_spelling(steps[: depth + 1]), set()).add(step.code)

    def place_of(self, steps: Sequence[Step], source: Source) -> str | None:
        """The key of the deepest place of a row, made with its parents where new; None when the row names none."""
        seen = tuple(steps)
        if seen in self.seen:
            return self.seen[seen]
        parent: str | None = None
        for depth, step in enumerate(steps):
            if step.name or step.code:
                code = step.code or self._known_code(steps[: depth + 1])
                parent = self._made(step, code, parent, source)
        self.seen[seen] = parent
        return parent

    def _known_code(self, steps: Sequence[Step]) -> str:
        known = self.codes.get(_spelling(steps), set())
        return next(iter(known)) if len(known) == 1 else ""

    def _made(self, step: Step, code: str, parent: str | None, source: Source) -> str:
        if step.level == "country":
            code = country_code(code) or country_code(step.name) or code
            key = code or _slug(step.name)
        else:
            key = place_key(step.name, code, parent)
        known = self.places.get(key)
        if known is not None and (step.name in ("", known.name)):
            return key
        names = step.names if known is None else (*step.names, Name(step.name, kind="alias"))
        keep(self.places, PlaceFact(key, step.name or code, source, step.level, parent, code or None, names))
        return key

    def located(self, key: str) -> bool:
        """Whether a place has coordinates already."""
        return self.places[key].latitude is not None

    def locate(self, key: str, latitude: float, longitude: float) -> None:
        """Coordinates of a place; the first ones met stay."""
        known = self.places[key]
        keep(self.places, PlaceFact(key, known.name, known.source, latitude=latitude, longitude=longitude))


def place_key(name: str, code: str, parent: str | None) -> str:
    """A code that carries its country stands alone; else code or name behind the parent's key."""
    carried = OWN_COUNTRY.match(code)
    if carried and (carried[1] == "EL" or country_code(carried[1])):
        return code
    own = (code or name).replace("%", "%25").replace("/", "%2F")
    return f"{parent}/{own}" if parent else own


def _spelling(steps: Sequence[Step]) -> tuple[str, ...]:
    return tuple(step.name for step in steps)


def _slug(name: str) -> str:
    return slugify(name) or name
