"""A sealed field opens in its own place only, and not at all once its subject is erased."""

import base64
from pathlib import Path
from typing import TypedDict

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphdb.vault import Erased, KeyMissingError, TamperedError, Vault, is_sealed


class Spot(TypedDict):
    subject: str
    label: str
    record: str
    field: str
    version: int


SPOT: Spot = {"subject": "pair-1", "label": "Contact", "record": "01HX", "field": "note", "version": 3}
OTHERS = [
    {"label": "Referral"},
    {"record": "01HY"},
    {"field": "goals"},
    {"version": 4},
    {"label": "Contact01HX", "record": ""},
]
any_text = st.text(st.characters(exclude_categories=()), max_size=300)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=any_text, record=any_text, field=any_text, version=st.integers())
def test_any_text_comes_back(vault: Vault, text: str, record: str, field: str, version: int) -> None:
    spot: Spot = {**SPOT, "record": record, "field": field, "version": version}
    sealed = vault.seal(text, **spot)
    assert vault.open(sealed, **spot) == text
    assert is_sealed(sealed)
    assert sealed.isascii()


@pytest.mark.parametrize("other", OTHERS)
def test_moved_to_another_place_is_refused(vault: Vault, other: dict[str, object]) -> None:
    sealed = vault.seal("she meets the mentor on Monday", **SPOT)
    with pytest.raises(TamperedError):
        vault.open(sealed, **{**SPOT, **other})  # type: ignore[typeddict-item]


def test_another_subjects_key_does_not_open(vault: Vault) -> None:
    sealed = vault.seal("text", **SPOT)
    second: Spot = {**SPOT, "subject": "pair-2"}
    vault.seal("other", **second)
    with pytest.raises(TamperedError):
        vault.open(sealed, **second)


def test_two_ciphertexts_swapped_are_both_refused(vault: Vault) -> None:
    second: Spot = {**SPOT, "record": "01HZ"}
    first_text, second_text = vault.seal("first", **SPOT), vault.seal("second", **second)
    for sealed, spot in ((first_text, second), (second_text, SPOT)):
        with pytest.raises(TamperedError):
            vault.open(sealed, **spot)


def test_every_flipped_bit_is_refused(vault: Vault) -> None:
    sealed = vault.seal("yes", **SPOT)
    raw = base64.urlsafe_b64decode(sealed.removeprefix("mz1."))
    for bit in range(len(raw) * 8):
        changed = bytearray(raw)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(TamperedError):
            vault.open("mz1." + base64.urlsafe_b64encode(changed).decode(), **SPOT)


@pytest.mark.parametrize("stored", ["", "mz1.", "plain text", "mz1.žž", "mz1." + "A" * 40, "mz2." + "A" * 80, "\ud800"])
def test_plain_text_in_a_sealed_field_is_refused(vault: Vault, stored: str) -> None:
    vault.seal("text", **SPOT)
    assert not is_sealed(stored)
    with pytest.raises(TamperedError):
        vault.open(stored, **SPOT)


def test_equal_texts_look_different_and_short_answers_have_one_length(vault: Vault) -> None:
    first, second, third = (vault.seal(text, **SPOT) for text in ("yes", "yes", "no"))
    assert first != second
    assert len(first) == len(third)


def test_erased_is_unreadable_and_cannot_be_written_again(vault: Vault) -> None:
    sealed = vault.seal("text", **SPOT)
    assert vault.erase("pair-1") is True
    assert vault.erase("pair-1") is False
    assert list(vault.erased()) == ["pair-1"]
    with pytest.raises(Erased):
        vault.open(sealed, **SPOT)
    with pytest.raises(Erased):
        vault.seal("again", **SPOT)


def test_erasing_before_the_first_text_holds_too(vault: Vault) -> None:
    assert vault.erase("never seen") is False
    with pytest.raises(Erased):
        vault.seal("text", **{**SPOT, "subject": "never seen"})


def test_erasing_one_subject_leaves_the_others(vault: Vault) -> None:
    second: Spot = {**SPOT, "subject": "pair-2"}
    sealed = vault.seal("stays", **second)
    vault.seal("goes", **SPOT)
    vault.erase("pair-1")
    assert vault.open(sealed, **second) == "stays"


def test_a_key_that_was_never_there_is_not_called_erased(vault: Vault, tmp_path: Path) -> None:
    sealed = vault.seal("text", **SPOT)
    with pytest.raises(KeyMissingError, match="pair-1"):
        Vault.at(tmp_path / "another home").open(sealed, **SPOT)


def test_rotation_keeps_texts_and_indexes_readable(vault: Vault, home: Path) -> None:
    sealed, index = vault.seal("text", **SPOT), vault.mail_index("ana@example.org")
    before = (home / "keys" / "master.key").read_bytes()
    vault.erase("gone")
    vault.rotate()
    assert (home / "keys" / "master.key").read_bytes() != before
    assert vault.open(sealed, **SPOT) == "text"
    assert Vault.at(home).mail_index("ana@example.org") == index
    assert list(vault.erased()) == ["gone"]


def test_equal_phones_and_mails_are_found_by_index(vault: Vault) -> None:
    assert vault.phone_index("0888 123 456", "BG") == vault.phone_index("+359 88 812-34-56", "LV")
    assert vault.phone_index("0888 123 456", "BG") != vault.phone_index("0888 123 457", "BG")
    assert vault.phone_index("ext. 12", "BG") == vault.phone_index(" EXT.12", "BG")
    assert vault.mail_index(" Ana@Example.org") == vault.mail_index("ana@example.org")
    assert vault.mail_index("112") != vault.phone_index("112", "BG")


def test_the_index_tells_nothing_without_the_key(vault: Vault, tmp_path: Path) -> None:
    assert vault.mail_index("ana@example.org") != Vault.at(tmp_path / "other").mail_index("ana@example.org")
    with pytest.raises(ValueError, match="blind index"):
        vault.erase("mrezha:blind-index")
