"""Supervision of mentors, and concerns about somebody's safety that one named person alone reads."""

from __future__ import annotations

from graphdb.catalogue.shapes import Class, Field, Kind, Link
from graphdb.words import N_

SUPERVISION = Kind(
    label="Supervision",
    slug="supervisions",
    prefix="SUP",
    noun="supervision",
    word=N_("supervision session"),
    words=N_("Supervision sessions"),
    about=N_(
        "A mentor and the supervisor speak about how the mentor's work goes. What was said is for the two of them."
    ),
    example=N_("Forty minutes about setting limits"),
    title="on",
    plain=False,
    dated=False,
    owners=("mentor",),
    fields=(
        Field("on", "date", N_("When"), Class.PARTIES, required=True, listed=True),
        Field("minutes", "integer", N_("Minutes"), Class.PARTIES, most=1440),
        Field("topic", "choice", N_("Mostly about"), Class.PARTIES, vocabulary="supervision_topic", listed=True),
        Field("next_on", "date", N_("Next time"), Class.PARTIES),
        Field("note", "long", N_("Note"), Class.PARTIES, sealed=True, free_text=True, longest=2000),
    ),
    links=(
        Link("mentor", "SUPERVISES", "Person", N_("Mentor"), required=True, back_word=N_("Supervision")),
        Link("programme", "IN_PROGRAMME", "Programme", N_("Programme"), required=True, back_word=N_("Supervision")),
    ),
)

CONCERN = Kind(
    label="Concern",
    slug="concerns",
    prefix="",
    noun="concern",
    word=N_("concern"),
    words=N_("Concerns about safety"),
    about=N_("Somebody of a mentoring pair may not be safe. One named person reads it, and nobody by office."),
    example=N_("I am worried about what happens at home"),
    title="raised_on",
    plain=False,
    dated=False,
    owners=("named",),
    fields=(
        Field("state", "choice", N_("State"), Class.PARTIES, required=True, vocabulary="concern_state"),
        Field("raised_on", "date", N_("Raised on"), Class.PARTIES, required=True),
        Field("urgent", "flag", N_("Somebody may be in danger now"), Class.PARTIES),
        Field(
            "text",
            "long",
            N_("What worries you"),
            Class.PARTIES,
            required=True,
            sealed=True,
            free_text=True,
            longest=2000,
        ),
        Field("outcome", "long", N_("What was done"), Class.PARTIES, sealed=True, free_text=True, longest=2000),
        Field("closed_on", "date", N_("Closed on"), Class.PARTIES),
    ),
    links=(
        Link("pair", "CONCERNS", "Mentorship", N_("Pair"), required=True, back_word=N_("Concerns")),
        Link("named", "MEANT_FOR", "Person", N_("Who reads it"), required=True, back_word=N_("Concerns told to them")),
        Link("author", "RAISED_BY", "Person", N_("Raised by"), back_word=N_("Concerns raised")),
    ),
)
