"""For whoever watches the server: alive, and ready."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint

from graphdb.errors import DatabaseAwayError
from graphdb.schema import SCHEMA_VERSION
from web.access import public
from web.sessions import graph

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@public
def alive() -> ResponseReturnValue:
    """The app runs."""
    return {"status": "ok"}


@bp.get("/readyz")
@public
def ready() -> ResponseReturnValue:
    """The database answers and its schema is there."""
    try:
        row = graph.one(SCHEMA_VERSION)
    except DatabaseAwayError:
        return {"status": "database away"}, 503
    return ({"status": "ready"}, 200) if row else ({"status": "not migrated"}, 503)
