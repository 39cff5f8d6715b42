import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from web.packs.lettering import divided, lettered, printable, shortened

SPECIMEN = b"""
#set document(title: "x")
#set text(font: ("Libertinus Serif", "DejaVu Sans Mono"))
#for weight in ("regular", "semibold", "bold") { text(weight: weight, sys.inputs.signs.codepoints().join(linebreak())) }
"""


def test_the_wheels_own_fonts_draw_every_sign_that_is_left_as_it_is():
    """PDF/UA refuses a sign without a glyph, so a specimen of all of them in all weights is the proof."""
    signs = [chr(code) for code in range(0x20, 0x3000) if printable(chr(code)).strip("\u2068\u2069") == chr(code)]
    assert len(signs) > 2500
    typst.compile(SPECIMEN, sys_inputs={"signs": "".join(signs)}, ignore_system_fonts=True, pdf_standards=["ua-1"])


@pytest.mark.parametrize(
    "text",
    [
        "Женски център „Светлина“, вход 2 – ет. 3",
        "Starpinstitūciju sanāksme ģķļņš",
        "Zdravstvena zaštita, đaci i šećer",
        "Здравствена заштита, ђаци и шећер, љ њ џ",
        "Міжінституційна зустріч, ґанок, їжак",
        '#read("/etc/passwd") $x$ *b* _e_ @c <l> \\ // `r`',
        "first line\nsecond line",
    ],
)
def test_text_of_the_region_stays_as_it_is(text):
    assert printable(text) == text


def test_scripts_without_a_font_are_romanised():
    assert printable("ማሕበር 中 😀") == "mahber Zhong :grinning:"


def test_control_signs_are_seen_and_do_nothing():
    assert printable("a\x00b\x1bc\x7fd") == "a\ufffdb\ufffdc\ufffdd"
    assert printable("a\tb\u2003c\r\nd\x0be") == "a b c\nd e"
    assert printable("a\ud800b") == "a?b"


def test_a_right_to_left_name_cannot_turn_its_neighbours():
    assert printable("انجمن 12") == "\u2068انجمن 12\u2069"
    assert printable("a\u2069b\u2067c") == "\u2068ab\u2067c\u2069\u2069"
    assert printable("safe\u202eexe.txt") == "safeexe.txt"


@given(st.text(alphabet="ab \u2066\u2067\u2068\u2069\u202a\u202b\u202c\u202d\u202e\u05d0", max_size=30))
def test_isolates_are_always_closed(text):
    depth = 0
    for sign in printable(text):
        depth += (sign in "\u2066\u2067\u2068") - (sign == "\u2069")
        assert depth >= 0
    assert depth == 0


@given(st.text(max_size=80))
def test_any_text_can_be_written_down(text):
    printable(text).encode("utf-8")


def test_a_long_run_gets_places_to_break_and_loses_nothing():
    run = "x" * 95
    broken = printable(run)
    assert broken.replace("\u200b", "") == run
    assert max(len(part) for part in broken.split("\u200b")) <= 10
    assert printable("Регистрационно-приемателен") == "Регистрационно-приемателен"


@pytest.mark.parametrize(
    "word",
    ["starpinsti-tū-ciju", "međuinsti-tu-cio-nalni", "међуинсти-ту-цио-нални", "непридру-же-ните", "interpre-ta-tion"],
)
def test_long_words_may_break_between_syllables(word):
    assert divided(word.replace("-", "")).replace("\u00ad", "-") == word


def test_short_words_stay_whole():
    assert divided("sanāksme жилище housing") == "sanāksme жилище housing"


def test_codes_are_not_touched():
    data = {"code": "unknown_to_others", "rows": [{"text": "\x00", "n": 3}]}
    assert lettered(data) == {"code": "unknown_to_others", "rows": [{"text": "\ufffd", "n": 3}]}


def test_a_shortened_text_says_so():
    assert shortened("a  b\nc", 10) == "a b c"
    assert shortened("abcdefghij", 6) == "abcde…"
