"""Days and numbers as forms and addresses carry them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.typed import day_in, number_in


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.integers(0, 999_999_999))
def test_what_is_written_is_read(day, number):
    assert (day_in(day.isoformat()), number_in(str(number)), number_in(number)) == (day, number, number)


@given(st.text())
def test_nothing_that_is_typed_is_an_error(text):
    day, number = day_in(text), number_in(text)
    assert day is None or 1900 <= day.year <= 2200
    assert 0 <= number < 10**9


@pytest.mark.parametrize("text", ["", None, "²", "٣", "-1", "1.0", " 1", "1" * 10])
def test_other_than_plain_digits_is_no_version(text):
    assert number_in(text) == 0


@pytest.mark.parametrize("text", ["", "soon", "31.03.2026", "2026-02-30", "1899-12-31", "2201-01-01", "0001-01-01"])
def test_other_than_a_day_of_our_time_is_none(text):
    assert day_in(text) is None
