"""What people decide about a gap: confirmed, none, a risk they accept, a matter for the next meeting."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from analytics.gap_steps import IllegalGapStepError, decided
from graphdb import records
from graphdb.errors import MissingError
from graphdb.gaps.keeping import GAP
from graphdb.meetings.agenda import NewItem, add_items
from graphdb.records import BadValueError, RefusedError
from graphdb.records.checks import checked
from graphdb.statements import Found, Nothing, Read, Write
from graphdb.words import N_

if TYPE_CHECKING:
    from datetime import date

    from graphdb.connection import Graph
    from graphdb.writes import Change

SAYS = ("confirms", "disputes")


class NoteNeededError(RefusedError):
    """A decision that needs its why was made without."""

    def __init__(self) -> None:
        super().__init__({"note": BadValueError(N_("Say why: others will read it."))})


class NoSuchStepError(RefusedError):
    """A decision that does not follow from the state of the gap."""

    def __init__(self, gap: str) -> None:
        super().__init__(
            {
                "note": BadValueError(
                    N_("The gap is in another state by now; from there this cannot be done. Look again.")
                )
            }
        )
        self.gap = gap


@dataclass(frozen=True, slots=True)
class State:
    state: str


STATE_OF = Read(State, "MATCH (g:Gap {id: $id}) RETURN g.state AS state ORDER BY state LIMIT 1")

DECIDE = Write(
    Nothing,
    """
    MATCH (g:Gap {id: $id})
    SET g.state = $state, g.note = $note, g.accepted_until = $until, g.decided_on = $on,
        g.version = g.version + 1, g.changed_at = $at
    """,
)

ANSWER = Write(
    Nothing,
    """
    MATCH (g:Gap {id: $id}) MATCH (o:Organisation {id: $organisation})
    MERGE (o)-[a:ANSWERED]->(g)
    SET a.said = $said, a.on = $on, a.note = $note
    SET g.changed_at = $at
    """,
)

ON_AGENDA = Read(
    Found,
    """
    MATCH (m:Meeting {id: $meeting})-[:HAS_ITEM]->(i:AgendaItem)-[:ABOUT]->(:Gap {id: $gap})
    WHERE i.state <> 'dropped'
    RETURN i.id AS id ORDER BY id LIMIT 1
    """,
)

OPEN_AGENDA = Read(
    Found,
    """
    MATCH (m:Meeting {id: $meeting}) WHERE m.archived_at IS NULL AND m.state IN ['planned', 'invited']
    RETURN m.id AS id ORDER BY id LIMIT 1
    """,
)


def confirm(c: Change, gap: str, version: int | None = None, note: str = "") -> None:
    """Somebody has looked: it is a gap. Raises NoSuchStepError, as all decisions do."""
    _decide(c, gap, version, "confirm", note)


def not_a_gap(c: Change, gap: str, version: int | None, note: str) -> None:
    """It is none, and why. Detection keeps that. Raises NoteNeededError."""
    _decide(c, gap, version, "false_positive", note, needs_note=True)


def accept_risk(c: Change, gap: str, version: int | None, until: date | str, note: str) -> None:
    """The network lives with it until a day; then it is open again. Raises NoteNeededError, RefusedError."""
    accepted = checked(GAP, {"accepted_until": until})["accepted_until"]
    if accepted is None:
        raise RefusedError({"accepted_until": BadValueError(N_("This is needed."))})
    if accepted <= c.at.date():  # type: ignore[operator]
        raise RefusedError({"accepted_until": BadValueError(N_("Choose a day that is still to come."))})
    _decide(c, gap, version, "accept_risk", note, until=accepted, needs_note=True)


def drop_decision(c: Change, gap: str, version: int | None = None) -> None:
    """Take a decision back: the gap is open again."""
    _decide(c, gap, version, "reopen", "")


def answer(c: Change, gap: str, organisation: str, said: str, note: str) -> None:
    """A partner whom the gap concerns confirms or disputes it; those who decide see it. Raises RefusedError."""
    if said not in SAYS:
        raise RefusedError({"said": BadValueError(N_("“{value}” is not one of the choices."), value=said[:40])})
    text = _note(note, needed=said == "disputes")
    c.take(gap)
    c.run(ANSWER, id=gap, organisation=organisation, said=said, on=c.at.date(), note=text, at=c.at)
    c.did(said, "Gap", gap, ("note",))


def put_on_agenda(c: Change, graph: Graph, gap: str, meeting: str, item: NewItem) -> None:
    """Put it on the agenda of a meeting to come; once, however often it is asked. Raises MissingError."""
    if c.one(OPEN_AGENDA, meeting=meeting) is None:
        raise MissingError(meeting)
    c.take(meeting)
    if c.one(ON_AGENDA, meeting=meeting, gap=gap):
        return
    add_items(c, graph, meeting, [replace(item, about=(gap,))])
    found = c.one(STATE_OF, id=gap)
    if found and found.state != "on_agenda":
        _decide(c, gap, None, "agenda", "")


def _decide(
    c: Change,
    gap: str, version: int | None, verb: str, note: str, *,
    until: object = None, needs_note: bool = False,
) -> None:  # fmt: skip
    text = _note(note, needed=needs_note)
    c.take(gap, version)
    state = _after(c, gap, verb)
    records.revise(c, GAP, gap)
    c.run(DECIDE, id=gap, state=state, note=text, until=until, on=c.at.date(), at=c.at)
    c.did(verb, "Gap", gap, ("state",))


def _after(c: Change, gap: str, verb: str) -> str:
    found = c.one(STATE_OF, id=gap)
    if found is None:
        raise MissingError(gap)
    try:
        return decided(found.state, verb)
    except IllegalGapStepError as illegal:
        raise NoSuchStepError(gap) from illegal


def _note(note: str, *, needed: bool) -> str | None:
    text = checked(GAP, {"note": note})["note"]
    if needed and not text:
        raise NoteNeededError
    return str(text) if text else None
