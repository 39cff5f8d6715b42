"""Languages: typed by name or code, stored as codes, shown by name."""

from __future__ import annotations

import pytest
from babel import Locale
from werkzeug.datastructures import MultiDict
from wtforms import Form

from web.tongues import TonguesField, codes_in


class Speaks(Form):
    languages = TonguesField("Languages")


@pytest.mark.parametrize("reader", ["en_GB", "bg"])
def test_every_language_is_read_by_the_name_it_is_shown_with(reader: str) -> None:
    names = {code: name for code, name in Locale.parse(reader).languages.items() if len(code) == 2}
    assert len(names) > 150
    assert {code: codes_in(name) for code, name in names.items()} == {code: [code] for code in names}


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("арабски, фарси", "ar, fa"),
        ("bg en", "bg, en"),
        ("Arabic;Haitian Creole\nku", "ar, ht, ku"),
        ("български език", "bg"),
        ("", ""),
        ("Arabic, blue whale", "ar, blue, whale"),
    ],
)
def test_what_is_typed_becomes_codes_and_comes_back_as_typed(typed: str, codes: str) -> None:
    form = Speaks(MultiDict({"languages": typed}))
    assert form.languages.data == codes
    assert form.languages._value() == typed


@pytest.mark.parametrize("stored", ["fa, bg", ["fa", "bg"]])
def test_what_is_stored_is_shown_by_name(app, stored: object) -> None:
    with app.test_request_context(headers={"Accept-Language": "bg"}):
        form = Speaks(data={"languages": stored})
        assert form.languages.data == "fa, bg"
        assert form.languages._value() == "персийски, български"
