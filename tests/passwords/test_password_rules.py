"""What is guessed first is refused, what is hard to guess is not."""

import random
import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphdb.password_rules import WORDS, refuse

FIRST_GUESSES = """
123456789012 1234567890123 0987654321098 111111111111 112233445566 121212121212 123123123123 147258369147
password1234 passwordpassword Password2024! P@ssw0rd12345 p@$$w0rd!!!! Passw0rd2025 adminadmin123 administrator1
qwerty123456 qwertyuiop123 QWERTYUIOP!@ qwertyqwerty 1q2w3e4r5t6y 1qaz2wsx3edc zaq12wsxcde3 q1w2e3r4t5y6 asdfghjkl123
zxcvbnm12345 asdfasdfasdf qazwsxedcrfv abcdefghijkl abc123abc123 abcd12345678 letmein12345 letmeinplease
iloveyou1234 iloveyou2024 iloveyouforever welcome12345 Welcome2025!! hellohello12 football1234 basketball12 liverpool123
manchesterunited barcelona123 superman1234 batmanbatman dragon123456 monkeymonkey sunshine1234 princess1234
trustno1trustno1 thisismypassword master123456 changeme1234changeme1234 summer2024!! Winter2025!! January2024! monday123456
парола123456 Парола2024!! паролапарола обичамте123 здравей12345 София2024!!! левски191414 Левски1914!! българия123 Пловдив2024!
lozinka12345 Lozinka2024! Beograd2024! partizan1945 zvezda123456 volimte12345 Ljubav!!2024volimte sifrasifra12 Лозинка12345
parole123456 Parole2024!! Latvija2024! sveiki123456 Riga2024Riga mohamed12345 Fatima199012 Ahmed2024!!! habibihabibi
mrezha123456 Mrezha2024!! мрежа12345678 network12345 refugees2024 Migrants2025! 12.03.1987!! 19871987198719
"""


@pytest.mark.parametrize("password", FIRST_GUESSES.split())
def test_first_guesses_are_refused(password: str) -> None:
    assert refuse(password) is not None


def test_words_in_their_usual_dress_are_refused() -> None:
    """Every listed word, capital or doubled, with years, digits and signs: far more than the 3,000 most common."""
    dressed = {
        shape.format(w=word, W=word.capitalize(), L=word.translate(str.maketrans("aeios", "@3105")))
        for word in WORDS
        for shape in (
            "{w}{w}",
            "{W}2024!",
            "{w}123456",
            "{W}@12345",
            "{L}1987",
            "1234{w}",
            "{w}{w}1",
            "!{W}!{W}!",
            "{W}12.03.1987",
        )
    }
    long_enough = {password for password in dressed if len(password) >= 12}
    assert len(long_enough) > 1000
    assert not [password for password in long_enough if refuse(password) is None]
    pairs = {f"{first}{second}{number}" for first in WORDS for second in sorted(WORDS)[::25] for number in (12,)}
    long_pairs = {password for password in pairs if len(password) >= 12}
    assert len(long_pairs) > 3000
    assert not [password for password in long_pairs if refuse(password) is None]


HARD = """
correct horse battery staple|жълта круша пее на покрива|zelena lampa peva|maza zila upe tek|tr0ub4dor&3xyz|北京欢迎你们大家一起来唱歌
gKx9vQz2LmPw|vN4-pTq8-rLw1|مكتبة المدينة القديمة|три синьо весла под дъжда|ņem līdzi lietussargu|🐘🌻🚲🎈🪁🧦🥁🪴🍋🧊🛶🎻
"""


@pytest.mark.parametrize("password", HARD.strip().replace("\n", "|").split("|"))
def test_hard_ones_are_accepted(password: str) -> None:
    assert refuse(password, ["Мрежа Юг", "ana@example.org"]) is None


def test_random_passwords_are_practically_never_refused() -> None:
    order = random.Random(11)
    signs = string.ascii_letters + string.digits + "!?-_.#"
    drawn = ["".join(order.choices(signs, k=12)) for _ in range(2000)]
    assert sum(refuse(password) is not None for password in drawn) <= 10, "one in 200"


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("gKx9vQz2LmP", "too_short"),
        ("ﬃﬃﬃ", "too_short"),
        ("gKx9vQz2" * 40, "too_long"),
        ("gKx9vQz2LmPw\n", "not_text"),
        ("gKx9vQz2LmPw\ud800", "not_text"),
        ("Ana.Petkova Burgas 77", "has_context"),
        ("petkova petkova ana!", "has_context"),
        ("Мрежа Добри съседи 24", "has_context"),
        ("mrezha dobri sasedi", "has_context"),
    ],
)
def test_each_reason(password: str, reason: str) -> None:
    assert refuse(password, ["Мрежа Добри съседи", "ana.petkova@example.org"]) == reason


def test_a_context_word_in_a_hard_password_is_no_harm() -> None:
    assert refuse("Burgas-gKx9vQz2LmPw", ["Burgas"]) is None


def test_length_is_counted_in_characters_and_long_ones_are_welcome() -> None:
    assert refuse("жълта круша!") is None
    assert refuse("въже лампа круша " * 5 + "и още един ред") is None


@given(st.text(st.characters(exclude_categories=()), max_size=400))
def test_any_text_gets_an_answer_quickly(password: str) -> None:
    start = time.process_time()
    refuse(password, [password, password[:7]])
    assert time.process_time() - start < 1


@pytest.mark.parametrize("text", ["🧑‍🤝‍🧑" * 50, "﷽" * 200, "ß" * 256, "北" * 256, "ab" * 128, "qwertyuiop" * 25 + "x"])
def test_no_text_makes_the_check_slow(text: str) -> None:
    start = time.process_time()
    refuse(text[:256], ["a" * 5000])
    assert time.process_time() - start < 0.5
