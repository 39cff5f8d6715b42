"""Referrals, mentoring pairs and their contacts: the protected evidence of real work."""

from __future__ import annotations

from graphdb.catalogue.naming import SOURCE, validity
from graphdb.catalogue.shapes import Class, Field, Kind, Link
from graphdb.words import N_

REFERRAL = Kind(
    label="Referral",
    slug="referrals",
    prefix="",
    noun="referral",
    word=N_("referral"),
    words=N_("Referrals"),
    about=N_("One organisation sends a case to another: a random case reference, never a name."),
    example="K7QD-2M9X-4RTA-6",
    title="case_ref",
    plain=False,
    dated=False,
    parties=("sender", "receiver"),
    fields=(
        Field("case_ref", "text", N_("Case reference"), Class.PARTIES, required=True),
        Field("state", "choice", N_("State"), Class.PARTIES, required=True, vocabulary="referral_state", listed=True),
        Field("priority", "choice", N_("Priority"), Class.PARTIES, vocabulary="priority", listed=True),
        Field("sent_on", "date", N_("Sent on"), Class.PARTIES, listed=True),
        Field("answered_on", "date", N_("Answered on"), Class.PARTIES, listed=True),
        Field("served_on", "date", N_("Service began on"), Class.PARTIES),
        Field("closed_on", "date", N_("Closed on"), Class.PARTIES, listed=True),
        Field("feedback_seen_on", "date", N_("The sender saw what came of it on"), Class.PARTIES),
        Field("reason", "choice", N_("Reason"), Class.PARTIES, vocabulary="decline_reason"),
        Field("age_band", "choice", N_("Age"), Class.PARTIES, vocabulary="age_band"),
        Field(
            "languages",
            "languages",
            N_("Speaks"),
            Class.PARTIES,
            hint=N_("Names or codes, such as: Arabic, Persian, bg."),
        ),
        Field("note", "long", N_("Note for the receiver"), Class.PARTIES, sealed=True, free_text=True, longest=2000),
        SOURCE,
    ),
    links=(
        Link(
            "sender",
            "SENT",
            "Organisation",
            N_("From"),
            outgoing=False,
            required=True,
            listed=True,
            back_word=N_("Referrals sent"),
        ),
        Link(
            "receiver", "TO", "Organisation", N_("To"), required=True, listed=True, back_word=N_("Referrals received")
        ),
        Link(
            "service",
            "FOR_SERVICE",
            "ServiceType",
            N_("For which service"),
            required=True,
            listed=True,
            back_word=N_("Referrals"),
        ),
        Link("group", "FOR_GROUP", "PopulationGroup", N_("Group"), back_word=N_("Referrals")),
        Link("place", "FOR_PLACE", "Place", N_("Place"), back_word=N_("Referrals")),
        Link("consent", "UNDER", "Consent", N_("Consent"), back_word=N_("Referrals")),
    ),
)

CONSENT = Kind(
    label="Consent",
    slug="consents",
    prefix="",
    noun="referral",
    word=N_("consent"),
    words=N_("Consents"),
    about=N_("What a person agreed may be told, to whom, until when; or refused. Never who the person is."),
    example=N_("Given on 3 March: needs and papers, to the clinic, for 90 days"),
    title="asked_on",
    plain=False,
    dated=False,
    parties=("asker", "recipients"),
    fields=(
        Field("state", "choice", N_("State"), Class.PARTIES, required=True, vocabulary="consent_state", listed=True),
        Field("basis", "choice", N_("Who agreed"), Class.PARTIES, vocabulary="consent_basis", listed=True),
        Field("asked_on", "date", N_("Asked on"), Class.PARTIES, required=True, listed=True),
        Field("items", "choices", N_("What may be told"), Class.PARTIES, vocabulary="consent_item"),
        Field("refused", "choices", N_("What may not be told"), Class.PARTIES, vocabulary="consent_item"),
        Field("purpose", "choice", N_("For what"), Class.PARTIES, vocabulary="consent_purpose"),
        Field("until", "date", N_("Holds until"), Class.PARTIES, hint=N_("The first day on which it no longer holds.")),
        Field(
            "languages",
            "languages",
            N_("Asked in"),
            Class.PARTIES,
            hint=N_("Names or codes, such as: Arabic, Persian, bg."),
        ),
        Field("withdrawn_on", "date", N_("Withdrawn on"), Class.PARTIES),
    ),
    links=(
        Link("asker", "ASKED_BY", "Organisation", N_("Asked by"), required=True, back_word=N_("Consents asked for")),
        Link("recipients", "NAMES", "Organisation", N_("Who may know"), many=True, back_word=N_("Consents naming it")),
    ),
)

