"""What an address asks of the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast, get_args

from graphdb import ties
from graphdb.catalogue import codes
from web.map.usecases import SIZES, Colour, Wish
from web.ties.asked import asked_of

if TYPE_CHECKING:
    from datetime import date

    from werkzeug.datastructures import MultiDict

    from graphdb.ties import Network

PARAMETERS = (
    "tie", "relation", "window", "kind", "place", "focus", "steps", "community", "missing", "size", "colour",
)  # fmt: skip


def wish_of(args: MultiDict[str, str], network: Network, as_of: date, *, may_compare: bool) -> Wish:
    """The map an address asks for; what it does not know is ignored. Only who may compare sizes by a measure."""
    ids = {node.id for node in network.nodes}
    community, size, colour = args.get("community", ""), args.get("size", ""), args.get("colour", "")
    return Wish(
        asked=asked_of(args, network, as_of, ties.KINDS_OF_TIE),
        kind=args.get("kind", "") if args.get("kind", "") in codes("organisation_kind") else "",
        place=args.get("place", "") if args.get("place", "") in {place.id for place in network.places} else "",
        focus=args.get("focus", "") if args.get("focus", "") in ids else "",
        steps=2 if args.get("steps") == "2" else 1,
        community=int(community) if community.isdecimal() and len(community) < 6 else None,
        missing=args.get("missing") != "no",
        size=size if size in SIZES and (may_compare or size == "degree") else "",
        colour=cast("Colour", colour) if colour in get_args(Colour) else "kind",
    )
