"""Agreements, projects, programmes, declared ties, meeting series and meetings."""

from __future__ import annotations

from graphdb.catalogue.naming import FURTHER, SOURCE, names, validity
from graphdb.catalogue.shapes import Class, Field, Kind, Link
from graphdb.words import N_

AGREEMENT = Kind(
    label="Agreement",
    slug="agreements",
    prefix="AGR",
    noun="agreement",
    word=N_("agreement"),
    words=N_("Agreements"),
    about=N_("What organisations have signed with one another, and until when it holds."),
    example=N_("Protocol between the municipality and the women's centre"),
    parties=("parties",),
    fields=(
        *names(Class.NETWORK),
        Field("kind", "choice", N_("Kind"), required=True, vocabulary="agreement_kind", listed=True),
        Field(
            "stage",
            "choice",
            N_("How far it is"),
            vocabulary="agreement_stage",
            hint=N_("Whether a signed one is in force, expiring or expired follows from its dates."),
        ),
        Field("scope", "long", N_("What it covers"), free_text=True),
        Field("signed_on", "date", N_("Signed on")),
        Field("valid_from", "date", N_("In force from"), listed=True, hint=N_("Leave empty when unknown.")),
        Field(
            "valid_to",
            "date",
            N_("Lapses on"),
            listed=True,
            hint=N_("The first day on which it no longer holds; empty when open."),
        ),
        Field("notice_days", "integer", N_("Days of notice"), most=3650, hint=N_("To end it before its time.")),
        Field("data_annex", "flag", N_("Has an annex on data")),
        Field("data_annex_allows", "long", N_("What the annex allows"), free_text=True),
        SOURCE,
    ),
    links=(
        Link(
            "parties",
            "PARTY_TO",
            "Organisation",
            N_("Parties"),
            outgoing=False,
            many=True,
            required=True,
            listed=True,
            back_word=N_("Agreements"),
        ),
        Link("services", "COVERS_SERVICE", "ServiceType", N_("Services"), many=True, back_word=N_("Agreements")),
        Link("responsible", "LOOKED_AFTER_BY", "Person", N_("Looks after it"), back_word=N_("Agreements")),
        Link("follows", "FOLLOWS", "Agreement", N_("Follows"), back_word=N_("Followed by")),
    ),
)

SHARING_RULE = Kind(
    label="SharingRule",
    slug="sharing-rules",
    prefix="SHR",
    noun="sharing_rule",
    word=N_("sharing rule"),
    words=N_("Sharing rules"),
    about=N_(
        "What one organisation lets the people of another see of its data, for what, and until when. While a rule is in force, the program opens just that; on the day it ends it closes again."
    ),
    example=N_("The clinic lets the municipality see its contact persons, until the end of the year"),
    title="purpose",
    dated=False,
    parties=("source", "target"),
    fields=(
        Field("purpose", "text", N_("For what"), required=True, listed=True, free_text=True),
        Field("data_class", "choice", N_("Which data"), required=True, vocabulary="shared_data", listed=True),
        Field("aggregation", "choice", N_("In which form"), required=True, vocabulary="aggregation"),
        Field(
            "state",
            "choice",
            N_("State"),
            required=True,
            vocabulary="sharing_state",
            listed=True,
            hint=N_("Only a rule in force opens anything."),
        ),
        Field("since", "date", N_("From"), hint=N_("Empty: from now on.")),
        Field(
            "until",
            "date",
            N_("Until"),
            required=True,
            listed=True,
            hint=N_("The first day on which it no longer holds."),
        ),
        SOURCE,
    ),
    links=(
        Link(
            "source",
            "RULE_FROM",
            "Organisation",
            N_("Whose data"),
            required=True,
            listed=True,
            back_word=N_("Lets others see its data"),
        ),
        Link(
            "target",
            "RULE_TO",
            "Organisation",
            N_("Who may see them"),
            required=True,
            listed=True,
            back_word=N_("May see data of others"),
        ),
        Link("agreement", "RULE_UNDER", "Agreement", N_("Under the agreement"), back_word=N_("Sharing rules")),
    ),
)

