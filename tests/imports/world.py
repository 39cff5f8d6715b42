"""Lists for tests: a generated 3W list with the traps of real ones, tables of the template, a small network."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import random
from datetime import date

from graphdb.actors import Actor
from graphdb.connection import Graph
from web.imports import usecases
from web.imports.plan import Options
from web.interchange.columns import TABLES
from web.interchange.readers.reading import Upload, read
from web.interchange.tables import write_xlsx

ACTOR = Actor("tester", "command")
TODAY = date(2025, 7, 1)
HEADER = [
    "Country name",
    "Admin level 1",
    "Latitude",
    "Longitude",
    "Sector (English)",
    "Sector (Arabic)",
    "",
    "Organisation",
]
TAGS = ["#country", "#adm1", "#lat_deg", "#lon_deg", "#sector", "", "", "#org"]
COUNTRIES = ["Lebanon", "Côte d'Ivoire", "Turkey", "Mali Situation", "Chad"]
AREAS = ["North", "South", "East", "Bekaa", "A/B 100%"]
SECTORS = ["Education", "Water & Sanitation", "Water, Sanitation and Hygiene", "HIV/AIDS", "Other"]
CASE_PAIRS = [("GIZ", "GiZ"), ("Oxfam", "OXFAM"), ("Medair", "MEDAIR"), ("Save the Children", "Save The Children")]
ORGANISATIONS = [*(name for pair in CASE_PAIRS for name in pair), "Дом на жената", 'A, "B" & C']


def trapped(rows: int = 300, seed: int = 1) -> Upload:
    """A 3W list: repeated area names, old tags, stray spaces, untagged columns, names that differ by case."""
    dice = random.Random(seed)
    made = [
        [dice.choice(COUNTRIES), dice.choice(AREAS), "33.9", "35.5", dice.choice(SECTORS), "", str(number),
         dice.choice(ORGANISATIONS) + dice.choice(["", " ", "\u00a0"])]
        for number in range(rows)
    ]  # fmt: skip
    return as_csv("3w.csv", [HEADER, TAGS, *made])


def as_csv(name: str, rows: list[list[str]]) -> Upload:
    """Rows as a CSV file."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return Upload(name, out.getvalue().encode())


def workbook(**sheets: list[dict[str, str]]) -> Upload:
    """A filled template: `workbook(organisations=[{"name": "A"}])`."""
    made = []
    for kind, rows in sheets.items():
        columns = [field.name for field in TABLES[kind]]
        made.append((kind, columns, [[row.get(name, "") for name in columns] for row in rows]))
    return Upload("template.xlsx", write_xlsx(made))


def network(nodes: str, edges: str) -> list[Upload]:
    """nodes.csv and edges.csv."""
    return [Upload("nodes.csv", nodes.encode()), Upload("edges.csv", edges.encode())]


def bring(graph: Graph, *uploads: Upload, actor: Actor = ACTOR, dry_run: bool = False, **options) -> usecases.Report:
    """Import files as the command does."""
    one = prepared(graph, *uploads, actor=actor, **options)
    return one.dry_run() if dry_run else one.run()


def prepared(graph: Graph, *uploads: Upload, actor: Actor = ACTOR, **options) -> usecases.Import:
    """An import that has not begun."""
    reading = read(uploads)
    options["true_as_of"] = usecases.true_day(reading, options.get("true_as_of"), TODAY)
    chosen = Options(TODAY, **options)
    files = [upload.name for upload in uploads]
    return usecases.Import(graph, actor, reading, chosen, files, usecases.digest(uploads, chosen))


MACHINERY = {
    "id", "ref", "version", "created_at", "changed_at", "by", "import_id", "subject", "record", "_lock", "key",
}  # fmt: skip


def digest(graph: Graph) -> str:
    """One name for all that users see: records without their ids, joined by their relationships."""
    rows = graph.define(
        """
        MATCH (n) WHERE n:Record OR n:Identifier
        RETURN n.id AS id, elementId(n) AS element, labels(n) AS labels, properties(n) AS props,
               COLLECT { MATCH (n)-[r]->(m) WHERE m:Record OR m:Identifier
                         RETURN [type(r), elementId(m), properties(r)] } AS ties
        """
    )
    marks = {row["element"]: _mark(row["labels"], row["props"]) for row in rows}
    for _ in range(3):
        marks = {
            row["element"]: _hash(
                [
                    marks[row["element"]],
                    sorted(_hash([kind, marks[to], _plain(props)]) for kind, to, props in row["ties"]),
                ]
            )
            for row in rows
        }
    return _hash(sorted(marks.values()))


def _mark(labels: list[str], props: dict[str, object]) -> str:
    return _hash([sorted(labels), _plain(props)])


def _plain(props: dict[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in sorted(props.items()) if name not in MACHINERY}


def _hash(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()


def count(graph: Graph, label: str) -> int:
    """How many nodes have a label."""
    return graph.define(f"MATCH (n:{label}) RETURN count(n) AS n")[0]["n"]
