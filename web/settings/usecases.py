"""Who may invite whom, and what an invitation or an end of a role needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analytics.referral_steps import LIMITS
from graphdb import accounts
from graphdb.network import HOUR
from graphdb.writes import change
from web.accounts.usecases import invite as make_link

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date, timedelta

    from graphdb.accounts import Account
    from graphdb.actors import Actor, Viewer
    from graphdb.connection import Graph
    from graphdb.outbox import Letter
    from graphdb.writes import Once

INVITED_BY_COORDINATORS = ("partner", "leader", "mentor")
ALL_ROLES = ("partner", "leader", "mentor", "supervisor", "manager", "coordinator", "administrator")
NEEDS = {"partner": "organisation", "leader": "programme", "mentor": "programme", "supervisor": "programme"}
OF_A_PERSON = ("leader", "mentor")
LISTED = 500


class NotAllowedError(Exception):
    """The inviter may not give this role."""


class LastAdministratorError(Exception):
    """The network would be left without an administrator who can sign in."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The role an invitation gives, and for what."""

    role: str
    organisation: str = ""
    programme: str = ""
    person: str = ""

    def missing(self) -> str:
        """Name of what the role needs and was not said; "" where nothing is missing."""
        needed = NEEDS.get(self.role, "")
        if needed and not getattr(self, needed):
            return needed
        return "person" if self.role in OF_A_PERSON and not self.person else ""


def told_limits(limits: Mapping[str, timedelta]) -> dict[str, int]:
    """Limits of referrals as the form shows them."""
    return {
        "emergency_hours": limits["emergency"] // HOUR, "urgent_hours": limits["urgent"] // HOUR,
        "normal_days": limits["normal"] // (24 * HOUR),
    }  # fmt: skip


def limits(emergency_hours: int | None, urgent_hours: int | None, normal_days: int | None) -> dict[str, timedelta]:
    """Limits as the form says them; nothing said leaves the usual one."""
    said = {"emergency": emergency_hours, "urgent": urgent_hours, "normal": normal_days and 24 * normal_days}
    return {name: hours * HOUR if hours else LIMITS[name] for name, hours in said.items()}


def may_give(roles: Iterable[str]) -> tuple[str, ...]:
    """Roles that somebody with these roles may give (rights.md, last row)."""
    held = set(roles)
    if "administrator" in held:
        return ALL_ROLES
    return INVITED_BY_COORDINATORS if "coordinator" in held else ()


def invitable(graph: Graph, viewer: Viewer, label: str, found: Iterable[str], on: date) -> set[str]:
    """For which of these records somebody may invite.

    Who reads a pair's notes must not follow from who may invite: a coordinator invites for programmes of the own, people
    of those, and nobody who can sign in already, for the link opens an account that reads what that person reads.
    """
    if "administrator" in viewer.roles or label == "Organisation":
        return set(found)
    if label == "Programme":
        return set(found) & set(viewer.overseen)
    taken = {one.person for one in graph.fetch(accounts.ACCOUNTS, today=on, limit=LISTED) if one.active}
    return set(found) & set(viewer.people) - taken


def invite(
    graph: Graph, actor: Actor, wanted: Wanted, roles: Iterable[str], letter: Callable[[str], Letter] | None = None,
    once: Once | None = None,
) -> str:  # fmt: skip
    """Make a one-time link with one role; returns its secret, which is shown once or goes into a letter.

    Of a form sent twice the newer link counts; a letter goes once, and "" is returned the second time.

    Raises NotAllowedError.
    """
    if wanted.role not in may_give(roles):
        raise NotAllowedError(wanted.role)
    needed = NEEDS.get(wanted.role, "")
    grant = {"role": wanted.role}
    if needed:
        grant[needed] = getattr(wanted, needed)
    if wanted.role in OF_A_PERSON:
        grant["person"] = wanted.person
    return make_link(graph, actor, [grant], letter=letter, once=once)


def end_role(
    graph: Graph, actor: Actor, account: str, given: str, on: date, once: Once | None = None
) -> None:  # fmt: skip
    """End a role today. Raises LastAdministratorError, MissingError."""
    everybody = graph.fetch(accounts.ACCOUNTS, today=on, limit=LISTED)
    role = next((g["role"] for a in everybody if a.id == account for g in a.grants if g["id"] == given), "")
    if role == "administrator":
        _demand_another(everybody, account)
    change(graph, actor, lambda c: accounts.end_grant(c, account, given, on) or given, once=once)


def set_active(
    graph: Graph, actor: Actor, account: str, on: date, *, active: bool, once: Once | None = None
) -> None:  # fmt: skip
    """Lock or unlock an account. Raises LastAdministratorError, MissingError."""
    if not active:
        _demand_another(graph.fetch(accounts.ACCOUNTS, today=on, limit=LISTED), account)
    change(graph, actor, lambda c: accounts.set_active(c, account, active=active) or account, once=once)


def _demand_another(everybody: list[Account], account: str) -> None:
    """Refuse where this account alone can administer."""
    able = {a.id for a in everybody if a.active and any(g["role"] == "administrator" for g in a.grants)}
    if able == {account}:
        raise LastAdministratorError(account)