PROJECT = Kind(
    label="Project",
    slug="projects",
    prefix="PRJ",
    noun="project",
    word=N_("project"),
    words=N_("Projects"),
    about=N_("A funded project: who takes part, who pays, until when."),
    example=N_("Regional model for empowerment, 24 months"),
    parties=("partners",),
    fields=(
        *names(),
        Field("donor", "text", N_("Donor"), Class.PUBLIC, listed=True),
        Field("activity_code", "text", N_("Priority and activity code"), Class.PUBLIC),
        Field("budget", "number", N_("Budget")),
        Field("currency", "text", N_("Currency"), hint=N_("Such as EUR, BGN, RSD, LVL.")),
        Field("state", "choice", N_("State"), Class.PUBLIC, vocabulary="project_state", listed=True),
        Field("valid_from", "date", N_("Starts"), Class.PUBLIC, listed=True),
        Field("valid_to", "date", N_("Ends"), Class.PUBLIC, listed=True, hint=N_("The first day after its end.")),
        SOURCE,
    ),
    links=(
        Link(
            "partners",
            "TAKES_PART_IN",
            "Organisation",
            N_("Partners"),
            outgoing=False,
            many=True,
            listed=True,
            back_word=N_("Projects"),
        ),
    ),
)

PROGRAMME = Kind(
    label="Programme",
    slug="programmes",
    prefix="PRG",
    noun="programme",
    word=N_("programme"),
    words=N_("Mentoring programmes"),
    about=N_("A mentoring programme: who runs it, for how many leaders, until when."),
    example=N_("Mentoring of twenty community leaders"),
    owners=("organisation",),
    fields=(
        *names(Class.NETWORK),
        Field("target", "integer", N_("Leaders aimed at"), listed=True, most=1_000_000),
        Field(
            "places",
            "integer",
            N_("Places at a time"),
            hint=N_("How many leaders it can take at once."),
            most=1_000_000,
        ),
        Field("cohorts", "tags", N_("Cohorts"), hint=N_("Names of the groups that begin together; one a line.")),
        *validity(),
    ),
    links=(
        Link(
            "organisation",
            "RUN_BY",
            "Organisation",
            N_("Run by"),
            required=True,
            listed=True,
            back_word=N_("Mentoring programmes"),
        ),
        Link(
            "safeguarding",
            "SAFEGUARDED_BY",
            "Person",
            N_("Who is told when somebody may not be safe"),
            many=True,
            back_word=N_("Safety in programmes"),
            hint=N_("They need an account. Supervisors of the programme can be told without standing here."),
        ),
    ),
)

STATED_TIE = (
    Field("topic", "choice", N_("What they do together"), required=True, vocabulary="tie_topic", listed=True),
    Field("relation", "text", N_("Kind of tie in the imported file")),
    Field("status", "choice", N_("Who says so"), required=True, vocabulary="statement", listed=True),
    Field("strength", "number", N_("Strength")),
    Field("undirected", "flag", N_("Holds both ways")),
    Field("note", "text", N_("Note"), free_text=True),
    Field(
        "on", "date", N_("Seen on"), hint=N_("Only where it is one event of one day; then leave the next two empty.")
    ),
    Field("valid_from", "date", N_("Since"), listed=True, hint=N_("Leave empty when unknown.")),
    Field("valid_to", "date", N_("Until"), hint=N_("The first day on which it no longer holds; empty when open.")),
    SOURCE,
    FURTHER,
)

DECLARED_TIE = Kind(
    label="DeclaredTie",
    slug="declared-ties",
    prefix="TIE",
    noun="organisation",
    word=N_("declared tie"),
    words=N_("Declared ties"),
    about=N_(
        "What one organisation says about its work with another; observed ties come from referrals and meetings by themselves."
    ),
    example=N_("The clinic works with the reception centre"),
    title="note",
    owners=("source_organisation",),
    parties=("target_organisation",),
    fields=STATED_TIE,
    links=(
        Link(
            "source_organisation",
            "TIE_FROM",
            "Organisation",
            N_("From"),
            required=True,
            listed=True,
            back_word=N_("Ties it declares"),
        ),
        Link(
            "target_organisation",
            "TIE_TO",
            "Organisation",
            N_("To"),
            required=True,
            listed=True,
            back_word=N_("Ties others declare"),
        ),
    ),
)

