"""The key a button or a small form carries, so that a double click has one effect."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flask import request

from graphdb.tokens import new_token
from graphdb.writes import Once
from web.access import actor

if TYPE_CHECKING:
    from flask import Flask


def new_key() -> str:
    """A key for one form of one page."""
    return new_token("form").plain


def pressed(purpose: str, said: object = "") -> Once | None:
    """The key of this request for what it asks; None where it carries none.

    What was said is part of the key: the same form sent again with other words is another change, not a refusal.
    """
    key = request.form.get("key", "")[:100]
    told = json.dumps(said, sort_keys=True, default=str, ensure_ascii=False)
    return Once.bound(actor(), f"{purpose} {told}", key, "") if key else None


def install(app: Flask) -> None:
    """Give the templates their keys."""
    app.add_template_global(new_key, "new_key")
