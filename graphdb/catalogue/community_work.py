"""What leaders and mentors do with a community: matters they take up, campaigns, talks between neighbours, and each step."""

from __future__ import annotations

from graphdb.catalogue.shapes import Class, Field, Kind, Link
from graphdb.words import N_


def _texts(said: str, hint: str) -> tuple[Field, ...]:
    """What it is about and what came of it, in free words: for the two and those who run their programme."""
    return (
        Field("said", "long", said, Class.CONTACT, required=True, sealed=True, free_text=True, longest=2000, hint=hint),
        Field("outcome", "long", N_("What came of it"), Class.CONTACT, sealed=True, free_text=True, longest=2000),
    )


LINKS = (
    Link("community", "OF_COMMUNITY", "Community", N_("Community"), required=True, back_word=N_("Community matters")),
    Link("place", "AT_PLACE", "Place", N_("Place"), back_word=N_("Community matters")),
    Link("leader", "RAISED_BY", "Person", N_("Leader"), back_word=N_("Community matters")),
    Link("mentor", "ACCOMPANIED_BY", "Person", N_("Mentor who accompanies"), back_word=N_("Accompanies")),
    Link("programme", "IN_PROGRAMME", "Programme", N_("Programme"), required=True, back_word=N_("Community matters")),
    Link(
        "organisations",
        "TOUCHED",
        "Organisation",
        N_("Institutions touched"),
        many=True,
        back_word=N_("Community matters that touched it"),
    ),
)

ISSUE = Kind(
    label="CommunityIssue",
    slug="issues",
    prefix="ISS",
    noun="community_issue",
    word=N_("community issue"),
    words=N_("Community issues"),
    about=N_(
        "A matter of a community that a leader raises and a mentor accompanies until it is solved or handed over."
    ),
    example=N_("Eleven children wait for a school place"),
    title="ref",
    plain=False,
    dated=False,
    owners=("leader", "mentor"),
    parties=("organisations",),
    fields=(
        Field("topic", "choice", N_("About"), required=True, vocabulary="contact_topic", listed=True),
        Field("state", "choice", N_("State"), required=True, vocabulary="issue_state", listed=True),
        Field("on", "date", N_("Raised on"), required=True, listed=True),
        *_texts(N_("What is the matter?"), N_("In plain words. No names, phones or numbers of papers.")),
    ),
    links=LINKS,
)

CAMPAIGN = Kind(
    label="Campaign",
    slug="campaigns",
    prefix="CAM",
    noun="community_issue",
    word=N_("campaign"),
    words=N_("Campaigns"),
    about=N_("What a leader mobilises a community for: its aim, each action with day, place and how many people came."),
    example=N_("Everybody to the language course: three evenings and a table at the market"),
    title="ref",
    plain=False,
    dated=False,
    owners=("leader", "mentor"),
    parties=("organisations",),
    fields=(
        Field("topic", "choice", N_("About"), required=True, vocabulary="contact_topic", listed=True),
        Field("state", "choice", N_("State"), required=True, vocabulary="campaign_state", listed=True),
        Field("on", "date", N_("Begun on"), required=True, listed=True),
        *_texts(N_("What is to be reached?"), N_("In plain words. No names, phones or numbers of papers.")),
    ),
    links=LINKS,
)

MEDIATION = Kind(
    label="Mediation",
    slug="mediations",
    prefix="MED",
    noun="community_issue",
    word=N_("mediation with neighbours"),
    words=N_("Mediations"),
    about=N_("Talks between a community and its neighbours about a tension, led by somebody both trust."),
    example=N_("Noise in the yard: three evenings, then house rules in two languages"),
    title="ref",
    plain=False,
    dated=False,
    owners=("leader", "mentor", "mediator"),
    parties=("organisations",),
    fields=(
        Field("topic", "choice", N_("Tension"), required=True, vocabulary="tension", listed=True),
        Field("state", "choice", N_("State"), required=True, vocabulary="mediation_state", listed=True),
        Field("result", "choice", N_("How it ended"), vocabulary="mediation_result", listed=True),
        Field("on", "date", N_("Asked for on"), required=True, listed=True),
        *_texts(N_("What is the tension?"), N_("In plain words. No names, phones or numbers of papers.")),
    ),
    links=(*LINKS, Link("mediator", "MEDIATED_BY", "Person", N_("Mediator"), back_word=N_("Mediations"))),
)

STEP = Kind(
    label="CommunityStep",
    slug="community-steps",
    prefix="",
    noun="community_issue",
    word=N_("step of a community matter"),
    words=N_("Steps of community matters"),
    about=N_(
        "What was done on a day: a talk, a visit to an institution, an evening; who was touched, how many people came."
    ),
    example=N_("Went to the school together on Monday"),
    title="on",
    plain=False,
    dated=False,
    fields=(
        Field("on", "date", N_("When"), required=True, listed=True),
        Field("way", "choice", N_("What was done"), required=True, vocabulary="step_way", listed=True),
        Field("people", "integer", N_("How many people came"), hint=N_("Leave empty when unknown."), most=100_000),
        Field("text", "long", N_("In a few words"), Class.CONTACT, sealed=True, free_text=True, longest=1000),
    ),
    links=(
        Link("issue", "STEP_OF", "CommunityIssue", N_("Community issue"), back_word=N_("Steps")),
        Link("campaign", "STEP_OF", "Campaign", N_("Campaign"), back_word=N_("Actions")),
        Link("mediation", "STEP_OF", "Mediation", N_("Mediation"), back_word=N_("Steps")),
        Link("place", "AT_PLACE", "Place", N_("Place"), back_word=N_("Steps of community matters")),
        Link(
            "organisations",
            "TOUCHED",
            "Organisation",
            N_("Institutions touched"),
            many=True,
            back_word=N_("Steps of community matters"),
        ),
    ),
)
