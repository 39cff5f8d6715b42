"""The table of comments counted and printed: page, commands, CSV, Word and PDF say the same as a recount of the store."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter

import pytest
from docx import Document

from graphdb import records
from graphdb.catalogue import codes, kind_of
from graphdb.writes import change
from tests.consultations.drafts import TODAY, decide, put, say
from tests.meetings.world import ACTOR, World, make
from tests.packs.pdf_text import Pdf, squeezed

CYRILLIC = "Срокът от 24 часа е твърде кратък"


@pytest.fixture
def world(graph) -> World:
    return make(graph, TODAY)


@pytest.fixture
def draft(graph, world) -> str:
    """Three asked: one has commented three times, one has nothing to add, one is silent; one commented before it was taken off."""
    record = put(graph, [world.town, world.office, world.clinic, world.shy], name="Проект на протокол")
    decisions = [("accepted", ""), ("in_part", "Само за деца"), ("rejected", "=Законът го изисква")]
    for n, (decision, why) in enumerate(decisions, 1):
        decide(graph, say(graph, record, world.town, f"{CYRILLIC} {n}", proposed="72 часа"), decision, why)
    say(graph, record, world.shy, "Jārunā ar bērnu; pitati dete")
    links = {"asked": [world.town, world.office, world.clinic], "content": [world.office]}
    change(graph, ACTOR, lambda c: str(records.update(c, graph, kind_of("Consultation"), record, None, {}, links)))
    return record


def recount(graph, record: str) -> dict:
    """The same figures by another way: rows of the graph, counted here."""
    rows = graph.define(
        "MATCH (d:Consultation {id: $id})<-[:COMMENT_ON]-(n:DraftComment) WHERE n.archived_at IS NULL"
        " MATCH (n)-[:COMMENT_BY]->(o) RETURN o.id AS who, n.decision AS decision", id=record,
    )  # fmt: skip
    asked = {
        r["id"]
        for r in graph.define("MATCH (:Consultation {id: $id})-[:ASKED_FOR_COMMENTS]->(o) RETURN o.id AS id", id=record)
    }
    content = {
        r["id"]
        for r in graph.define("MATCH (:Consultation {id: $id})-[:NOTHING_TO_ADD]->(o) RETURN o.id AS id", id=record)
    }
    who, decisions = {row["who"] for row in rows}, Counter(row["decision"] for row in rows)
    return {
        "comments": len(rows), "asked": len(asked), "answered": len(asked & (who | content)),
        "not_answered": len(asked - who - content), "not_asked": len(who - asked),
        "decisions": {code: decisions[code] for code in codes("comment_decision")},
    }  # fmt: skip


def flat(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_counts_are_those_of_the_store(sign_in, graph, world, draft, command):
    truth = recount(graph, draft)
    assert truth == {
        "comments": 4, "asked": 3, "answered": 2, "not_answered": 1, "not_asked": 1,
        "decisions": {"open": 1, "accepted": 1, "in_part": 1, "rejected": 1, "noted": 0},
    }  # fmt: skip
    page = sign_in("manager").get(f"/consultations/{draft}").text
    assert "4 comments ; 2 of 3 asked organisations have answered." in flat(page).replace("comments;", "comments ;")
    part = re.search(r'id="asked".*?</section>', page, re.DOTALL)[0]
    assert re.findall(r'small-print">(\d+)<', part) == ["1", "1", "1", "1"]
    lines = sign_in("manager").get("/consultations/").text
    assert "2 of 3" in lines
    assert "1 not decided" in lines
    consultations = command("consultations")
    ref = graph.define("MATCH (d:Consultation) RETURN d.ref AS ref")[0]["ref"]
    shown = json.loads(consultations("show", ref, "--format", "json").stdout)
    for name in ("comments", "asked", "answered", "decisions"):
        assert shown[name] == truth[name]
    assert shown["not_answered"] == ["Clinic <b>"]
    assert (len(shown["not_asked"]), len(shown["nothing_to_add"])) == (1, 1)
    listed = json.loads(consultations("list", "--format", "json").stdout)["consultations"][0]
    assert {name: listed[name] for name in ("comments", "asked", "answered", "undecided")} == {
        "comments": 4, "asked": 3, "answered": 2, "undecided": 1,
    }  # fmt: skip
    rejected = consultations("show", draft, "--decision", "rejected", "--format", "csv").stdout
    assert [row["number"] for row in csv.DictReader(io.StringIO(rejected))] == ["3"]
    assert "Проект на протокол" in consultations("list").stdout
    missing = consultations("show", "CON-9999")
    assert missing.exit_code == 1
    assert "CON-9999" in missing.stderr


def test_a_filter_shows_one_decision_and_files_follow_it(sign_in, graph, world, draft):
    who = sign_in("partner", organisation=world.town)
    page = who.get(f"/consultations/{draft}?decision=in_part").text
    assert f"{CYRILLIC} 2" in page
    assert f"{CYRILLIC} 1" not in page
    assert f"/consultations/{draft}/table/csv?decision=in_part" in page
    rows = list(
        csv.reader(
            io.StringIO(who.get(f"/consultations/{draft}/table/csv?decision=in_part").get_data().decode("utf-8-sig"))
        )
    )
    assert [row[0] for row in rows] == ["No.", "2"]
    everything = list(
        csv.reader(io.StringIO(who.get(f"/consultations/{draft}/table/csv").get_data().decode("utf-8-sig")))
    )
    assert len(everything) == 1 + 4
    assert not [cell for row in everything for cell in row if cell.startswith("=")], "no cell is a formula"
    assert who.get(f"/consultations/{draft}/table/odt").status_code == 404


def test_word_holds_the_whole_table(sign_in, draft):
    found = sign_in("coordinator").get(f"/consultations/{draft}/table/docx")
    assert found.mimetype.endswith("wordprocessingml.document")
    paper = Document(io.BytesIO(found.get_data()))
    cells = [[cell.text for cell in row.cells] for row in paper.tables[0].rows]
    assert cells[0] == ["No.", "Organisation", "On which part", "Comment", "Proposed text", "Decision", "Why"]
    assert [row[0] for row in cells[1:]] == ["1", "2", "3", "4"]
    assert cells[2][3:] == [f"{CYRILLIC} 2", "72 часа", "Accepted in part", "Само за деца"]
    assert "Jārunā ar bērnu; pitati dete" in cells[4][3]
    text = "\n".join(line.text for line in paper.paragraphs)
    assert "Проект на протокол" in text
    assert "4 comments, 2 of 3 asked organisations have answered." in text
    assert "Not answered: Clinic <b>." in text
    assert paper.sections[0].page_width > paper.sections[0].page_height


def test_the_print_holds_the_whole_table_in_the_readers_language(sign_in, draft):
    who = sign_in("coordinator")
    who.post("/language/bg", {"back": "/"})
    print_ = Pdf(who.get(f"/consultations/{draft}/table/pdf").get_data())
    text = squeezed(print_.text())
    for wanted in ("Проект на протокол", CYRILLIC, "72 часа", "Само за деца", "Jārunā ar bērnu", "=Законът го изисква"):
        assert squeezed(wanted) in text, wanted
    assert squeezed("Table of comments") not in text
    few = Pdf(who.get(f"/consultations/{draft}/table/pdf?decision=in_part").get_data())
    assert squeezed(f"{CYRILLIC} 2") in squeezed(few.text())
    assert squeezed(f"{CYRILLIC} 1") not in squeezed(few.text())
