"""The key of a remembered phone: a cookie of its own, sent to the phone's addresses only and never from another site."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import current_app, request, session
from flask_login import current_user

from graphdb import phones
from graphdb.errors import MissingError
from graphdb.writes import change
from web.access import TABLE, actor
from web.sessions import graph

if TYPE_CHECKING:
    from werkzeug.sansio.response import Response

PATH = "/mentoring/phone"
HELD_BY = "phone"
"""Where a session notes the phone it runs on, so that signing out forgets it."""


def name() -> str:
    """`__Secure-` under TLS: a `__Host-` cookie would have to go to every address."""
    return "__Secure-mrezha-phone" if current_app.config["SESSION_COOKIE_SECURE"] else "mrezha-phone"


def give(answer: Response, key: str) -> None:
    """Give the phone its key for as long as it may rest."""
    answer.set_cookie(
        name(), key, max_age=phones.IDLE, path=PATH, secure=current_app.config["SESSION_COOKIE_SECURE"], httponly=True, samesite="Strict"
    )  # fmt: skip


def take_away(answer: Response) -> None:
    """Take the key away, and whatever the browser keeps for the phone's page."""
    answer.delete_cookie(
        name(), path=PATH, secure=current_app.config["SESSION_COOKIE_SECURE"], httponly=True, samesite="Strict"
    )
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'


def phone() -> phones.Phone | None:
    """The phone this request comes from, while it is remembered. Other sites' requests come from none."""
    key = request.cookies.get(name(), "")
    if not key or request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return None
    found = phones.at_work(graph, key, TABLE["mentoring_note", "create"], datetime.now(UTC))
    if found and current_user.is_authenticated and current_user.id == found.account:
        session[HELD_BY] = found.id
    return found


def forget_here() -> None:
    """At signing out: forget the phone this session ran on."""
    device = session.get(HELD_BY)
    if not device or not current_user.is_authenticated:
        return
    account = current_user.id
    with suppress(MissingError):  # forgotten already, from another one
        change(graph, actor(), lambda c: phones.forget(c, account, device) or device)
