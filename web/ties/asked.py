"""What an address asks of ties: kinds, the word of an imported file, the window, the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analytics.thresholds import DEFAULTS
from graphdb import ties
from graphdb.ties import Asked

if TYPE_CHECKING:
    from datetime import date

    from werkzeug.datastructures import MultiDict

    from graphdb.ties import Network

WINDOWS = (90, 180, 365, 730)
LONGEST = 36_500


def window_of(args: MultiDict[str, str]) -> int | None:
    """Days of the window: `all` is None, what is no number is the standard window."""
    given = args.get("window", "")
    if given == "all":
        return None
    usable = given.isdecimal() and len(given) < 6 and 1 <= int(given) <= LONGEST
    return int(given) if usable else DEFAULTS.window_days


def asked_of(args: MultiDict[str, str], network: Network, as_of: date, kinds: tuple[str, ...]) -> Asked:
    """The ties an address asks for; `kinds` where it names none."""
    chosen = tuple(kind for kind in ties.KINDS_OF_TIE if kind in args.getlist("tie"))
    relation = args.get("relation", "")
    known = relation if relation in ties.relations(network) else None
    return Asked(chosen or (() if known else kinds), as_of, window_of(args), known)


def kept(args: MultiDict[str, str], names: tuple[str, ...]) -> dict[str, list[str]]:
    """The parameters of an address that a page knows, for links that keep them: never one that `url_for` would take."""
    return {name: [value[:200] for value in args.getlist(name)] for name in names if args.get(name)}
