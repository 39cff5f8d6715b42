"""Dates, numbers, phones, register numbers as people type them; a value that cannot be read gives None and a reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import phonenumbers
from babel.dates import get_month_names
from stdnum import lei
from stdnum.bg import egn, pnf, vat
from stdnum.lv import pvn
from stdnum.rs import pib
from stdnum.si import emso

from graphdb.folding import fold
from web.interchange.facts import Identifier
from web.interchange.vocabularies import YES_NO

FIRST_YEAR, LAST_YEAR = 1900, 2200
SPREADSHEET_EPOCH = date(1899, 12, 30)
ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?\Z")
NUMBERS = re.compile(r"(\d{1,2})\s*([./-])\s*(\d{1,2})\s*[./-]\s*(\d{4}|\d{2})(?:\.|[T ].*|,.*)?\Z")
YEAR_MONTH = re.compile(r"(\d{4})-(\d{1,2})\Z")
YEAR = re.compile(r"(\d{4})\Z")
SERIAL = re.compile(r"(\d{5})(?:\.\d+)?\Z")
YEAR_WORD = re.compile(r"\s*(?:г\.?|год\.?|година|god\.?|gada?|g\.)\s*\Z", re.IGNORECASE)
NOT_A_DATE = "date_unreadable"


@dataclass(frozen=True, slots=True)
class ReadDate:
    """`doubt` is a message code: date_ambiguous, date_two_digit_year, date_serial, date_partial, date_unreadable."""

    day: date | None
    doubt: str | None = None


def read_date(text: str, *, month_first: bool = False) -> ReadDate:
    """A date in one of the forms seen in spreadsheets; 03/04/2025 is the third of April unless the column says else."""
    plain = YEAR_WORD.sub("", text.strip())
    if found := ISO.match(plain):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if found := NUMBERS.match(plain):
        return _from_numbers(found, month_first)
    if found := YEAR_MONTH.match(plain):
        return _date(int(found[1]), int(found[2]), 1, "date_partial")
    if found := YEAR.match(plain):
        return _date(int(found[1]), 1, 1, "date_partial")
    if found := SERIAL.match(plain):
        return ReadDate(SPREADSHEET_EPOCH + timedelta(days=int(found[1])), "date_serial")
    return _with_month_name(plain)


def month_first(texts: Iterable[str]) -> bool:
    """Whether a column writes the month before the day: some value can only be read so, and none the other way."""
    pairs = [(int(found[1]), int(found[3])) for text in texts if (found := NUMBERS.match(text.strip()))]
    return any(second > 12 >= first for first, second in pairs) and not any(first > 12 for first, _ in pairs)


def _from_numbers(found: re.Match[str], month_leads: bool) -> ReadDate:
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    doubt = None
    if len(found[4]) == 2:
        year, doubt = year + (2000 if year < 70 else 1900), "date_two_digit_year"
    if second > 12 >= first or (month_leads and first <= 12):
        return _date(year, first, second, doubt)
    if found[2] != "." and second <= 12 and first <= 12 and first != second:
        doubt = "date_ambiguous"
    return _date(year, second, first, doubt)


def _date(year: int, month: int, day: int, doubt: str | None = None) -> ReadDate:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return ReadDate(None, NOT_A_DATE)
    try:
        return ReadDate(date(year, month, day), doubt)
    except ValueError:
        return ReadDate(None, NOT_A_DATE)


@lru_cache(maxsize=1)
def _month_names() -> dict[str, int]:
    names: dict[str, int] = {}
    for locale in ("en", "bg", "lv", "sr", "sr_Latn", "ru", "uk"):
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                months = get_month_names(width, context, locale)
                names.update({fold(str(name)): int(number) for number, name in months.items()})
    return names


def _with_month_name(text: str) -> ReadDate:
    words = fold(text).split()
    months = [_month_names()[word] for word in words if word in _month_names()]
    numbers = [int(word) for word in re.findall(r"\d+", " ".join(words)) if len(word) <= 4]
    years = [number for number in numbers if number >= FIRST_YEAR]
    days = [number for number in numbers if number <= 31]
    if len(months) != 1 or len(years) != 1 or len(days) > 1 or len(words) > 5:
        return ReadDate(None, NOT_A_DATE)
    return _date(years[0], months[0], *(days or [1]), doubt=None if days else "date_partial")


def read_number(text: str) -> float | None:
    """1 234,5 and 1,234.5 and 42,697 (a single comma is a decimal comma); None for words, nan, infinity."""
    plain = re.sub(r"[\s\u00a0\u202f']", "", text)
    if plain.count(",") and plain.count("."):
        decimal = max(plain.rindex(","), plain.rindex("."))
        plain = re.sub("[.,]", "", plain[:decimal]) + "." + plain[decimal + 1 :]
    elif plain.count(",") == 1:
        plain = plain.replace(",", ".")
    else:
        plain = plain.replace(",", "")
    return float(plain) if re.fullmatch(r"[+-]?(\d{1,15}(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?", plain) else None


def read_count(text: str) -> int | None:
    """A whole number of people or places, not below zero; 1,200 is one thousand two hundred here."""
    plain = re.sub(r"[\s\u00a0\u202f']", "", text)
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", plain):
        return int(re.sub("[.,]", "", plain))
    number = read_number(plain)
    return int(number) if number is not None and number >= 0 and number == int(number) else None


def read_yes_no(text: str) -> bool | None:
    """True and False for yes and no in our languages, None for other words."""
    return {"yes": True, "no": False}.get(YES_NO.code(text) or "")


def read_email(text: str) -> str | None:
    """The address without mailto:, None when it is not one."""
    plain = text.strip().removeprefix("mailto:")
    return plain if re.fullmatch(r"[^@\s<>\"',;:]{1,64}@[\w-]+(\.[\w-]+)+", plain) and len(plain) <= 254 else None


def read_website(text: str) -> str | None:
    """An http or https address; a bare domain gets https. Other schemes are None."""
    plain = text.strip()
    if re.fullmatch(r"https?://[^\s<>\"']+", plain, re.IGNORECASE):
        return plain
    return f"https://{plain}" if re.fullmatch(r"[\w-]+(\.[\w-]+)+(/[^\s<>\"']*)?", plain) else None


def read_phone(text: str, region: str | None) -> str | None:
    """E.164 ("+359888123456"); `region` (ISO 3166-1 alpha-2) is for numbers without a plus. None when no number."""
    plain = text.strip()
    if plain.startswith("00"):
        plain = "+" + plain[2:]
    try:
        number = phonenumbers.parse(plain, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


CHECKS: Mapping[str, Callable[[str], bool]] = {
    "BG-EIK": vat.is_valid,
    "LV-RE": pvn.is_valid,
    "RS-PIB": pib.is_valid,
    "XI-LEI": lei.is_valid,
}
PERSONAL_CHECKS = (egn.is_valid, pnf.is_valid, emso.is_valid)  # emso: the personal number of all former Yugoslavia
SCHEME = re.compile(r"\s*([A-Z]{2}-[A-Z]{2,12})[\s:/-]*(\S.*)\Z")


def read_identifier(text: str, scheme: str | None = None) -> Identifier | None:
    """A register number, its scheme from `scheme` or in front ("BG-EIK-121212"); None without a scheme.

    None also for ten-digit BG-EIK and personal LV-RE values, which may be a person's number.
    """
    found = SCHEME.match(text.upper())
    name, value = (found[1], found[2].strip()) if found else ((scheme or "").strip().upper(), text.strip())
    if not name or not value:
        return None
    if name == "BG-EIK" and value.upper().startswith("BG"):
        value = value[2:].strip()
    if (name, len(value)) == ("BG-EIK", 10) or (name == "LV-RE" and value[:1] in "0123"):
        return None
    check = CHECKS.get(name)
    if check is None or (name == "BG-EIK" and len(value) == 13):
        return Identifier(name, value)
    return Identifier(name, value, check(value))


def is_personal_number(text: str) -> bool:
    """Whether a text passes as a Bulgarian or Serbian personal number (with check digit) or a Latvian one."""
    if re.fullmatch(r"[0-3]\d[01]\d\d\d-?[012]\d{4}", text):
        return True
    return text.isdigit() and len(text) in {10, 13} and any(check(text) for check in PERSONAL_CHECKS)
