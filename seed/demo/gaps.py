"""The gaps that the last meeting spoke of: seen before it, and open still. The rules find all others by themselves."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from analytics.keys import gap_key

if TYPE_CHECKING:
    from seed.demo.book import Book

# place, service type, group; days ago of the first sight. All of them are among the planted ones.
TREATED = (
    (("km", "legal_aid", "protection"), 128),
    (("km", "housing_search", "protection"), 140),
)


def write(book: Book) -> None:
    """Each as detection would have kept it."""
    for cell, ago in TREATED:
        place, service, group = cell
        key = gap_key(
            "coverage", book.id("Place", place), book.id("ServiceType", service), book.id("PopulationGroup", group)
        )
        values: dict[str, object] = {
            "key": key, "cls": "absent", "state": "detected", "first_seen": book.ago(ago), "last_seen": book.ago(84),
            "reasons": json.dumps([]),
        }  # fmt: skip
        book.add("Gap", code_of(*cell), values, {"place": place, "service": service, "group": group})


def code_of(place: str, service: str, group: str) -> str:
    """Code of a cell's gap."""
    return f"{place}.{service}.{group}"
