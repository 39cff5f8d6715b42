"""Which encoding a text file is in: mark, UTF-8 strict, UTF-16 by its zeros, then letters that fit together."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from web.interchange.facts import ImportRejected

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SINGLE_BYTE = ("windows-1251", "koi8-r", "koi8-u", "windows-1257", "windows-1250", "windows-1252", "cp866", "iso8859-5")
OFFERED = ("utf-8", "windows-1251", "koi8-r", "koi8-u", "windows-1257", "windows-1250", "windows-1252", "utf-16")
SAMPLE = 60_000

CYRILLIC = {  # how often letters stand in Bulgarian, Serbian, Russian and Ukrainian text, in four steps
    **dict.fromkeys("оаеинт", 1.0),
    **dict.fromkeys("рсвлкпмд", 0.7),
    **dict.fromkeys("узбгяцчъјй", 0.3),
    **dict.fromkeys("ьжшщхюфыэёіїєґљњћђџ", 0.0),
}
LATIN = {
    "windows-1257": frozenset("āčēģīķļņšūž"),
    "windows-1250": frozenset("čćšžđáéíóúýěřůąęłńśźżőűöüä"),
    "windows-1252": frozenset("éèêëàâçôöüùûîïäñáíóúåøæß"),
}
MARKS_OF_TEXT = frozenset("„“”‘’–—…№§«»°©®\u00a0€•´·")
WORST = -2.0
LEAD = 0.5  # a lead of so much, on a scale from -2 to 1, is certain


@dataclass(frozen=True, slots=True)
class Guess:
    """`certainty` from 0 to 1; `alternatives` are the others worth offering, best first."""

    encoding: str
    certainty: float
    alternatives: tuple[str, ...]


def guess_encoding(data: bytes) -> Guess:
    """Mark and valid UTF-8 are certain; a single-byte guess is as certain as its lead over the next one."""
    for mark, name in MARKS:
        if data.startswith(mark):
            return Guess(name, 1.0, OFFERED)
    if b"\0" in data[:SAMPLE]:
        return Guess(_wide(data), 0.95, OFFERED)
    if _decodes(data, "utf-8"):
        return Guess("utf-8", 1.0, OFFERED)
    return _single_byte(data)


def decode(data: bytes, encoding: str) -> str:
    """The text; a byte that does not belong is refused, never replaced in silence."""
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except (UnicodeError, LookupError) as fault:
        raise ImportRejected("wrong_encoding", encoding=encoding) from fault


def _wide(data: bytes) -> str:
    sample = data[:SAMPLE]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    name = "utf-16-le" if odd > even else "utf-16-be"
    lopsided = max(even, odd) >= 4 * max(1, min(even, odd)) or min(even, odd) == 0
    if len(data) % 2 or not lopsided or not _decodes(data, name):
        raise ImportRejected("not_text")
    return name


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeError:
        return False
    return True


def _single_byte(data: bytes) -> Guess:
    sample = _telling_part(data)
    scores = sorted(((_score(sample, name), -rank, name) for rank, name in enumerate(SINGLE_BYTE)), reverse=True)
    best, runner_up = scores[0], _next_reading(sample, scores)
    certainty = min(1.0, (best[0] - runner_up) / LEAD)
    return Guess(best[2], round(certainty, 2), tuple(name for _, _, name in scores[1:]))


def _telling_part(data: bytes) -> bytes:
    """The lines that hold bytes beyond ASCII, so that a long English head does not hide the letters that tell."""
    lines = [line for line in data[: 40 * SAMPLE].splitlines() if not line.isascii()]
    return b"\n".join(lines)[:SAMPLE]


def _next_reading(sample: bytes, scores: list[tuple[float, int, str]]) -> float:
    """The score of the best encoding that would read the sample differently (KOI8-R and -U are often the same)."""
    best = _lenient(sample, scores[0][2])
    return next((score for score, _, name in scores[1:] if _lenient(sample, name) != best), WORST)


def _lenient(sample: bytes, encoding: str) -> str:
    return sample.decode(encoding, errors="replace")


def _score(sample: bytes, encoding: str) -> float:
    text = f" {_lenient(sample, encoding)} "
    if "\ufffd" in text:
        return WORST
    expected = LATIN.get(encoding, frozenset())
    weights = [
        _weight(before, letter, after, expected)
        for before, letter, after in zip(text, text[1:], text[2:], strict=False)
        if not letter.isascii()
    ]
    return sum(weights) / len(weights) if weights else 0.0


def _weight(before: str, letter: str, after: str, expected: frozenset[str]) -> float:
    """How much one letter beyond ASCII looks at home between its neighbours."""
    if letter in MARKS_OF_TEXT:
        return 0.1
    small = letter.lower()
    swapped_case = letter.isupper() and before.islower()
    if small in CYRILLIC:
        stray = _ascii_letter(before) or _ascii_letter(after)
        return CYRILLIC[small] - 1.5 * stray - 1.0 * swapped_case
    if letter.isalpha() and not "\u0400" <= letter <= "\u04ff":
        at_home = _ascii_letter(before) or _ascii_letter(after)
        return (0.9 if small in expected else -0.6) - 1.0 * (not at_home) - 1.0 * swapped_case
    return -1.5


def _ascii_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()
