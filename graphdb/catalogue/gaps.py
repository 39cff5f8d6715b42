"""What must exist, what was asked, what is missing: requirements, assessments and gaps."""

from __future__ import annotations

from graphdb.catalogue.naming import validity
from graphdb.catalogue.shapes import Field, Kind, Link
from graphdb.words import N_

REQUIREMENT = Kind(
    label="Requirement",
    slug="requirements",
    prefix="REQ",
    noun="gap",
    word=N_("requirement"),
    words=N_("Requirements"),
    about=N_("What must exist where, for whom: the minimum package the network has agreed on."),
    example=N_("Legal aid for women alone in every municipality with a centre"),
    title="source",
    fields=(
        Field("source", "text", N_("Why it is required"), required=True, listed=True),
        Field("k", "integer", N_("Providers wanted"), listed=True, most=1000, hint=N_("One, where nothing is said.")),
        Field("weight", "number", N_("People in need"), hint=N_("Empty when unknown.")),
        *validity(),
    ),
    links=(
        Link("place", "FOR_PLACE", "Place", N_("Place"), required=True, listed=True, back_word=N_("Requirements")),
        Link(
            "service",
            "FOR_SERVICE",
            "ServiceType",
            N_("Service type"),
            required=True,
            listed=True,
            back_word=N_("Requirements"),
        ),
        Link("group", "FOR_GROUP", "PopulationGroup", N_("Group"), listed=True, back_word=N_("Requirements")),
    ),
)

ASSESSMENT = Kind(
    label="Assessment",
    slug="assessments",
    prefix="ASM",
    noun="gap",
    word=N_("assessment"),
    words=N_("Assessments"),
    about=N_("Somebody asked about a service in a place: the record that tells 'nobody' from 'not asked'."),
    example=N_("We asked the municipality: there is none"),
    title="source",
    dated=False,
    fields=(
        Field("on", "date", N_("Asked on"), required=True, listed=True),
        Field("result", "choice", N_("Answer"), required=True, vocabulary="assessment_result", listed=True),
        Field("source", "text", N_("Who was asked"), required=True, listed=True),
    ),
    links=(
        Link("place", "FOR_PLACE", "Place", N_("Place"), required=True, listed=True, back_word=N_("Assessments")),
        Link(
            "service",
            "FOR_SERVICE",
            "ServiceType",
            N_("Service type"),
            required=True,
            listed=True,
            back_word=N_("Assessments"),
        ),
        Link("group", "FOR_GROUP", "PopulationGroup", N_("Group"), listed=True, back_word=N_("Assessments")),
    ),
)

GAP = Kind(
    label="Gap",
    slug="gaps",
    prefix="GAP",
    noun="gap",
    word=N_("gap"),
    words=N_("Gaps"),
    about=N_(
        "Something missing, found by a rule with its reasons; it keeps its key, so that people can decide about it and see it close."
    ),
    example=N_("Nobody offers legal aid for women alone in Kamen"),
    title="key",
    plain=False,
    dated=False,
    parties=("source_organisation", "target_organisation", "members"),
    fields=(
        Field("key", "text", N_("Key"), required=True, unique=True),
        Field("cls", "choice", N_("What is missing"), required=True, vocabulary="gap_class", listed=True),
        Field("state", "choice", N_("State"), required=True, vocabulary="gap_state", listed=True),
        Field("first_seen", "date", N_("Since"), listed=True, hint=N_("The first day on which the records show it.")),
        Field("last_seen", "date", N_("Last seen"), listed=True),
        Field("gone_on", "date", N_("No longer seen on")),
        Field("points", "integer", N_("Points"), listed=True),
        Field("reasons", "long", N_("Reasons")),
        Field("accepted_until", "date", N_("Accepted until")),
        Field("decided_on", "date", N_("Decided on")),
        Field("note", "text", N_("Note"), free_text=True, longest=1000),
    ),
    links=(
        Link("place", "FOR_PLACE", "Place", N_("Place"), back_word=N_("Gaps")),
        Link("service", "FOR_SERVICE", "ServiceType", N_("Service type"), back_word=N_("Gaps")),
        Link("group", "FOR_GROUP", "PopulationGroup", N_("Group"), back_word=N_("Gaps")),
        Link("source_organisation", "GAP_OF", "Organisation", N_("Between"), back_word=N_("Gaps")),
        Link("target_organisation", "GAP_WITH", "Organisation", N_("and"), back_word=N_("Gaps")),
        Link("members", "GAP_AMONG", "Organisation", N_("Among"), many=True, back_word=N_("Gaps")),
        Link("people", "GAP_OF_PERSON", "Person", N_("People"), many=True, back_word=N_("Gaps")),
        Link("programme", "IN_PROGRAMME", "Programme", N_("Programme"), back_word=N_("Gaps")),
    ),
)
