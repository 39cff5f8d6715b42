"""Sending a referral and taking its steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ulid import ULID

from analytics.referral_steps import STEPS, IllegalStepError, after
from graphdb import records
from graphdb.catalogue import kind_of
from graphdb.errors import MissingError
from graphdb.statements import Found, Read, Write
from graphdb.tokens import new_case_reference
from graphdb.words import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphdb.connection import Graph
    from graphdb.writes import Change

REFERRAL = kind_of("Referral")
ANSWERS = ("acknowledge", "accept", "decline")
ENDS = ("decline", "close_helped", "close_not_helped", "withdraw")
"""Steps that answer and steps that end: on the first day of each the cached dates are set."""


@dataclass(frozen=True, slots=True)
class State:
    state: str
    sends: bool
    receives: bool


STATE_OF = Read(
    State,
    """
    MATCH (s:Organisation)-[:SENT]->(r:Referral {id: $id})-[:TO]->(e:Organisation) WHERE r.archived_at IS NULL
    RETURN r.state AS state, s.id IN $organisations AS sends, e.id IN $organisations AND r.state <> 'draft' AS receives
    ORDER BY state
    """,
)

ADD_EVENT = Write(
    Found,
    """
    MATCH (r:Referral {id: $id})
    CREATE (r)-[:HAS_EVENT]->(v:Event {id: $event, kind: $kind, at: $at, by: $by, from_state: $before, to_state: $after})
    SET v.reason = $reason, r.state = $after, r.reason = coalesce($reason, r.reason),
        r.sent_on = CASE WHEN $kind = 'send' THEN date($at) ELSE r.sent_on END,
        r.answered_on = CASE WHEN $kind IN $answers THEN coalesce(r.answered_on, date($at)) ELSE r.answered_on END,
        r.closed_on = CASE WHEN $kind IN $ends THEN date($at) ELSE r.closed_on END,
        r.version = r.version + 1, r.changed_at = $at
    RETURN r.id AS id
    """,
)


@dataclass(frozen=True, slots=True)
class NewReferral:
    """What a sender fills in; the case reference is drawn, never typed."""

    sender: str
    receiver: str
    service: str
    group: str
    place: str
    priority: str
    note: str


def send(change: Change, graph: Graph, new: NewReferral) -> str:
    """Make a referral and send it, as two events of one transaction. Raises RefusedError, MissingError."""
    values = {"case_ref": new_case_reference(), "state": "draft", "priority": new.priority, "note": new.note}
    links = {
        "sender": [new.sender], "receiver": [new.receiver], "service": [new.service],
        "group": [new.group] if new.group else [], "place": [new.place] if new.place else [],
    }  # fmt: skip
    referral = records.create(change, graph, REFERRAL, values, links)
    take_step(change, referral, "send", (new.sender,))
    return referral


def take_step(
    change: Change, referral: str, kind: str, organisations: Sequence[str], reason: str = "", version: int | None = None
) -> str:
    """One step of a referral by a user of these organisations; returns the new state.

    The reason is a code of `decline_reason`, kept only where the step asks for one. Raises IllegalStepError also for a
    step of the other side, RefusedError where a reason is needed, ConflictError, MissingError.
    """
    change.take(referral, version)
    found = change.one(STATE_OF, id=referral, organisations=list(organisations))
    if found is None or not (found.sends or found.receives):
        raise MissingError(referral)
    now = after(found.state, kind)
    step = STEPS[kind]
    if not (found.sends if step.side == "sender" else found.receives):
        raise IllegalStepError(found.state, kind)
    coded = records.checked(REFERRAL, {"reason": reason}).get("reason") if step.reasoned else None
    if step.reasoned and not coded:
        raise records.RefusedError({"reason": records.BadValueError(N_("This is needed."))})
    change.run(
        ADD_EVENT, id=referral, event=str(ULID()), kind=kind, at=change.at, by=change.actor.id, before=found.state,
        after=now, reason=coded, answers=ANSWERS, ends=ENDS,
    )  # fmt: skip
    change.did(kind, "Referral", referral, ("state",))
    return now
