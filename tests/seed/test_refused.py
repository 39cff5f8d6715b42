"""The demonstration never enters a network that is in use."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphdb import audit, records
from graphdb.actors import Actor
from graphdb.catalogue import kind_of
from graphdb.connection import Graph
from graphdb.writes import change
from seed import demo
from seed.demo import accounts


def test_a_network_in_use_is_refused_and_left_alone(graph: Graph, tmp_path: Path) -> None:
    def own(open_change: object) -> str:
        return records.create(open_change, graph, kind_of("Organisation"), {"name": "Ours", "kind": "ngo"})  # type: ignore[arg-type]

    change(graph, Actor("test", "command"), own)
    before = audit.data_version(graph)
    with pytest.raises(demo.NotEmptyError, match="Nothing was changed"):
        list(demo.ensure(graph, tmp_path))
    assert audit.data_version(graph) == before
    assert not (tmp_path / accounts.FILE).exists()
