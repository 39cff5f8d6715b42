"""Referrals: sent by one organisation to another, answered step by step; every step an event that is only added.

`state`, `answered_on` and `closed_on` on the referral are a cache of `(Referral)-[:HAS_EVENT]->(Event)`.
The case reference and the note are for sender and receiver only: the queries hold them back from everybody else.
"""

from graphdb.referrals.reading import (
    CLOCKS,
    COUNTS,
    Choices,
    Clock,
    Line,
    ReferralView,
    Step,
    board,
    choices,
    show,
)
from graphdb.referrals.writing import NewReferral, send, take_step

__all__ = [
    "CLOCKS", "COUNTS", "Choices", "Clock", "Line", "NewReferral", "ReferralView", "Step", "board", "choices", "send",
    "show", "take_step",
]  # fmt: skip
