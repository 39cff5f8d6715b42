"""Codes agree with the catalogue, messages with the codes that the readers use."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphdb.catalogue import VOCABULARIES, codes
from web.interchange import vocabularies
from web.interchange.facts import Refusal
from web.interchange.sentences import SENTENCES, sentence
from web.interchange.vocabularies import Vocabulary

ALL = {name: each for name, each in vars(vocabularies).items() if isinstance(each, Vocabulary)}
READERS = Path(vocabularies.__file__).parent
IMPORTS = READERS.parent / "imports"
HISTORY = READERS.parent.parent / "analytics" / "referral_history.py"


@pytest.mark.parametrize("name", [name for name, each in ALL.items() if each.name])
def test_codes_are_those_of_the_catalogue(name):
    assert set(ALL[name].codes) == set(codes(ALL[name].name))


@pytest.mark.parametrize("name", [name for name, each in ALL.items() if each.name])
def test_a_code_and_its_word_are_understood(name):
    for term in VOCABULARIES[ALL[name].name]:
        assert ALL[name].code(term.code) == term.code
        assert ALL[name].code(f"нещо ({term.code})") == term.code
        assert ALL[name].code(term.word) == term.code


@pytest.mark.parametrize(
    ("word", "code"),
    [("ОБЩИНА", "municipality"), ("pašvaldība", "municipality"), ("Opština", "municipality"), ("општина", "municipality"), ("Школа", "school"),
     ("biedrība", "local_ngo"), ("INGO", "international_ngo"), ("Червен кръст", "red_cross"), ("club", None)],
)  # fmt: skip
def test_kinds_are_read_in_four_languages(word, code):
    assert vocabularies.ORGANISATION_KINDS.code(word) == code


@given(st.text(max_size=40))
def test_any_word_has_a_code_or_none(text):
    for vocabulary in ALL.values():
        assert vocabulary.code(text) in (*vocabulary.codes, None)


def used_codes() -> set[str]:
    text = "\n".join(
        path.read_text(encoding="utf-8")
        for path in [*READERS.glob("readers/*.py"), READERS / "values.py", *IMPORTS.glob("*.py"), HISTORY]
    )
    calls = r"(?:UnlikelyError|ImportRejected|\.refuse|\.warn|\.refuse_file|\.warn_sheet|Warning_)\(\s*\"([a-z_]+)\""
    return (
        set(re.findall(calls, text))
        | set(re.findall(r"\"(date_[a-z_]+)\"", text))
        | set(re.findall(r'"(\w+_unreadable)"', text))
    )


def test_every_code_has_a_sentence():
    assert used_codes() - set(SENTENCES) - {"value_refused"} == set()


def test_every_sentence_has_a_code():
    text = "\n".join(path.read_text(encoding="utf-8") for path in READERS.glob("readers/*.py"))
    text += (READERS / "values.py").read_text(encoding="utf-8")
    text += "\n".join(path.read_text(encoding="utf-8") for path in [*IMPORTS.glob("*.py"), HISTORY])
    assert [code for code in SENTENCES if f'"{code}"' not in text] == []


def test_a_sentence_shows_values_literally():
    notice = Refusal("kind_unknown", "f.csv", params={"text": "%(x)s {0} <b>"})
    assert "%(x)s {0} <b>" in sentence(notice)
    assert sentence(notice, lambda text: "превод %(text)s") == "превод %(x)s {0} <b>"
