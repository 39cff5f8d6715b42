"""Case conferences: a few named people speak about one hard case, under a reference, never under a name."""

from __future__ import annotations

from graphdb.catalogue.shapes import Class, Field, Kind, Link
from graphdb.words import N_

CONFERENCE = Kind(
    label="CaseConference",
    slug="conferences",
    prefix="",
    noun="conference",
    word=N_("case conference"),
    words=N_("Case conferences"),
    about=N_(
        "A few named people speak about one hard case. The case has a random reference; only they know that it is."
    ),
    example="K7QD-2M9X-4RTA-6",
    title="case_ref",
    plain=False,
    dated=False,
    owners=("convener",),
    parties=("participants",),
    fields=(
        Field("case_ref", "text", N_("Case reference"), Class.PARTIES, required=True),
        Field("state", "choice", N_("State"), Class.PARTIES, required=True, vocabulary="conference_state", listed=True),
        Field("starts_at", "moment", N_("Starts"), Class.PARTIES, required=True, listed=True),
        Field("place", "text", N_("Where"), Class.PARTIES, free_text=True),
        Field("basis", "choice", N_("Who agreed"), Class.PARTIES, required=True, vocabulary="conference_basis"),
        Field(
            "question", "long", N_("Question"), Class.PARTIES, required=True, sealed=True, free_text=True, longest=2000
        ),
        Field("outcome", "long", N_("What came out"), Class.PARTIES, sealed=True, free_text=True, longest=4000),
        Field("review_on", "date", N_("Look again on"), Class.PARTIES),
    ),
    links=(
        Link("convener", "CONVENED_BY", "Person", N_("Called by"), required=True, back_word=N_("Conferences called")),
        Link(
            "participants",
            "NAMED_IN",
            "Person",
            N_("Who is named"),
            outgoing=False,
            many=True,
            required=True,
            back_word=N_("Conferences"),
        ),
        Link("case", "ABOUT_CASE", "Referral", N_("About the referral"), back_word=N_("Conferences")),
    ),
)

CASE_STEP = Kind(
    label="CaseStep",
    slug="case-steps",
    prefix="",
    noun="conference",
    word=N_("step of a case"),
    words=N_("Steps of cases"),
    about=N_("What one of the people at a case conference does next, and by when."),
    example=N_("Asks the clinic for a date, by Friday"),
    title="due",
    plain=False,
    dated=False,
    fields=(
        Field("text", "text", N_("What"), Class.PARTIES, required=True, sealed=True, free_text=True, longest=500),
        Field("due", "date", N_("Due"), Class.PARTIES, required=True, listed=True),
        Field("state", "choice", N_("State"), Class.PARTIES, required=True, vocabulary="action_state", listed=True),
        Field("done_on", "date", N_("Done on"), Class.PARTIES),
    ),
    links=(
        Link("conference", "AGREED_IN", "CaseConference", N_("Conference"), required=True, back_word=N_("Steps")),
        Link("owner", "DONE_BY", "Person", N_("Who does it"), required=True, back_word=N_("Steps of cases")),
    ),
)
