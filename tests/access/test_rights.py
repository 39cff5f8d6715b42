"""The manual's page of rights is the table that the routes ask."""

from __future__ import annotations

import json
from pathlib import Path

from flask import Flask

from web.access import ROLES, TABLE

PAGE = Path(__file__).parents[2] / "docs/manual/rights.md"


def test_the_manual_says_what_holds(app: Flask) -> None:
    answer = app.test_cli_runner().invoke(args=["rights"])
    assert answer.output == PAGE.read_text("utf-8"), "flask rights > docs/manual/rights.md"
    lines = [line for line in answer.output.splitlines() if line.startswith("| ") and ": " in line]
    assert len(lines) == len(TABLE)
    assert all(line.count("|") == len(ROLES) + 2 for line in lines)


def test_as_data(app: Flask) -> None:
    found = json.loads(app.test_cli_runner().invoke(args=["rights", "--format", "json"]).output)
    assert {(row["noun"], row["action"]): row["roles"] for row in found["rights"]} == TABLE
