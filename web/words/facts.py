"""The facts of a reason, read in words: numbers, days, names, words of a vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol, cast

from flask_babel import format_date, gettext, ngettext

from analytics.reasons import Reason
from graphdb.catalogue import codes, word_of


class Called(Protocol):
    """Something with a title, such as `graphdb.naming.Name`."""

    @property
    def title(self) -> str: ...


Names = Mapping[str, Called]
Said = Reason | Mapping[str, object]
SHOWN = 3
"""Names listed before "and 4 more"."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one reason, read in words."""

    code: str
    facts: Mapping[str, object]
    names: Names

    @classmethod
    def of(cls, reason: Said, names: Names) -> Facts:
        if isinstance(reason, Reason):
            return cls(reason.code, dict(reason.facts), names)
        return cls(str(reason.get("code", "")), reason, names)

    def n(self, name: str = "n") -> int:
        """A number; 0 where it is missing."""
        value = self.facts.get(name)
        return int(value) if isinstance(value, int | float) else 0

    def day(self, name: str = "on") -> str:
        """A day in words; "" where it is missing."""
        return day_of(self.facts.get(name))

    def has(self, name: str) -> bool:
        """Whether the fact is there and not empty."""
        return self.facts.get(name) not in {None, ""} if not isinstance(self.facts.get(name), list | tuple) else True

    def name(self, name: str) -> str:
        """What a record is called, or "somebody" where this reader may not know."""
        record = str(self.facts.get(name) or "")
        return self.names[record].title if record in self.names else gettext("somebody")

    def many(self, name: str) -> list[str]:
        """What several records are called; those the reader may not know are left out."""
        records = cast("Iterable[str]", self.facts.get(name) or ())
        return [self.names[record].title for record in records if record in self.names]

    def word(self, name: str, vocabulary: str) -> str:
        """A vocabulary's word for a code."""
        code = str(self.facts.get(name) or "")
        return gettext(word_of(vocabulary, code)) if code in codes(vocabulary) else code


def listed(titles: Iterable[str]) -> str:
    """Up to three names, and how many more."""
    all_ = list(titles)
    shown = ", ".join(all_[:SHOWN])
    if len(all_) <= SHOWN:
        return shown
    return gettext("%(names)s and %(n)s more", names=shown, n=len(all_) - SHOWN)


def day_of(value: object) -> str:
    """A day of a reason, as a date or its ISO text, in the reader's language; "" for none."""
    found = date.fromisoformat(value) if isinstance(value, str) else value
    return format_date(found, "medium") if isinstance(found, date) else ""


def with_points(text: str, f: Facts) -> str:
    n = f.n("points")
    return ngettext("%(text)s (%(num)s point)", "%(text)s (%(num)s points)", n, text=text) if n else text
