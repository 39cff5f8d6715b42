"""The real 3W list of the shared folder, imported to the counts that the issue states."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from analytics.coverage import Scope
from graphdb.actors import OWNER
from tests.imports.world import CASE_PAIRS, TODAY, bring, count
from web.gaps import printed, scopes, usecases
from web.interchange.readers.reading import Upload

SHARED = Path(os.environ.get("MREZHA_SHARED", Path(__file__).parents[2].parent / "shared"))
LIST = SHARED / "data" / "unhcr-3w.csv"
pytestmark = pytest.mark.skipif(
    not LIST.is_file(),
    reason=f"LEFT OUT: {LIST} is not there. Set MREZHA_SHARED to the shared folder to test against the real 3W list.",
)


def test_the_list_gives_the_counts_and_the_cells(graph):
    report = bring(graph, Upload(LIST.name, LIST.read_bytes()))
    assert (report.written["organisations"], report.written["service_types"]) == (267, 40)
    levels = graph.define("MATCH (p:Place) RETURN p.level AS level, count(*) AS n ORDER BY level")
    assert {row["level"]: row["n"] for row in levels} == {"country": 17, "region": 57}
    pairs = {frozenset((each.a, each.b)) for each in report.duplicates if each.why == "same_but_case"}
    assert pairs == {frozenset(pair) for pair in CASE_PAIRS}
    assert count(graph, "Service") == report.written["services"]
    reader = usecases.Reader(OWNER)
    answer = printed.coverage_json(usecases.coverage_answer(graph, reader, TODAY, Scope(scopes.level_of("adm1"))))
    providers = [len(cell["providers"]) for cell in answer["cells"]]
    assert (len(providers), providers.count(0), providers.count(1)) == (40 * 57, 1609, 301)
