"""Trees of places, service types and groups, walked as closed sets; a cycle in the data does no harm."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """Direct steps up and down. Several broader terms for one are allowed; unknown ids are their own only ancestor."""

    up: Mapping[str, tuple[str, ...]]
    down: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, steps: Iterable[tuple[str, str | None]]) -> Hierarchy:
        """From (narrower, broader) pairs; a pair without broader names a root. Ids only, in any order."""
        up: dict[str, set[str]] = {}
        down: dict[str, set[str]] = {}
        for narrow, broad in steps:
            if broad is not None and broad != narrow:
                up.setdefault(narrow, set()).add(broad)
                down.setdefault(broad, set()).add(narrow)
        return cls(_sorted(up), _sorted(down))

    def ancestors(self, term: str) -> frozenset[str]:
        """The term and all that is broader."""
        return _closure(term, lambda each: self.up.get(each, ()))

    def descendants(self, term: str) -> frozenset[str]:
        """The term and all that is narrower."""
        return _closure(term, lambda each: self.down.get(each, ()))

    def within(self, term: str, broad: str) -> bool:
        """Whether `term` is `broad` or lies somewhere inside it."""
        return broad in self.ancestors(term)


def _sorted(steps: Mapping[str, set[str]]) -> dict[str, tuple[str, ...]]:
    return {term: tuple(sorted(others)) for term, others in steps.items()}


def _closure(term: str, step: Callable[[str], Iterable[str]]) -> frozenset[str]:
    seen = {term}
    waiting = [term]
    while waiting:
        for other in step(waiting.pop()):
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    return frozenset(seen)
