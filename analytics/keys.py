"""Stable keys of gaps: the same cell or pair has the same key at every date, so that a Gap node can be found again."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import quote


def gap_key(kind: str, *parts: str | None) -> str:
    """`kind:part:part`, with `*` for None. Letters `:`, `*`, `%` of a part are quoted: no two cells share a key."""
    return ":".join((kind, *("*" if part is None else _quoted(part) for part in parts)))


def pair_key(kind: str, one: str, other: str) -> str:
    """The key of an undirected pair: the same whichever end is named first."""
    return gap_key(kind, *sorted((one, other)))


def moved_key(key: str, old: str, new: str, unordered: Collection[str]) -> str:
    """The key that names `new` in the place of `old`. `unordered`: kinds whose keys are those of undirected pairs."""
    kind, *parts = key.split(":")
    named = [_quoted(new) if part == _quoted(old) else part for part in parts]
    return ":".join((kind, *(sorted(named) if kind in unordered else named)))


def _quoted(part: str) -> str:
    return "".join(quote(letter, safe="") if letter in ":*%" else letter for letter in part)
