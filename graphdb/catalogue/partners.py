"""Organisations, their units, people and employment."""

from __future__ import annotations

from graphdb.catalogue.naming import FURTHER, SOURCE, names, validity
from graphdb.catalogue.shapes import Class, Field, Kind, Link
from graphdb.words import N_

ORGANISATION = Kind(
    label="Organisation",
    slug="organisations",
    prefix="ORG",
    noun="organisation",
    word=N_("organisation"),
    words=N_("Organisations"),
    about=N_("A partner of the network: an institution, a municipality, an NGO, a school, a clinic, a media outlet."),
    example=N_("Municipality of Dolna Reka"),
    owners=("self",),
    fields=(
        *names(),
        Field("kind", "choice", N_("Kind"), Class.PUBLIC, required=True, vocabulary="organisation_kind", listed=True),
        Field("level", "choice", N_("Level"), Class.PUBLIC, vocabulary="level", listed=True),
        Field("sectors", "choices", N_("Sectors"), Class.PUBLIC, vocabulary="sector"),
        Field("membership", "choice", N_("In the network"), vocabulary="membership", listed=True),
        Field("description", "long", N_("What they do"), Class.PUBLIC),
        Field("website", "link", N_("Website"), Class.PUBLIC),
        Field("phone", "phone", N_("Phone of the office"), hint=N_("The switchboard, not a person's own phone.")),
        Field("email", "mail", N_("E-mail of the office")),
        Field("address", "text", N_("Address"), hint=N_("Leave empty where the location is protected.")),
        Field(
            "languages",
            "languages",
            N_("Languages"),
            Class.PUBLIC,
            hint=N_("Names or codes, such as: Arabic, Persian, bg."),
        ),
        Field(
            "identifiers",
            "identifiers",
            N_("Register numbers"),
            Class.PUBLIC,
            hint=N_("One a line, such as BG-EIK:000000000."),
        ),
        Field("publish", "flag", N_("May be published")),
        Field("do_not_contact", "flag", N_("Do not contact")),
        Field("protected", "flag", N_("Location is protected"), hint=N_("Shown by municipality only, no address.")),
        Field(
            "assured_on", "date", N_("Checked on"), listed=True, hint=N_("The last day somebody said: still correct.")
        ),
        *validity(),
        SOURCE,
        FURTHER,
    ),
    links=(
        Link("places", "LOCATED_IN", "Place", N_("Places"), many=True, listed=True, back_word=N_("Organisations here")),
        Link("parent", "PART_OF", "Organisation", N_("Part of"), back_word=N_("Its parts")),
    ),
)

UNIT = Kind(
    label="Unit",
    slug="units",
    prefix="UNI",
    noun="organisation",
    word=N_("unit"),
    words=N_("Units"),
    about=N_("A department, a centre or a district office of an organisation."),
    example=N_("Department for social activities"),
    owners=("organisation",),
    fields=(*names(), *validity()),
    links=(
        Link(
            "organisation",
            "UNIT_OF",
            "Organisation",
            N_("Organisation"),
            required=True,
            listed=True,
            back_word=N_("Units"),
        ),
        Link("place", "LOCATED_IN", "Place", N_("Place"), listed=True, back_word=N_("Units here")),
    ),
)

PERSON = Kind(
    label="Person",
    slug="people",
    prefix="PER",
    noun="person",
    word=N_("person"),
    words=N_("People"),
    about=N_(
        "Somebody who works for or with the network: staff, mentors, community leaders, experts, volunteers, journalists. Never a person whom the network helps."
    ),
    example=N_("Focal point of the municipality"),
    owners=("employer",),
    fields=(
        Field("name", "text", N_("Name"), Class.CONTACT, required=True, listed=True),
        Field("alias", "text", N_("Name shown to other organisations"), hint=N_("For a leader: a pseudonym.")),
        Field("role_class", "choice", N_("Role"), required=True, vocabulary="role_class", listed=True),
        Field(
            "languages",
            "languages",
            N_("Languages"),
            listed=True,
            hint=N_("Names or codes, such as: Arabic, Persian, bg."),
        ),
        Field("phone", "phone", N_("Work phone"), Class.CONTACT, sealed=True),
        Field("email", "mail", N_("Work e-mail"), Class.CONTACT, sealed=True),
        Field("consent", "flag", N_("Agrees that partners see the contact")),
        Field("state", "choice", N_("State"), vocabulary="person_state", listed=True),
        *validity(),
        SOURCE,
        FURTHER,
    ),
    links=(
        Link("community", "BELONGS_TO", "Community", N_("Community"), back_word=N_("Leaders and members")),
        Link(
            "programme",
            "IN_PROGRAMME",
            "Programme",
            N_("Programme"),
            back_word=N_("Leaders and mentors"),
            hint=N_("Later it follows from the place in a programme."),
            apart=True,
        ),
        Link("places", "LOCATED_IN", "Place", N_("Places"), many=True, listed=True, back_word=N_("People here")),
    ),
)

EMPLOYMENT = Kind(
    label="Employment",
    slug="employments",
    prefix="EMP",
    noun="person",
    word=N_("position"),
    words=N_("Positions"),
    about=N_("Who works for which organisation, as what, since when; who is the focal point and who the back-up."),
    example=N_("Focal point since March"),
    title="position",
    owners=("organisation",),
    fields=(
        Field("position", "text", N_("Position"), required=True, listed=True),
        Field("focal_point", "flag", N_("Focal point for the network"), listed=True),
        Field("backup", "flag", N_("Back-up of the focal point"), listed=True),
        *validity(),
        SOURCE,
    ),
    links=(
        Link("person", "HOLDER", "Person", N_("Person"), required=True, listed=True, back_word=N_("Positions")),
        Link(
            "organisation",
            "AT_ORGANISATION",
            "Organisation",
            N_("Organisation"),
            required=True,
            listed=True,
            back_word=N_("People"),
        ),
    ),
)

COMMUNITY = Kind(
    label="Community",
    slug="communities",
    prefix="COM",
    noun="community",
    word=N_("community"),
    words=N_("Communities"),
    about=N_("A community of people by language and place, with a rough size; never a list of its members."),
    example=N_("Dari speakers in Dolna Reka"),
    fields=(
        *names(Class.NETWORK),
        Field(
            "languages",
            "languages",
            N_("Languages"),
            required=True,
            listed=True,
            hint=N_("Names or codes, such as: Arabic, Persian, bg."),
        ),
        Field("size_band", "choice", N_("Size"), vocabulary="size_band", listed=True),
        *validity(),
    ),
    links=(Link("place", "LOCATED_IN", "Place", N_("Place"), required=True, listed=True, back_word=N_("Communities")),),
)
