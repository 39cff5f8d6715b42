"""Text of people made fit for paper: every sign printable, no line too long to break, no direction leaking out."""

import re
import unicodedata
from typing import Any

from anyascii import anyascii

# what the fonts inside the typst wheel draw in each weight we use (tests/packs/test_lettering.py proves it);
# text in other scripts is written in Latin letters
_COVERED = "".join(
    (
        "\n\u0020-\u007e\u00a0-\u0377\u1e00-\u1eff",  # Latin
        "\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u04ff\u1f00-\u1f15",  # Greek, Cyrillic
        "\u0531-\u0556\u0559-\u058a\u05d0-\u05ea\u10d0-\u10ff",  # Armenian, Hebrew, Georgian
        "\u060c\u061b\u061f\u0621-\u063a\u0640-\u0655\u0660-\u066d\u06f0-\u06f9",  # Arabic
        "\u0679-\u067b\u067e-\u0680\u0683\u0684\u0686\u0687\u0691\u0698\u06a4\u06a9\u06af\u06cc",  # Persian, Urdu
        "\u200b-\u2027\u202a-\u202c\u202f\u2030-\u2040\u2044\u2066-\u2069",  # punctuation and direction
        "\u20a0-\u20c0\u2116\u2122\u2126\u2190-\u22ff\u2460-\u24ff\u2500-\u2606\ufffd",  # signs
    )
)
_NOT_COVERED = re.compile(f"[^{_COVERED}]+")
_BLANKS = re.compile(r"[\t\v\f\r\x1c-\x1f\x85\u2000-\u200a\u205f\u3000]+")
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_LONG_RUN = re.compile(r"[^\s-]{23,}")
_RUN_STEP = 10

# a long word may be divided between a vowel and a consonant that a vowel follows: right in Latvian and the Slavic
# languages, seldom wrong in English. (typst has no patterns for Latvian, and with patterns it divides short words too.)
_VOWELS = "aeiouyāēīōūáéíóúаеиоуъюяыэіїєѝёў"
_LONG_WORD = re.compile(r"[^\W\d_]{10,}")
_SYLLABLE = re.compile(f"(?<=[^\\W\\d_]{{2}}[{_VOWELS}])(?=[^\\W\\d_{_VOWELS}][{_VOWELS}][^\\W\\d_])", re.IGNORECASE)

_OVERRIDES = re.compile("[\u202d\u202e]")  # they make letters stand in an order in which nobody wrote them
_RIGHT_TO_LEFT = {"R", "AL", "AN", "RLE", "LRE", "PDF", "RLI", "LRI", "FSI", "PDI"}
_ISOLATES = {"\u2066", "\u2067", "\u2068"}
_POP = "\u2069"

CODES = frozenset({"code", "shape", "colour", "side"})
"""Keys of the printed data that name a choice of the template, not a text."""


def lettered(data: Any) -> Any:
    """Every text inside lists and dicts of `data`, made printable; the values of CODES stay as they are."""
    if isinstance(data, str):
        return printable(data)
    if isinstance(data, dict):
        return {key: part if key in CODES else lettered(part) for key, part in data.items()}
    if isinstance(data, list | tuple):
        return [lettered(part) for part in data]
    return data


def printable(text: str) -> str:
    """`text` as the pack prints it. Plain text in the covered scripts comes back unchanged but for break hints."""
    text = _BLANKS.sub(" ", unicodedata.normalize("NFC", text).replace("\r\n", "\n"))
    text = _CONTROLS.sub("\ufffd", _OVERRIDES.sub("", text))
    text = _NOT_COVERED.sub(lambda found: anyascii(_paired(found[0])) or "\ufffd", text)
    return _isolated(_LONG_RUN.sub(lambda found: _breakable(found[0]), text))


def divided(text: str) -> str:
    """`text` for a narrow column: long words may break between syllables.

    The break signs stay in the text of the PDF, where they can disturb a search: so not for running text.
    """
    return _LONG_WORD.sub(lambda found: _SYLLABLE.sub("\u00ad", found[0]), text)


def shortened(text: str, limit: int) -> str:
    """The first `limit` signs with a mark of omission, for places where a long text would push out others."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def _paired(text: str) -> str:
    """Lone surrogates cannot be written down in UTF-8."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _breakable(run: str) -> str:
    parts = (
        "\u200b" + sign if place and place % _RUN_STEP == 0 and not unicodedata.combining(sign) else sign
        for place, sign in enumerate(run)
    )
    return "".join(parts)


def _isolated(text: str) -> str:
    """Text with right-to-left parts inside a first-strong isolate that it cannot close."""
    if not any(unicodedata.bidirectional(sign) in _RIGHT_TO_LEFT for sign in text):
        return text
    return "\n".join("\u2068" + _balanced(line) + _POP for line in text.split("\n"))


def _balanced(line: str) -> str:
    kept: list[str] = []
    depth = 0
    for sign in line:
        if sign == _POP and depth == 0:
            continue
        depth += (sign in _ISOLATES) - (sign == _POP)
        kept.append(sign)
    return "".join(kept) + _POP * depth
