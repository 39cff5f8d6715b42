"""Why a line stands where it stands: a code and its numbers, never a sentence (the web room words it)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Fact = int | float | str | date | None | tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Reason:
    """One reason code with its facts (numbers, dates, ids), sorted by name so that equal reasons compare equal."""

    code: str
    facts: tuple[tuple[str, Fact], ...] = ()

    def get(self, name: str) -> Fact:
        """The fact of that name; None when this reason does not carry it."""
        return dict(self.facts).get(name)

    def as_dict(self) -> dict[str, Fact]:
        """The shape of contracts.md: `{"code": ..., name: fact, ...}`."""
        return {"code": self.code, **dict(self.facts)}


def because(code: str, **facts: Fact) -> Reason:
    """A reason from keywords: `because("single_provider", provider="org-1")`."""
    return Reason(code, tuple(sorted(facts.items())))
