import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.interchange.facts import NO_CHOICES, Choices, ImportRejected
from web.interchange.readers.delimited import read_delimited, sniff_separator
from web.interchange.readers.encoding import guess_encoding

BULGARIAN = 'Име;Организация;Град\nМария;Дирекция "Социално подпомагане";Хасково\nИван;Дом на жената;Варна\n'
SAMPLES = {
    "bg": (BULGARIAN, ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1251", "koi8-r", "koi8-u"]),
    "bg capitals": ("СТОЛИЧНА ОБЩИНА;БЪЛГАРСКИ ЧЕРВЕН КРЪСТ\n", ["utf-8", "windows-1251", "koi8-r"]),
    "uk": ("Назва;Громадська організація Їжак;ґрунт є\n", ["windows-1251", "koi8-u"]),
    "sr": ("Општина Врање;Центар за социјални рад Љиљана Њ\n", ["windows-1251"]),
    "sr latin": ("Opština Vranje;Centar za socijalni rad Čačak đak ćup žena\n", ["windows-1250"]),
    "lv": ("Rīgas pašvaldības sociālais dienests;Bēgļu biedrība\n", ["windows-1257", "utf-16"]),
    "fr": ("Solidarités;Côte d'Ivoire;café\n", ["windows-1252"]),
}


@pytest.mark.parametrize(("text", "encoding"), [(text, name) for text, names in SAMPLES.values() for name in names])
def test_encodings_are_found(text, encoding):
    sheet, found = read_delimited("f.csv", text.encode(encoding), NO_CHOICES)
    assert ";".join(sheet.rows[0].cells) == text.split("\n")[0]
    assert found.separator == ";"
    assert 0 < found.certainty <= 1


def test_a_long_english_head_does_not_hide_the_letters():
    data = b"name;town\n" + b"plain;text\n" * 20_000 + "Сдружение за подкрепа;Хасково\n".encode("windows-1251")
    assert guess_encoding(data).encoding == "windows-1251"


def test_a_person_may_choose_encoding_and_separator():
    choices = Choices(encodings={"f.csv": "koi8-r"}, separators={"f.csv": "|"})
    sheet, text = read_delimited("f.csv", "а|б,в\n".encode("koi8-r"), choices)
    assert sheet.rows[0].cells == ("а", "б,в")
    assert (text.encoding, text.separator) == ("koi8-r", "|")


def test_a_wrong_choice_is_refused():
    with pytest.raises(ImportRejected, match="wrong_encoding"):
        read_delimited("f.csv", "я".encode("windows-1251"), Choices(encodings={"f.csv": "utf-8"}))


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(ImportRejected, match="not_text"):
        guess_encoding(b"\x00\x01\x02\x00\x00\x99\x00\x00\x07" * 50)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@given(rows=st.lists(st.lists(st.text('аб12 ,;|."\n', max_size=8), min_size=4, max_size=4), min_size=4, max_size=8))
def test_separators_are_found_in_quoted_files(separator, rows):
    out = io.StringIO()
    csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(rows)
    sheet, text = read_delimited("f.csv", out.getvalue().encode(), NO_CHOICES)
    assert text.separator == separator
    assert len(sheet.rows) == len(rows)


def test_decimal_commas_do_not_win_over_semicolons():
    assert sniff_separator("a;b;c\n1,5;2,5;x\n3,25;4,75;y, z\n") == ";"


def test_a_declared_separator_decides_and_rows_keep_their_numbers():
    sheet, _ = read_delimited("f.csv", b"sep=;\r\na;b,c\r\n1;2\r\n", NO_CHOICES)
    assert [(row.number, row.cells) for row in sheet.rows] == [(2, ("a", "b,c")), (3, ("1", "2"))]


def test_row_numbers_count_lines_as_an_editor_does():
    sheet, _ = read_delimited("f.csv", b'a,b\n"x\ny",1\n2,3\n', NO_CHOICES)
    assert [row.number for row in sheet.rows] == [1, 2, 4]


def test_nul_and_lone_marks_are_cleaned_from_values():
    sheet, _ = read_delimited("f.csv", "a,b\n\ufeff x\u00a0,y\0\0z\n".encode(), Choices(encodings={"f.csv": "utf-8"}))
    assert (sheet.rows[1].cell(0), sheet.rows[1].cell(1)) == ("x", "yz")


def test_too_many_rows_and_columns_are_refused():
    with pytest.raises(ImportRejected, match="too_many_rows"):
        read_delimited("f.csv", b"a\n" * 200_001, NO_CHOICES)
    with pytest.raises(ImportRejected, match="too_many_columns"):
        read_delimited("f.csv", b",".join([b"a"] * 301), NO_CHOICES)
