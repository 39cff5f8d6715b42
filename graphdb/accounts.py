"""Accounts, the roles they hold and until when, and the one-time links that make them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from ulid import ULID

from graphdb.errors import MissingError
from graphdb.statements import Counted, Found, Nothing, Read, Write

if TYPE_CHECKING:
    from graphdb.connection import Graph
    from graphdb.writes import Change


@dataclass(frozen=True, slots=True)
class Account:
    """An account as administrators see it."""

    id: str
    login: str
    name: str
    language: str
    active: bool
    person: str | None
    grants: list[dict[str, str | None]]


@dataclass(frozen=True, slots=True)
class Secret:
    """What a sign-in is checked against."""

    id: str
    hash: str
    active: bool


@dataclass(frozen=True, slots=True)
class Invitation:
    """A one-time link that is still good."""

    id: str
    purpose: str
    login: str | None
    account: str | None
    grants: str | None


WORKS_IN = frozenset({"mentor", "supervisor", "coordinator"})
"""Roles that know the leaders of their programme; a leader does not know the other leaders by it."""
OVERSEES = frozenset({"supervisor", "coordinator"})
"""Roles that know the mentors of their programme too."""

# Its variables must not meet those of the statements it is put into: a bound name would silently match nothing.
GRANTS = """
    COLLECT {
        MATCH (a)-[:HOLDS]->(r:RoleGrant)
        WHERE (r.valid_from IS NULL OR r.valid_from <= $today) AND (r.valid_to IS NULL OR r.valid_to > $today)
        OPTIONAL MATCH (r)-[:IN]->(granted_at:Organisation)
        OPTIONAL MATCH (r)-[:IN]->(granted_in:Programme)
        WITH r, granted_at, granted_in ORDER BY r.role, r.id
        RETURN {id: r.id, role: r.role, organisation: granted_at.id, organisation_name: granted_at.name,
                programme: granted_in.id}
    }
