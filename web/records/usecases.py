"""Saving a record from its form: what the form says, once, at the version it was opened at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphdb import records
from graphdb.writes import Once, change

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphdb.actors import Actor, Viewer
    from graphdb.catalogue import Kind
    from graphdb.connection import Graph


class NotYoursError(Exception):
    """The record would belong to an organisation that is not the writer's."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form of a record said."""

    values: Mapping[str, object]
    links: Mapping[str, list[str]]
    key: str


def create(graph: Graph, actor: Actor, kind: Kind, typed: Typed) -> str:
    """Make the record; returns its id."""
    once = Once.bound(actor, f"{kind.label}.new", typed.key, [typed.values, typed.links])
    return change(graph, actor, lambda c: records.create(c, graph, kind, typed.values, typed.links), once=once)


def update(graph: Graph, actor: Actor, kind: Kind, record: str, version: int, typed: Typed) -> None:
    """Change the record if it is still at `version`."""
    once = Once.bound(actor, f"{kind.label}.edit.{record}", typed.key, [typed.values, typed.links])
    change(
        graph, actor,
        lambda c: str(records.update(c, graph, kind, record, version, typed.values, typed.links)), once=once,
    )  # fmt: skip


def demand_own(kind: Kind, links: Mapping[str, list[str]], viewer: Viewer) -> None:
    """A writer who may act on own records only names own organisations as owners. Raises NotYoursError."""
    for name in kind.owners:
        if name in {"self", "employer"}:
            continue
        if not set(links.get(name, [])) & set(viewer.organisations):
            raise NotYoursError(name)
