"""Places in a mentoring programme, trainings of leaders and who took part, and what people decided on proposed pairs."""

from __future__ import annotations

from graphdb.catalogue.shapes import Class, Field, Kind, Link
from graphdb.words import N_

PARTICIPATION = Kind(
    label="Participation",
    slug="programme-places",
    prefix="PAR",
    noun="participation",
    word=N_("place in a programme"),
    words=N_("Places in programmes"),
    about=N_(
        "Somebody's place in a mentoring programme, from the application to the end: the one record that says who belongs to it."
    ),
    example=N_("A leader in training, second cohort"),
    title="ref",
    plain=False,
    dated=False,
    owners=("person",),
    fields=(
        Field("role", "choice", N_("As what"), Class.PARTIES, required=True, vocabulary="place_role", listed=True),
        Field("state", "choice", N_("State"), Class.PARTIES, required=True, vocabulary="place_state", listed=True),
        Field("reason", "choice", N_("Why"), Class.PARTIES, vocabulary="leaving_reason"),
        Field("cohort", "text", N_("Cohort"), Class.PARTIES, listed=True, longest=100),
        Field("applied_on", "date", N_("Applied on"), Class.PARTIES, listed=True),
        Field("since", "date", N_("In this state since"), Class.PARTIES),
        Field(
            "topics",
            "choices",
            N_("Topics"),
            Class.PARTIES,
            vocabulary="contact_topic",
            hint=N_("What a leader asks for, what a mentor offers."),
        ),
        Field(
            "wished_languages",
            "languages",
            N_("Languages wished for"),
            Class.PARTIES,
            hint=N_("Names or codes, such as: Arabic, Persian, bg."),
        ),
        Field("interpreter", "flag", N_("May speak through an interpreter"), Class.PARTIES),
        Field(
            "most_pairs",
            "integer",
            N_("Most pairs at a time"),
            Class.PARTIES,
            most=3,
            hint=N_("For a mentor: 1 to 3; three where nothing is said."),
        ),
        Field("times", "choices", N_("When it suits them"), Class.PARTIES, vocabulary="meeting_time"),
        Field("wished_on", "date", N_("Said by themselves on"), Class.PARTIES),
    ),
    links=(
        Link(
            "person",
            "PLACE_OF",
            "Person",
            N_("Person"),
            required=True,
            listed=True,
            back_word=N_("Places in programmes"),
        ),
        Link("programme", "PLACE_IN", "Programme", N_("Programme"), required=True, back_word=N_("Places")),
        Link("wished", "WISHES_FOR", "Person", N_("Wished"), many=True, back_word=N_("Wished by")),
        Link("unwished", "WISHES_NOT", "Person", N_("Not wished"), many=True, back_word=N_("Not wished by")),
        Link(
            "meet_at",
            "WISHES_AT",
            "Place",
            N_("Where they like to meet"),
            many=True,
            back_word=N_("Liked for meeting by"),
        ),
    ),
)

TRAINING = Kind(
    label="Training",
    slug="trainings",
    prefix="TRN",
    noun="training",
    word=N_("training"),
    words=N_("Trainings"),
    about=N_("A training of the leaders or mentors of a programme: topic, day, hours, place, who took part."),
    example=N_("Leading a group: two days in March"),
    plain=False,
    dated=False,
    fields=(
        Field("name", "text", N_("Topic"), Class.PARTIES, required=True, listed=True),
        Field("on", "date", N_("Day"), Class.PARTIES, required=True, listed=True),
        Field("hours", "integer", N_("Hours"), Class.PARTIES, listed=True, most=500),
        Field("place", "text", N_("Where"), Class.PARTIES, listed=True),
        Field("state", "choice", N_("State"), Class.PARTIES, required=True, vocabulary="training_state", listed=True),
    ),
    links=(
        Link("programme", "TRAINING_IN", "Programme", N_("Programme"), required=True, back_word=N_("Trainings")),
        Link("discussion", "HELD_AS", "PublicDiscussion", N_("Held as a public discussion"), back_word=N_("Trainings")),
        Link("meeting", "HELD_AT", "Meeting", N_("Held at a meeting"), back_word=N_("Trainings")),
    ),
)

ENROLMENT = Kind(
    label="Enrolment",
    slug="enrolments",
    prefix="",
    noun="training",
    word=N_("part in a training"),
    words=N_("Parts in trainings"),
    about=N_("Somebody is invited to a training, comes, gets a certificate."),
    example=N_("Attended, certificate TRN-0002/07"),
    title="state",
    plain=False,
    dated=False,
    owners=("person",),
    fields=(
        Field("state", "choice", N_("State"), Class.PARTIES, required=True, vocabulary="enrolment_state", listed=True),
        Field("since", "date", N_("In this state since"), Class.PARTIES),
        Field("certificate", "text", N_("Number of the certificate"), Class.PARTIES, longest=60),
    ),
    links=(
        Link("person", "ENROLLED", "Person", N_("Person"), required=True, back_word=N_("Trainings taken part in")),
        Link("training", "ENROLLED_IN", "Training", N_("Training"), required=True, back_word=N_("Taking part")),
        Link("programme", "ENROLLED_BY", "Programme", N_("Programme"), required=True, back_word=N_("Taking part")),
    ),
)

MATCH_DECISION = Kind(
    label="MatchDecision",
    slug="match-decisions",
    prefix="",
    noun="participation",
    word=N_("decision on a proposed pair"),
    words=N_("Decisions on proposed pairs"),
    about=N_(
        "What a person decided on a pair that the program proposed, and why. Proposals are made anew; decisions stay."
    ),
    example=N_("Refused: they know each other too well"),
    title="decision",
    plain=False,
    dated=False,
    fields=(
        Field(
            "decision", "choice", N_("Decision"), Class.PARTIES, required=True, vocabulary="match_decision", listed=True
        ),
        Field("reason", "choice", N_("Why"), Class.PARTIES, vocabulary="match_reason"),
        Field("decided_on", "date", N_("Decided on"), Class.PARTIES, required=True, listed=True),
        Field("points", "integer", N_("Points of the proposal"), Class.PARTIES),
        Field("reasons", "text", N_("Reasons of the proposal"), Class.PARTIES, longest=4000),
    ),
    links=(
        Link(
            "programme", "DECIDED_IN", "Programme", N_("Programme"), required=True, back_word=N_("Decisions on pairs")
        ),
        Link("leader", "DECIDED_FOR", "Person", N_("Leader"), required=True, back_word=N_("Decisions on pairs")),
        Link("proposed", "PROPOSED_WITH", "Person", N_("Proposed mentor"), back_word=N_("Decisions on proposals")),
        Link("chosen", "CHOSEN_WITH", "Person", N_("Chosen mentor"), back_word=N_("Chosen in decisions")),
        Link("pair", "MADE_PAIR", "Mentorship", N_("Pair"), back_word=N_("Decision that made it")),
    ),
)
