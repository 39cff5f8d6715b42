"""Which passwords are refused, and why. No copied list: what people choose too often is a few words, names, keyboard
walks and repetitions, dressed with digits and signs. The guessable parts are taken away and what is left is counted.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final, Literal

from anyascii import anyascii

SHORTEST = 12
LONGEST = 256
ENOUGH = 9  # units that are left; a random character is one, a common word two, a walk or a year one

Refusal = Literal["too_short", "too_long", "not_text", "guessable", "has_context"]

# Written as they sound in Latin letters: parola is also парола. Endings are left off where many are used.
LISTED: Final = """
password passw pass word passwort parola parole lozinka sifra geslo haslo kennwort mot passe contrasena secret tajna
tajno welcome hello dobredoshli dobrodosli zdravei zdravo laipni sveiki hallo salam marhaba privet ahoj admin
administrator root user guest login test demo default master manager office work system server computer internet
google facebook windows apple samsung android whatsapp viber telegram qwerty qwertz azerty asdf zxcv letmein iloveyou
loveyou lovely love obicham obichamte volim volimte teobicham milu habibi baby angel princess queen prince king lady
girl boy friend forever heart sweet honey sugar beauty family mama tata mother father sister brother mayka bashta
majka otac maja maija tevs sunshine summer winter spring autumn monday friday sunday january december lyato zima
prolet leto ziema vasara monkey dragon tiger lion eagle horse shadow wolf panda kitty butterfly flower cvete sarma
slance sunce saule zvezda star football soccer hockey basketball baseball futbol levski cska ludogorets partizan
chelsea liverpool barcelona madrid arsenal juventus ronaldo messi michael jordan superman batman pokemon starwars
matrix freedom svoboda sloboda brivba peace mir hope nadezhda nada trust life zhivot zivot money pari business london
berlin paris moscow moskva sofia plovdiv varna burgas balgaria bulgaria riga latvia latvija daugavpils beograd
belgrade serbia srbija novisad subotica nis ukraine ukraina kyiv syria damascus kabul afghanistan europa europe ivan
georgi dimitar nikola petar maria elena anna ana ivanka stefan martin aleksandar alexander viktoria marko jovan milan
milica jelena dragan janis liga kristaps inese john david daniel robert thomas andrew jessica ashley michelle charlie
jennifer ahmed mohamed muhamed ali fatima omar hasan hussein letter number one two three four five six seven eight
nine zero abc xyz new old my the your this that and for you refugee refugees migrant migrants bezhanci begunci
izbeglice asylum network mreza registry register support help pomosht project proekt school uchilishte hospital police
policija sigurna manchester united please is no yes was here ljubav change changeme
"""
WORDS: Final = frozenset(LISTED.split())
CONTEXT: Final = ("mrezha", "mreja")
ROWS: Final = (
    "1234567890",
    "qwertyuiop",
    "qwertzuiop",
    "azertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "yxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "qawsedrftgyhujikolp",
    "aqswdefrgthyjukilo",
    "yavertauiop",  # Bulgarian phonetic keyboard
    "qwertyuiopasdfghjklzxcvbnm",
    "11223344556677889900",
    "aabbccddeeffgghhiijj",
    "147258369",
    "741852963",
    "159753",
)
WALKS: Final = frozenset(
    walk[start:end]
    for row in ROWS
    for walk in (row, row[::-1])
    for start in range(len(walk) - 2)
    for end in range(start + 3, len(walk) + 1)
)
LONGEST_PART: Final = max(map(len, (*WALKS, *WORDS)))
PLAIN_LETTERS: Final = str.maketrans("01345789@$!|+€£", "oieastbgasiite1")


def refuse(password: str, context: Iterable[str] = ()) -> Refusal | None:
    """Why a password is refused, or None. `context`: network name, login, mail address, names on the account.

    12 to 256 characters after NFKC, of any script, spaces too; no rules about kinds of characters (ASVS 6.2.5).
    """
    text = unicodedata.normalize("NFKC", password)
    if any(unicodedata.category(character) in ("Cs", "Cc") for character in text):
        return "not_text"
    if len(text) < SHORTEST:
        return "too_short"
    if len(text) > LONGEST:
        return "too_long"
    if units(text) < ENOUGH:
        return "guessable"
    own = frozenset(word for told in (*CONTEXT, *context) for word in _words_of(told))
    return "has_context" if units(text, own) < ENOUGH else None


def units(text: str, own_words: frozenset[str] = frozenset()) -> int:
    """How much of a text is hard to guess: of all ways to read it as words, walks, repetitions and characters, the
    cheapest. Words are tried as written and with digits and signs read as letters (p@ssw0rd)."""
    written = _folded(text)
    period = _period(written)
    if period * 2 <= len(written):
        return units(written[:period], own_words) + 1
    read = written.translate(PLAIN_LETTERS)
    cheapest = [0, *([len(written)] * len(written))]
    for end in range(1, len(written) + 1):
        cheapest[end] = min(
            cheapest[start] + cost
            for start in range(max(0, end - LONGEST_PART), end)
            if (cost := _cost(written[start:end], read[start:end], own_words)) is not None
        )
    return cheapest[-1]


def _cost(written: str, read: str, own_words: frozenset[str]) -> int | None:
    """Units of one part, None where it is no unit at all."""
    if len(written) == 1:
        return 1
    if own_words & {written, read}:
        return 1
    if written in WALKS or (len(written) >= 3 and len(set(written)) == 1):
        return 1
    if re.fullmatch(r"(19|20)\d\d", written):
        return 1
    if re.fullmatch(r"(0[1-9]|[12]\d|3[01])[./-]?(0[1-9]|1[0-2])[./-]?(19|20)?\d\d", written):
        return 2
    return 2 if WORDS & {written, read} else None


def _folded(text: str) -> str:
    """Small Latin letters, digits and signs without spaces between: Парола and PAROLA are parola."""
    return "".join(_latin(character) for character in text.casefold() if not character.isspace())


def _latin(character: str) -> str:
    """A letter in Latin letters, at most four; a sign stays as it is."""
    return (anyascii(character).casefold()[:4] if character.isalpha() else "") or character


def _period(text: str) -> int:
    """The length of the shortest part that, repeated, gives the text: 3 for abcabcab."""
    return (text + text).find(text, 1) if text else 1


def _words_of(told: str) -> set[str]:
    """The words of a name or address, three letters and more, and the whole of it."""
    parts = re.split(r"[\W_]+", told.casefold())
    return {folded for part in (*parts, told) if len(folded := _folded(part)) >= 3}
