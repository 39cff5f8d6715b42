"""Exact addresses: a street with a number, a block or flat; coordinates and map links."""

import re
from typing import Final

from web.guard.finding import spans_of

CAPITAL: Final = "[A-ZА-ЯĀČĒĢĪĶĻŅŠŪŽĆĐЂЈЉЊЋЏ]"
WORD: Final = rf"{CAPITAL}[\w'’.-]{{1,30}}"
NAME: Final = rf"[„\"“«]?{WORD}(?: (?:{WORD}|i|и|u|od|de|la)){{0,3}}[”\"“»]?"
NUMBER: Final = r"(?:№|No\.?|N|br\.?|бр\.?|broj|број|nr\.?)? ?\d{1,3} ?[A-Za-zА-Яа-я]?(?:[/-]\d{1,3})?(?!\w|[./-]\d)"
STREET_FIRST: Final = re.compile(
    r"(?<!\w)(?i:ул\.|улица(?:та)?|улици|бул\.|булевард(?:а|ът)?|булевар\w?|пл\.|площад|трг\w?|"
    rf"ul\.|ulic[aiue]|bul\.|bulevar\w?|trg\w?) ?(?:{NAME},? {NUMBER}"
    r"|(?:\w{2,20} ){1,3}(?:№|br\.|бр\.|broj|број|nr\.) ?\d{1,3}(?!\w|[./-]\d))"
)
STREET_LAST: Final = re.compile(
    rf"(?<!\w){WORD}(?: \w{{2,20}}){{0,2}} "
    r"(?:iel[aāu]s?|bulvār\w{1,2}|prospekt\w{0,2}|gatv\w{1,2}|laukum\w{0,2}|šosej\w{1,2}|ulic[aiu]|улиц[аи]|"
    r"[Ss]treet|st\.|[Rr]oad|rd\.|[Aa]venue|ave\.|[Ll]ane|[Bb]oulevard|[Ss]quare) "
    rf"{NUMBER}",
)
NUMBER_FIRST: Final = re.compile(
    rf"(?<![\w.])\d{{1,4}}[A-Za-z]?,? {WORD}(?: {WORD}){{0,2}} "
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Boulevard|Blvd|Drive|Square|Crescent|Close)(?!\w)"
)
PART_OF_HOUSE: Final = re.compile(
    r"(?<!\w)(?:бл\.|блок|ап\.|апартамент|apt\.?|apartment|flat|dzīvoklis|dzīvoklī|dz\.|stan|стан|zgrada|зграда) "
    r"?(?:№|No\.?|Nr\.?|br\.?|бр\.?)? ?\d{1,4}[A-Za-zА-Яа-я]?(?!\w|[.,]?\d| ?(?:соб|sob|ста|room|istab))",
    re.IGNORECASE,
)
COORDINATES: Final = re.compile(
    r"(?<![\w.])-?\d{1,2}[.,]\d{3,8}°? ?[NSСЮ]?[,;/ ] ?-?\d{1,3}[.,]\d{3,8}(?!\w)|(?<!\w)\d{1,3}° ?\d{1,2}[′'’]",
    re.IGNORECASE,
)
MAP_LINK: Final = re.compile(
    r"(?:https?://)?(?:maps\.app\.goo\.gl|goo\.gl/maps|maps\.google\.\w{2,3}|(?:www\.)?google\.\w{2,3}/maps|maps\.apple\.com|"
    r"(?:www\.)?openstreetmap\.org|osm\.org|what3words\.com|w3w\.co)/?\S{0,200}|///\w{3,20}\.\w{3,20}\.\w{3,20}",
    re.IGNORECASE,
)


def addresses(text: str) -> list[tuple[int, int]]:
    """Streets with a house number, and blocks and flats."""
    patterns = (STREET_FIRST, STREET_LAST, NUMBER_FIRST, PART_OF_HOUSE)
    return [span for pattern in patterns for span in spans_of(pattern, text)]


def locations(text: str) -> list[tuple[int, int]]:
    """Coordinates finer than a municipality, and links that show a point on a map."""
    return spans_of(MAP_LINK, text) + spans_of(COORDINATES, text)
