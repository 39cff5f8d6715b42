"""Log lines: JSON with allowed keys only. Never a form value, a query parameter, a Cypher parameter, an exception's text."""

from __future__ import annotations

import sys
import traceback

import structlog
from flask import has_request_context, request
from flask_login import current_user

_log = structlog.wrap_logger(
    structlog.PrintLogger(sys.stderr),
    processors=[structlog.processors.TimeStamper(fmt="iso", utc=True), structlog.processors.JSONRenderer()],
)

ALLOWED = frozenset({"event", "actor", "record", "route", "status", "ms", "kind", "where", "job", "noun", "action"})


def event(name: str, **said: str | float) -> None:
    """One line about something that happened."""
    if unknown := set(said) - ALLOWED:
        raise ValueError(unknown)
    _log.msg(name, **_place(), **said)


def failure(error: BaseException) -> None:
    """One line about an error: its type and where it arose, not what it says."""
    frames = traceback.extract_tb(error.__traceback__)
    where = " < ".join(f"{frame.filename.rsplit('/', 2)[-1]}:{frame.lineno}" for frame in reversed(frames[-6:]))
    event("failure", kind=type(error).__name__, where=where)


def _place() -> dict[str, str]:
    if not has_request_context():
        return {}
    rule = request.url_rule.rule if request.url_rule else ""
    who = current_user.id if current_user and current_user.is_authenticated else ""
    return {"route": rule, "actor": who}
