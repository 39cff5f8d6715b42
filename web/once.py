"""What a form or a button asks for is done once, however often it is sent: the key it carries."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flask import flash, request
from flask_wtf import FlaskForm
from wtforms import HiddenField

from graphdb.tokens import new_token
from graphdb.writes import Once, change
from web.access import actor
from web.sessions import graph

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flask import Flask

    from graphdb.writes import Change


def new_key() -> str:
    """A key for one form of one page."""
    return new_token("form").plain


class KeyedForm(FlaskForm):
    """A form with the key that makes a double click one."""

    key = HiddenField()

    def keyed(self) -> None:
        """Give it its key, unless it came with one."""
        self.key.data = self.key.data or new_key()


def once_for(purpose: str, content: object) -> Once:
    """The key of the form sent; the same key with other words is refused (`ReusedKeyError`), never saved twice."""
    return Once.bound(actor(), purpose, request.form.get("key", ""), content)


def pressed(purpose: str, said: object = "") -> Once | None:
    """The key of a button that several share; None where the request carries none.

    What was said is part of the key: the same form sent again with other words is another change, not a refusal.
    """
    key = request.form.get("key", "")[:100]
    told = json.dumps(said, sort_keys=True, default=str, ensure_ascii=False)
    return Once.bound(actor(), f"{purpose} {told}", key, "") if key else None


def do_once(
    purpose: str, content: object, work: Callable[[Change], str], done: str, unless: Mapping[type[Exception], str]
) -> None:
    """Do the work under the form's key and say `done`, or what `unless` says of the error that stopped it."""
    try:
        change(graph, actor(), work, once=once_for(purpose, content))
    except tuple(unless) as stopped:
        flash(next(text for error, text in unless.items() if isinstance(stopped, error)), "error")
    else:
        flash(done, "undo")


def install(app: Flask) -> None:
    """Give the templates their keys."""
    app.add_template_global(new_key, "new_key")
