"""Gaps as records: what the rules found, kept under a stable key, with what people decided about it.

Finding never overwrites a decision. A gap that the records no longer show is closed; one that nobody can judge any more
stays as it was; one that comes back is open again.
"""

from analytics.gap_steps import OPEN, SETTLED
from graphdb.gaps.deciding import (
    NoSuchStepError,
    NoteNeededError,
    accept_risk,
    answer,
    confirm,
    drop_decision,
    not_a_gap,
    put_on_agenda,
)
from graphdb.gaps.keeping import Finding, Judgement, keep, record
from graphdb.gaps.listing import ListedGap, listed
from graphdb.gaps.reading import Agenda, Answer, Decided, GapView, Planned, decisions, show

__all__ = [
    "OPEN", "SETTLED", "Agenda", "Answer", "Decided", "Finding", "GapView", "Judgement", "ListedGap", "NoSuchStepError", "NoteNeededError",
    "Planned", "accept_risk", "answer", "confirm", "decisions", "drop_decision", "keep", "listed", "not_a_gap", "put_on_agenda",
    "record", "show",
]  # fmt: skip
