"""Who may do what: the table of rights as data, and the one decorator every route wears.

The table is `docs/manual/rights.md` in code: noun x action x role -> the relation to the record that is needed.
`any` any record, `own` of my organisation or my pair, `party` also where my organisation is a party, `programme` of a
programme I work in; no entry means never. Several roles add up. A route without a row fails when the app is built.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, Literal, ParamSpec, TypeVar, cast

from flask import abort, current_app, g, redirect, request, url_for
from flask_login import current_user

from graphdb.access import Standing, standing
from graphdb.accounts import OVERSEES, WORKS_IN
from graphdb.actors import Actor, Viewer
from graphdb.catalogue import kind_at, kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Set

    from graphdb.connection import Graph

P = ParamSpec("P")
R = TypeVar("R")

Relation = Literal["any", "own", "party", "programme"]
Contacts = Literal["all", "consent", "focal", "none"]
ROLES = ("partner", "leader", "mentor", "supervisor", "manager", "coordinator", "administrator")
SECRET = frozenset({
    "referral", "conference", "mentorship", "mentoring_note", "supervision", "concern", "participation", "training",
    "community_issue",
})  # fmt: skip

_ALL: dict[str, Relation] = dict.fromkeys(ROLES, "any")
_MEMBERS: dict[str, Relation] = {role: "any" for role in ROLES if role != "administrator"}
_NAMED: dict[str, Relation] = dict.fromkeys(_MEMBERS, "party")
_COORDINATION: dict[str, Relation] = {"coordinator": "any"}

TABLE: dict[tuple[str, str], dict[str, Relation]] = {
    ("organisation", "read"): _ALL,
    ("organisation", "create"): _COORDINATION,
    ("organisation", "edit"): {"partner": "own", "coordinator": "any"},
    ("organisation", "verify"): {"partner": "own", "coordinator": "any"},
    ("organisation", "archive"): _COORDINATION,
    ("organisation", "merge"): _COORDINATION,
    ("service", "read"): _ALL,
    ("service", "create"): {"partner": "own", "coordinator": "any"},
    ("service", "edit"): {"partner": "own", "coordinator": "any"},
    ("service", "verify"): {"partner": "own", "coordinator": "any"},
    ("service", "archive"): {"partner": "own", "coordinator": "any"},
    ("place", "read"): _ALL,
    ("place", "create"): _COORDINATION,
    ("place", "edit"): _COORDINATION,
    ("place", "archive"): _COORDINATION,
    ("project", "read"): _ALL,
    ("project", "create"): _COORDINATION,
    ("project", "edit"): _COORDINATION,
    ("project", "archive"): _COORDINATION,
    ("vocabulary", "read"): _ALL,
    ("vocabulary", "create"): _COORDINATION,
    ("vocabulary", "edit"): _COORDINATION,
    ("vocabulary", "archive"): _COORDINATION,
    ("community", "read"): _ALL,
    ("community", "create"): _COORDINATION,
    ("community", "edit"): _COORDINATION,
    ("community", "archive"): _COORDINATION,
    ("programme", "read"): _ALL,
    ("programme", "create"): _COORDINATION,
    ("programme", "edit"): _COORDINATION,
    ("programme", "archive"): _COORDINATION,
    ("person", "read"): _MEMBERS,
    ("person", "create"): {"partner": "own", "coordinator": "any"},
    ("person", "edit"): {"partner": "own", "leader": "own", "mentor": "own", "coordinator": "any"},
    ("person", "archive"): _COORDINATION,
    ("person", "erase"): _COORDINATION,
    ("agreement", "read"): _ALL,
    ("agreement", "whole"): {"partner": "any", "coordinator": "any", "administrator": "any"},  # others: titles
    ("agreement", "create"): _COORDINATION,
    ("agreement", "edit"): {"partner": "party", "coordinator": "any"},
    ("agreement", "archive"): _COORDINATION,
    ("sharing_rule", "read"): {"partner": "party", "coordinator": "any"},
    ("sharing_rule", "create"): _COORDINATION,
    ("sharing_rule", "edit"): _COORDINATION,
    ("sharing_rule", "archive"): _COORDINATION,
    ("referral", "read"): {"partner": "party"},
    ("referral", "create"): {"partner": "own"},
    ("referral", "edit"): {"partner": "party"},
    ("referral", "counts"): {"partner": "any", "manager": "any", "coordinator": "any"},
    ("conference", "read"): _NAMED,
    ("conference", "create"): _MEMBERS,
    ("conference", "edit"): _NAMED,
    ("conference", "lead"): dict.fromkeys(_MEMBERS, "own"),
    ("meeting", "read"): {
        **dict.fromkeys(("partner", "leader", "mentor", "supervisor"), cast("Relation", "party")),
        "manager": "any",
        "coordinator": "any",
    },
    ("meeting", "create"): _COORDINATION,
    ("meeting", "edit"): _COORDINATION,
    ("meeting", "archive"): _COORDINATION,
    ("meeting", "propose"): {"partner": "party", "manager": "any", "coordinator": "any"},
    ("meeting", "answer"): {"partner": "party", "coordinator": "any"},
    ("meeting", "act"): {"partner": "own", "coordinator": "any"},
    ("consultation", "read"): _MEMBERS,
    ("consultation", "create"): _COORDINATION,
    ("consultation", "edit"): _COORDINATION,
    ("consultation", "archive"): _COORDINATION,
    ("consultation", "comment"): {"partner": "party", "coordinator": "any"},
    ("comment", "read"): _MEMBERS,
    ("comment", "edit"): {"partner": "own", "coordinator": "any"},
    ("comment", "decide"): _COORDINATION,
    ("discussion", "read"): _MEMBERS,
    ("discussion", "create"): _COORDINATION,
    ("discussion", "edit"): _COORDINATION,
    ("discussion", "archive"): _COORDINATION,
    ("mentorship", "overview"): {
        "leader": "own",
        "mentor": "own",
        "supervisor": "programme",
        "manager": "any",
        "coordinator": "programme",
    },
    ("mentorship", "read"): {"leader": "own", "mentor": "own", "supervisor": "programme", "coordinator": "programme"},
    ("mentorship", "create"): {"coordinator": "programme"},
    ("mentorship", "edit"): {"coordinator": "programme"},
    ("mentorship", "counts"): {"supervisor": "any", "manager": "any", "coordinator": "any"},
    ("mentoring_note", "read"): {"leader": "own", "mentor": "own", "supervisor": "programme"},
    ("mentoring_note", "create"): {"leader": "own", "mentor": "own"},
    ("supervision", "overview"): {"mentor": "own", "supervisor": "programme", "coordinator": "programme"},
    ("supervision", "read"): {"mentor": "own", "supervisor": "programme"},
    ("supervision", "create"): {"supervisor": "programme"},
    ("supervision", "edit"): {"supervisor": "programme"},
    ("concern", "create"): {"leader": "own", "mentor": "own", "supervisor": "programme"},
    ("concern", "read"): dict.fromkeys(_MEMBERS, "own"),
    ("concern", "edit"): dict.fromkeys(_MEMBERS, "own"),
    ("participation", "overview"): {"supervisor": "programme", "coordinator": "programme"},
    ("participation", "read"): {
        "leader": "own",
        "mentor": "own",
        "supervisor": "programme",
        "coordinator": "programme",
    },
    ("participation", "create"): {"coordinator": "programme"},
    ("participation", "edit"): {"coordinator": "programme"},
    ("participation", "wish"): {"leader": "own", "mentor": "own"},
    ("training", "read"): {"leader": "own", "mentor": "own", "supervisor": "programme", "coordinator": "programme"},
    ("training", "create"): {"coordinator": "programme"},
    ("training", "edit"): {"coordinator": "programme"},
    ("community_issue", "overview"): {
        "partner": "party",
        "leader": "own",
        "mentor": "own",
        "supervisor": "programme",
        "manager": "any",
        "coordinator": "programme",
    },
    ("community_issue", "read"): {
        "partner": "party",
        "leader": "own",
        "mentor": "own",
        "supervisor": "programme",
        "coordinator": "programme",
    },
    ("community_issue", "create"): {"leader": "own", "mentor": "own"},
    ("community_issue", "edit"): {"leader": "own", "mentor": "own", "coordinator": "programme"},
    ("community_issue", "agenda"): {"coordinator": "programme"},
    ("bridge", "read"): _MEMBERS,
    ("gap", "read"): _MEMBERS,
    ("gap", "create"): _COORDINATION,
    ("gap", "edit"): _COORDINATION,
    ("gap", "archive"): _COORDINATION,
    ("gap", "answer"): {"partner": "party"},  # the others decide
    ("gap", "decide"): {"manager": "any", "coordinator": "any"},
    ("gap", "detect"): {"coordinator": "any"},
    ("gap", "agenda"): {"manager": "any", "coordinator": "any"},
    ("measures", "read"): {"partner": "any", "manager": "any", "coordinator": "any"},
    ("measures", "rank"): {"manager": "any", "coordinator": "any"},
    ("map", "read"): _MEMBERS,
    ("import", "read"): {"partner": "own", "coordinator": "any"},
    ("import", "create"): {"partner": "own", "coordinator": "any"},
    ("import", "undo"): {"partner": "own", "coordinator": "any"},
    ("export", "read"): _MEMBERS,
    ("job", "read"): _ALL,
    ("profile", "read"): _ALL,
    ("profile", "edit"): _ALL,
    ("home", "read"): _ALL,
    ("account", "read"): {"coordinator": "any", "administrator": "any"},
    ("account", "invite"): {"coordinator": "any", "administrator": "any"},
    ("account", "edit"): {"administrator": "any"},
    ("settings", "read"): {"administrator": "any"},
    ("settings", "edit"): {"administrator": "any"},
    ("audit", "read"): {"administrator": "any"},
}

# Whose contact details a role may see (rights.md, contact person).
CONTACTS: dict[str, Contacts] = {
    "coordinator": "all", "manager": "all", "partner": "consent",
    "leader": "focal", "mentor": "focal", "supervisor": "focal", "administrator": "none",
}  # fmt: skip
_WIDEST: tuple[Contacts, ...] = ("all", "consent", "focal", "none")


@dataclass(frozen=True, slots=True)
class Need:
    """What a route needs: a row of the table, and which of its arguments names the record."""

    noun: str
    action: str
    record: str = ""
    label: str = ""


PUBLIC = Need("public", "read")


def allow(noun: str, action: str, *, record: str = "", label: str = "") -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let a route run only for who may do `action` on `noun` (on the record its argument `record` names).

    `noun` may be `*`: then the route's `slug` argument names the kind. `label` is the record's kind where a noun has several.
    """

    def wear(view: Callable[P, R]) -> Callable[P, R]:
        need = Need(noun, action, record, label)

        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            enforce(need, cast("dict[str, Any]", kwargs))
            return view(*args, **kwargs)

        guarded.need = need  # type: ignore[attr-defined]
        return guarded

    return wear


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Mark a route that anybody may call."""
    view.need = PUBLIC  # type: ignore[attr-defined]
    return view


def need_of(view: object) -> Need | None:
    """What a route declared, or None where it declared nothing."""
    return getattr(view, "need", None)


def enforce(need: Need, arguments: dict[str, Any]) -> None:
    """Abort unless the reader may: 401 or the sign-in page, 403, or 404 where even existence is secret."""
    if not current_user.is_authenticated:
        _ask_to_sign_in()
    noun, label = need.noun, need.label
    if noun == "*":
        noun, label = _kind_of_route(arguments)
    relations = granted(current_user.roles, noun, need.action)
    if not relations:
        abort(404 if noun in SECRET else 403)
    record = arguments.get(need.record) if need.record else None
    if record is not None:
        _enforce_on_record(str(record), noun, label, relations)


def granted(roles: frozenset[str], noun: str, action: str) -> frozenset[Relation]:
    """The relations by which these roles may act."""
    row = TABLE.get((noun, action), {})
    return frozenset(row[role] for role in roles if role in row)


def may(action: str, noun: str, own: bool = False) -> bool:
    """For templates: whether to show a button. `own` says that the record is the reader's."""
    if not current_user.is_authenticated:
        return False
    relations = granted(current_user.roles, noun, action)
    return "any" in relations or (own and bool(relations))


