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


def _matter(
    label: str, path: str, prefix: str, word: str, words: str, about: str, example: str, *,
    topic: Field, state: Field, on: str, said: str, between: tuple[Field, ...] = (), mediator: tuple[Link, ...] = (),
) -> Kind:  # fmt: skip
    """A kind of matter; all three are of one shape. `said` asks what it is about, `on` says when it begins."""
    return Kind(
        label=label, slug=path, prefix=prefix, noun="community_issue", word=word, words=words, about=about, example=example,
        title="ref", plain=False, dated=False, parties=("organisations",),
        owners=("leader", "mentor", *(link.name for link in mediator)),
        fields=(
            topic, state, *between, Field("on", "date", on, required=True, listed=True),
            *_texts(said, N_("In plain words. No names, phones or numbers of papers.")),
        ),
        links=(*LINKS, *mediator),
    )  # fmt: skip


def _code(name: str, word: str, vocabulary: str, *, required: bool = True) -> Field:
    return Field(name, "choice", word, required=required, vocabulary=vocabulary, listed=True)


ISSUE = _matter(
    "CommunityIssue", "issues", "ISS", N_("community issue"), N_("Community issues"),
    N_("A matter of a community that a leader raises and a mentor accompanies until it is solved or handed over."),
    N_("Eleven children wait for a school place"),
    topic=_code("topic", N_("About"), "contact_topic"), state=_code("state", N_("State"), "issue_state"),
    on=N_("Raised on"), said=N_("What is the matter?"),
)  # fmt: skip

CAMPAIGN = _matter(
    "Campaign", "campaigns", "CAM", N_("campaign"), N_("Campaigns"),
    N_("What a leader mobilises a community for: its aim, each action with day, place and how many people came."),
    N_("Everybody to the language course: three evenings and a table at the market"),
    topic=_code("topic", N_("About"), "contact_topic"), state=_code("state", N_("State"), "campaign_state"),
    on=N_("Begun on"), said=N_("What is to be reached?"),
)  # fmt: skip

MEDIATION = _matter(
    "Mediation", "mediations", "MED", N_("mediation with neighbours"), N_("Mediations"),
    N_("Talks between a community and its neighbours about a tension, led by somebody both trust."),
    N_("Noise in the yard: three evenings, then house rules in two languages"),
    topic=_code("topic", N_("Tension"), "tension"), state=_code("state", N_("State"), "mediation_state"),
    on=N_("Asked for on"), said=N_("What is the tension?"),
    between=(_code("result", N_("How it ended"), "mediation_result", required=False),),
    mediator=(Link("mediator", "MEDIATED_BY", "Person", N_("Mediator"), back_word=N_("Mediations")),),
)  # fmt: skip

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
