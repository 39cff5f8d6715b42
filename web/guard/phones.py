"""Phone numbers: with a country code from anywhere, without one as written in Bulgaria, Latvia and Serbia."""

import re
from dataclasses import dataclass
from typing import Final

import phonenumbers
from phonenumbers import PhoneNumberType

from web.guard.numbers import Window, windows_of

REGIONS: Final = {"bg": "BG", "lv": "LV", "sr": "RS"}
PUBLIC: Final = (PhoneNumberType.TOLL_FREE, PhoneNumberType.SHARED_COST, PhoneNumberType.UAN)
CUE: Final = re.compile(
    r"(?<!\w)(?:тел|телефон\w{0,4}|gsm|гсм|мобил\w{0,6}|моб|mob|mobil\w{0,5}|mobile|tel|telefon\w{0,4}|tālr|tālrun\w{0,5}|"
    r"phone|cell|viber|вайбър|вибер|whats?app|уотсап|telegram|телеграм|signal|fax|факс|faks|"
    r"zvan\w{0,5}|zovi\w{0,3}|pozov\w{0,3}|позов\w{0,3}|звън\w{0,5}|позвън\w{0,5}|обад\w{0,5}|call|dial)"
    r"(?:\W{1,3}(?:номер\w{0,3}|number|no|nr|br|broj|број|numurs?|on|at|на|uz|na|him|her|me|му|ѝ|й|им)){0,2}\W{0,6}$",
    re.IGNORECASE,
)
COUNTED: Final = re.compile(
    r"\s?(?:€|\$|eur|euro|evr|евр|лв|lv\b|bgn|usd|rsd|din|дин|%|km|км|m2|кв|gb|мб)", re.IGNORECASE
)
OTHER_NUMBER: Final = re.compile(
    r"(?:(?<!\w)(?:еик|eik|булстат|bulstat|мб|mb|пиб|pib|reģ|reģ\.? ?nr|reg\.? ?no|vat|ддс|pvn|iban|eur|nr|no)|[€$№#])"
    r"\W{0,3}$|[^\W\d]-$",
    re.IGNORECASE,
)
BALTIC_SHAPE: Final = re.compile(r"\d{8}|\d\d([ -])\d{3}\1\d{3}|\d{2,4}[ -]\d{4,6}|\d\d([ -])\d\d\2\d\d\2\d\d")


def phones(text: str, languages: frozenset[str]) -> list[tuple[int, int]]:
    """Where phone numbers stand; free and shared-cost lines are public and pass."""
    regions = tuple(sorted(REGIONS[language] for language in languages if language in REGIONS))
    found: list[tuple[int, int]] = []
    for windows in windows_of(text):
        if found and windows[0].start < found[-1][1]:
            continue
        start = _plus_before(text, windows[0].start)
        before = text[max(0, start - 40) : start]
        written = _Written(
            plus=start < windows[0].start,
            announced=CUE.search(before) is not None,
            other=OTHER_NUMBER.search(before) is not None,
        )
        phone = next((window for window in windows if _is_phone(text, window, written, regions)), None)
        if phone:
            found.append((start, phone.end))
    return found


@dataclass(frozen=True)
class _Written:
    """What stands before a run of digits: a plus, a word for a phone, a sign that it is a number of another kind."""

    plus: bool
    announced: bool
    other: bool


def _plus_before(text: str, start: int) -> int:
    """Where the number begins with its plus sign, if it has one: `+359`, `(+359)`, `+ 359`."""
    before = text[max(0, start - 3) : start]
    plus = before.rfind("+")
    return start - len(before) + plus if plus >= 0 and not before[plus + 1 :].strip(" (") else start


def _is_phone(text: str, window: Window, written: _Written, regions: tuple[str, ...]) -> bool:
    if not 7 <= len(window.digits) <= 15:
        return False
    if written.plus:
        return _valid("+" + window.digits, None) or 10 <= len(window.digits) <= 13
    if COUNTED.match(text, window.end):
        return False
    if written.announced:
        return not any(_public(window.digits, region) for region in regions)
    return not written.other and _is_national(window, regions)


def _is_national(window: Window, regions: tuple[str, ...]) -> bool:
    """Digits that no word announces: 00 and a country code, 0 and a number of the region, or a Latvian number."""
    if window.digits.startswith("00") and _valid("+" + window.digits[2:], None):
        return True
    if window.digits.startswith("0"):
        return any(_valid(window.digits, region) for region in regions if region != "LV")
    return "LV" in regions and _is_latvian(window)


def _is_latvian(window: Window) -> bool:
    """Eight digits without any prefix: only in the shapes people use, and no round amount."""
    shaped = BALTIC_SHAPE.fullmatch(window.raw) and not window.digits.endswith("000")
    return bool(shaped) and window.digits[0] in "26" and _valid(window.digits, "LV")


def _parsed(digits: str, region: str | None) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(digits, region)
    except phonenumbers.NumberParseException:
        return None


def _valid(digits: str, region: str | None) -> bool:
    number = _parsed(digits, region)
    return (
        number is not None and phonenumbers.is_valid_number(number) and phonenumbers.number_type(number) not in PUBLIC
    )


def _public(digits: str, region: str) -> bool:
    number = _parsed(digits, region)
    return number is not None and phonenumbers.is_valid_number(number) and phonenumbers.number_type(number) in PUBLIC
