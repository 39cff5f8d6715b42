"""Packs, minutes and sign-in sheets as PDF. The only import of typst; system fonts stay off: the same print everywhere."""

import json
from pathlib import Path
from typing import Any

import typst

from web.packs.content import Pack
from web.packs.wording import worded
from web.packs.words import Words

_FOLDER = Path(__file__).parent
PACK, MINUTES, SIGN_IN, REFERRAL = "meeting.typ", "minutes.typ", "sign_in.typ", "referral.typ"
COMMENTS, AGREEMENT = "comments.typ", "agreement.typ"
_ACCESSIBLE = "ua-1"


def render_pdf(pack: Pack, words: Words) -> bytes:
    """An A4 PDF/UA-1 in the pack's language; `words` translates the fixed words. Same pack and words, same bytes."""
    return print_sheet(worded(pack, words))


def print_sheet(sheet: dict[str, Any], template: str = PACK) -> bytes:
    """What `worded` gave, as PDF. Keep the sheet to print a pack again in the very words of its day.

    `template` is PACK, MINUTES, SIGN_IN, REFERRAL, COMMENTS or AGREEMENT; each wants its own data, texts made printable by `lettered`.
    """
    text = json.dumps(sheet, ensure_ascii=False, allow_nan=False)
    try:
        return _compiled(template, text, sheet["timestamp"], [_ACCESSIBLE])
    except typst.TypstError:
        # a sign no font draws is all that the standard refuses and plain PDF does not: print it as a box
        return _compiled(template, text, sheet["timestamp"], [])


def _compiled(template: str, sheet: str, timestamp: int, standards: list[Any]) -> bytes:
    pdf = typst.compile(
        _FOLDER / template,
        root=_FOLDER,
        ignore_system_fonts=True,
        sys_inputs={"sheet": sheet},
        pdf_standards=standards,
        timestamp=timestamp,
    )
    assert isinstance(pdf, bytes)
    return pdf
