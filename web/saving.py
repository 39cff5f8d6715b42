"""What a form asks for, done once, and said at the top of the next page: that it is done, or why it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, request

from graphdb.writes import Once, change
from web.access import actor
from web.sessions import graph

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from graphdb.writes import Change


def do_once(
    purpose: str, content: object, work: Callable[[Change], str], done: str, unless: Mapping[type[Exception], str]
) -> None:
    """Do the work under the form's once-key and say `done`, or what `unless` says of the error that stopped it."""
    once = Once.bound(actor(), purpose, request.form.get("key", ""), content)
    try:
        change(graph, actor(), work, once=once)
    except tuple(unless) as stopped:
        flash(next(text for error, text in unless.items() if isinstance(stopped, error)), "error")
    else:
        flash(done, "undo")
