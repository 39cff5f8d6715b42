"""Likely duplicates among names, across alphabets, case, word order, legal forms: proposed, never merged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from rapidfuzz import fuzz, process

from graphdb.folding import fold
from graphdb.words import N_

NEAR = 88
LONG, LONG_NEAR = 20, 93
SHORTEST_NEAR = 8
SHORT_WORD, OTHER_WORD, OTHER_SHORT_WORD = 4, 60, 75
BLOCK = 1_000
LEGAL_FORMS = frozenset(
    fold(
        "сдружение фондация снц нпо сдр еоод оод ад еад ет асоциация biedrība nodibinājums sia as udruženje udruga "
        "fondacija nvo doo ngo association foundation ltd inc llc org organisation organization the"
    ).split()
)
WHY: Mapping[str, str] = {
    "identifier": N_("the same register number"),
    "same_name": N_("the same name"),
    "same_but_case": N_("the same but for capital letters"),
    "same_other_alphabet": N_("the same in another alphabet"),
    "same_but_marks": N_("the same but for spaces, marks or diacritics"),
    "same_word_order": N_("the same words in another order"),
    "same_legal_form": N_("the same but for the legal form"),
    "near_spelling": N_("almost the same spelling"),
}


@dataclass(frozen=True, slots=True)
class Party:
    """Something with names: `identifiers` are (scheme, value) pairs."""

    key: str
    names: tuple[str, ...]
    identifiers: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two keys that may be one partner; `score` 0 to 100, `why` a code of `WHY`; certain only for identifiers."""

    a: str
    b: str
    score: int
    why: str


@dataclass(frozen=True, slots=True)
class _Spelling:
    key: str
    name: str
    folded: str
    ordered: str
    new: bool


def propose(new: Iterable[Party] | Mapping[str, str], existing: Iterable[Party] | Mapping[str, str]) -> list[Duplicate]:
    """Pairs of new with new and new with existing that may be the same, surest first; one reason a pair.

    Parties, or a mapping of key to name. Identical keys are one party already and are not proposed.
    """
    parties = [(party, True) for party in _parties(new)] + [(party, False) for party in _parties(existing)]
    spellings = [
        _Spelling(party.key, name, folded, " ".join(sorted(folded.split())), is_new)
        for party, is_new in parties
        for name in party.names
        if (folded := fold(name))
    ]
    found: dict[tuple[str, str], Duplicate] = {}
    for duplicate in (*_by_identifier(parties), *_by_key(spellings), *_by_nearness(spellings)):
        pair = (duplicate.a, duplicate.b)
        if pair not in found or found[pair].score < duplicate.score:
            found[pair] = duplicate
    return sorted(found.values(), key=lambda each: (-each.score, each.a, each.b))


def _parties(given: Iterable[Party] | Mapping[str, str]) -> list[Party]:
    if isinstance(given, Mapping):
        return [Party(key, (name,)) for key, name in cast(Mapping[str, str], given).items()]
    return list(given)


def _pair(a: str, b: str, score: int, why: str) -> Duplicate:
    return Duplicate(min(a, b), max(a, b), score, why)


def _by_identifier(parties: Sequence[tuple[Party, bool]]) -> Iterator[Duplicate]:
    holders: dict[tuple[str, str], list[tuple[Party, bool]]] = defaultdict(list)
    for party, is_new in parties:
        for scheme, value in party.identifiers:
            holders[scheme, value.upper()].append((party, is_new))
    for group in holders.values():
        for at, (first, first_new) in enumerate(group):
            for second, second_new in group[at + 1 :]:
                if first.key != second.key and (first_new or second_new):
                    yield _pair(first.key, second.key, 100, "identifier")


def _by_key(spellings: Sequence[_Spelling]) -> Iterator[Duplicate]:
    """Equal after folding, without spaces, in any word order, without legal forms."""
    groups: dict[tuple[str, str], list[_Spelling]] = defaultdict(list)
    for spelling in spellings:
        groups["folded", spelling.folded.replace(" ", "")].append(spelling)
        groups["ordered", spelling.ordered].append(spelling)
        bare = " ".join(word for word in spelling.ordered.split() if word not in LEGAL_FORMS)
        if len(bare) >= SHORT_WORD:
            groups["bare", bare].append(spelling)
    for (how, _), group in groups.items():
        for at, first in enumerate(group):
            for second in group[at + 1 :]:
                if first.key != second.key and (first.new or second.new):
                    yield _pair(first.key, second.key, *_reason(how, first, second))


def _reason(how: str, first: _Spelling, second: _Spelling) -> tuple[int, str]:
    if how == "bare":
        return 90, "same_legal_form"
    if how == "ordered" and first.folded != second.folded:
        return 95, "same_word_order"
    if first.name == second.name:
        return 99, "same_name"
    if first.name.casefold() == second.name.casefold():
        return 99, "same_but_case"
    if _cyrillic(first.name) != _cyrillic(second.name):
        return 98, "same_other_alphabet"
    return 97, "same_but_marks"


def _cyrillic(name: str) -> bool:
    return any("\u0400" <= letter <= "\u04ff" for letter in name)


def _by_nearness(spellings: Sequence[_Spelling]) -> Iterator[Duplicate]:
    """Pairs whose letters nearly agree, as written or with the words sorted."""
    long = [spelling for spelling in spellings if len(spelling.folded) >= SHORTEST_NEAR]
    long.sort(key=lambda spelling: not spelling.new)
    fresh = sum(spelling.new for spelling in long)
    for start in range(0, fresh, BLOCK):
        rows = long[start : min(start + BLOCK, fresh)]
        scores = np.maximum(*(_scores(rows, long[start:], field) for field in ("folded", "ordered")))
        for at, other in np.argwhere(scores >= NEAR):
            first, second = rows[at], long[start + other]
            if other > at and first.key != second.key and _plausible(first, second, int(scores[at, other])):
                yield _pair(first.key, second.key, min(int(scores[at, other]), 94), "near_spelling")


def _scores(
    rows: Sequence[_Spelling], others: Sequence[_Spelling], field: str
) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    left, right = ([str(getattr(spelling, field)) for spelling in part] for part in (rows, others))
    return process.cdist(left, right, scorer=fuzz.ratio, score_cutoff=NEAR, dtype=np.uint8)


def _plausible(first: _Spelling, second: _Spelling, score: int) -> bool:
    """Not when they differ by a number, or by a word of its own ("Care" and "Save", "MoH" and "MoE")."""
    left, right = first.folded.split(), second.folded.split()
    ours = " ".join(word for word in left if word not in right)
    theirs = " ".join(word for word in right if word not in left)
    if any(letter.isdigit() for letter in ours + theirs):
        return False
    shorter, alike = min(len(ours), len(theirs)), fuzz.ratio(ours, theirs)
    if shorter >= SHORT_WORD:
        return alike >= OTHER_WORD
    if shorter == SHORT_WORD - 1 and alike >= OTHER_SHORT_WORD:
        return True
    return score >= LONG_NEAR and len(first.folded) >= LONG and not (shorter and alike == 0)
