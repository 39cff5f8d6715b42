"""How dates and times are written, in digits and with month names in four languages."""

import re
from typing import Final

MONTHS: Final = (
    r"(?:jan|feb|mar|apr|may|maj|jun|jul|aug|sep|oct|okt|nov|dec|янв|яну|јан|фев|феб|мар|апр|май|мај|маи|юн|јун|юл|јул|"
    r"авг|сеп|окт|нов|ное|дек|дец|mai|jūn|jūl)[^\W\d]{0,9}\.?"
)
YEAR: Final = r"(?:19|20)\d\d"
DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])"
MONTH: Final = r"(?:0?[1-9]|1[0-2])"
NUMERIC_DATE: Final = (
    rf"(?:{DAY} ?[./-] ?{MONTH} ?[./-] ?(?:{YEAR}|\d\d)|{MONTH}[./-]{DAY}[./-]{YEAR}"
    rf"|{YEAR} ?[./-] ?{MONTH} ?[./-] ?{DAY}|{DAY}[. ]+(?:I{{1,3}}|I?[VX]|VI{{1,3}}|XI{{1,2}})[. ]+{YEAR})"
)
WORD_DATE: Final = (
    rf"(?:{DAY}(?:\.|st|nd|rd|th|-ти|-ви|-ри)? (?:of )?{MONTHS},? {YEAR}|{MONTHS} {DAY}(?:st|nd|rd|th)?,? {YEAR}"
    rf"|{YEAR}\. ?(?:gada )?{DAY}\. ?{MONTHS})"
)
DATE: Final = rf"(?:{WORD_DATE}|{NUMERIC_DATE})"
ANY_DATE: Final = re.compile(rf"(?<!\d)(?<!\d[./-]){DATE}(?![./-]?\d)", re.IGNORECASE)
COMPACT_DATE: Final = re.compile(r"(?<!\d)20[0-4]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)")
SPAN_OF_DAYS: Final = re.compile(
    rf"(?<![\d.])(?:{DAY}\.{MONTH}\.? ?- ?{DAY}\.{MONTH}(?:\.(?:{YEAR}|\d\d))?"
    rf"|{DAY}\.? ?- ?{DAY}\.{MONTH}\.{YEAR})(?!\d)"
)
SPAN_OF_YEARS: Final = re.compile(rf"(?<!\d){YEAR} ?[-/] ?{YEAR}(?!\d)")
TIME: Final = re.compile(
    r"(?<![\d.])(?:[01]?\d|2[0-3])[:.][0-5]\d(?: ?- ?(?:[01]?\d|2[0-3])[:.][0-5]\d)?(?![\d]|[./:-]\d)"
)
BLOT: Final = "\1"


def blot_dates(text: str) -> str:
    """The text with its dates and times struck out, every character in its place."""
    for pattern in (SPAN_OF_DAYS, ANY_DATE, SPAN_OF_YEARS, COMPACT_DATE, TIME):
        text = pattern.sub(_struck, text)
    return text


def _struck(found: re.Match[str]) -> str:
    return BLOT * len(found.group())