def may_here(action: str, noun: str) -> bool:
    """Whether the reader may do it to the record that this request is about."""
    found = cast("Standing | None", g.get("standing"))
    return found is not None and allowed_by(granted(current_user.roles, noun, action), found)


def viewer() -> Viewer:
    """The eyes of this request."""
    return cast("Viewer", current_user.viewer) if current_user.is_authenticated else Viewer()


def actor() -> Actor:
    """Who acts in this request."""
    return Actor(current_user.id if current_user.is_authenticated else "anonymous", "web")


def viewer_of(account: str, person: str, grants: list[dict[str, str]], people: list[str]) -> Viewer:
    """The eyes of an account with these grants."""
    roles = frozenset(grant["role"] for grant in grants)
    seen = {CONTACTS[role] for role in roles if role in CONTACTS}
    widest: Contacts = "none"
    for scope in reversed(_WIDEST):
        widest = scope if scope in seen else widest
    return Viewer(
        account=account,
        person=person,
        roles=roles,
        organisations=tuple(sorted({grant["organisation"] for grant in grants if grant.get("organisation")})),
        programmes=_programmes(grants, WORKS_IN),
        overseen=_programmes(grants, OVERSEES),
        supervised=_programmes(grants, {"supervisor"}),
        people=tuple(people),
        contacts=widest,
        protected=bool(roles & {"coordinator"}),
    )