"""

COUNT_ACCOUNTS = Read(Counted, "MATCH (a:Account) RETURN count(a) AS n")

SECRET_OF = Read(
    Secret,
    """
    MATCH (a:Account {login: $login})
    RETURN a.id AS id, a.password AS hash, a.active AS active ORDER BY id
    """,
)

ACCOUNTS = Read(
    Account,
    """
    MATCH (a:Account)
    RETURN a.id AS id, a.login AS login, a.name AS name, a.language AS language, a.active AS active,
           head(COLLECT { MATCH (a)-[:IS]->(p:Person) RETURN p.id }) AS person,"""
    + GRANTS
    + """ AS grants
    ORDER BY login LIMIT $limit
    """,
)

ONE_ACCOUNT = Read(
    Account,
    """
    MATCH (a:Account {id: $id})
    RETURN a.id AS id, a.login AS login, a.name AS name, a.language AS language, a.active AS active,
           head(COLLECT { MATCH (a)-[:IS]->(p:Person) RETURN p.id }) AS person,"""
    + GRANTS
    + """ AS grants
    ORDER BY login
    """,
)

MAKE = Write(
    Found,
    """
    CREATE (a:Account {id: $id, login: $login, name: $name, language: $language, password: $hash, active: true,
                       created_at: $at})
    RETURN a.id AS id
    """,
)

IS_PERSON = Write(
    Found, "MATCH (a:Account {id: $id}) MATCH (p:Person {id: $person}) MERGE (a)-[:IS]->(p) RETURN a.id AS id"
)

GRANT = Write(
    Found,
    """
    MATCH (a:Account {id: $account})
    CREATE (a)-[:HOLDS]->(r:RoleGrant {id: $id, role: $role, valid_from: $valid_from, valid_to: $valid_to})
    WITH r
    OPTIONAL MATCH (o:Organisation {id: $organisation})
    FOREACH (found IN CASE WHEN o IS NULL THEN [] ELSE [o] END | CREATE (r)-[:IN]->(found))
    WITH r
    OPTIONAL MATCH (p:Programme {id: $programme})
    FOREACH (found IN CASE WHEN p IS NULL THEN [] ELSE [p] END | CREATE (r)-[:IN]->(found))
    RETURN r.id AS id
    """,
)

END_GRANT = Write(
    Found,
    "MATCH (a:Account {id: $account})-[:HOLDS]->(r:RoleGrant {id: $grant}) SET r.valid_to = $on RETURN a.id AS id",
)

SET_PASSWORD = Write(Found, "MATCH (a:Account {id: $id}) SET a.password = $hash RETURN a.id AS id")

SET_PROFILE = Write(Found, "MATCH (a:Account {id: $id}) SET a.name = $name, a.language = $language RETURN a.id AS id")

SET_ACTIVE = Write(Found, "MATCH (a:Account {id: $id}) SET a.active = $active RETURN a.id AS id")

END_SESSIONS = Write(Nothing, "MATCH (s:Session {account: $account}) WHERE s.hash <> $but DELETE s")

END_PHONES = Write(Nothing, "MATCH (d:Device {account: $account}) DELETE d")

INVITE = Write(
    Nothing,
    """
    CREATE (:Token {hash: $hash, id: $id, purpose: $purpose, login: $login, account: $account, grants: $grants,
                    expires_at: $expires_at, by: $by, form: $form})
    """,
)
WITHDRAW_OF_FORM = Write(Nothing, "MATCH (t:Token {form: $form}) WHERE t.spent_at IS NULL DELETE t")

INVITED = Read(
    Invitation,
    """
    MATCH (t:Token {hash: $hash, purpose: $purpose}) WHERE t.spent_at IS NULL AND t.expires_at > $now
    RETURN t.id AS id, t.purpose AS purpose, t.login AS login, t.account AS account, t.grants AS grants ORDER BY id
    """,
)

SPEND = Write(
    Invitation,
    """
    MATCH (t:Token {hash: $hash, purpose: $purpose})
    SET t._lock = true REMOVE t._lock
    WITH t WHERE t.spent_at IS NULL AND t.expires_at > $now
    SET t.spent_at = $now
    RETURN t.id AS id, t.purpose AS purpose, t.login AS login, t.account AS account, t.grants AS grants
    """,
)

WITHDRAW = Write(Nothing, "MATCH (t:Token {purpose: $purpose}) WHERE t.spent_at IS NULL DELETE t")

INVITATION_HOURS = 72


def make(change: Change, login: str, name: str, password_hash: str, language: str, person: str = "") -> str:
    """A new account without roles; returns its id. Raises TakenError where the login is used."""
    account = str(ULID())
    change.run(
        MAKE, id=account, login=login.strip().lower(), name=name, language=language, hash=password_hash, at=change.at
    )
    if person and not change.run(IS_PERSON, id=account, person=person):
        raise MissingError(person)
    change.did("create", "Account", account)
    return account


def grant(
    change: Change, account: str, role: str, organisation: str = "", programme: str = "",
    valid_from: date | None = None, valid_to: date | None = None,
) -> str:  # fmt: skip
    """Give an account a role for an organisation or a programme, with dates; its sessions end."""
    given = str(ULID())
    found = change.run(
        GRANT, account=account, id=given, role=role, organisation=organisation, programme=programme,
        valid_from=valid_from, valid_to=valid_to,
    )  # fmt: skip
    if not found:
        raise MissingError(account)
    change.run(END_SESSIONS, account=account, but="")
    change.did("grant", "Account", account, (role,))
    return given


def end_grant(change: Change, account: str, given: str, on: date) -> None:
    """End a role; it takes effect on the next request, and every session of the account ends."""
    if not change.run(END_GRANT, account=account, grant=given, on=on):
        raise MissingError(given)
    change.run(END_SESSIONS, account=account, but="")
    change.did("end_grant", "Account", account)


def set_password(change: Change, account: str, password_hash: str, keep_session: str = "") -> None:
    """Set a new password; every other session of the account ends, and its phones are forgotten."""
    if not change.run(SET_PASSWORD, id=account, hash=password_hash):
        raise MissingError(account)
    change.run(END_SESSIONS, account=account, but=keep_session)
    change.run(END_PHONES, account=account)
    change.did("password", "Account", account)


def set_active(change: Change, account: str, *, active: bool) -> None:
    """Lock or unlock an account; either ends its sessions and forgets its phones."""
    if not change.run(SET_ACTIVE, id=account, active=active):
        raise MissingError(account)
    change.run(END_SESSIONS, account=account, but="")
    change.run(END_PHONES, account=account)
    change.did("unlock" if active else "lock", "Account", account)


def invite(
    change: Change,
    purpose: str,
    token_hash: str,
    *,
    login: str = "",
    account: str = "",
    grants: str = "",
    form: str = "",
) -> None:
    """Store a one-time link (its hash only), good for three days. `form`: the key of the form it was made with."""
    expires = change.at + timedelta(hours=INVITATION_HOURS)
    change.run(
        INVITE, hash=token_hash, id=str(ULID()), purpose=purpose, login=login, account=account, grants=grants,
        expires_at=expires, by=change.actor.id, form=form or None,
    )  # fmt: skip
    change.did("invite", "Account", account or "new")


def invitation(graph: Graph, purpose: str, token_hash: str, now: datetime) -> Invitation | None:
    """The link that hash belongs to, while it is good. Spends nothing."""
    return graph.one(INVITED, hash=token_hash, purpose=purpose, now=now)


def spend(change: Change, purpose: str, token_hash: str) -> Invitation:
    """Use a one-time link up. Raises MissingError when it is spent, lapsed or unknown."""
    found = change.one(SPEND, hash=token_hash, purpose=purpose, now=change.at)
    if found is None:
        raise MissingError("link")
    return found
