"""Sending a referral, taking its steps, passing it on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ulid import ULID

from analytics.referral_steps import ANSWERS, ASKS, ENDS, STEPS, IllegalStepError, after
from graphdb import records
from graphdb.catalogue import kind_of
from graphdb.errors import MissingError
from graphdb.referrals import consents
from graphdb.referrals.notes import sealed_note
from graphdb.statements import Found, Nothing, Read, Write
from graphdb.tokens import new_case_reference
from graphdb.words import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphdb.connection import Graph
    from graphdb.referrals.consents import NewConsent
    from graphdb.writes import Change

REFERRAL = kind_of("Referral")
NEEDED = records.BadValueError(N_("This is needed."))


@dataclass(frozen=True, slots=True)
class State:
    """Where a referral stands, and on which sides of it the reader's organisations are."""

    state: str
    seen: bool
    sends: bool
    receives: bool


STATE_OF = Read(
    State,
    """
    MATCH (s:Organisation)-[:SENT]->(r:Referral {id: $id})-[:TO]->(e:Organisation) WHERE r.archived_at IS NULL
    RETURN r.state AS state, r.feedback_seen_on IS NOT NULL AS seen, s.id IN $organisations AS sends,
           e.id IN $organisations AND r.state <> 'draft' AS receives
    ORDER BY state
    """,
)

ADD_EVENT = Write(
    Found,
    """
    MATCH (r:Referral {id: $id})
    CREATE (r)-[:HAS_EVENT]->(v:Event {id: $event, kind: $kind, at: $at, by: $by, from_state: $before, to_state: $after})
    SET v.reason = $reason, v.via = $via, v.note = $note, v.subject = $id,
        r.state = $after, r.reason = coalesce($reason, r.reason),
        r.asked_at = CASE WHEN $kind IN $asks THEN $at ELSE r.asked_at END,
        r.reminded_at = CASE WHEN $kind IN $asks THEN null ELSE r.reminded_at END,
        r.escalated_at = CASE WHEN $kind IN $asks THEN null ELSE r.escalated_at END,
        r.sent_on = CASE WHEN $kind = 'send' THEN date($at) ELSE r.sent_on END,
        r.answered_on = CASE WHEN $kind IN $answers THEN coalesce(r.answered_on, date($at)) ELSE r.answered_on END,
        r.served_on = CASE WHEN $kind = 'begin' THEN coalesce(r.served_on, date($at)) ELSE r.served_on END,
        r.closed_on = CASE WHEN $kind IN $ends THEN date($at) WHEN $kind = 'reopen' THEN null ELSE r.closed_on END,
        r.feedback_seen_on = CASE WHEN $kind = 'see' THEN date($at) WHEN $kind = 'reopen' THEN null
                                  ELSE r.feedback_seen_on END,
        r.version = r.version + 1, r.changed_at = $at
    RETURN r.id AS id
    """,
)


@dataclass(frozen=True, slots=True)
class Onward:
    """What a referral that is passed on takes along. `listed`: it came from a list, without its consent."""

    receiver: str
    service: str | None
    group: str | None
    place: str | None
    priority: str | None
    consent: str | None
    age_band: str | None
    languages: list[str]
    listed: bool


ONWARD = Read(
    Onward,
    """
    MATCH (r:Referral {id: $id})-[:TO]->(e:Organisation)
    RETURN e.id AS receiver, head(COLLECT { MATCH (r)-[:FOR_SERVICE]->(t:ServiceType) RETURN t.id }) AS service,
           head(COLLECT { MATCH (r)-[:FOR_GROUP]->(g:PopulationGroup) RETURN g.id }) AS group,
           head(COLLECT { MATCH (r)-[:FOR_PLACE]->(p:Place) RETURN p.id }) AS place, r.priority AS priority,
           head(COLLECT { MATCH (r)-[:UNDER]->(c:Consent) RETURN c.id }) AS consent,
           r.age_band AS age_band, coalesce(r.languages, []) AS languages,
           r.import_id IS NOT NULL AS listed
    ORDER BY receiver
    """,
)
CHAIN = Write(
    Nothing, "MATCH (a:Referral {id: $from_referral}) MATCH (b:Referral {id: $onward}) CREATE (a)-[:REDIRECTED_AS]->(b)"
)


@dataclass(frozen=True, slots=True)
class Open:
    id: str


# Every referral of a consent that is not over: the one it was given for and those it was passed on as.
UNDER_CONSENT = Read(
    Open,
    """
    MATCH (r:Referral {id: $id})-[:UNDER]->(c:Consent)<-[:UNDER]-(x:Referral)
    WHERE x.id <> $id AND x.archived_at IS NULL AND x.state IN $states
    RETURN x.id AS id ORDER BY id
    """,
)


