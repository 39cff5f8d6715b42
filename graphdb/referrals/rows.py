"""Referrals that were kept elsewhere: their steps on the days a list tells, and what is here already.

Only days are known, so each event stands at the beginning of its day and is marked as told by a list. Clocks leave these
referrals alone until somebody takes a step here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from ulid import ULID

from analytics.referral_steps import STEPS, after, cached
from graphdb.statements import Counted, Read, Write

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graphdb.connection import Tx
    from graphdb.records import New
    from graphdb.writes import Change

LIST = "list"
"""How such an event was told."""


@dataclass(frozen=True, slots=True)
class Case:
    """A referral that is there: what it is about, where it stands, and the import it came with."""

    id: str
    sender: str
    receiver: str
    service: str
    sent_on: date
    group: str | None
    place: str | None
    priority: str | None
    age_band: str | None
    state: str
    with_import: str | None

    def differs(self, group: str | None, place: str | None, age_band: str | None) -> int | None:
        """In how many of these a list that names the same partners, service and day knows more or less; None: another case."""
        pairs = ((self.group, group), (self.place, place), (self.age_band, age_band))
        if any(one and other and one != other for one, other in pairs):
            return None
        return sum(one != other for one, other in pairs)


@dataclass(frozen=True, slots=True)
class Cases:
    """One row: the fields of every Case in their order."""

    cases: list[list[Any]]


CASES = Read(
    Cases,
    """
    MATCH (s:Organisation) WHERE s.id IN $senders
    WITH s ORDER BY s.id
    RETURN COLLECT {
      MATCH (s)-[:SENT]->(r:Referral)-[:TO]->(e:Organisation) WHERE r.archived_at IS NULL AND r.sent_on IS NOT NULL
      MATCH (r)-[:FOR_SERVICE]->(t:ServiceType)
      WITH s, r, e, t ORDER BY r.sent_on, r.id
      RETURN [r.id, s.id, e.id, t.id, r.sent_on,
              head(COLLECT { MATCH (r)-[:FOR_GROUP]->(g:PopulationGroup) RETURN g.id }),
              head(COLLECT { MATCH (r)-[:FOR_PLACE]->(p:Place) RETURN p.id }), r.priority, r.age_band, r.state, r.import_id]
    } AS cases
    ORDER BY cases
    """,
)

ADD_EVENTS = Write(
    Counted,
    """
    UNWIND $rows AS row
    MATCH (r:Referral {id: row.subject})
    CREATE (r)-[:HAS_EVENT]->(v:Event)
    SET v = row
    RETURN count(v) AS n
    """,
)


def known(tx: Tx, senders: Sequence[str]) -> list[Case]:
    """The referrals these organisations have sent, the first sent first. One statement."""
    return [Case(*row) for part in tx.fetch(CASES, senders=list(senders)) for row in part.cases]


def values_of(steps: Sequence[tuple[str, date]], reason: str | None) -> dict[str, object]:
    """What a referral with these steps says of itself: the same as if they had been taken here."""
    kept = cached(steps)
    return {
        "state": kept.state, "sent_on": kept.sent_on, "answered_on": kept.answered_on, "served_on": kept.served_on,
        "closed_on": kept.closed_on, "feedback_seen_on": kept.feedback_seen_on,
        "reason": reason if any(STEPS[kind].reasoned for kind, _ in steps) else None,
    }  # fmt: skip


def bring_steps(
    change: Change, import_: str, referrals: Sequence[New], histories: Mapping[str, Sequence[tuple[str, date]]]
) -> None:
    """Write the events of referrals just made, in the order of their steps."""
    rows = [
        row
        for made in referrals
        for row in _events(change, import_, made.id, histories[made.id], made.values.get("reason"))
    ]
    change.run(ADD_EVENTS, rows=rows)


def _events(
    change: Change, import_: str, referral: str, steps: Sequence[tuple[str, date]], reason: object
) -> Iterator[dict[str, Any]]:
    state = "draft"
    for n, (kind, day) in enumerate(steps):
        before, state = state, after(state, kind)
        at = datetime.combine(day, time(), UTC)
        row = {
            # ids in the order of the steps, for several may stand on one day
            "id": str(ULID.from_datetime(at + timedelta(milliseconds=n))), "kind": kind, "at": at,
            "by": change.actor.id, "from_state": before, "to_state": state, "via": LIST, "subject": referral,
            "import_id": import_,
        }  # fmt: skip
        yield row | ({"reason": reason} if STEPS[kind].reasoned else {})
