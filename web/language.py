"""The reader's language: the account's, else what was chosen, else what the browser asks for."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, cast

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import request, session
from flask_babel import Babel, get_locale, lazy_gettext
from flask_login import current_user

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask import Flask

# Languages declared complete; the drift test demands every message in each.
CATALOGUES = Path(__file__).parent / "translations"
LANGUAGES = {"en": "English", "bg": "Български"}
EUROPEAN = {"en": "en_GB"}  # day before month, 24 hours


def lazy(text: str) -> str:
    """Translate when it is shown: for text declared before there is a reader. Typed as the string it becomes."""
    return cast("str", lazy_gettext(text))


def chosen() -> str:
    """Code of the language of this request."""
    if (wanted := session.get("language")) in LANGUAGES:
        return str(wanted)
    if current_user and current_user.is_authenticated and current_user.signed_in.language in LANGUAGES:
        return str(current_user.signed_in.language)
    return request.accept_languages.best_match(list(LANGUAGES)) or "en"


def code() -> str:
    """Code of the language messages are shown in now."""
    locale = get_locale()
    return locale.language if locale else "en"


def direction() -> str:
    """Which way the reader's language runs, as HTML says it."""
    locale = get_locale()
    return str(locale.text_direction) if locale else "ltr"


def compiled(folder: Path) -> Path:
    """Folder of the catalogues in the form gettext reads, made from the .po files when they are newer."""
    for po in CATALOGUES.glob("*/LC_MESSAGES/messages.po"):
        mo = folder / po.relative_to(CATALOGUES).with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        mo.parent.mkdir(parents=True, exist_ok=True)
        fresh = mo.with_name(f"{mo.name}.{os.getpid()}")
        with po.open("rb") as source, fresh.open("wb") as target:
            write_mo(target, read_po(source, locale=po.parts[-3]))
        fresh.replace(mo)
    return folder


def locale_of(languages: Iterable[str]) -> str:
    """For a letter: the locale of the first of its reader's languages that the product speaks."""
    spoken = next((each for each in languages if each in LANGUAGES), "en")
    return EUROPEAN.get(spoken, spoken)


def install(app: Flask) -> None:
    """Give the app Flask-Babel with our catalogues."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(compiled(app.config["MREZHA"].home / "run" / "translations"))
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Europe/Sofia"
    Babel(app, locale_selector=lambda: EUROPEAN.get(chosen(), chosen()))
    app.add_template_global(code, "language_code")
    app.add_template_global(direction, "direction")
    cast("dict[str, object]", app.jinja_env.globals)["languages"] = LANGUAGES
