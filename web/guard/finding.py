"""What the guard reports: where in the text, of what kind, and never the thing itself."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What a passage looks like."""

    MAIL = "mail"
    HANDLE = "handle"
    ACCOUNT = "account"
    IDENTITY = "identity"
    DOCUMENT = "document"
    BIRTH = "birth"
    PHONE = "phone"
    LOCATION = "location"
    ADDRESS = "address"
    OLD_DATE = "old_date"
    NAME = "name"


WARNS: Final = frozenset({Kind.NAME, Kind.OLD_DATE})
TAKEN: Final = "\0"  # never in a text: `same_length` turns it into a space


@dataclass(frozen=True)
class Finding:
    """`text[start:end]` looks like `kind`; `excerpt` is fit to be shown: its first two characters and dots."""

    kind: Kind
    start: int
    end: int
    excerpt: str

    @property
    def refuses(self) -> bool:
        """True: never stored. False: the writer may confirm that it is nobody under protection (an official's name)."""
        return self.kind not in WARNS


class Reading:
    """A text being read: what one detector found is blotted out for the next, places stay the same."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.rest = same_length(text)
        self.findings: list[Finding] = []

    def report(self, kind: Kind, spans: Iterable[tuple[int, int]]) -> None:
        """Note each span as `kind`; one that shares a character with an earlier one is passed over."""
        for start, end in spans:
            if TAKEN in self.rest[start:end]:
                continue
            shown = self._text[start : start + 2].strip()
            self.findings.append(Finding(kind, start, end, f"{shown}…"))
            self.blot(start, end)

    def blot(self, start: int, end: int) -> None:
        """Hide a passage from later detectors, as known to be harmless or already reported."""
        self.rest = self.rest[:start] + TAKEN * (end - start) + self.rest[end:]


def same_length(text: str) -> str:
    """One character for one: digits of any script as 0-9, all spaces and dashes alike, invisible marks as spaces."""
    return "".join(map(_plain, text))


def _plain(character: str) -> str:
    if character.isascii():
        return " " if character == TAKEN else character
    if character.isdecimal():
        return str(int(character))
    if character.isspace() or character in "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f":
        return " "
    if character in "‐‑‒–—―−":
        return "-"
    return character if not 0xFF01 <= ord(character) <= 0xFF5E else chr(ord(character) - 0xFEE0)


def spans_of(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    """Where the pattern, or its group called `it`, was found."""
    group = "it" if "it" in pattern.groupindex else 0
    return [found.span(group) for found in pattern.finditer(text)]
