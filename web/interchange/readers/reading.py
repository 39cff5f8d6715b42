"""The door: files as bytes in, one `Reading` out, whatever the formats are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from web.interchange.facts import NO_CHOICES, Choices, ImportRejected, Reading, Table, Text
from web.interchange.readers.delimited import read_delimited
from web.interchange.readers.gathering import Findings
from web.interchange.readers.guard import client_column
from web.interchange.readers.headers import Layout, is_edges, recognise
from web.interchange.readers.hxl import read_hxl, tag_row
from web.interchange.readers.jsonrows import looks_like_json, read_json
from web.interchange.readers.network import Network
from web.interchange.readers.referrals import ReferralRows
from web.interchange.readers.registry import ORDER, Registry
from web.interchange.readers.sheets import MAX_FILE_BYTES, Sheet
from web.interchange.readers.threew import ThreeW
from web.interchange.readers.workbook import read_workbook

ZIP_START = b"PK\x03\x04"
OTHER_STARTS = {b"%PDF": "file_pdf", b"\xd0\xcf\x11\xe0": "workbook_old_or_locked", b"PK\x05\x06": "workbook_damaged"}
OWN_SHEETS = frozenset({"lists", "instructions"})
HEADER_GUESS = 4
READING_ORDER = ("hxl", *ORDER, "nodes", "edges", "referrals", "none")


@dataclass(frozen=True, slots=True)
class Found:
    """A sheet and what it was taken for; `header` is a position in its rows."""

    sheet: Sheet
    kind: str
    header: int
    layout: Layout | None


@dataclass(frozen=True, slots=True)
class Upload:
    """A file by the name its owner gave it."""

    name: str
    data: bytes


def read(uploads: Iterable[Upload], choices: Choices = NO_CHOICES, region: str | None = "BG") -> Reading:
    """All facts of the files given together, with what was refused and doubted.

    `region` (ISO 3166-1 alpha-2) is where phone numbers without a country code belong. Nothing is raised for a bad
    file: it is one refusal, and the others are read.
    """
    findings = Findings()
    texts: list[Text] = []
    sheets: list[Sheet] = []
    count = 0
    for upload in uploads:
        count += 1
        try:
            opened, text = open_file(upload, choices)
        except ImportRejected as refused:
            findings.refuse_file(refused.code, upload.name, params=refused.params)
            continue
        sheets += opened
        texts += [text] if text else []
    return replace(_facts(sheets, choices, findings, region), files=count, texts=tuple(texts))


def open_file(upload: Upload, choices: Choices = NO_CHOICES) -> tuple[list[Sheet], Text | None]:
    """The sheets of one file, and how its text was decoded where it is a text file. Raises ImportRejected."""
    data = upload.data
    if len(data) > MAX_FILE_BYTES:
        raise ImportRejected("file_too_big", most_megabytes=MAX_FILE_BYTES // 2**20)
    if not data.strip():
        raise ImportRejected("file_empty")
    if data[:4] in OTHER_STARTS:
        raise ImportRejected(OTHER_STARTS[data[:4]])
    if data.startswith(ZIP_START):
        return read_workbook(upload.name, data), None
    if looks_like_json(data):
        return [read_json(upload.name, data)], None
    sheet, text = read_delimited(upload.name, data, choices)
    return [sheet], text


def _facts(sheets: list[Sheet], choices: Choices, findings: Findings, region: str | None) -> Reading:
    shown = _shown(sheets, findings)
    edges = any(is_edges(sheet) for sheet in shown)
    found = [_recognised(sheet, choices, edges) for sheet in shown]
    found = _without_clients(found, findings)
    three = ThreeW(findings, region)
    registry = Registry(findings, region, three)
    network = Network(findings, region, three.organisations, registry.people)
    referrals = ReferralRows(findings, registry)
    tables: list[Table] = []
    for each in sorted(found, key=lambda each: READING_ORDER.index(each.kind)):
        if each.kind == "hxl":
            choice = choices.tables.get((each.sheet.file, each.sheet.name))
            tables.append(read_hxl(each.sheet, each.header, choice, three))
        elif each.layout is None:
            findings.warn_sheet("sheet_not_understood", each.sheet)
            tables.append(Table(each.sheet.file, each.sheet.name, None, None, 0))
        elif each.kind in ("nodes", "edges"):
            tables.append(network.read(each.layout))
        elif each.kind == "referrals":
            tables.append(referrals.read(each.layout))
        else:
            tables.append(registry.read(each.layout))
    return Reading(
        rows=sum(table.rows for table in tables),
        organisations=tuple(three.organisations.values()),
        people=tuple(registry.people.values()),
        places=tuple(three.gazetteer.places.values()),
        service_types=tuple(three.types.values()),
        groups=tuple(three.groups.values()),
        services=tuple(three.services.values()),
        ties=(*registry.ties, *network.ties),
        meetings=tuple(registry.meetings.values()),
        attendance=tuple(registry.attendance.values()),
        assessments=tuple(registry.assessments),
        referrals=tuple(referrals.facts),
        refusals=tuple(findings.refusals),
        warnings=findings.all_warnings(),
        tables=tuple(tables),
    )


def _shown(sheets: list[Sheet], findings: Findings) -> list[Sheet]:
    """The sheets a person sees; what was done to them is told."""
    for sheet in sheets:
        if sheet.hidden and sheet.name not in OWN_SHEETS:
            findings.warn_sheet("hidden_sheet", sheet)
        if sheet.filled_down:
            findings.warn_sheet("merged_cells", sheet, count=sheet.filled_down)
    return [sheet for sheet in sheets if sheet.rows and not sheet.hidden and sheet.name not in OWN_SHEETS]


def _recognised(sheet: Sheet, choices: Choices, edges: bool) -> Found:
    at = tag_row(sheet)
    if at is not None:
        return Found(sheet, "hxl", at, None)
    layout = recognise(sheet, choices.tables.get((sheet.file, sheet.name)), network=edges)
    return Found(sheet, layout.kind, layout.header, layout) if layout else Found(sheet, "none", HEADER_GUESS, None)


def _without_clients(found: list[Found], findings: Findings) -> list[Found]:
    """What is left when every file that holds client data in any of its sheets is refused.

    A list of referrals leaves such columns out by itself.
    """
    refused: set[str] = set()
    for each in found:
        if each.kind == "referrals":
            continue
        where = client_column(each.sheet, each.header)
        if where is not None:
            refused.add(each.sheet.file)
            findings.refuse_file("client_data", each.sheet.file, each.sheet.name, params={"where": where})
    return [each for each in found if each.sheet.file not in refused]
