"""Text files with separators: CSV with commas, semicolons, tabs or bars."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from itertools import islice
from math import sqrt

from web.interchange.facts import Choices, ImportRejected, Text
from web.interchange.readers.encoding import Guess, decode, guess_encoding
from web.interchange.readers.sheets import MAX_CELL, Sheet, checked_rows
from web.interchange.tables import unescape

SEPARATORS = (",", ";", "\t", "|")
SAMPLE_LINES, SAMPLE_LETTERS = 200, 200_000
FIELD_LIMIT = 40 * MAX_CELL
QUOTED = re.compile(r'(^|[,;\t|])[ ]*"(?:[^"]|"")*"', re.MULTILINE)  # a whole quoted cell, with what stands before it
DECLARED = re.compile(r"\Asep=(.)\r?\n", re.IGNORECASE)


def read_delimited(file: str, data: bytes, choices: Choices) -> tuple[Sheet, Text]:
    """One sheet, and how the bytes were read; row numbers are the lines a row starts on, as an editor shows them."""
    chosen = choices.encodings.get(file)
    guess = Guess(chosen, 1.0, ()) if chosen else guess_encoding(data)
    text = decode(data, guess.encoding)
    separator = choices.separators.get(file) or sniff_separator(text)
    rows = checked_rows(*_split(text, separator))
    return Sheet(file, None, rows), Text(file, guess.encoding, guess.certainty, guess.alternatives, separator)


def sniff_separator(text: str) -> str:
    """The separator that cuts the most rows into the same number of cells; a first line "sep=;" decides alone."""
    declared = DECLARED.match(text)
    if declared:
        return declared[1]
    sample = "".join(islice(io.StringIO(text[:SAMPLE_LETTERS], newline=""), SAMPLE_LINES))
    lines = [line for line in QUOTED.sub(r"\1", sample).splitlines() if line]
    return max(SEPARATORS, key=lambda separator: _evenness(lines, separator))


def _evenness(lines: list[str], separator: str) -> float:
    widths = Counter(line.count(separator) for line in lines)
    del widths[0]
    if not widths:
        return 0.0
    cuts, times = max(widths.items(), key=lambda item: (item[1], item[0]))
    return times / len(lines) * sqrt(cuts)


def _split(text: str, separator: str) -> tuple[list[list[str]], list[int]]:
    declared = DECLARED.match(text)
    csv.field_size_limit(FIELD_LIMIT)
    reader = csv.reader(io.StringIO(text[declared.end() :] if declared else text, newline=""), delimiter=separator)
    rows: list[list[str]] = []
    numbers: list[int] = []
    line = 1 + bool(declared)
    try:
        for row in reader:
            rows.append([unescape(cell) for cell in row])
            numbers.append(line)
            line = reader.line_num + 1 + bool(declared)
    except csv.Error as fault:
        raise ImportRejected("broken_quotes", at_row=line) from fault
    return rows, numbers
