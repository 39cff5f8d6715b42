"""Likely names of persons: after words that announce one, first names known in the region, typical family names."""

import re
from typing import Final

from anyascii import anyascii

from web.guard.finding import spans_of
from web.guard.first_names import AMBIGUOUS, FIRST_NAMES

CAPITAL: Final = "[A-ZА-ЯĀČĒĢĪĶĻŅŠŪŽĆĐЂЈЉЊЋЏІЇЄ]"
SMALL: Final = "[a-zа-яāčēģīķļņšūžćđђјљњћџіїєёъьáéíóöüñ'’]"
WORD: Final = rf"{CAPITAL}{SMALL}{{1,24}}(?:-{CAPITAL}{SMALL}{{1,24}})?"
CAPITALISED: Final = re.compile(rf"(?<![\w-])(?:{WORD}|{CAPITAL}{{4,20}})(?![\w])")
PARTICLE: Final = r"(?:al|el|ал|ел|bin|bint|ibn|abu|абу|um|van|von|de|ben)[ -]"
FULL: Final = rf"{WORD}(?: (?:{PARTICLE})?{WORD}){{0,3}}"
ANNOUNCED: Final = re.compile(
    r"(?<!\w)(?i:казва(?:м се|т се| се)?|на име|името (?:му|ѝ|й|им|на \w{3,12}) е|"
    r"(?:is |was |are |a \w{2,12} )(?:called|named)|named|by the name of|"
    r"(?:his|her|their|whose|the \w{3,10}'s) names? (?:is|are|was)|"
    r"vārdā|sauc|vārds ir|zove se|se zove|zvani?|po imenu|ime (?:mu|joj|im) je|imenom|"
    r"зове се|се зове|по имену|име (?:му|јој|им) је|именом|"
    r"г-н|г-жа|г-ца|господин|госпожа|госпожица|mr|mrs|ms|miss|gospodin|gospođa|gđa|g-đa|g-din|госпођа|гђа)"
    rf"[.:]?,? [„\"“«]?(?P<it>{FULL})"
)
LATVIAN_TITLE: Final = re.compile(rf"(?<!\w)(?P<it>{FULL}) (?:kungs|kundze|kungu|kundzi|kungam|kundzei)(?!\w)")
FAMILY: Final = re.compile(
    r"\w{3,}(?:[oe]va?|ić|[oe]vi[cć]|iņš|iņa|enko|chuk|shvili|zade|oglu|[oe]vich|[oe]vna|"
    r"[ое]ва?|ић|енко|чук|швили|[ое]вич|[ое]вна)",
    re.IGNORECASE,
)
NO_FAMILY: Final = frozenset(("moldova", "молдова", "кишинев", "божић", "božić"))
# What stands before a name that a house, a street, a school, a feast bears; and quotation marks
BORNE_BY: Final = re.compile(
    r"(?:[„“«\"‘']|(?<!\w)(?:св\.|свети|света|sv\.|st\.|saint|ул\.|улица|бул\.|булевард\w{0,2}|пл\.|площад|кв\.|ж\.к\.|парк|гр\.|с\.|"
    r"ul\.|ulica|ulici|bulevar|trg|park|parku|street|iela|училище\w{0,2}|оу|су|пг|дг|ду|гимназия|университет\w?|болница\w{0,2}|умбал|мбал|"
    r"читалище\w?|фондация|сдружение|асоциация|музей|škola|škole|školi|oš|gimnazija|bolnica|fondacija|udruženje|skola|skolā|biedrība|"
    r"slimnīca|nodibinājums|school|hospital|university|foundation|association|centre|center|center?|центр\w{0,3}|centar|centrs|"
    r"фонд\w?|fund|fonds|летище|aerodrom|аеродром|lidosta|airport|ОШ|школа|школи|болница|удружење))\s?[„“«\"]?$",
    re.IGNORECASE,
)
VOICES: Final = (("ck", "k"), ("kh", "h"), ("ph", "f"), ("sh", "s"), ("ch", "c"), ("zh", "z"), ("dj", "d"), ("dz", "d"))
LETTERS: Final = str.maketrans({"w": "v", "q": "k", "y": "i", "j": "i", "'": None, "-": None})
ENDINGS: Final = frozenset(
    "a u om em e i o s is as es us am im ai ei u iu ia ie io ios ms mam iem am iam ja ju je".split()  # noqa: SIM905
)


def folded(word: str) -> str:
    """A name as it sounds: Мохамед, Mohammed and Mohamed are one."""
    sound = anyascii(word).casefold()
    for written, heard in VOICES:
        sound = sound.replace(written, heard)
    return re.sub(r"(.)\1+", r"\1", sound.translate(LETTERS))


KNOWN: Final = frozenset(map(folded, FIRST_NAMES.split()))
DOUBTFUL: Final = frozenset(map(folded, AMBIGUOUS.split()))
STEMS: Final = frozenset(stem for name in KNOWN - DOUBTFUL if len(stem := re.sub(r"(?:is|[aeious])$", "", name)) >= 4)


def names(text: str, languages: frozenset[str]) -> list[tuple[int, int]]:
    """Where persons' names may stand. `lv` and `sr` in `languages` let first names bend (Ahmedam, Jelenu)."""
    bends = bool(languages & {"lv", "sr"})
    found = spans_of(ANNOUNCED, text) + spans_of(LATVIAN_TITLE, text)
    words = list(CAPITALISED.finditer(text))
    position = 0
    while position < len(words):
        length = _name_length(text, words, position, bends=bends)
        if length:
            found.append((words[position].start(), words[position + length - 1].end()))
        position += max(length, 1)
    return found


def _name_length(text: str, words: list[re.Match[str]], position: int, *, bends: bool) -> int:
    """How many of the capitalised words from `position` on are one person's name; 0 if it is none."""
    first = words[position]
    if BORNE_BY.search(text[max(0, first.start() - 20) : first.start()]):
        return 0
    sound = folded(first.group())
    following = 0
    while position + following + 1 < len(words) and following < 3:
        gap = text[words[position + following].end() : words[position + following + 1].start()]
        if not re.fullmatch(rf" (?:{PARTICLE})?", gap, re.IGNORECASE):
            break
        following += 1
    known = sound in KNOWN or (bends and _bent(sound))
    if known and sound not in DOUBTFUL:
        return following + 1
    last = [word.group() for word in words[position + 1 : position + following + 1]]
    family = next((index for index, word in enumerate(last, 1) if _is_family(word)), 0)
    return family + 1 if family else 0


def _is_family(word: str) -> bool:
    return FAMILY.fullmatch(word) is not None and word.casefold() not in NO_FAMILY


def _bent(sound: str) -> bool:
    return any(sound[:-cut] in STEMS and sound[-cut:] in ENDINGS for cut in (1, 2, 3) if len(sound) - cut >= 4)