def _programmes(grants: list[dict[str, str]], roles: Set[str]) -> tuple[str, ...]:
    return tuple(sorted({grant["programme"] for grant in grants if grant["role"] in roles and grant.get("programme")}))


def _kind_of_route(arguments: dict[str, Any]) -> tuple[str, str]:
    try:
        kind = kind_at(str(arguments.get("slug")))
    except KeyError:
        abort(404)
    if not kind.plain:
        abort(404)
    return kind.noun, kind.label


def _enforce_on_record(record: str, noun: str, label: str, relations: frozenset[Relation]) -> None:
    graph = cast("Graph", current_app.extensions["graph"])
    found = standing(graph, kind_of(label), record, viewer())
    g.standing = found
    if found is None:
        abort(404)
    if not allowed_by(relations, found):
        abort(404 if noun in SECRET else 403)
    if found.archived and not granted(current_user.roles, noun, "archive"):
        abort(404)


def allowed_by(relations: frozenset[Relation], found: Standing) -> bool:
    """Whether one of the relations holds."""
    return (
        "any" in relations
        or (bool(relations) and found.own)
        or ("party" in relations and found.party)
        or ("programme" in relations and found.programme)
    )


def _ask_to_sign_in() -> None:
    if request.method in {"GET", "HEAD"} and request.accept_mimetypes.accept_html:
        target = url_for("accounts.sign_in", next=request.full_path.rstrip("?"))
        abort(redirect(target))
    abort(401)
