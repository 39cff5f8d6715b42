"""What must be true of an XLSX before anything opens it: a sound zip of modest size, no macros, no far-off cells.

calamine lays a sheet out as a full rectangle, so one cell in the last corner would take all memory: it is looked for
in the bytes first. Every part is unpacked here once, under a budget and with its checksum.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from web.interchange.facts import ImportRejected

MAX_PARTS = 2_000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 150
RATIO_MATTERS_FROM = 5 * 1024 * 1024
MAX_REPEATED_TEXT = 256 * 1024 * 1024
LONG_TEXT = 2_000
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
FAR_ROW = rb"(?:[1-9]\d{6,}|[3-9]\d{5}|2[1-9]\d{4}|20[1-9]\d{3}|200[1-9]\d\d|2000[1-9]\d|20000[1-9])"  # over 200,000
FAR_COLUMN = rb"(?:[A-Z]{3}|[L-Z][A-Z]|K[O-Z])"  # beyond KN, the 300th
FAR = rb"(?:[A-Z]{1,3}" + FAR_ROW + rb"|" + FAR_COLUMN + rb"\d+)"
FAR_REFERENCE = re.compile(rb"""\br\s*=\s*["']""" + FAR + rb"""["']""")
FAR_CELL = re.compile(rb"""<(?:\w+:)?c\b[^<>]*?\br\s*=\s*["']""" + FAR + rb"""["'][^<>]*(?<!/)>""")
SHARED_TEXT = re.compile(rb"<(?:\w+:)?si\b")
UNCOMPUTED = re.compile(
    rb"""<c\b[^<>]*?\br="([A-Z]{1,3})(\d+)"[^<>]*>\s*<f\b(?:[^<>]*/>|[^<>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"""
)
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def checked_parts(data: bytes) -> Mapping[str, bytes]:
    """The XML parts by name, each unpacked; raises ImportRejected for bombs, macros, damaged or other files."""
    if data.startswith(OLD_OFFICE):
        raise ImportRejected("workbook_old_or_locked")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_directory(entries)
            parts = {
                entry.filename: archive.read(entry) for entry in entries if entry.filename.endswith((".xml", ".rels"))
            }
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as fault:
        raise ImportRejected("workbook_damaged") from fault
    _check_parts(parts)
    return parts


def _check_directory(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename.lower() for entry in entries]
    if any("vbaproject" in name or "/macrosheets/" in name for name in names):
        raise ImportRejected("workbook_macros")
    if len(entries) > MAX_PARTS or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise ImportRejected("workbook_bomb")
    for entry in entries:
        packed_tight = entry.file_size > MAX_RATIO * max(1, entry.compress_size)
        if packed_tight and entry.file_size > RATIO_MATTERS_FROM:
            raise ImportRejected("workbook_bomb")
    if len(set(names)) != len(names):
        raise ImportRejected("workbook_damaged")
    if "xl/workbook.xml" not in names:
        raise ImportRejected("not_a_workbook")


def _check_parts(parts: Mapping[str, bytes]) -> None:
    if b"macroEnabled" in parts.get("[Content_Types].xml", b""):
        raise ImportRejected("workbook_macros")
    for part in parts.values():
        if b"\0" in part or b"<!DOCTYPE" in part or b"<!ENTITY" in part:
            raise ImportRejected("workbook_damaged")
        if FAR_REFERENCE.search(part) and FAR_CELL.search(part):
            raise ImportRejected("workbook_far_cell")
    _check_repeated_texts(parts)


def _check_repeated_texts(parts: Mapping[str, bytes]) -> None:
    """A long shared text costs its length again for each cell that shows it."""
    shared = next((part for name, part in parts.items() if name.lower() == "xl/sharedstrings.xml"), b"")
    sheets = [part for part in parts.values() if part is not shared]
    texts = SHARED_TEXT.split(shared)[1:]
    long = {index: len(text) for index, text in enumerate(texts) if len(text) > LONG_TEXT}
    if not long or max(long.values()) * sum(part.count(b"<v>") for part in sheets) <= MAX_REPEATED_TEXT:
        return
    total = 0
    for part in sheets:
        for found in re.finditer(rb"<v>(\d+)</v>", part):
            total += long.get(int(found[1]), 0)
    if total > MAX_REPEATED_TEXT:
        raise ImportRejected("workbook_bomb")


def uncomputed_cells(parts: Mapping[str, bytes]) -> dict[str, frozenset[tuple[int, int]]]:
    """By sheet name, the cells (row from 1, column from 0) with a formula that was never worked out."""
    found: dict[str, frozenset[tuple[int, int]]] = {}
    for sheet, part in _sheet_parts(parts).items():
        text = parts.get(part, b"")
        if b"<f" in text:
            found[sheet] = frozenset((int(hit[2]), _index_of(hit[1].decode())) for hit in UNCOMPUTED.finditer(text))
    return found


def _sheet_parts(parts: Mapping[str, bytes]) -> dict[str, str]:
    book, links = _parsed(parts, "xl/workbook.xml"), _parsed(parts, "xl/_rels/workbook.xml.rels")
    targets = {link.get("Id"): str(link.get("Target", "")) for link in links}
    if not all(target.lower().endswith(".xml") for target in targets.values()):
        raise ImportRejected("workbook_damaged")
    return {
        str(sheet.get("name")): "xl/" + targets.get(sheet.get(RELATED), "").removeprefix("/xl/").removeprefix("xl/")
        for sheet in book.iter(f"{MAIN}sheet")
    }


def _parsed(parts: Mapping[str, bytes], name: str) -> Element:
    try:
        return fromstring(parts.get(name, b""))
    except (ParseError, DefusedXmlException, ValueError, LookupError) as fault:
        raise ImportRejected("workbook_damaged") from fault


def _index_of(letters: str) -> int:
    index = 0
    for letter in letters:
        index = 26 * index + ord(letter) - 64
    return index - 1
