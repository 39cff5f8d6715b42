"""Drafts that organisations comment on, their comments, public discussions, and what the public asked there."""

from __future__ import annotations

from dataclasses import replace

from graphdb.catalogue.naming import names
from graphdb.catalogue.shapes import Class, Field, Kind, Link
from graphdb.words import N_


def _titled(word: str) -> tuple[Field, ...]:
    """A name that is called otherwise, and its forms in the languages of the product."""
    first, *others = names(Class.NETWORK)[:5]
    return replace(first, word=word), *others


CONSULTATION = Kind(
    label="Consultation",
    slug="consultations",
    prefix="CON",
    noun="consultation",
    word=N_("draft under discussion"),
    words=N_("Drafts under discussion"),
    about=N_(
        "A draft that the network discusses: who is asked, until when, and a table of all comments with what became of each and why."
    ),
    example=N_("Draft protocol for children who arrive without their parents"),
    parties=("asked",),
    dated=False,
    fields=(
        *_titled(N_("Title of the draft")),
        Field("kind", "choice", N_("Kind"), required=True, vocabulary="draft_kind", listed=True),
        Field(
            "state",
            "choice",
            N_("State"),
            required=True,
            vocabulary="consultation_state",
            listed=True,
            hint=N_("Comments are taken while it is open."),
        ),
        Field("edition", "text", N_("Version"), required=True, longest=40, hint=N_("Such as 1, or: of 12 March.")),
        Field("until", "date", N_("Last day for comments"), required=True, listed=True),
        Field("link", "link", N_("Where the draft can be read"), hint=N_("A web address.")),
        Field("description", "long", N_("What it is about"), free_text=True),
    ),
    links=(
        Link(
            "asked",
            "ASKED_FOR_COMMENTS",
            "Organisation",
            N_("Who is asked"),
            many=True,
            required=True,
            back_word=N_("Asked to comment on"),
        ),
        Link(
            "content",
            "NOTHING_TO_ADD",
            "Organisation",
            N_("Answered that they have no comments"),
            many=True,
            back_word=N_("Had no comments on"),
        ),
        Link("meetings", "DISCUSSED_AT", "Meeting", N_("Discussed at"), many=True, back_word=N_("Drafts to discuss")),
    ),
)

COMMENT = Kind(
    label="DraftComment",
    slug="comments",
    prefix="",
    noun="comment",
    word=N_("comment on a draft"),
    words=N_("Comments on drafts"),
    about=N_("What an organisation says about a part of a draft, what it proposes instead, and what became of it."),
    example=N_("Article 4: 24 hours are too short at a weekend"),
    title="text",
    plain=False,
    dated=False,
    owners=("organisation",),
    fields=(
        Field("number", "integer", N_("No."), listed=True, most=100_000),
        Field(
            "part",
            "text",
            N_("On which part"),
            listed=True,
            free_text=True,
            hint=N_("Such as: Article 4, paragraph 2; the whole."),
        ),
        Field("text", "long", N_("Comment"), required=True, listed=True, free_text=True, longest=4000),
        Field("proposed", "long", N_("Proposed text"), free_text=True, longest=4000),
        Field("given", "choice", N_("How it was given"), required=True, vocabulary="comment_given", listed=True),
        Field("edition", "text", N_("On version"), required=True, longest=40, listed=True),
        Field("given_on", "date", N_("Given on"), required=True),
        Field("decision", "choice", N_("Decision"), required=True, vocabulary="comment_decision", listed=True),
        Field("reason", "long", N_("Why"), free_text=True, longest=2000),
        Field("decided_on", "date", N_("Decided on")),
    ),
    links=(
        Link("draft", "COMMENT_ON", "Consultation", N_("Draft"), required=True, back_word=N_("Comments")),
        Link("organisation", "COMMENT_BY", "Organisation", N_("Organisation"), required=True, back_word=N_("Comments")),
        Link("meeting", "SAID_AT", "Meeting", N_("Said at the meeting"), back_word=N_("Comments")),
    ),
)

DISCUSSION = Kind(
    label="PublicDiscussion",
    slug="discussions",
    prefix="DIS",
    noun="discussion",
    word=N_("public discussion"),
    words=N_("Public discussions"),
    about=N_(
        "An open evening on one topic: where and when, who speaks, how many came, what was said, what people asked and who takes it on."
    ),
    example=N_("What people are afraid of: neighbours talk with newcomers"),
    dated=False,
    fields=(
        *_titled(N_("Topic")),
        Field("state", "choice", N_("State"), required=True, vocabulary="discussion_state", listed=True),
        Field("on", "date", N_("Day"), required=True, listed=True),
        Field("hours", "text", N_("Hours"), longest=40, hint=N_("Such as 18:00–20:00.")),
        Field("place", "text", N_("Where"), listed=True),
        Field("online", "flag", N_("Also or only online")),
        Field("link", "link", N_("Web address")),
        Field("languages", "languages", N_("Languages"), hint=N_("Names or codes, such as: Arabic, Persian, bg.")),
        Field("moderator", "text", N_("Moderator"), free_text=True),
        Field(
            "speakers",
            "lines",
            N_("Speakers"),
            free_text=True,
            hint=N_("One a line: name, organisation. Never somebody whom the network helps."),
        ),
        Field("summary", "long", N_("What was said"), free_text=True),
    ),
    links=(
        Link(
            "organisations",
            "TAKES_PART_IN_DISCUSSION",
            "Organisation",
            N_("Organisations that take part"),
            outgoing=False,
            many=True,
            listed=True,
            back_word=N_("Public discussions"),
        ),
        Link("people", "SPEAKER", "Person", N_("Speakers whom the network knows"), many=True, back_word=N_("Spoke at")),
        Link("chair", "MODERATED_BY", "Person", N_("Moderator whom the network knows"), back_word=N_("Moderated")),
    ),
)

QUESTION = Kind(
    label="PublicQuestion",
    slug="questions",
    prefix="",
    noun="discussion",
    word=N_("question of the public"),
    words=N_("Questions of the public"),
    about=N_("What somebody asked at a public discussion, what was answered, and which organisation takes it on."),
    example=N_("Who helps a child that speaks no Bulgarian with its homework?"),
    title="text",
    plain=False,
    dated=False,
    fields=(
        Field("text", "long", N_("Question"), required=True, listed=True, free_text=True, longest=2000),
        Field("asker", "text", N_("Who asked"), longest=100, free_text=True, hint=N_("Such as: a teacher. No name.")),
        Field("answer", "long", N_("Answer"), free_text=True, longest=4000),
    ),
    links=(
        Link("discussion", "ASKED_IN", "PublicDiscussion", N_("Discussion"), required=True, back_word=N_("Questions")),
        Link("organisation", "TAKEN_ON_BY", "Organisation", N_("Who takes it on"), back_word=N_("Questions")),
        Link("gap", "POINTS_AT_GAP", "Gap", N_("Gap"), back_word=N_("Questions")),
        Link("action", "LED_TO_ACTION", "ActionPoint", N_("Action"), back_word=N_("Questions")),
    ),
)
