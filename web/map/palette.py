"""Colours and shapes of the map, the only place where they stand: the drawing and the legend both read them.

Fills are Paul Tol's "bright" scheme (2021), which readers with any kind of colour blindness can tell apart; every
family of organisations has a shape of its own besides.
"""

from __future__ import annotations

from dataclasses import dataclass

from web.language import lazy

BLUE, CYAN, GREEN, YELLOW, RED, PURPLE, GREY = (
    "#4477aa", "#66ccee", "#228833", "#ccbb44", "#ee6677", "#aa3377", "#bbbbbb",
)  # fmt: skip
OUTLINE = "#4d545c"
LINE = "#868e96"
MISSING = "#c2410c"


@dataclass(frozen=True, slots=True)
class Family:
    """Kinds of organisation that share a shape and a colour. `shape` is a name of vis-network's."""

    word: str
    shape: str
    colour: str
    kinds: frozenset[str]


FAMILIES = (
    Family(
        lazy("Authorities"), "square", BLUE,
        frozenset({"institution", "municipality", "district", "social_work_centre", "youth_office", "reception_centre"}),
    ),
    Family(lazy("Police and courts"), "diamond", PURPLE, frozenset({"police", "court"})),
    Family(lazy("Schools and universities"), "triangle", YELLOW, frozenset({"school", "academic"})),
    Family(lazy("Health"), "star", GREEN, frozenset({"clinic"})),
    Family(lazy("Associations and Red Cross"), "dot", CYAN, frozenset({"ngo", "local_ngo", "red_cross"})),
    Family(lazy("Communities and faiths"), "hexagon", RED, frozenset({"community_group", "faith"})),
)  # fmt: skip
OTHERS = Family(lazy("International, media, donors, others"), "triangleDown", GREY, frozenset())
LEVELS = {"local": CYAN, "regional": BLUE, "national": PURPLE, "international": YELLOW}
CIRCLES = (BLUE, YELLOW, GREEN, RED, PURPLE, CYAN)
"""Colours of the largest communities; the rest is grey."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a line is drawn: width in pixels, dashes as lengths of stroke and gap, empty for a whole line."""

    width: float
    dashes: tuple[int, ...]
    colour: str


STROKES = {
    "observed": Stroke(3, (), LINE),
    "confirmed": Stroke(1.5, (), LINE),
    "declared": Stroke(1.5, (2, 4), LINE),
    "missing": Stroke(2, (9, 6), MISSING),
}


def family_of(kind: str) -> Family:
    """The family of a kind of organisation."""
    return next((family for family in FAMILIES if kind in family.kinds), OTHERS)


def colour_of_level(level: str | None) -> str:
    """Colour of a level; grey where it is unknown."""
    return LEVELS.get(level or "", GREY)


def colour_of_community(number: int) -> str:
    """Colour of a community, 0 being the largest."""
    return CIRCLES[number] if number < len(CIRCLES) else GREY
