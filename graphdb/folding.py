"""One search key for names in Cyrillic and Latin, with and without diacritics.

`fold("Дом на жената") == fold("Dom na zhenata") == fold("dom na ženata")`. The key is for comparing only, never shown:
it follows the Bulgarian (2009), Serbian and Ukrainian (2010) romanisations and then joins the spellings that people
use for one sound (zh ž z, sh š s, ts c, y j i, kh h).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

CYRILLIC = {
    **dict(zip("абвгґдезийіїклмнопрстуфхцчшъыэё", "abvggdeziiiiklmnoprstufhccsaiee", strict=True)),
    "ж": "z", "щ": "st", "ю": "iu", "я": "ia", "є": "ie", "ѝ": "i", "ў": "u", "ѣ": "e", "ѫ": "a",
    "ђ": "di", "ј": "i", "љ": "li", "њ": "ni", "ћ": "c", "џ": "dz", "ѓ": "gi", "ќ": "ki", "ѕ": "dz",
    "ь": "", "ʼ": "", "’": "", "'": "",
}  # fmt: skip
LATIN = {"đ": "di", "ß": "ss", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i"}
TABLE = str.maketrans({**CYRILLIC, **LATIN})
NORTHERN = frozenset("ґєіїыэё")  # Ukrainian and Russian read щ as shch, Bulgarian as sht
SAME_SOUND = (
    (re.compile("([zsc])h+"), r"\1"),
    (re.compile("k+h"), "h"),
    (re.compile("ts"), "c"),
    (re.compile("ph"), "f"),
    (re.compile("x"), "ks"),
    (re.compile("w"), "v"),
    (re.compile("[yj]"), "i"),
    (re.compile("ii+"), "i"),
)
LOOKALIKES = dict(zip("ABCEHIJKMOPSTXYaceijopsxy", "АВСЕНІЈКМОРЅТХУасеіјорѕху", strict=True))
TO_CYRILLIC = str.maketrans(LOOKALIKES)
TO_LATIN = str.maketrans({cyrillic: latin for latin, cyrillic in LOOKALIKES.items()})
WORD = re.compile(r"\w+")


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """Lower-case words of a-z and 0-9, one space between; "" where nothing can be read. `fold(fold(x)) == fold(x)`."""
    plain = WORD.sub(lambda word: _one_script(word[0]), unicodedata.normalize("NFKC", text)).casefold()
    if not plain.isascii():
        plain = _romanised(plain)
    return _joined_sounds(" ".join(re.findall("[a-z0-9]+", plain.replace("'", ""))))


def _romanised(text: str) -> str:
    """Letters of both scripts as plain ASCII; marks fall away, other scripts go through anyascii."""
    composed = unicodedata.normalize("NFC", text).replace("ьо", "io")
    if NORTHERN.intersection(composed):
        composed = composed.replace("щ", "sc")
    split = unicodedata.normalize("NFKD", composed.translate(TABLE))
    return anyascii("".join(c for c in split if not unicodedata.combining(c))).lower()


def _joined_sounds(text: str) -> str:
    before = ""
    while before != text:
        before = text
        for pattern, plain in SAME_SOUND:
            text = pattern.sub(plain, text)
    return text


def _one_script(word: str) -> str:
    """A word typed with letters of two alphabets that look alike, in the alphabet of its other letters."""
    latin = sum("a" <= c.lower() <= "z" for c in word)
    cyrillic = sum("\u0400" <= c <= "\u04ff" for c in word)
    if not latin or not cyrillic:
        return word
    telling_latin = sum("a" <= c.lower() <= "z" and c not in LOOKALIKES for c in word)
    telling_cyrillic = sum("\u0400" <= c <= "\u04ff" and ord(c) not in TO_LATIN for c in word)
    return word.translate(TO_LATIN if telling_latin > telling_cyrillic else TO_CYRILLIC)
