"""What a person reads about a finding: what it is, and how to write it instead."""

from typing import Final

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from web.guard.finding import Kind

ADVICE: Final[dict[Kind, LazyString]] = {
    Kind.MAIL: _(
        "This looks like a mail address. Leave it out. An organisation's address belongs on its own page; "
        "a refugee's stays with the organisation that knows the person."
    ),
    Kind.HANDLE: _(
        "This looks like an account on a social network or messenger. Leave it out; write “reached online”."
    ),
    Kind.ACCOUNT: _("This looks like a bank account. Leave it out; write “payment arranged”."),
    Kind.IDENTITY: _("This looks like a personal identity number. Leave it out; use the case reference."),
    Kind.DOCUMENT: _(
        "This looks like the number of a document or file. Leave the number out: write which document it is, "
        "or use the case reference."
    ),
    Kind.BIRTH: _("This looks like a date of birth. Write the age band instead: 0-11, 12-15, 16-17, 18 and over."),
    Kind.PHONE: _(
        "This looks like a phone number. Leave it out. An organisation's number belongs on its own page; "
        "for a person write “has a phone”."
    ),
    Kind.LOCATION: _("This looks like an exact place on a map. Write the municipality only."),
    Kind.ADDRESS: _(
        "This looks like an exact address. Write the municipality only; an office's address belongs on its page."
    ),
    Kind.OLD_DATE: _(
        "This may be a date of birth. If it is one, write the age band instead. If it is not, confirm it."
    ),
    Kind.NAME: _(
        "This may be a person's name. If it is a refugee's or a family member's, leave it out: write “the person”, "
        "“the mother”. If it is an official's in office, confirm it."
    ),
}


def advice(kind: Kind) -> LazyString:
    """One or two sentences in the reader's language."""
    return ADVICE[kind]
