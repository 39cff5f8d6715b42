"""Planning the next meeting from what is open (architecture.md, walk c)."""

from analytics.planning.agenda import AgendaProposal, proposals
from analytics.planning.facts import MINUTES, CarriedItem, ItemKind, Partner, PlanGap, PlanningFacts, Seat
from analytics.planning.invitations import Invitation, fewest, invitations
from analytics.planning.plan import LeftOut, NotInvited, Plan, propose

__all__ = [
    "MINUTES",
    "AgendaProposal",
    "CarriedItem",
    "Invitation",
    "ItemKind",
    "LeftOut",
    "NotInvited",
    "Partner",
    "Plan",
    "PlanGap",
    "PlanningFacts",
    "Seat",
    "fewest",
    "invitations",
    "proposals",
    "propose",
]
