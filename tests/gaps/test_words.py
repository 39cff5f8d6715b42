"""Every reason code of the analytics has words, in every form it takes."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path

import pytest

import analytics
from analytics.collaboration import GapClass
from analytics.reasons import because as reason
from graphdb.catalogue import codes
from graphdb.naming import Name
from web.gaps.sentences import CLASS_HEADS, between_sentence, coverage_sentence
from web.words import WORDS, because, listed, reasons

NAMES = {
    one: Name(one, one.upper(), title, "Organisation")
    for one, title in (("o1", "<One>"), ("o2", "Две"), ("p1", "Kamen"))
}


def used() -> set[str]:
    """Codes that the analytics write: first arguments of `because`, of `NotJudged`, and those of the points."""
    found: set[str] = set()
    for path in Path(analytics.__path__[0]).rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                if node.func.id == "because":
                    found |= literals(node.args[0], tree)
                if node.func.id == "NotJudged":
                    found |= literals(node.args[1], tree)
        if path.name == "priority.py":
            found |= {"severity", "need", "age", "safety_critical", "promised_overdue"}
    return found


def literals(node: ast.AST, tree: ast.AST) -> set[str]:
    if isinstance(node, ast.Name):
        given = [
            each.value
            for each in ast.walk(tree)
            if isinstance(each, ast.Assign) and getattr(each.targets[0], "id", "") == node.id
        ]
        return set().union(*(literals(each, tree) for each in given)) if given else set()
    if isinstance(node, ast.IfExp):
        return literals(node.body, tree) | literals(node.orelse, tree)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


@pytest.fixture(autouse=True)
def speaking(app):
    with app.test_request_context():
        yield


def test_every_code_has_words():
    assert len(used()) > 40
    assert used() <= WORDS.keys()
    assert {"asked_for"} <= WORDS.keys()


@pytest.mark.parametrize("code", sorted(WORDS))
def test_a_reason_without_its_facts_is_still_a_sentence(code):
    text = because(reason(code), NAMES)
    assert "None" not in text
    assert "%(" not in text
    assert text or code == "undated"


def test_stored_reasons_read_as_live_ones():
    live = reason("agreement_in_force", agreement="o1", since=date(2025, 3, 1), until=None, days=3)
    stored = {"code": "agreement_in_force", "agreement": "o1", "since": "2025-03-01", "until": None, "days": 3}
    assert because(live, NAMES) == because(stored, NAMES)
    assert "<One>" in because(live, NAMES), "templates escape, words do not"
    assert "somebody" in because(live, {})


def test_lists_are_cut_and_repeats_left_out():
    assert listed(["a", "b", "c", "d", "e"]) == "a, b, c and 2 more"
    assert len(reasons([reason("no_agreement"), reason("no_agreement"), reason("undated")], NAMES)) == 1


def test_every_class_has_its_sentence_and_word():
    for cls in GapClass:
        assert between_sentence(str(cls), "A", "B").startswith("A")
        assert str(cls) in codes("gap_class")
        assert str(cls) in CLASS_HEADS
    for cls in ("absent", "unverified", "fragile", "not_assessed", "covered"):
        assert "Legal aid" in coverage_sentence(cls, "Kamen", "Legal aid", None)
