"""Countries and languages by their names in many languages; compared by `fold`."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.localedata import exists

from graphdb.folding import fold
from web.interchange.vocabularies import COUNTRY_NAMES

SPOKEN = {"farsi": "fa", "фарси": "fa", "kurmanji": "ku", "кюрдски курманджи": "ku", "bosnian croatian serbian": "sr"}
LOCALES = ("en", "bg", "lv", "sr_Latn", "fr", "ru", "uk", "de", "es", "ar", "tr", "el", "ro")


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    """Folded territory names in several languages, and three-letter codes, to ISO 3166-1 alpha-2."""
    found: dict[str, str] = {}
    for locale in LOCALES:
        for code, name in Locale.parse(locale).territories.items():
            if len(code) == 2 and code not in {"EU", "EZ", "UN", "XA", "XB", "ZZ"}:
                found.setdefault(fold(name), code)
    return found


@lru_cache(maxsize=2048)
def country_code(text: str) -> str | None:
    """ISO 3166-1 alpha-2 for a name in any of the languages above, an alpha-2 or an alpha-3 code; None if unknown."""
    capitals = text.strip().upper()
    known = _countries()
    if len(capitals) == 2 and capitals in known.values():
        return capitals
    if len(capitals) == 3:
        codes = get_global("territory_aliases").get(capitals, [])
        if len(codes) == 1:
            return codes[0]
    return COUNTRY_NAMES.code(text) or known.get(fold(text))


@lru_cache(maxsize=1)
def _languages() -> dict[str, str]:
    found: dict[str, str] = {}
    for locale in LOCALES:
        for code, name in Locale.parse(locale).languages.items():
            found.setdefault(fold(name), code.replace("_", "-"))
    return found | {fold(name): code for name, code in SPOKEN.items()}


@lru_cache(maxsize=2048)
def language_code(text: str) -> str | None:
    """A BCP 47 tag for a tag or a language name ("арабски език", "Kurdish"); None if unknown."""
    tag = text.strip().replace("_", "-")
    try:
        if tag.isascii() and exists(tag.split("-")[0].lower()):
            return str(Locale.parse(tag, sep="-")).replace("_", "-")
    except (ValueError, UnknownLocaleError):
        pass
    words = fold(text).split()
    plain = " ".join(word for word in words if word not in {"ezik", "valoda", "iezik", "language", fold("language")})
    known = _languages()
    return known.get(" ".join(words)) or known.get(plain)
