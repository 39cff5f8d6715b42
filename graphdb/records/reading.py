"""Lists and pages of records, as far as a viewer may see them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from graphdb.catalogue import Kind, kind_of
from graphdb.folding import fold
from graphdb.records import text
from graphdb.records.checks import Stored
from graphdb.records.sealing import opened
from graphdb.statements import Counted, Read

if TYPE_CHECKING:
    from graphdb.actors import Viewer
    from graphdb.connection import Graph


class Ref(TypedDict):
    """A pointer to a record: enough to show and to link it."""

    id: str
    ref: str
    title: str
    label: NotRequired[str]


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list is asked for. `after` is the (sort, id) of the last row seen; `as_of` None means at any time."""

    search: str = ""
    filters: dict[str, str] = field(default_factory=dict[str, str])
    sort: str = "title"
    descending: bool = False
    after: tuple[str, str] = ("", "")
    limit: int = 50
    as_of: date | None = None
    archived: bool = False
    language: str = "en"


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One line of a list; `cells` and `links` hold the listed fields and links by name."""

    id: str
    ref: str | None
    title: str
    sort: str
    archived: bool
    cells: dict[str, Stored]
    links: dict[str, list[Ref]]


@dataclass(frozen=True, slots=True)
class RecordView:
    """One record as one viewer sees it; `sees` is False where its protected fields are withheld."""

    id: str
    ref: str | None
    title: str
    version: int
    archived_at: datetime | None
    created_at: datetime | None
    changed_at: datetime | None
    sees: bool
    subject: str | None
    fields: dict[str, Any]
    links: dict[str, list[Ref]]
    backs: dict[str, list[Ref]]


@dataclass(frozen=True, slots=True)
class Page:
    """Rows, how many there are in all, and where the next page begins (None at the end)."""

    rows: list[RecordRow]
    total: int
    next: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Choice:
    """A record to pick in a form."""

    id: str
    ref: str | None
    title: str


def page(graph: Graph, kind: Kind, listing: Listing, viewer: Viewer) -> Page:
    """One page of a list and its total, in one transaction of two statements."""
    filters = frozenset(name for name, wanted in listing.filters.items() if wanted)
    rows_of = Read(RecordRow, text.listing(kind, listing.sort, listing.descending, filters))
    total_of = Read(Counted, text.counting(kind, filters))
    params = _params(listing, viewer)
    params |= {"after": listing.after[0], "after_id": listing.after[1], "limit": listing.limit + 1}
    rows, total = graph.read(lambda tx: (tx.fetch(rows_of, **params), tx.fetch(total_of, **params)[0].n))
    more = len(rows) > listing.limit
    rows = rows[: listing.limit]
    return Page(rows, total, (rows[-1].sort, rows[-1].id) if more else None)


def count(graph: Graph, kind: Kind, listing: Listing, viewer: Viewer) -> int:
    """How many records a listing has."""
    filters = frozenset(name for name, wanted in listing.filters.items() if wanted)
    row = graph.one(Read(Counted, text.counting(kind, filters)), **_params(listing, viewer))
    return row.n if row else 0


def show(graph: Graph, kind: Kind, record: str, viewer: Viewer, language: str = "en") -> RecordView | None:
    """One record with what it points at and what points at it; None when there is none. One statement."""
    view = graph.one(Read(RecordView, text.showing(kind)), id=record, lang=language, **viewer.params())
    if view is not None and view.sees:
        return replace(view, fields=opened(graph, kind, view.id, view.subject or view.id, view.fields))
    return view


def choices(
    graph: Graph, label: str, viewer: Viewer, search: str = "", limit: int = 500, language: str = "en"
) -> list[Choice]:
    """Records of a kind to choose from, by title."""
    statement = Read(Choice, text.choosing(kind_of(label)))
    return graph.fetch(statement, search=fold(search), limit=limit, lang=language, **viewer.params())


def _params(listing: Listing, viewer: Viewer) -> dict[str, Any]:
    wanted = {f"f_{name}": value for name, value in listing.filters.items() if value}
    return {
        "search": fold(listing.search),
        "as_of": listing.as_of,
        "archived": listing.archived,
        "lang": listing.language,
        **wanted,
        **viewer.params(),
    }