PERSON_TIE = Kind(
    label="PersonTie",
    slug="person-ties",
    prefix="PTI",
    noun="person",
    word=N_("tie between people"),
    words=N_("Ties between people"),
    about=N_("What is known of the work of two people with each other; it counts as a tie of their organisations."),
    example=N_("The two focal points call each other every week"),
    title="note",
    owners=("source_person",),
    parties=("target_person",),
    fields=STATED_TIE,
    links=(
        Link("source_person", "TIE_FROM", "Person", N_("From"), required=True, listed=True, back_word=N_("Ties")),
        Link("target_person", "TIE_TO", "Person", N_("To"), required=True, listed=True, back_word=N_("Ties to them")),
    ),
)

SERIES = Kind(
    label="MeetingSeries",
    slug="series",
    prefix="SER",
    noun="meeting",
    word=N_("series of meetings"),
    words=N_("Series of meetings"),
    about=N_("Meetings that come back, or a working group: its mandate, its rhythm, whom it needs, who belongs to it."),
    example=N_("Meeting of the institutions of a region, every six weeks"),
    parties=("members",),
    fields=(
        *names(Class.NETWORK),
        Field("mandate", "long", N_("Mandate")),
        Field("every_weeks", "integer", N_("Every how many weeks"), listed=True, most=104),
        Field("required_sectors", "choices", N_("Sectors it needs"), vocabulary="sector"),
        Field("required_levels", "choices", N_("Levels it needs"), vocabulary="level"),
        *validity(),
    ),
    links=(
        Link(
            "members",
            "MEMBER_OF",
            "Organisation",
            N_("Members"),
            outgoing=False,
            many=True,
            listed=True,
            back_word=N_("Series of meetings"),
            apart=True,
        ),
    ),
)

MEETING = Kind(
    label="Meeting",
    slug="meetings",
    prefix="MTG",
    noun="meeting",
    word=N_("meeting"),
    words=N_("Meetings"),
    about=N_("One meeting: its agenda, who came, what was decided."),
    example=N_("Regional meeting in the town hall"),
    plain=False,
    dated=False,
    parties=("invited",),
    fields=(
        *names(Class.NETWORK),
        Field("starts_at", "moment", N_("Starts"), required=True, listed=True),
        Field("minutes", "integer", N_("Length in minutes"), most=1440),
        Field("place", "text", N_("Where"), listed=True),
        Field("language", "text", N_("Language")),
        Field("state", "choice", N_("State"), required=True, vocabulary="meeting_state", listed=True),
        Field("note", "long", N_("Minutes of the meeting"), free_text=True),
        Field("minutes_state", "choice", N_("State of the minutes"), vocabulary="minutes_state"),
        SOURCE,
    ),
    links=(
        Link("series", "IN_SERIES", "MeetingSeries", N_("Series"), listed=True, back_word=N_("Meetings")),
        Link(
            "invited", "INVITED", "Organisation", N_("Invited"), outgoing=False, many=True, back_word=N_("Invited to")
        ),
    ),
)

ACTION = Kind(
    label="ActionPoint",
    slug="actions",
    prefix="ACT",
    noun="meeting",
    word=N_("action"),
    words=N_("Actions"),
    about=N_("What an organisation has promised to do, and by when."),
    example=N_("The youth office asks two interpreters"),
    title="text",
    plain=False,
    dated=False,
    owners=("owner",),
    fields=(
        Field("text", "text", N_("Action"), required=True, listed=True, free_text=True, longest=1000),
        Field("due", "date", N_("Due"), required=True, listed=True),
        Field("state", "choice", N_("State"), required=True, vocabulary="action_state", listed=True),
        Field("agreed_on", "date", N_("Agreed on")),
        Field("done_on", "date", N_("Done on")),
        Field("evidence", "text", N_("Evidence"), free_text=True, longest=1000),
    ),
    links=(
        Link("owner", "OWNED_BY", "Organisation", N_("Owner"), required=True, listed=True, back_word=N_("Actions")),
        Link("person", "DONE_BY", "Person", N_("Who does it"), back_word=N_("Actions")),
        Link("meeting", "AGREED_AT", "Meeting", N_("Agreed at"), back_word=N_("Actions")),
        Link("gap", "AIMS_AT", "Gap", N_("Aims at"), back_word=N_("Actions")),
    ),
)
