import re
from dataclasses import replace
from datetime import date
from gettext import NullTranslations
from pathlib import Path

import pytest
from babel.core import UnknownLocaleError
from babel.messages.extract import extract_from_dir

from tests.packs.example import Bulgarian, example
from web.packs.content import AgendaItem, LapsingAgreement, Matrix, MatrixCell, OpenAction
from web.packs.wording import worded
from web.packs.words import fixed_words, locale_of

ENGLISH = NullTranslations()
PLACEHOLDER = re.compile(r"%\(\w+\)\w|\{\w+\}")
FOLDER = Path(__file__).parents[2] / "web" / "packs"


def forms(entry):
    """One message, or its singular and plural."""
    return [entry] if isinstance(entry, str) else list(entry)


def built_from(template: str) -> set[str]:
    """A template and every one which it imports, at any depth."""
    imported = re.findall(r'#import "([a-z_]+\.typ)"', (FOLDER / template).read_text())
    return {template}.union(*map(built_from, imported))


def test_every_word_of_the_pack_is_in_the_bulgarian_catalogue_and_no_other():
    found = {forms(message)[0] for _, _, message, _, _ in extract_from_dir(FOLDER)}
    catalogue = [message for message in Bulgarian().catalogue if message.id]
    assert found == {forms(message.id)[0] for message in catalogue}
    for message in catalogue:
        wanted = set(PLACEHOLDER.findall(forms(message.id)[-1]))
        assert all(set(PLACEHOLDER.findall(string)) == wanted for string in forms(message.string)), message.id
        assert all(forms(message.string)), message.id


def test_the_template_asks_for_every_fixed_word_and_for_no_other():
    # the other papers of the folder (minutes, referral, ...) bring words of their own
    templates = "".join((FOLDER / name).read_text() for name in built_from("meeting.typ"))
    asked = set(re.findall(r"(?<![a-z])(?:d\.)?w\.([a-z_]+)", templates))
    assert asked == set(fixed_words(ENGLISH))


def test_long_lists_are_cut_and_the_rest_is_counted():
    sheet = worded(example(gaps=303), ENGLISH)
    assert len(sheet["coverage"]["gaps"]) == 40
    assert sheet["coverage"]["more"] == "and 263 more, see the page"
    assert worded(example(gaps=40), ENGLISH)["coverage"]["more"] == ""


def test_a_large_matrix_is_cut_into_tables_and_says_what_is_left_out():
    rows = tuple(tuple(MatrixCell("covered", "2") for _ in range(57)) for _ in range(40))
    matrix = Matrix(tuple(f"P{i}" for i in range(57)), tuple(f"S{i}" for i in range(40)), rows)
    pack = example()
    matrices = worded(replace(pack, coverage=replace(pack.coverage, matrix=matrix)), ENGLISH)["coverage"]["matrices"]
    assert [table["places"] for table in matrices["tables"]] == [
        [f"P{i}" for i in range(6)],
        [f"P{i}" for i in range(6, 12)],
    ]
    assert all(len(row["cells"]) == 6 for table in matrices["tables"] for row in table["rows"])
    assert [len(table["rows"]) for table in matrices["tables"]] == [24, 24]
    assert matrices["more"] == "Not printed here, see the page: 45 more places, 16 more services"


def test_not_assessed_stands_beside_the_denominator():
    answer = worded(example(), ENGLISH)["coverage"]["answer"]
    assert answer.startswith("25 cells were assessed")
    assert "5 are not assessed" in answer


def test_items_carry_the_clock_until_a_length_is_unknown():
    pack = replace(example(), agenda=(AgendaItem("a", 20), AgendaItem("b"), AgendaItem("c", 5)))
    agenda = worded(pack, ENGLISH)["agenda"]
    assert [item["starts"] for item in agenda["items"]] == ["10:00", "10:20", ""]
    assert agenda["total"] == "25 minutes in all"


def test_days_late_and_left_are_counted_from_the_packs_own_day():
    as_of = date(2026, 11, 21)
    actions = (OpenAction("a", "x", date(2026, 11, 20)), OpenAction("b", "x", as_of), OpenAction("c", "x"))
    agreements = tuple(LapsingAgreement("t", (), day) for day in (date(2026, 11, 20), as_of, date(2026, 11, 22)))
    sheet = worded(replace(example(), actions=actions, agreements=agreements), ENGLISH)
    assert [row["late"] for row in sheet["actions"]["rows"]] == ["1 day late", "", ""]
    assert sheet["actions"]["rows"][2]["due"] == "no date"
    assert [row["left"] for row in sheet["agreements"]["rows"]] == ["has lapsed", "in 0 days", "in 1 day"]
    assert {"value": "1 of 3", "label": "open actions are overdue"} in sheet["headline"]


def test_what_was_not_computed_is_not_called_none():
    pack = replace(example(), coverage=None, collaboration=None, changes=None, actions=(), hidden=None)
    sheet = worded(pack, ENGLISH)
    assert sheet["headline"] == []
    assert sheet["coverage"] is sheet["collaboration"] is sheet["changes"] is sheet["hidden"] is None


@pytest.mark.parametrize(
    ("language", "day", "tag"),
    [
        ("en", "Tuesday, 1 December 2026, 10:00–12:00", ("en", "")),
        ("bg", "вторник, 1 декември 2026 г., 10:00–12:00", ("bg", "")),
        ("lv", "otrdiena, 2026. gada 1. decembris, 10:00–12:00", ("lv", "")),
        ("sr-Latn", "utorak, 1. decembar 2026., 10:00–12:00", ("sr", "latn")),
        ("sr_Cyrl", "уторак, 1. децембар 2026., 10:00–12:00", ("sr", "cyrl")),
    ],
)
def test_dates_follow_the_readers_language(language, day, tag):
    sheet = worded(replace(example(), language=language), ENGLISH)
    assert re.sub("[\u00a0\u202f]", " ", sheet["when"]) == day
    assert (sheet["lang"], sheet["script"]) == tag


def test_no_language_is_refused():
    with pytest.raises((ValueError, UnknownLocaleError)):
        locale_of("no such tongue")
