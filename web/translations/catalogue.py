"""Texts of code and templates, and how they stand against the catalogues."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent.parent.parent
FOLDER = Path(__file__).parent
ROOMS = ("analytics", "graphdb", "web")
KEYWORDS = {"_": None, "gettext": None, "lazy_gettext": None, "lazy": None, "N_": None, "ngettext": (1, 2)}


def messages() -> Catalog:
    """Every message of the rooms, in order."""
    found = Catalog(project="mrezha", charset="utf-8")
    for room in ROOMS:
        for _, _, message, comments, context in extract_from_dir(
            ROOT / room,
            method_map=[("**.py", "python"), ("**/templates/**.html", "jinja2")],
            options_map={"**/templates/**.html": {"trimmed": "true"}},
            keywords=KEYWORDS,  # type: ignore[arg-type] - babel's own type leaves None out
            strip_comment_tags=True,
        ):
            found.add(message, auto_comments=comments, context=context)
    return found


def path_of(language: str) -> Path:
    """The catalogue of a language."""
    return FOLDER / language / "LC_MESSAGES" / "messages.po"


def read(language: str) -> Catalog:
    """A language's catalogue as it is kept; empty where there is none."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language, project="mrezha", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(language: str, translate: Callable[[str], str] = lambda _: "") -> list[str]:
    """Bring a catalogue up to the code; gone messages go. Returns what still lacks a translation."""
    kept, catalogue = read(language), Catalog(locale=language, project="mrezha", charset="utf-8")
    for message in sorted((m for m in messages() if m.id), key=lambda m: str(m.id)):
        known = kept.get(message.id, message.context)
        string = known.string if known is not None and _whole(known) else _blank(message.id, language, translate)
        catalogue.add(message.id, string, context=message.context, flags=message.flags - {"fuzzy"})
    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, no_location=True, omit_header=False, sort_output=True, width=120)
    return missing(language)


def missing(language: str) -> list[str]:
    """Messages of the code that a language has no words for."""
    kept = read(language)
    return [str(message.id) for message in messages() if message.id and not _said(kept, message.id, message.context)]


def stale(language: str) -> list[str]:
    """Messages of a catalogue that the code no longer has."""
    current = messages()
    return [
        str(message.id) for message in read(language) if message.id and current.get(message.id, message.context) is None
    ]


def _said(kept: Catalog, identity: object, context: str | None) -> bool:
    known = kept.get(identity, context)  # type: ignore[arg-type] - a message id is a text or a pair of texts
    return known is not None and _whole(known)


def _whole(message: Message) -> bool:
    return all(message.string) if isinstance(message.string, tuple | list) else bool(message.string)


def _blank(identity: object, language: str, translate: Callable[[str], str]) -> str | tuple[str, ...]:
    if isinstance(identity, tuple | list):
        forms = [translate(str(one)) for one in identity]
        return tuple(forms[:1] + forms[1:] * (Catalog(locale=language).num_plurals - 1))
    return translate(str(identity))
