"""Referrals: sent by one organisation to another, answered step by step; every step an event that is only added.

`state` and the dates on the referral (sent, answered, served, closed, feedback seen) are a cache of
`(Referral)-[:HAS_EVENT]->(Event)`. What the person agreed to is a Consent: without it nothing goes on, and when it is
withdrawn everything under it stops.
The case reference and the note are for sender and receiver only: the queries hold them back from everybody else.
"""

from graphdb.referrals.consents import ITEMS, ConsentError, NewConsent, allow_onward
from graphdb.referrals.consents import record as record_consent
from graphdb.referrals.reading import (
    CLOCKS,
    Agreed,
    Choices,
    Clock,
    Line,
    ReferralView,
    Step,
    board,
    choices,
    show,
)
from graphdb.referrals.writing import NewReferral, Taken, pass_on, send, take_step

__all__ = [
    "CLOCKS", "ITEMS", "Agreed", "Choices", "Clock", "ConsentError", "Line", "NewConsent", "NewReferral",
    "ReferralView", "Step", "Taken", "allow_onward", "board", "choices", "pass_on", "record_consent", "send", "show",
    "take_step",
]  # fmt: skip
