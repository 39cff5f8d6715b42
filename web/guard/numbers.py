"""Runs of digits in a text, and the windows of digit groups in which a number may hide."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from web.guard.dates import blot_dates

RUN: Final = re.compile(r"(?<!\w)(?<!\d[-./])\d(?:[\d ./()\-]*\d)?(?!\w)")
GROUP: Final = re.compile(r"\d+")
LONGEST: Final = 16


@dataclass(frozen=True)
class Window:
    """Neighbouring digit groups: `digits` joined, `raw` as written, at `start:end` of the text."""

    digits: str
    raw: str
    start: int
    end: int


def windows_of(text: str) -> Iterator[list[Window]]:
    """For every group of digits: the windows that begin with it, longest first. Dates and times are left out."""
    plain = blot_dates(text)
    for run in RUN.finditer(plain):
        groups = [(found.start() + run.start(), found.group()) for found in GROUP.finditer(run.group())]
        for first in range(len(groups)):
            if windows := _from(plain, groups[first : first + LONGEST]):
                yield windows


def _from(text: str, groups: list[tuple[int, str]]) -> list[Window]:
    start = groups[0][0]
    found: list[Window] = []
    digits = ""
    for position, group in groups:
        digits += group
        if len(digits) > LONGEST:
            break
        end = position + len(group)
        found.append(Window(digits, text[start:end], start, end))
    return found[::-1]
