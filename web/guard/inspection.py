"""One pass over a text: harmless references first, then each detector on what is left."""

import re
from collections.abc import Iterable
from typing import Final

from graphdb.tokens import read_case_reference
from web.guard import addresses, births, documents, names, phones, reach
from web.guard.finding import Finding, Kind, Reading

LANGUAGES: Final = ("bg", "lv", "sr", "en")
OWN_REFERENCE: Final = re.compile(r"(?<![\w-])[A-Z]{2,5}-(?:20\d\d-\d{1,6}(?:-[0-9A-Z])?|\d{4})(?![\w-])")
CASE_REFERENCE: Final = re.compile(r"(?<![\w-])(?:[0-9A-Za-z]{4}-){3}[0-9A-Za-z](?![\w-])")


def inspect(text: str, languages: Iterable[str] = LANGUAGES) -> tuple[Finding, ...]:
    """What in `text` must not be stored (`refuses`) or is to be confirmed, in reading order, without overlaps.

    `languages` (bg, lv, sr, en) say how people here write phone numbers without a country code, and how names bend.
    Words that give a thing away ("passport", "роден") are known in all four whatever is asked. Takes time in proportion
    to the text; knows nothing about who asks and keeps nothing.
    """
    spoken = frozenset(languages)
    reading = Reading(text)
    _pass_own_references(reading)
    reading.report(Kind.MAIL, reach.mails(reading.rest))
    reading.report(Kind.HANDLE, reach.handles(reading.rest))
    reading.report(Kind.LOCATION, addresses.locations(reading.rest))
    reading.report(Kind.ACCOUNT, documents.accounts(reading.rest))
    reading.report(Kind.IDENTITY, documents.identities(reading.rest))
    reading.report(Kind.DOCUMENT, documents.documents(reading.rest))
    reading.report(Kind.BIRTH, births.births(reading.rest))
    reading.report(Kind.PHONE, phones.phones(reading.rest, spoken))
    reading.report(Kind.ADDRESS, addresses.addresses(reading.rest))
    reading.report(Kind.OLD_DATE, births.old_dates(reading.rest))
    reading.report(Kind.NAME, names.names(reading.rest, spoken))
    return tuple(sorted(reading.findings, key=lambda finding: finding.start))


def _pass_own_references(reading: Reading) -> None:
    """Case references and readable refs (ORG-0042, REF-2026-00317-K) are made to be written down."""
    for found in OWN_REFERENCE.finditer(reading.rest):
        reading.blot(*found.span())
    for found in CASE_REFERENCE.finditer(reading.rest):
        if read_case_reference(found.group()):
            reading.blot(*found.span())
