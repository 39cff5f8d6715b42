"""Lists and pages of records, as far as a viewer may see them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from graphdb.catalogue import Kind, Link, kind_of
from graphdb.folding import fold
from graphdb.records import text
from graphdb.records.checks import Stored
from graphdb.records.sealing import opened
from graphdb.statements import Counted, Read

if TYPE_CHECKING:
    from collections.abc import Iterable

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


class Near(TypedDict):
    """A neighbour as the store tells it: by which tie, and whether the arrow leaves the record."""

    tie: str
    out: bool
    label: str
    id: str
    ref: str
    title: str
    archived: bool


@dataclass(frozen=True, slots=True)
class _Line:
    id: str
    ref: str | None
    title: str
    sort: str
    archived: bool
    cells: dict[str, Stored]


@dataclass(frozen=True, slots=True)
class ListedRecord(_Line):
    """A line of a list as the store tells it."""

    near: list[Near]


@dataclass(frozen=True, slots=True)
class RecordRow(_Line):
    """One line of a list; `cells` and `links` hold the listed fields and links by name."""

    links: dict[str, list[Ref]]


@dataclass(frozen=True, slots=True)
class _One:
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


@dataclass(frozen=True, slots=True)
class ShownRecord(_One):
    """A record as the store tells it."""

    near: list[Near]


@dataclass(frozen=True, slots=True)
class RecordView(_One):
    """One record as one viewer sees it; `sees` is False where its protected fields are withheld."""

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
    rows_of = Read(ListedRecord, text.listing(kind, listing.sort, listing.descending, filters))
    total_of = Read(Counted, text.counting(kind, filters))
    params = _params(listing, viewer)
    params |= {"after": listing.after[0], "after_id": listing.after[1], "limit": listing.limit + 1}
    rows, total = graph.read(lambda tx: (tx.fetch(rows_of, **params), tx.fetch(total_of, **params)[0].n))
    more = len(rows) > listing.limit
    rows = [_row(kind, row) for row in rows[: listing.limit]]
    return Page(rows, total, (rows[-1].sort, rows[-1].id) if more else None)


def count(graph: Graph, kind: Kind, listing: Listing, viewer: Viewer) -> int:
    """How many records a listing has."""
    filters = frozenset(name for name, wanted in listing.filters.items() if wanted)
    row = graph.one(Read(Counted, text.counting(kind, filters)), **_params(listing, viewer))
    return row.n if row else 0


def show(graph: Graph, kind: Kind, record: str, viewer: Viewer, language: str = "en") -> RecordView | None:
    """One record with what it points at and what points at it; None when there is none. One statement."""
    shown = graph.one(Read(ShownRecord, text.showing(kind)), id=record, lang=language, **viewer.params())
    if shown is None:
        return None
    values = shown.fields
    if shown.sees:
        values = opened(graph, kind, shown.id, shown.subject or shown.id, values)
    backs = {
        f"{other.label}_{link.name}": _refs(shown.near, link, other.label, not link.outgoing, archived=False)
        for other, link in text.backs_of(kind)
    }
    return RecordView(
        shown.id, shown.ref, shown.title, shown.version, shown.archived_at, shown.created_at, shown.changed_at,
        shown.sees, shown.subject, values, _links(kind.links, shown.near), backs,
    )  # fmt: skip


def choices(
    graph: Graph, label: str, viewer: Viewer, search: str = "", limit: int = 500, language: str = "en"
) -> list[Choice]:
    """Records of a kind to choose from, by title."""
    statement = Read(Choice, text.choosing(kind_of(label)))
    return graph.fetch(statement, search=fold(search), limit=limit, lang=language, **viewer.params())


def _row(kind: Kind, row: ListedRecord) -> RecordRow:
    links = [link for link in kind.links if link.listed]
    return RecordRow(row.id, row.ref, row.title, row.sort, row.archived, row.cells, _links(links, row.near))


def _links(links: Iterable[Link], near: list[Near]) -> dict[str, list[Ref]]:
    return {link.name: _refs(near, link, link.target, link.outgoing, archived=True) for link in links}


def _refs(near: list[Near], link: Link, label: str, out: bool, *, archived: bool) -> list[Ref]:
    """Neighbours by one link; those that point here are left out when they are archived."""
    return [
        Ref(id=to["id"], ref=to["ref"], title=to["title"], label=label)
        for to in near
        if (to["tie"], to["out"], to["label"]) == (link.tie, out, label) and (archived or not to["archived"])
    ]


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
