"""Signing in: counters first, then the hash, the same answer and the same time for an unknown login."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from graphdb import accounts, outbox, sessions
from graphdb.actors import Actor
from graphdb.tokens import hash_token, new_token
from graphdb.writes import change

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphdb.connection import Graph
    from graphdb.outbox import Letter
    from graphdb.passwords import Passwords
    from graphdb.writes import Change, Once

WINDOW = timedelta(minutes=15)
PER_ACCOUNT = 10
PER_ADDRESS = 50
INVITATION = "invitation"


class Refusal(Enum):
    """Why nobody was signed in."""

    WRONG = "wrong"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Knock:
    """One try to sign in."""

    login: str
    password: str
    address: str


def sign_in(graph: Graph, passwords: Passwords, knock: Knock) -> str | Refusal:
    """Id of the account, or why not."""
    now = datetime.now(UTC)
    login = knock.login.strip().lower()
    limits = {
        f"account:{hash_token('login', login)}": PER_ACCOUNT,
        f"address:{hash_token('login', knock.address)}": PER_ADDRESS,
    }
    failures = graph.fetch(sessions.FAILURES, keys=list(limits), window=now - WINDOW)
    if any(failure.n >= limits[failure.key] for failure in failures):
        return Refusal.TOO_MANY
    secret = graph.one(accounts.SECRET_OF, login=login)
    known = secret.hash if secret and secret.active else None
    if passwords.verify(known, knock.password) and secret:
        graph.transact(
            lambda tx: tx.fetch(sessions.FORGIVE, keys=[key for key in limits if key.startswith("account:")])
        )
        return secret.id
    graph.transact(lambda tx: tx.fetch(sessions.COUNT_FAILURE, keys=list(limits), now=now, window=now - WINDOW))
    return Refusal.WRONG


def invite_first_administrator(graph: Graph) -> str | None:
    """A fresh one-time link for the first administrator, or None once there is an account. Older links lapse."""
    counted = graph.one(accounts.COUNT_ACCOUNTS)
    if counted and counted.n:
        return None
    return invite(graph, Actor("start", "command"), [{"role": "administrator"}, {"role": "coordinator"}], replace=True)


def invite(
    graph: Graph,
    actor: Actor,
    grants: list[dict[str, str]],
    *,
    login: str = "",
    account: str = "",
    replace: bool = False,
    letter: Callable[[str], Letter] | None = None,
    once: Once | None = None,
) -> str:
    """Make a one-time link's secret; only its hash is stored. `letter` writes what goes to the outbox with it.

    With the key of a form (`once`) a second sending replaces the link of the first, or makes none where a letter is on
    its way already; then "" is returned.
    """
    token, form = new_token(INVITATION), once.key if once else ""
    made: list[str] = []

    def work(open_change: Change) -> str:
        made[:] = [token.plain]
        if form:
            open_change.run(accounts.WITHDRAW_OF_FORM, form=form)
        if replace:
            open_change.run(accounts.WITHDRAW, purpose=INVITATION)
        accounts.invite(
            open_change, INVITATION, token.stored, login=login, account=account, grants=json.dumps(grants), form=form
        )
        if letter is not None:
            outbox.post(open_change, graph.vault, letter(token.plain))
        return "invited"

    change(graph, actor, work, once=once if letter else None)
    return made[0] if made else ""


def accept(graph: Graph, secret: str, login: str, name: str, password_hash: str, language: str) -> str:
    """Spend a link and make its account with its roles; returns the account's id.

    Raises MissingError for a link that is spent or lapsed, TakenError for a login that is used.
    """

    def work(open_change: Change) -> str:
        link = accounts.spend(open_change, INVITATION, hash_token(INVITATION, secret))
        if link.account:
            accounts.set_password(open_change, link.account, password_hash)
            return link.account
        grants: list[dict[str, str]] = json.loads(link.grants or "[]")
        person = next((grant["person"] for grant in grants if grant.get("person")), "")
        account = accounts.make(open_change, link.login or login, name, password_hash, language, person)
        for grant in grants:
            accounts.grant(
                open_change, account, grant["role"], grant.get("organisation", ""), grant.get("programme", "")
            )
        return account

    return change(graph, Actor("link", "link"), work)
