"""Languages in a form: typed by name or by code, shown by name, handed on as codes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wtforms import StringField

from web.interchange.words import language_code
from web.pages import tongues

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BETWEEN = re.compile(r"[,;|\n]+")


def codes_in(text: str) -> list[str]:
    """Codes of the languages named in a text; a word that names none stays as it is, for the check to refuse."""
    return [code for part in BETWEEN.split(text) for code in _codes(part.strip())]


def _codes(part: str) -> Iterator[str]:
    """A name may have several words ("Haitian Creole"); failing that, each word is one."""
    if part and (code := language_code(part)):
        yield code
    else:
        yield from (language_code(word) or word for word in part.split())


class TonguesField(StringField):
    """A line of languages; its data are codes, or, where somebody wrote no language, that word among them."""

    data: str | None

    def _value(self) -> str:
        """As typed where it comes back refused, else the names of what is stored."""
        if self.raw_data:
            return str(self.raw_data[0])
        return tongues(codes_in(self.data or ""))

    def process_data(self, value: str | Iterable[str] | None) -> None:
        """Take what is stored: a text or a list of codes."""
        self.data = value if isinstance(value, str) else ", ".join(value or ())

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was typed."""
        if valuelist:
            self.data = ", ".join(codes_in(valuelist[0]))
