"""The heat map of coverage: service types down, places across, for one group; words in every cell."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analytics.coverage import GAPS, Cell, CellKey, cells
from graphdb.gaps import OPEN
from web.gaps.asked import key_text
from web.gaps.sentences import cell_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from graphdb.gaps import Decided
    from graphdb.naming import Name
    from web.gaps.usecases import CoverageAnswer

MANY_COLUMNS = 12
"""From as many places on, cells say it shortly."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One cell: its class, its words, its address, and what people decided about it ("" for nothing yet)."""

    cls: str
    words: str
    url: str
    decided: str
    here: bool


@dataclass(frozen=True, slots=True)
class Head:
    """A place or a service type; `above`: what the place lies in, where that tells places of one name apart."""

    id: str
    title: str
    above: str = ""


@dataclass(frozen=True, slots=True)
class Matrix:
    """`rows` pairs each service type with its tiles in the order of `places`. `left_out`: cells not shown."""

    places: Sequence[Head]
    rows: Sequence[tuple[Head, Sequence[Tile | None]]]
    big: bool
    left_out: int


def cells_of(answer: CoverageAnswer, group: str | None) -> list[Cell]:
    """The cells of one group."""
    return [cell for cell in cells(answer.coverage) if cell.group == group]


def matrix(
    shown: Sequence[Cell], answer: CoverageAnswer, decided: Mapping[str, Decided], url: Callable[[str], str],
    here: CellKey | None, *, only_gaps: bool,
) -> Matrix:  # fmt: skip
    """The cells as a table; with `only_gaps` only services and places that have any."""
    kept = [cell for cell in shown if cell.cls in GAPS] if only_gaps else shown
    places = place_heads((cell.place for cell in kept), answer)
    services = _heads((cell.service for cell in kept), answer.names)
    big = len(places) > MANY_COLUMNS
    at = {(cell.place, cell.service): cell for cell in shown}

    def tile(place: str, service: str) -> Tile | None:
        cell = at.get((place, service))
        return None if cell is None else _tile(cell, answer.names, decided.get(cell.key), url, here, short=big)

    rows = [(service, [tile(place.id, service.id) for place in places]) for service in services]
    return Matrix(places, rows, big, len(shown) - sum(tile is not None for _, row in rows for tile in row))


def _tile(
    cell: Cell, names: Mapping[str, Name], kept: Decided | None, url: Callable[[str], str], here: CellKey | None, *,
    short: bool,
) -> Tile:  # fmt: skip
    key = CellKey(cell.place, cell.service, cell.group)
    spoken = kept.state if kept and kept.state not in {"detected", "closed_verified"} and cell.cls in GAPS else ""
    return Tile(
        str(cell.cls),
        cell_words(cell, names, short=short),
        url(key_text(key)),
        spoken if spoken in {*OPEN, "accepted_risk", "false_positive"} else "",
        key == here,
    )


def place_heads(places: Iterable[str], answer: CoverageAnswer) -> list[Head]:
    """Places by name; with what they lie in, where those of a level lie in different ones."""
    known, names = answer.known.facts.places, answer.names
    ids = set(places)
    parents = {place: known[place].parent if place in known else None for place in ids}
    around: dict[str, set[str | None]] = defaultdict(set)
    for place, parent in parents.items():
        around[known[place].level if place in known else ""].add(parent)
    heads = [
        Head(
            place, title_of(place, names),
            title_of(parent, names) if parent and len(around[known[place].level]) > 1 else "",
        )
        for place, parent in parents.items()
    ]  # fmt: skip
    return sorted(heads, key=lambda head: (head.above.casefold(), head.title.casefold(), head.id))


def title_of(record: str, names: Mapping[str, Name]) -> str:
    """What a record is called; its id where nothing is known of it."""
    return names[record].title if record in names else record


def _heads(records: Iterable[str], names: Mapping[str, Name]) -> list[Head]:
    heads = [Head(record, title_of(record, names)) for record in set(records)]
    return sorted(heads, key=lambda head: (head.title.casefold(), head.id))


def heaviest(shown: Iterable[Cell]) -> Cell | None:
    """The cell a page begins with: nobody before one before unverified, then by people in need."""
    order = ("absent", "fragile", "unverified", "not_assessed", "covered")
    return min(shown, key=lambda cell: (order.index(str(cell.cls)), -cell.weight, cell.key), default=None)
