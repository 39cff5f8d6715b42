"""Mentoring pairs and their contacts: who accompanies whom, since when, when they last spoke.

A pair's history of states lies beside its state, as a service's does: `states` holds "2025-03-01=active" (an undated
first "=active"), so that every past date can be answered. Notes and goals are sealed with the key of the pair; only
the pair and a supervisor of its programme get them out of here, and the query itself holds the rest back.
"""

from graphdb.mentoring.goals import Goal, own_goals
from graphdb.mentoring.network import Candidates, Member, Network, Pair, candidates, history, network
from graphdb.mentoring.own import MAY_INSIST, NotKeptError, log_own
from graphdb.mentoring.pair import Contact, PairView, show
from graphdb.mentoring.writing import (
    MOVES,
    OPEN,
    AlreadyPairedError,
    IllegalStepError,
    NewContact,
    NewPair,
    log_contact,
    make_pair,
    move_pair,
    take_back_contact,
)

__all__ = [
    "MAY_INSIST", "MOVES", "OPEN", "AlreadyPairedError", "Candidates", "Contact", "Goal", "IllegalStepError", "Member", "Network", "NewContact",
    "NewPair", "NotKeptError", "Pair", "PairView", "candidates", "history", "log_contact", "log_own", "make_pair", "move_pair", "network", "own_goals", "show", "take_back_contact",
]  # fmt: skip
