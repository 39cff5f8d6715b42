"""Collaboration gaps: who should work together and does not, each with its reasons (definitions.md 2.5)."""

from analytics.collaboration.facts import (
    Action,
    Agreement,
    CollaborationFacts,
    Meeting,
    Member,
    MentoringPair,
    ObservedTie,
    OpenGap,
    Person,
    Project,
    Referral,
    SeriesMember,
    Window,
)
from analytics.collaboration.gap import CollaborationGap, GapClass, NotJudged
from analytics.collaboration.report import CollaborationReport, find_gaps

__all__ = [
    "Action",
    "Agreement",
    "CollaborationFacts",
    "CollaborationGap",
    "CollaborationReport",
    "GapClass",
    "Meeting",
    "Member",
    "MentoringPair",
    "NotJudged",
    "ObservedTie",
    "OpenGap",
    "Person",
    "Project",
    "Referral",
    "SeriesMember",
    "Window",
    "find_gaps",
]
