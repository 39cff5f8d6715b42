"""A list as its address asks for it: search, filters, sort, page; the same for the page and for its files."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flask import request

from graphdb.catalogue import Kind
from graphdb.records import Listing
from web.language import code
from web.pages import as_of_given, today

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

LONGEST_FILE = 20_000


def filters_of(kind: Kind) -> list[str]:
    """Fields and links a list can be filtered by."""
    fields = [field.name for field in kind.fields if field.type in {"choice", "choices", "languages"}]
    return fields + [link.name for link in kind.links]


def asked(kind: Kind, args: MultiDict[str, str]) -> Listing:
    """What the query string asks for; what it does not know is ignored."""
    sortable = {"title", *(field.name for field in kind.fields if field.listed)}
    sort = args.get("sort", "title")
    return Listing(
        search=args.get("q", "")[:200],
        filters={name: args[name][:100] for name in filters_of(kind) if args.get(name)},
        sort=sort if sort in sortable else "title",
        descending=args.get("desc") == "1",
        after=(args.get("after", "")[:400], args.get("after_id", "")[:40]),
        as_of=as_of_given() or today(),
        archived=args.get("archived") == "1",
        language=code(),
    )


def whole(listing: Listing) -> Listing:
    """The same list without pages, for a file."""
    return replace(listing, after=("", ""), limit=LONGEST_FILE)


def kept(kind: Kind) -> dict[str, str]:
    """What of the address a link of the list keeps: only what the list knows, never a word `url_for` would take."""
    names = {"q", "sort", "desc", "archived", "after", "after_id", "as_of", *filters_of(kind)}
    return {name: value for name, value in request.args.items() if name in names}
