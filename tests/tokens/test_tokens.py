"""Tokens are bound to a purpose and never stored; references find typing errors."""

import re
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphdb import tokens


def test_only_the_hash_is_stored_and_it_is_another_for_each_purpose() -> None:
    token = tokens.new_token("invitation")
    assert len(token.plain) == 43
    assert token.plain not in token.stored
    assert token.plain not in repr(token)
    assert token.stored == tokens.hash_token("invitation", token.plain)
    assert token.stored != tokens.hash_token("reset", token.plain)


def test_a_token_of_one_purpose_is_refused_for_another() -> None:
    token = tokens.new_token("invitation")
    assert tokens.token_matches("invitation", token.plain, token.stored)
    assert not tokens.token_matches("reset", token.plain, token.stored)
    assert not tokens.token_matches("invitation", token.plain[:-1], token.stored)
    assert not tokens.token_matches("invitation", token.stored, token.stored)


@given(st.text(st.characters(exclude_categories=()), max_size=80), st.text(max_size=80))
def test_any_text_is_answered_with_no(typed: str, stored: str) -> None:
    assert not tokens.token_matches("session", typed, stored)


def test_purpose_and_token_cannot_be_shifted_into_each_other() -> None:
    assert tokens.hash_token("a", "bc") != tokens.hash_token("ab", "c")


def test_tokens_use_all_their_bits() -> None:
    seen = [tokens.new_token("session").plain for _ in range(2000)]
    assert len(set(seen)) == 2000
    assert all(len({token[place] for token in seen}) == 64 for place in range(42))


def test_no_two_references_of_a_hundred_thousand_are_equal() -> None:
    drawn = [tokens.new_case_reference() for _ in range(100_000)]
    assert len(set(drawn)) == len(drawn)
    assert all(re.fullmatch(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]", reference) for reference in drawn)
    assert all(len({reference[place] for reference in drawn}) == 32 for place in (0, 1, 2, 3, 5, 12, 13, 15))


def test_references_do_not_follow_each_other() -> None:
    drawn = [tokens.new_case_reference() for _ in range(1000)]
    assert drawn != sorted(drawn)
    shared = sum(a[:4] == b[:4] for a, b in pairwise(drawn))
    assert shared <= 1


@given(st.text(tokens.ALPHABET, min_size=12, max_size=12))
def test_every_single_error_and_every_swap_is_found(drawn: str) -> None:
    whole = drawn + tokens.check_character(drawn)
    assert tokens.read_case_reference(whole)
    for place in range(13):
        for other in tokens.ALPHABET:
            changed = whole[:place] + other + whole[place + 1 :]
            assert (tokens.read_case_reference(changed) is None) == (other != whole[place])
    for first, second in combinations(range(13), 2):
        turned = list(whole)
        turned[first], turned[second] = turned[second], turned[first]
        assert (tokens.read_case_reference("".join(turned)) is None) == (whole[first] != whole[second])


def test_a_known_reference() -> None:
    """Worked by hand: 1 in the last of 12 places weighs 2, in the place before it 4; five doublings of 1 give 00101."""
    assert tokens.check_character("000000000001") == "2"
    assert tokens.check_character("000000000010") == "4"
    assert tokens.check_character("000000010000") == tokens.ALPHABET[0b00101]


def test_people_type_as_they_hear() -> None:
    reference = tokens.new_case_reference()
    for typed in (reference, reference.lower(), reference.replace("-", ""), f"  {reference.replace('-', ' ')} "):
        assert tokens.read_case_reference(typed) == reference
    heard = reference.replace("0", "o").replace("1", "l")
    assert tokens.read_case_reference(heard) == reference


@pytest.mark.parametrize(
    "typed", ["", "-", "4RTX", "U" * 13, "ЖЖЖЖЖЖЖЖЖЖЖЖЖ", "0" * 12, "0" * 14, "\u0664" * 13, "ß" * 7]
)
def test_other_texts_are_no_reference(typed: str) -> None:
    assert tokens.read_case_reference(typed) is None
