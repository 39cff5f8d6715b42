import json
import re
import time
from dataclasses import replace
from gettext import NullTranslations
from pathlib import Path

import pytest
import typst
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.packs.example import ORGANISATIONS, Bulgarian, example
from tests.packs.pdf_text import Pdf, squeezed
from web.packs import render
from web.packs.content import (
    AgendaItem,
    CollaborationGap,
    Coverage,
    CoverageClass,
    CoverageGap,
    Invitation,
    MapNode,
    MapTie,
    Matrix,
    MatrixCell,
    NetworkMap,
    NodeKind,
    OpenAction,
    Pack,
)
from web.packs.render import print_sheet, render_pdf
from web.packs.wording import worded

ENGLISH = NullTranslations()
MARKUP = '#read("/etc/passwd") #import "render.py" $x^2$ *b* _e_ @ref <label> \\ \\u{41} // /* `raw` -- ~ [x] #{1+1}'


def printed(pack, words=ENGLISH):
    return Pdf(render_pdf(pack, words))


def filled_with(text, language="en"):
    """A pack whose every field is the same text."""
    base = example()
    gap = CoverageGap(text, "absent", text, text, text, (text,), None, (text,))
    matrix = Matrix((text,), (text,), ((MatrixCell("absent", text),),), text)
    nodes = (MapNode("a", text, text, 0, 0), MapNode("b", text, text, 0, 0))
    return Pack(
        network=text,
        language=language,
        as_of=base.as_of,
        generated=base.generated,
        meeting=replace(base.meeting, ref=text, title=text, place=text),
        agenda=(AgendaItem(text, 5, (text,), text),),
        invitations=(Invitation(text, (text,)),),
        coverage=Coverage(1, 1, (CoverageClass("absent", text, text, 1),), (gap,), matrix),
        collaboration=(CollaborationGap(text, text, text, (text,)),),
        actions=(OpenAction(text, text),),
        map=NetworkMap((NodeKind(text, text, text),), nodes, (MapTie("a", "b", missing=True),), text),
        hidden=(text,),
        notes=(text,),
    )


def is_accessible(pdf):
    return "<pdfuaid:part>1</pdfuaid:part>" in pdf.metadata()


@pytest.mark.parametrize(("language", "words"), [("en", ENGLISH), ("bg", Bulgarian())])
def test_all_that_the_pack_holds_is_on_paper(language, words):
    pack = example(language)
    text = squeezed(printed(pack, words).text())
    said = [pack.network, pack.meeting.title, pack.meeting.ref, pack.meeting.place]
    said += [part for item in pack.agenda for part in (item.title, item.proposer, *item.reasons)]
    said += [part for gap in pack.coverage.gaps for part in (gap.sentence, *gap.reasons, *gap.providers)]
    said += [part for gap in pack.collaboration for part in (gap.word, gap.a, gap.b, *gap.reasons)]
    said += [*pack.changes.opened, *pack.changes.closed, *pack.hidden, pack.map.caption]
    said += [part for action in pack.actions for part in (action.text, action.owner)]
    said += [part for figure in pack.indicators for part in (figure.label, figure.value, figure.window, figure.hidden)]
    said += [*pack.coverage.matrix.services, *pack.coverage.matrix.places, pack.coverage.matrix.group]
    said += [name for name, _ in ORGANISATIONS[language]]
    # a long word may be divided with a hyphen at the end of a line
    missing = [part for part in said if squeezed(part).replace("-", "") not in text.replace("-", "")]
    assert missing == []


def test_it_is_an_accessible_document_in_the_readers_language():
    pdf = printed(example("bg"), Bulgarian())
    assert is_accessible(pdf)
    assert "/Lang(bg)" in pdf.catalogue()
    assert "/MarkInfo<</Marked true" in pdf.catalogue()
    assert example("bg").meeting.title in pdf.metadata()
    assert {"Дневен ред", "Липси на покритие", "Присъствие"} <= set(pdf.outline())


@pytest.mark.parametrize("language", ["en", "bg", "lv", "sr-Latn", "sr-Cyrl", "uk", "ar"])
def test_it_prints_in_every_language(language):
    assert is_accessible(printed(replace(example(), language=language)))


def test_pages_are_numbered_and_say_network_and_day():
    pdf = printed(example())
    pages = [squeezed(page) for page in pdf.pages()]
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        assert page.endswith(f"{number}of{len(pages)}") or f"{number}of{len(pages)}" in page
        assert squeezed(example().network) in page
        assert "asof21Nov2026" in page


def test_table_headings_come_again_on_each_page():
    pages = [page for page in printed(example(gaps=40)).pages() if "Nobody offers this" in page]
    assert len(pages) >= 3
    assert all("StateWhyProviders" in squeezed(page) for page in pages)


