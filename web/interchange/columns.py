"""The tables of our template, declared once: the template is written from here, other tables are matched with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graphdb.words import N_
from web.interchange import vocabularies as known
from web.interchange.vocabularies import Vocabulary


@dataclass(frozen=True, slots=True)
class Field:
    """A column: `name` is its code, `title` what the template shows, `example` what its example row shows."""

    name: str
    title: str
    example: str = ""
    required: bool = False
    choices: Vocabulary | None = None
    note: str = ""


DATE_NOTE = N_("A date like 2025-12-31.")
LIST_NOTE = N_("Several values are separated by semicolons.")
PARTNER_NOTE = N_("The name or the id of an organisation, as it is spelled in its own sheet.")
COUNTRY = Field("country", N_("Country"), example="България")
REGION = Field("adm1", N_("Region"), example="Хасково")
MUNICIPALITY = Field("adm2", N_("Municipality"), example="Харманли")
LOCALITY = Field("loc", N_("Place"))
PLACE_CODE = Field("place_code", N_("Place code"))
LANGUAGES = Field("languages", N_("Languages"), example="bg; ar", note=LIST_NOTE)
EMAIL = Field("email", N_("E-mail"))
PHONE = Field("phone", N_("Phone"), example="+359 2 000 0000")
VALID_FROM = Field("valid_from", N_("From date"), note=DATE_NOTE)
VALID_TO = Field("valid_to", N_("To date"), note=DATE_NOTE)
ASSURED_ON = Field("assured_on", N_("Checked on"), example="2025-06-30", note=DATE_NOTE)
NOTE = Field("note", N_("Note"))
ORGANISATION = Field(
    "organisation", N_("Organisation"), example="Дом на жената (пример)", required=True, note=PARTNER_NOTE
)
SERVICE_TYPE = Field("service_type", N_("Type of service"), example="Правна помощ", required=True)
GROUP = Field("group", N_("For whom"), example="бежанци; търсещи закрила", note=LIST_NOTE)
PLACE_FIELDS = (COUNTRY, REGION, MUNICIPALITY, LOCALITY, PLACE_CODE)

TABLES: Mapping[str, tuple[Field, ...]] = {
    "organisations": (
        Field("id", N_("Id"), example="ORG-1"),
        Field("name", N_("Name"), example="Дом на жената (пример)", required=True),
        Field("name_en", N_("Name in English"), example="House of the Woman (example)"),
        Field("aliases", N_("Other names"), note=LIST_NOTE),
        Field("acronym", N_("Short name")),
        Field("kind", N_("Kind"), example="ngo", choices=known.ORGANISATION_KINDS),
        Field("level", N_("Level"), example="local", choices=known.LEVELS),
        Field(
            "identifier",
            N_("Register number"),
            example="BG-EIK:000000000",
            note=N_("The register and the number, like BG-EIK:000000000."),
        ),
        *PLACE_FIELDS,
        LANGUAGES,
        Field("website", N_("Website")),
        EMAIL,
        PHONE,
        Field("publish", N_("May be published"), example="yes", choices=known.YES_NO),
        Field("do_not_contact", N_("Do not contact"), example="no", choices=known.YES_NO),
        Field("protected_location", N_("Protected location"), example="no", choices=known.YES_NO),
        ASSURED_ON,
        NOTE,
    ),
    "people": (
        Field("id", N_("Id")),
        Field(
            "name",
            N_("Name"),
            example="Мария Иванова (пример)",
            required=True,
            note=N_("People who work in the network. Never clients."),
        ),
        ORGANISATION,
        Field("role", N_("Role"), example="staff", choices=known.PERSON_ROLES),
        Field("position", N_("Position"), example="координатор"),
        Field("focal_point", N_("Focal point"), example="yes", choices=known.YES_NO),
        Field("backup", N_("Back-up"), example="no", choices=known.YES_NO),
        LANGUAGES,
        EMAIL,
        PHONE,
        VALID_FROM,
        VALID_TO,
        NOTE,
    ),
    "services": (
        Field("id", N_("Id")),
        ORGANISATION,
        SERVICE_TYPE,
        Field("service_name", N_("Name of the service")),
        *PLACE_FIELDS,
        GROUP,
        Field("eligibility", N_("Who may come")),
        Field("documents", N_("Papers to bring")),
        LANGUAGES,
        Field("cost", N_("Cost"), example="free", choices=known.COSTS),
        Field("capacity", N_("Capacity")),
        Field("status", N_("Status"), example="active", choices=known.SERVICE_STATES),
        VALID_FROM,
        VALID_TO,
        ASSURED_ON,
        NOTE,
    ),
    "ties": (
        Field("from", N_("From"), example="Дом на жената (пример)", required=True, note=PARTNER_NOTE),
        Field("to", N_("To"), example="Община Харманли (пример)", required=True, note=PARTNER_NOTE),
        Field("relation", N_("Kind of tie"), example="agreement", required=True),
        Field("directed", N_("One way only"), example="no", choices=known.YES_NO),
        Field("weight", N_("Strength")),
        Field("date", N_("Date"), note=DATE_NOTE),
        VALID_FROM,
        VALID_TO,
        Field("evidence", N_("How we know")),
    ),
    "meetings": (
        Field("id", N_("Id"), example="M-1"),
        Field("title", N_("Meeting"), example="Междуинституционална среща (пример)", required=True),
        Field("held_on", N_("Date"), example="2025-03-14", required=True, note=DATE_NOTE),
        Field("place", N_("Place")),
        Field("series", N_("Series")),
        Field("organisation", N_("Organisation"), example="Дом на жената (пример)", note=PARTNER_NOTE),
        Field("person", N_("Person")),
        Field("mode", N_("Attendance"), example="present", choices=known.MODES),
    ),
    "assessments": (
        SERVICE_TYPE,
        *PLACE_FIELDS,
        Field("group", N_("For whom")),
        Field("result", N_("Is there such a service"), example="none", required=True, choices=known.ASSESSMENT_RESULTS),
        Field("assessed_on", N_("Asked on"), example="2025-05-20", note=DATE_NOTE),
        Field("by", N_("Asked by")),
        Field("evidence", N_("How we know")),
    ),
    "referrals": (
        Field("sender", N_("From"), example="Дом на жената (пример)", required=True, note=PARTNER_NOTE),
        Field("receiver", N_("To"), example="Община Харманли (пример)", required=True, note=PARTNER_NOTE),
        SERVICE_TYPE,
        Field("sent_on", N_("Sent on"), example="2025-03-03", required=True, note=DATE_NOTE),
        Field("priority", N_("Priority"), example="normal", choices=known.PRIORITIES),
        Field("group", N_("For whom"), example="бежанци"),
        Field("age_band", N_("Age"), example="adult", choices=known.AGE_BANDS),
        LANGUAGES,
        *PLACE_FIELDS,
        Field("acknowledged_on", N_("Acknowledged on"), note=DATE_NOTE),
        Field("accepted_on", N_("Accepted on"), example="2025-03-05", note=DATE_NOTE),
        Field("started_on", N_("Service began on"), note=DATE_NOTE),
        Field("closed_on", N_("Closed on"), note=DATE_NOTE),
        Field("answered_on", N_("Answered on"), note=DATE_NOTE),
        Field("state", N_("State"), example="accepted", choices=known.REFERRAL_STATES),
        Field("outcome", N_("What came of it"), choices=known.REFERRAL_OUTCOMES),
        Field("reason", N_("Reason"), choices=known.DECLINE_REASONS),
    ),
}

# columns that tables of others often have, though our template puts them elsewhere
EXTRAS: Mapping[str, tuple[Field, ...]] = {
    "services": (
        Field("organisation_kind", N_("Kind of organisation"), choices=known.ORGANISATION_KINDS),
        Field("organisation_website", N_("Website")),
        Field("organisation_email", N_("E-mail")),
        Field("organisation_phone", N_("Phone")),
        Field("latitude", N_("Latitude")),
        Field("longitude", N_("Longitude")),
    ),
    "referrals": (Field("count", N_("How many cases")),),
}

SHEET_WORDS = Vocabulary(
    "",
    {
        "organisations": "organizations; partners; организации; партньори; organizācijas; organizacije",
        "people": "persons; staff; contacts; хора; лица; контакти; екип; cilvēki; ljudi; osobe; kontakti",
        "services": "услуги; pakalpojumi; usluge; 3w; 4w",
        "ties": "relations; connections; връзки; saiknes; veze",
        "meetings": "attendance; срещи; присъствие; sanāksmes; sastanci",
        "assessments": "проверки; оценки; novērtējumi; procene",
        "referrals": "referral; rims; насочвания; насочване; nosūtījumi; upućivanja; upućivanje",
        "nodes": "node; elements",
        "edges": "edge; links",
    },
)
