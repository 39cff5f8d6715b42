"""The story: a region learns to work together, and one of its municipalities is left behind.

Two years ago the partners around a reception centre and a city began to meet every thirteen weeks. Ways grew: the
centre sends to the lawyers, the social workers to the foundation. Then people came to Kamen, where nobody had been
before: a legal desk was opened and closed again, a course hangs on a project that ends soon, and for most else
somebody asked and found nobody. Some have signed and never meet; some work together every week and have signed nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from seed.demo import (
    agreements,
    conferences,
    consultations,
    gaps,
    issues,
    meetings,
    mentoring,
    needs,
    organisations,
    people,
    places,
    programmes,
    referrals,
    services,
    supervision,
)
from seed.demo.book import Book
from seed.vocabulary import GROUPS, SERVICE_TYPES

if TYPE_CHECKING:
    from datetime import date


def tell(day: date) -> Book:
    """The whole story as of that day. Only the case references differ from telling to telling: they are random."""
    book = Book(day)
    for label, entries in (("ServiceType", SERVICE_TYPES), ("PopulationGroup", GROUPS)):
        for entry in entries:
            book.add(label, entry.code, entry.values(), {"parent": entry.parent} if entry.parent else {})
    for part in (
        places,
        organisations,
        people,
        agreements,
        services,
        needs,
        gaps,
        meetings,
        consultations,
        referrals,
        mentoring,
        issues,
        conferences,
        supervision,
        programmes,
    ):
        part.write(book)
    return book
