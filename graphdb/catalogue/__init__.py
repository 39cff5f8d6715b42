"""Every kind of record and tie, declared once; all else is derived from here."""

from __future__ import annotations

from graphdb.catalogue.casework import CASE_STEP, CONFERENCE
from graphdb.catalogue.community_work import CAMPAIGN, ISSUE, MEDIATION, STEP
from graphdb.catalogue.consultations import COMMENT, CONSULTATION, DISCUSSION, QUESTION
from graphdb.catalogue.cooperation import (
    ACTION,
    AGREEMENT,
    DECLARED_TIE,
    MEETING,
    PERSON_TIE,
    PROGRAMME,
    PROJECT,
    SERIES,
    SHARING_RULE,
)
from graphdb.catalogue.directory import GROUP, PLACE, SERVICE, SERVICE_TYPE
from graphdb.catalogue.gaps import ASSESSMENT, GAP, REQUIREMENT
from graphdb.catalogue.partners import COMMUNITY, EMPLOYMENT, ORGANISATION, PERSON, UNIT
from graphdb.catalogue.people_work import CONSENT, CONTACT, MENTORSHIP, REFERRAL
from graphdb.catalogue.programmes import ENROLMENT, MATCH_DECISION, PARTICIPATION, TRAINING
from graphdb.catalogue.relations import TIES, tie
from graphdb.catalogue.shapes import Class, Field, Kind, Link, Term, Tie
from graphdb.catalogue.supervision import CONCERN, SUPERVISION
from graphdb.catalogue.vocabularies import VOCABULARIES, codes, word_of

KINDS: tuple[Kind, ...] = (
    ORGANISATION, UNIT, PERSON, EMPLOYMENT, COMMUNITY,
    PLACE, SERVICE_TYPE, GROUP, SERVICE, REQUIREMENT, ASSESSMENT, GAP,
    AGREEMENT, SHARING_RULE, PROJECT, PROGRAMME, DECLARED_TIE, PERSON_TIE, SERIES, MEETING, ACTION,
    CONSULTATION, COMMENT, DISCUSSION, QUESTION,
    REFERRAL, CONSENT, CONFERENCE, CASE_STEP, MENTORSHIP, CONTACT, SUPERVISION, CONCERN,
    PARTICIPATION, TRAINING, ENROLMENT, MATCH_DECISION,
    ISSUE, CAMPAIGN, MEDIATION, STEP,
)  # fmt: skip

_BY_LABEL = {kind.label: kind for kind in KINDS}
_BY_SLUG = {kind.slug: kind for kind in KINDS}


def kind_of(label: str) -> Kind:
    """The kind with that label. Raises KeyError."""
    return _BY_LABEL[label]


def kind_at(slug: str) -> Kind:
    """The kind with that name in addresses. Raises KeyError."""
    return _BY_SLUG[slug]


__all__ = [
    "KINDS", "TIES", "VOCABULARIES", "Class", "Field", "Kind", "Link", "Term", "Tie",
    "codes", "kind_at", "kind_of", "tie", "word_of",
]  # fmt: skip
