"""The catalogues are true to the code, and complete in each language that is declared so."""

from __future__ import annotations

import re

import pytest

from web.language import LANGUAGES
from web.translations import catalogue

DECLARED = [language for language in LANGUAGES if language != "en"]
PLACES = re.compile(r"%\((\w+)\)s|\{(\w+)\}")


@pytest.mark.parametrize("language", DECLARED)
def test_every_message_has_words(language):
    assert catalogue.missing(language) == []


@pytest.mark.parametrize("language", DECLARED)
def test_no_message_is_left_over(language):
    assert catalogue.stale(language) == []


@pytest.mark.parametrize("language", DECLARED)
def test_words_keep_their_places(language):
    for message in catalogue.read(language):
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
        strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
        wanted = set().union(*(PLACES.findall(one) for one in ids))
        for string in strings:
            assert set(PLACES.findall(string)) <= wanted, message.id
            assert set(PLACES.findall(string)) >= set(PLACES.findall(ids[0])), message.id


def test_the_code_has_messages():
    assert len(list(catalogue.messages())) > 400
