"""Places, service types, target groups and services: who offers what, where, for whom."""

from __future__ import annotations

from graphdb.catalogue.naming import FURTHER, SOURCE, names, validity
from graphdb.catalogue.shapes import Class, Field, Kind, Link
from graphdb.words import N_

PLACE = Kind(
    label="Place",
    slug="places",
    prefix="PLC",
    noun="place",
    word=N_("place"),
    words=N_("Places"),
    about=N_("A country, region, municipality, district, town or site. Places lie in one another."),
    example=N_("Dolna Reka municipality"),
    dated=False,
    fields=(
        *names(),
        Field("level", "choice", N_("Level"), Class.PUBLIC, required=True, vocabulary="place_level", listed=True),
        Field("code", "text", N_("Code"), Class.PUBLIC, listed=True, hint=N_("NUTS, LAU, EKATTE or P-code.")),
        Field("code_scheme", "text", N_("Code list and year"), Class.PUBLIC, hint=N_("Such as NUTS 2024.")),
        Field("latitude", "number", N_("Latitude of the centre"), Class.PUBLIC),
        Field("longitude", "number", N_("Longitude of the centre"), Class.PUBLIC),
        Field("protected", "flag", N_("Location is protected"), hint=N_("Shown by municipality only, no address.")),
    ),
    links=(Link("parent", "PART_OF", "Place", N_("Lies in"), listed=True, back_word=N_("Places in it")),),
)

SERVICE_TYPE = Kind(
    label="ServiceType",
    slug="service-types",
    prefix="STY",
    noun="vocabulary",
    word=N_("service type"),
    words=N_("Service types"),
    about=N_("A kind of service, such as legal aid. Narrower types lie under broader ones."),
    example=N_("Legal aid"),
    dated=False,
    fields=(*names(), Field("code", "text", N_("Code"), Class.PUBLIC, unique=True, listed=True)),
    links=(Link("parent", "BROADER", "ServiceType", N_("Broader type"), listed=True, back_word=N_("Narrower types")),),
)

GROUP = Kind(
    label="PopulationGroup",
    slug="groups",
    prefix="GRP",
    noun="vocabulary",
    word=N_("target group"),
    words=N_("Target groups"),
    about=N_("Whom services are for, such as unaccompanied children. Never a list of people."),
    example=N_("Unaccompanied children"),
    dated=False,
    fields=(
        *names(),
        Field("code", "text", N_("Code"), Class.PUBLIC, unique=True, listed=True),
        Field(
            "languages",
            "languages",
            N_("Main languages"),
            Class.PUBLIC,
            hint=N_("Names or codes, such as: Arabic, Persian, bg."),
        ),
        Field("minors", "flag", N_("They are children"), Class.PUBLIC, hint=N_("Counts below ten are held back.")),
    ),
    links=(
        Link("parent", "BROADER", "PopulationGroup", N_("Broader group"), listed=True, back_word=N_("Narrower groups")),
    ),
)

SERVICE = Kind(
    label="Service",
    slug="services",
    prefix="SRV",
    noun="service",
    word=N_("service"),
    words=N_("Services"),
    about=N_("What an organisation offers: of which type, where, for whom, under which conditions."),
    example=N_("Legal aid on Tuesdays"),
    owners=("provider",),
    fields=(
        *names(),
        Field("status", "choice", N_("Status"), Class.PUBLIC, required=True, vocabulary="service_status", listed=True),
        Field("eligibility", "long", N_("Who may use it"), Class.PUBLIC, free_text=True),
        Field(
            "documents", "tags", N_("Papers to bring"), Class.PUBLIC, hint=N_("One a line; empty when none is needed.")
        ),
        Field(
            "languages",
            "languages",
            N_("Languages"),
            Class.PUBLIC,
            hint=N_("Names or codes, such as: Arabic, Persian, bg."),
        ),
        Field("interpretation", "flag", N_("Interpretation can be arranged"), Class.PUBLIC),
        Field("cost", "choice", N_("Cost"), Class.PUBLIC, vocabulary="cost"),
        Field("schedule", "text", N_("Open"), Class.PUBLIC, hint=N_("Such as: Mon to Fri, 9 to 17.")),
        Field("age_min", "integer", N_("From age"), Class.PUBLIC, most=130),
        Field("age_max", "integer", N_("To age"), Class.PUBLIC, most=130),
        Field("capacity_available", "integer", N_("Places free now"), most=1_000_000),
        Field("capacity_maximum", "integer", N_("Places in all"), most=1_000_000),
        Field("capacity_on", "date", N_("Places counted on")),
        Field("wait_days", "integer", N_("Days to wait"), most=3650),
        Field(
            "assured_on",
            "date",
            N_("Checked on"),
            Class.PUBLIC,
            listed=True,
            hint=N_("The last day somebody said: still correct."),
        ),
        *validity(),
        SOURCE,
        FURTHER,
    ),
    links=(
        Link(
            "provider",
            "PROVIDES",
            "Organisation",
            N_("Offered by"),
            outgoing=False,
            required=True,
            listed=True,
            back_word=N_("Offers"),
        ),
        Link(
            "type",
            "OF_TYPE",
            "ServiceType",
            N_("Type"),
            required=True,
            listed=True,
            back_word=N_("Services of this type"),
        ),
        Link(
            "areas", "COVERS_AREA", "Place", N_("Places served"), many=True, listed=True, back_word=N_("Services here")
        ),
        Link(
            "groups", "SERVES", "PopulationGroup", N_("For"), many=True, listed=True, back_word=N_("Services for them")
        ),
        Link("project", "FUNDED_BY", "Project", N_("Paid by project"), back_word=N_("Services it pays for")),
        Link(
            "person",
            "RUN_BY",
            "Person",
            N_("Hangs on one person"),
            back_word=N_("Services that hang on them"),
            hint=N_("Only where nobody else could do it."),
        ),
    ),
)
