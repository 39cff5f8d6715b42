"""Dates of birth, by the words around them; and old dates, which may be one."""

import re
from typing import Final

from web.guard.dates import ANY_DATE, DATE, YEAR
from web.guard.finding import spans_of

BEFORE: Final = (
    r"born|d\.? ?o\.? ?b\.?|date of birth|birth ?dates?|birthdays?|birth year|year of birth|"
    r"р\.|род\.|роден\w?|родил\w? се|дата(?:та)? на раждане|"
    r"рожд\. ?дата|рождена дата|рожден\w? ден\w?|година на раждане|набор|"
    r"dzim\.|dz\.|dzimus\w{1,2}|dzimis|dzimšanas (?:dat\w+|gad\w+|dien\w+)|"
    r"rođ\.|rođen\w?|rodjen\w?|datum rođenja|datum rodjenja|godina rođenja|godište|rođendan\w?|"
    r"рођ\.|рођен\w?|датум рођења|година рођења|годиште|рођендан\w?"
)
BETWEEN: Final = (
    r"(?:[^\w\n]{1,3}(?:on|in|is|the|на|през|е|в|ir|gada|je|u|у|је|"
    r"dana|дана|around|about|около|oko)){0,3}[^\w\n]{0,4}"
)
CUED: Final = re.compile(rf"(?<!\w)(?:{BEFORE}){BETWEEN}(?P<it>{DATE}|{YEAR})(?![./-]?\d)", re.IGNORECASE)
FOLLOWED: Final = re.compile(
    rf"(?<![\d./-])(?P<it>{DATE}|{YEAR})(?: ?г\.?| ?god\.?| ?год\.?|\. ?gad\w{{1,2}})?,? ?\(?"
    r"(?:г\. ?р\.|рожд|р\.|dob\b|birth|of birth|dzim|rođenja|rođ|godište|годиште|рођења|рођ|набор|г\.р)",
    re.IGNORECASE,
)
OLD_YEARS: Final = re.compile(r"(?:19[2-9]\d|200\d|201[0-2])")


def births(text: str) -> list[tuple[int, int]]:
    """A date or year that the text calls a birth."""
    return spans_of(CUED, text) + spans_of(FOLLOWED, text)


def old_dates(text: str) -> list[tuple[int, int]]:
    """Whole dates up to 2012: in a note about a person of today most likely a birth, in one about a law not."""
    return [span for span in spans_of(ANY_DATE, text) if OLD_YEARS.search(text[span[0] : span[1]])]
