from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from web.interchange.values import (
    is_personal_number,
    month_first,
    read_count,
    read_date,
    read_email,
    read_identifier,
    read_number,
    read_phone,
    read_website,
    read_yes_no,
)
from web.interchange.words import country_code, language_code

LAST_DAY = date(2025, 12, 31)


@pytest.mark.parametrize(
    "text",
    [
        "31.12.2025", "31/12/2025", "12/31/2025", "31-12-2025", "2025-12-31", "2025/12/31", "2025.12.31", "31.12.2025 г.",
        "31.12.2025.", "2025-12-31T10:20:00Z", "2025-12-31 00:00:00", "31 декември 2025 г.", "31 December 2025",
        "December 31, 2025", "31. decembar 2025.", "2025. gada 31. decembris", "31 дек 2025",
    ],
)  # fmt: skip
def test_dates_that_leave_no_doubt(text):
    assert read_date(text).day == LAST_DAY
    assert read_date(text).doubt is None


@pytest.mark.parametrize(
    ("text", "day", "doubt"),
    [
        ("03/04/2025", date(2025, 4, 3), "date_ambiguous"),
        ("03-04-2025", date(2025, 4, 3), "date_ambiguous"),
        ("03.04.2025", date(2025, 4, 3), None),
        ("04/04/2025", date(2025, 4, 4), None),
        ("31.12.25", LAST_DAY, "date_two_digit_year"),
        ("46022", LAST_DAY, "date_serial"),
        ("2025", date(2025, 1, 1), "date_partial"),
        ("2025-03", date(2025, 3, 1), "date_partial"),
        ("март 2025", date(2025, 3, 1), "date_partial"),
        ("31.02.2025", None, "date_unreadable"),
        ("0000-01-01", None, "date_unreadable"),
        ("9999-12-31", None, "date_unreadable"),
        ("soon", None, "date_unreadable"),
    ],
)
def test_dates_with_a_doubt(text, day, doubt):
    found = read_date(text)
    assert (found.day, found.doubt) == (day, doubt)


def test_a_column_may_say_that_the_month_comes_first():
    assert month_first(["03/04/2025", "12/31/2025"])
    assert not month_first(["03/04/2025", "31/12/2025"])
    assert not month_first(["12/31/2025", "31/12/2025"])
    assert read_date("03/04/2025", month_first=True).day == date(2025, 3, 4)


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_iso_and_european_dates_come_back(day):
    assert read_date(day.isoformat()).day == day
    assert read_date(day.strftime("%d.%m.") + f"{day.year:04}").day == day


@settings(deadline=None)
@given(st.text(max_size=40))
def test_no_text_breaks_the_readers(text):
    read_date(text)
    read_number(text)
    read_count(text)
    read_phone(text, "BG")
    read_email(text)
    read_website(text)
    read_identifier(text)
    country_code(text)
    language_code(text)
    is_personal_number(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1 234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("42,697", 42.697),
        ("-7.5", -7.5),
        ("nan", None),
        ("inf", None),
    ],
)
def test_numbers(text, number):
    assert read_number(text) == number


@pytest.mark.parametrize(
    ("text", "count"), [("1,200", 1200), ("1 200", 1200), ("12", 12), ("3.0", 3), ("-1", None), ("1.5", None)]
)
def test_counts(text, count):
    assert read_count(text) == count


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0888 123 456", "+359888123456"),
        ("+371 2612 3456", "+37126123456"),
        ("00381 11 123 4567", "+381111234567"),
        ("none", None),
    ],
)
def test_phones(text, number):
    assert read_phone(text, "BG") == number


def test_links_and_addresses():
    assert read_website("www.example.org/a") == "https://www.example.org/a"
    assert read_website("javascript:alert(1)") is None
    assert read_website("https://example.org") == "https://example.org"
    assert read_email("mailto:office@example.org") == "office@example.org"
    assert read_email("office at example") is None


def test_register_numbers_are_checked():
    assert read_identifier("BG-EIK:000000000").check_ok is True
    assert read_identifier("BG-EIK 000000001").check_ok is False
    assert read_identifier("RS-PIB-100000016").check_ok is True
    assert read_identifier("XM-DAC-41121").check_ok is None
    assert read_identifier("000000000") is None


def test_numbers_of_persons_are_not_register_numbers():
    assert read_identifier("BG-EIK:7501020018") is None
    assert is_personal_number("7501020018")
    assert not is_personal_number("0888123456")


@pytest.mark.parametrize(
    ("word", "answer"), [("да", True), ("Yes", True), ("x", True), ("не", False), ("0", False), ("maybe", None)]
)
def test_yes_and_no(word, answer):
    assert read_yes_no(word) is answer


@pytest.mark.parametrize(
    ("name", "code"),
    [("Lebanon", "LB"), ("LBN", "LB"), ("lb", "LB"), ("България", "BG"), ("Bugarska", "BG"), ("Latvija", "LV"), ("Turkey", "TR"),
     ("Türkiye", "TR"), ("Côte d'Ivoire", "CI"), ("Mali Situation", None), ("", None)],
)  # fmt: skip
def test_countries_by_name_and_code(name, code):
    assert country_code(name) == code


@pytest.mark.parametrize(
    ("word", "tag"),
    [
        ("bg", "bg"),
        ("арабски език", "ar"),
        ("Kurdish", "ku"),
        ("sr_Latn", "sr-Latn"),
        ("Persian", "fa"),
        ("blah", None),
        ("", None),
    ],
)
def test_languages_by_name_and_tag(word, tag):
    assert language_code(word) == tag