@dataclass(frozen=True, slots=True)
class NewReferral:
    """What a sender fills in; the case reference is drawn, never typed. `language`: codes of what the person speaks."""

    sender: str
    receiver: str
    service: str
    group: str
    place: str
    priority: str
    note: str
    consent: NewConsent | None = None
    age_band: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A step to take: a code of `decline_reason` and a text where it asks for them; how it was told, "" by the party itself.

    `via` is `link` for a one-time link, `told` where the other side entered what it heard.
    """

    kind: str
    reason: str = ""
    note: str = ""
    via: str = ""


def send(change: Change, graph: Graph, new: NewReferral) -> str:
    """Make a referral with its consent and send it, as one transaction. Raises RefusedError, MissingError."""
    consent = consents.record(change, graph, new.sender, (new.receiver,), new.consent) if new.consent else None
    referral = _create(change, graph, new, consent)
    take_step(change, graph, referral, Taken("send"), (new.sender,))
    return referral


def take_step(
    change: Change, graph: Graph, referral: str, taken: Taken, organisations: Sequence[str], version: int | None = None
) -> str:
    """One step of a referral by a user of these organisations; returns the new state.

    When the person withdraws the consent, every open referral under it stops with this one. Raises IllegalStepError also
    for a step of the other side, RefusedError where a reason or a note is needed, ConflictError, MissingError.
    """
    change.take(referral, version)
    found = change.one(STATE_OF, id=referral, organisations=list(organisations))
    if found is None or not (found.sends or found.receives):
        raise MissingError(referral)
    now = after(found.state, taken.kind)
    _demand_side(found, taken)
    _add(change, graph, referral, taken, found.state, now)
    if taken.kind == "revoke":
        _stop_the_flow(change, graph, referral)
    return now


def pass_on(
    change: Change, graph: Graph, referral: str, receiver: str, organisations: Sequence[str], version: int | None = None
) -> str:
    """Pass a case on to another organisation, as a referral of its own under the same consent; returns its id.

    Raises IllegalStepError, ConsentError where the consent does not name the receiver, ConflictError, MissingError.
    """
    take_step(change, graph, referral, Taken("redirect"), organisations, version)
    old = change.one(ONWARD, id=referral)
    assert old is not None
    if old.consent:
        consents.demand_recipient(change, old.consent, receiver)
    elif old.listed:
        raise consents.ConsentError(receiver)
    new = NewReferral(
        old.receiver, receiver, old.service or "", old.group or "", old.place or "", old.priority or "normal", "",
        age_band=old.age_band or "", language=", ".join(old.languages),
    )  # fmt: skip
    onward = _create(change, graph, new, old.consent)
    change.run(CHAIN, from_referral=referral, onward=onward)
    take_step(change, graph, onward, Taken("send"), (old.receiver,))
    return onward


def expire(change: Change, graph: Graph, referral: str) -> bool:
    """The clock ends a referral that nobody has answered; says whether it did, for somebody may have been quicker."""
    change.take(referral)
    found = change.one(STATE_OF, id=referral, organisations=[])
    if found is None or found.state not in STEPS["expire"].before:
        return False
    _add(change, graph, referral, Taken("expire"), found.state, after(found.state, "expire"))
    return True


def _create(change: Change, graph: Graph, new: NewReferral, consent: str | None) -> str:
    values = {"case_ref": new_case_reference(), "state": "draft", "priority": new.priority, "note": new.note,
              "age_band": new.age_band, "languages": new.language}  # fmt: skip
    links = {
        "sender": [new.sender], "receiver": [new.receiver], "service": [new.service],
        "group": [new.group] if new.group else [], "place": [new.place] if new.place else [],
        "consent": [consent] if consent else [],
    }  # fmt: skip
    return records.create(change, graph, REFERRAL, values, links)


def _demand_side(found: State, taken: Taken) -> None:
    """Refuse a step of the other side, but for what one side enters as told by the other; and feedback seen twice."""
    side = STEPS[taken.kind].side
    told = taken.via in {"told", "link"}
    may = {
        "sender": found.sends, "receiver": found.receives or (told and found.sends), "either": True, "time": False,
    }[side]  # fmt: skip
    if not may or (taken.kind == "see" and found.seen):
        raise IllegalStepError(found.state, taken.kind)


def _add(change: Change, graph: Graph, referral: str, taken: Taken, before: str, now: str) -> None:
    step, event = STEPS[taken.kind], str(ULID())
    coded = records.checked(REFERRAL, {"reason": taken.reason}).get("reason") if step.reasoned else None
    if step.reasoned and not coded:
        raise records.RefusedError({"reason": NEEDED})
    if step.noted and not taken.note.strip():
        raise records.RefusedError({"note": NEEDED})
    note = sealed_note(graph.vault, referral, event, taken.note) if step.noted else None
    change.run(
        ADD_EVENT, id=referral, event=event, kind=taken.kind, at=change.at, by=change.actor.id, before=before, after=now,
        reason=coded, via=taken.via or None, note=note, answers=ANSWERS, ends=ENDS, asks=ASKS,
    )  # fmt: skip
    change.did(taken.kind, "Referral", referral, ("state",))


def _stop_the_flow(change: Change, graph: Graph, referral: str) -> None:
    consents.withdraw(change, referral)
    open_states = sorted(STEPS["revoke"].before)
    for other in change.run(UNDER_CONSENT, id=referral, states=open_states):
        change.take(other.id, None)
        found = change.one(STATE_OF, id=other.id, organisations=[])
        if found is not None:
            _add(change, graph, other.id, Taken("revoke"), found.state, after(found.state, "revoke"))
