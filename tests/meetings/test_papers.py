"""The papers of a meeting: minutes for Word and for print, the sheet to sign."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from flask_babel import force_locale

from analytics.meetings import Stood, representatives
from tests.meetings.papers import NAMES, PEOPLE, meeting
from tests.packs.pdf_text import Pdf
from web.meetings import paper
from web.packs.render import MINUTES, SIGN_IN, print_sheet
from web.packs.word import minutes_file

AT = datetime(2026, 3, 13, 9, 0, tzinfo=UTC)


def sheet_in(app, language: str, found=None):
    with app.test_request_context(), force_locale(language):
        return paper.minutes(found or meeting())


def word_of(sheet, language="en"):
    return Document(io.BytesIO(minutes_file(sheet, language, AT)))


def texts(paper_) -> list[str]:
    cells = [cell.text for table in paper_.tables for row in table.rows for cell in row.cells]
    return [*(line.text for line in paper_.paragraphs), *cells]


@pytest.mark.parametrize("language", ["bg", "en_GB"])
def test_word_reads_back_every_name_and_decision(app, language):
    said = "\n".join(texts(word_of(sheet_in(app, language))))
    for text in (
        *NAMES.values(),
        *PEOPLE.values(),
        "Правна помощ <b>за</b> самотни жени",
        "إرسال القائمة",
        "Залата беше студена.",
    ):
        if text != PEOPLE["sr-Cyrl"]:  # excused: the organisation is named, nobody stood for it
            assert text in said, text
    assert ("Решение" in said) == (language == "bg")
    assert ("Not" in said or "not yet approved" in said) == (language != "bg")


def test_word_sets_arabic_from_right_to_left_and_nothing_else(app):
    paper_ = word_of(sheet_in(app, "en_GB"))
    runs = [
        run for table in paper_.tables for row in table.rows for cell in row.cells for run in cell.paragraphs[0].runs
    ]
    turned = {run.text for run in runs if run.font.rtl}
    assert {NAMES["ar"], PEOPLE["ar"]} <= turned
    assert all(re.search("[\u0600-\u06ff]", text) for text in turned)
    assert NAMES["lv"] in {run.text for run in runs if not run.font.rtl}


def test_word_knows_its_language_and_headings(app):
    paper_ = word_of(sheet_in(app, "bg"), "bg")
    normal = paper_.styles["Normal"].element
    assert normal.find(f".//{qn('w:lang')}").get(qn("w:val")) == "bg"
    assert [line.style.name for line in paper_.paragraphs if line.style.name.startswith("Heading 1")] == [
        "Heading 1"
    ] * 5


def test_no_sign_can_break_the_word_file(app):
    bad = meeting(note="a\x00b\x0bc\ud800d\u202ee\uffff", place="x\x1fy")
    said = "\n".join(texts(word_of(sheet_in(app, "en_GB", bad))))
    assert "abcde" in said
    assert "xy" in said


def test_the_print_carries_the_same(app):
    with app.test_request_context(), force_locale("bg"):
        pdf = Pdf(print_sheet(paper.printable(paper.minutes(meeting())), MINUTES))
    said = pdf.text()
    for text in ("Регионална среща Хасково", "Đorđe Ćirić", "Ģirts Bērziņš", "Решение", "3 от 4"):
        assert text in said, text
    assert len(pdf.pages()) == 2


def test_approved_minutes_keep_the_promise_as_it_was(app):
    found = meeting(
        minutes_state="minutes_approved",
        steps=[{"kind": "minutes_approved", "at": AT, "who": "Мария Петрова", "note": None}],
    )
    kept = {"text": "As agreed", "due": AT.date(), "owner": {"id": "bg", "title": NAMES["bg"]}}
    found.items[0]["decisions"][0]["actions"][0]["approved"] = kept
    sheet = sheet_in(app, "en_GB", found)
    assert (sheet["actions"][0]["text"], sheet["actions"][0]["due"]) == ("As agreed", "13 Mar 2026")
    assert sheet["actions"][0]["owner"].startswith(NAMES["bg"])
    assert "Мария Петрова" in sheet["approval"]
    assert sheet["status"] == sheet["approval"]


def test_the_sheet_to_sign_lists_who_is_expected_and_leaves_lines(app):
    with app.test_request_context(), force_locale("en_GB"):
        sheet = paper.sign_in(meeting(), {"lv": PEOPLE["lv"]})
        pdf = Pdf(print_sheet(paper.printable(sheet), SIGN_IN))
    assert [row["n"] for row in sheet["rows"]][:6] == ["1", "2", "3", "4", "5", ""]
    assert sheet["rows"][1]["person"] == PEOPLE["lv"]
    assert sum(row["organisation"] == "" for row in sheet["rows"]) >= paper.EMPTY_LINES
    assert NAMES["sr-Latn"].split(",")[0] in pdf.text()
    assert "Signature" in pdf.text()


def test_representatives_are_told_apart():
    came = [
        {"a": Stood("present", "p"), "b": Stood("absent"), "c": Stood("present")},
        {"a": Stood("deputy", "q"), "b": Stood("present", "x"), "c": Stood("online", "y")},
        {"a": Stood("present", "p"), "b": Stood("present", "z"), "d": Stood(None)},
    ]
    assert representatives(came) == {
        "a": ["first", "deputy", "same"],
        "b": ["absent", "first", "other"],
        "c": ["unnamed", "first", "uninvited"],
        "d": ["uninvited", "uninvited", "absent"],
    }


@pytest.mark.parametrize("template", [MINUTES, SIGN_IN])
def test_each_word_a_template_asks_for_is_there(app, template):
    folder = Path(paper.__file__).parents[1] / "packs"
    asked = re.findall(r"d\.w\.([a-z_]+)", (folder / template).read_text() + (folder / "page.typ").read_text())
    assert set(asked) <= set(sheet_in(app, "en_GB")["w"])
