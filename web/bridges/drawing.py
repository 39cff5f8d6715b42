"""The bridges as a map in columns: communities, leaders, mentors, institutions; without people for who may not know them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from flask_babel import gettext, ngettext

from analytics.layers import placed
from web.map.drawing import packed
from web.map.palette import BLUE, CYAN, GREEN, RED, STROKES
from web.map.wording import label
from web.pages import record_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graphdb.bridges import Named
    from web.bridges.usecases import View

# kind -> (shape, colour); the shapes of communities and authorities are those of the other map
LOOKS = {
    "Community": ("hexagon", RED), "leader": ("dot", CYAN), "mentor": ("diamond", GREEN), "Organisation": ("square", BLUE),
}  # fmt: skip
KINDS = tuple(LOOKS)
SIZE = 13.0
THICKEST = 9.0


def drawn(found: View, communities: Iterable[str], names: Mapping[str, Named]) -> dict[str, Any]:
    """Nodes and edges in columns, and the options, as the other map has them."""
    ties = _with_people(found, names) if found.paths else _without(found)
    ties = {ends: n for ends, n in ties.items() if ends[0][1] in names and ends[1][1] in names}
    nodes = {end for ends in ties for end in ends} | {("Community", each) for each in communities}
    layers = [
        sorted((each for kind, each in nodes if kind == wanted), key=lambda each: names[each].title) for wanted in KINDS
    ]
    layers = [layer for layer in layers if layer]
    where = placed(layers, [(one[1], other[1]) for one, other in ties])
    order = [(kind, each) for kind in KINDS for each in sorted(each for other, each in nodes if other == kind)]
    number = {each: at for at, (_, each) in enumerate(order)}
    busy = {each: _sum([n for ends, n in ties.items() if each in (ends[0][1], ends[1][1])]) for _, each in order}
    shown = [_node(number[each], kind, each, names[each].title, where[each], busy[each]) for kind, each in order]
    lines = [_line(number[one[1]], number[other[1]], n) for (one, other), n in sorted(ties.items())]
    return packed(shown, lines)


Ends = tuple[tuple[str, str], tuple[str, str]]


def _sum(counts: Sequence[int | None]) -> int | None:
    """All together; None where one of them is held back."""
    known = [n for n in counts if n is not None]
    return sum(known) if len(known) == len(counts) else None


def _with_people(found: View, names: Mapping[str, Named]) -> dict[Ends, int | None]:
    """Each path as its links; a step without a leader or a mentor leaves that column out."""
    ties: dict[Ends, int | None] = {}
    for path in found.paths:
        stops = [
            ("Community", path.community),
            ("leader", path.leader),
            ("mentor", path.mentor),
            ("Organisation", path.organisation),
        ]
        known = [(kind, each) for kind, each in stops if each and each in names]
        for ends in pairwise(known):
            ties[ends] = (ties.get(ends) or 0) + path.n
    return ties


def _without(found: View) -> dict[Ends, int | None]:
    return {
        (("Community", row.community), ("Organisation", row.organisation)): row.n for row in found.rows if row.community
    }


def _node(number: int, kind: str, record: str, name: str, where: tuple[float, float], n: int | None) -> dict[str, Any]:
    shape, colour = LOOKS[kind]
    words = {
        "Community": gettext("Community"), "leader": gettext("Leader"), "mentor": gettext("Mentor"),
        "Organisation": gettext("Institution"),
    }  # fmt: skip
    contacts = gettext("no bridge") if n == 0 else _contacts(n)
    return {
        "id": number, "record": record, "community": -1, "name": name, "label": label(name), "about": f"{words[kind]} · {contacts}",
        "x": where[0], "y": where[1], "size": SIZE, "shape": shape, "color": colour, "border": 1,
        "url": record_url(kind if kind in {"Community", "Organisation"} else "Person", record),
    }  # fmt: skip


def _contacts(n: int | None) -> str:
    if n is None:
        return gettext("contacts, their number held back")
    return ngettext("%(num)s contact", "%(num)s contacts", n)


def _line(one: int, other: int, n: int | None) -> dict[str, Any]:
    stroke = STROKES["observed"]
    return {
        "from": one, "to": other, "title": _contacts(n), "gap": "", "arrow": False,
        "width": round(min(THICKEST, 1 + (n or 1) ** 0.5), 1), "dashes": [], "color": stroke.colour,
    }  # fmt: skip