MENTORSHIP = Kind(
    label="Mentorship",
    slug="pairs",
    prefix="MEN",
    noun="mentorship",
    word=N_("mentoring pair"),
    words=N_("Mentoring pairs"),
    about=N_("A mentor accompanies a community leader for a time."),
    example="MEN-0007",
    title="ref",
    plain=False,
    owners=("mentor", "leader"),
    fields=(
        Field("state", "choice", N_("State"), Class.PARTIES, required=True, vocabulary="mentorship_state", listed=True),
        Field("every_days", "integer", N_("A contact every how many days"), Class.PARTIES, most=3650),
        Field(
            "languages",
            "languages",
            N_("Languages"),
            Class.PARTIES,
            hint=N_("Names or codes, such as: Arabic, Persian, bg."),
        ),
        Field("goals", "long", N_("Goals"), Class.PARTIES, sealed=True, free_text=True, longest=2000),
        Field("agreed_until", "date", N_("Agreed until"), Class.PARTIES),
        Field("mentor_agreed_on", "date", N_("The mentor agreed to confidentiality on"), Class.PARTIES),
        Field("leader_agreed_on", "date", N_("The leader agreed to confidentiality on"), Class.PARTIES),
        *validity(),
    ),
    links=(
        Link(
            "mentor",
            "MENTORS_IN",
            "Person",
            N_("Mentor"),
            outgoing=False,
            required=True,
            listed=True,
            back_word=N_("Mentors"),
        ),
        Link(
            "leader",
            "MENTEE_IN",
            "Person",
            N_("Leader"),
            outgoing=False,
            required=True,
            listed=True,
            back_word=N_("Is mentored"),
        ),
        Link(
            "programme", "IN_PROGRAMME", "Programme", N_("Programme"), required=True, listed=True, back_word=N_("Pairs")
        ),
    ),
)

CONTACT = Kind(
    label="Contact",
    slug="contacts",
    prefix="",
    noun="mentoring_note",
    word=N_("contact"),
    words=N_("Contacts"),
    about=N_("One meeting or call of a mentoring pair."),
    example=N_("Met on Wednesday, 45 minutes, about a school place"),
    title="on",
    plain=False,
    dated=False,
    fields=(
        Field("on", "date", N_("When"), Class.PARTIES, required=True, listed=True),
        Field("minutes", "integer", N_("Minutes"), Class.PARTIES, listed=True, most=1440),
        Field("channel", "choice", N_("How"), Class.PARTIES, required=True, vocabulary="channel", listed=True),
        Field("topic", "choice", N_("About"), Class.PARTIES, vocabulary="contact_topic", listed=True),
        Field("next_on", "date", N_("Next time"), Class.PARTIES),
        Field("note", "long", N_("Note"), Class.PARTIES, sealed=True, free_text=True, longest=2000),
        Field("reached", "long", N_("Goals reached"), Class.PARTIES, sealed=True, longest=2000),
    ),
    links=(
        Link("pair", "IN", "Mentorship", N_("Pair"), required=True, back_word=N_("Contacts")),
        Link(
            "organisations", "TOUCHED", "Organisation", N_("Institutions met"), many=True, back_word=N_("Met by pairs")
        ),
    ),
)