def test_the_same_pack_gives_the_same_bytes():
    assert render_pdf(example(), ENGLISH) == render_pdf(example(), ENGLISH)
    later = replace(example(), generated=example().generated.replace(year=2027))
    assert render_pdf(later, ENGLISH) != render_pdf(example(), ENGLISH)


def test_markup_is_printed_as_it_was_typed():
    pdf = printed(filled_with(MARKUP))
    assert is_accessible(pdf)
    assert squeezed(pdf.text()).count(squeezed(MARKUP)) >= 10
    assert "root:" not in pdf.text()


def test_the_template_cannot_read_outside_its_folder():
    for path in ("/etc/passwd", "../access.py"):
        with pytest.raises(typst.TypstError):
            typst.compile(f'#read("{path}")'.encode(), root=render._FOLDER, ignore_system_fonts=True)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=60), st.sampled_from(["en", "bg", "lv", "sr-Latn", "sr-Cyrl"]))
def test_any_text_in_every_field_prints_and_stays_accessible(text, language):
    assert is_accessible(printed(filled_with(text, language)))


@pytest.mark.parametrize("sign", ["#", "ж", "непридружените ", "ش", "a\n"])
def test_ten_thousand_signs_print_and_nothing_falls_off_the_page(sign):
    long = (sign * 10_000)[:10_000]
    pack = replace(filled_with(long), map=None, coverage=None)
    pdf, warnings = typst.Compiler(
        render._FOLDER / render.PACK, root=render._FOLDER, ignore_system_fonts=True,
        sys_inputs={"sheet": json.dumps(worded(pack, ENGLISH), ensure_ascii=False)},
    ).compile_with_warnings(timestamp=0)  # fmt: skip
    assert warnings == []
    assert all(40 < x < 560 and 25 < y < 820 for x, y in Pdf(pdf).corners())
    if sign in "#ж":
        assert Pdf(pdf).text().count(sign) >= 10_000


def test_a_sign_that_no_font_draws_does_not_stop_the_print():
    sheet = worded(example(), ENGLISH) | {"title": "ማሕበር"}
    assert not is_accessible(Pdf(print_sheet(sheet)))


def test_layout_settles():
    """A layout that does not settle shows wrong page numbers; typst says so in a warning."""
    for pack in (example(), example("bg"), example(gaps=0), example(gaps=300)):
        compiler = typst.Compiler(
            render._FOLDER / render.PACK, root=render._FOLDER, ignore_system_fonts=True,
            sys_inputs={"sheet": json.dumps(worded(pack, ENGLISH), ensure_ascii=False)},
        )  # fmt: skip
        assert compiler.compile_with_warnings(timestamp=0)[1] == []


def test_an_empty_pack_says_what_it_does_not_know():
    whole = example()
    text = printed(Pack(whole.network, "en", whole.as_of, whole.generated, whole.meeting)).text()
    assert "Coverage was not computed for this pack." in text
    assert "Gaps between partners were not computed for this pack." in text
    assert "There is no earlier meeting to compare with." in text
    assert "No record was hidden" not in text


def test_no_gaps_and_three_hundred():
    assert "No coverage gap was found in what was assessed." in printed(example(gaps=0)).text()
    assert "and 260 more, see the page" in printed(example(gaps=300)).text()


def test_agenda_items_leave_room_to_write_and_keep_it_with_them():
    for page in printed(example("bg"), Bulgarian()).pages():
        assert page.count("Решение:") == page.count("Кой и до кога:")
        titles = sum(squeezed(item.title) in squeezed(page) for item in example("bg").agenda)
        assert page.count("Решение:") == titles


def test_every_state_has_a_sign_of_its_own():
    """Printed in black and white, colour says nothing: each class is drawn as another shape."""
    style = (render._FOLDER / "style.typ").read_text()
    codes = re.findall(r"^  (\w+): \(ink:", style, re.M)
    shapes = [
        typst.compile(
            f'#import "style.typ": *\n#set page(width: 20pt, height: 20pt)\n#sign("{code}")'.encode(),
            root=render._FOLDER, ignore_system_fonts=True, format="svg",
        )
        for code in codes
    ]  # fmt: skip
    plain = {re.sub(rb'(fill|stroke)="#[0-9a-f]+"', b"", shape) for shape in shapes}
    assert len(codes) == len(plain) == 8


def test_it_is_quick():
    render_pdf(example(), ENGLISH)
    start = time.perf_counter()
    render_pdf(example("bg"), Bulgarian())
    assert time.perf_counter() - start < 5


def test_fonts_of_the_machine_are_not_used():
    assert "ignore_system_fonts=True" in Path(render.__file__).read_text()
    names = set(re.findall(rb"/BaseFont/[A-Z]{6}\+([A-Za-z]+)", render_pdf(example("bg"), Bulgarian())))
    assert names <= {b"LibertinusSerif", b"DejaVuSansMono"}
    assert names
