"""Typed values of the forms of meetings: through the catalogue's gate, and free texts past the guard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request
from flask_babel import gettext

from graphdb import records
from graphdb.records import BadValueError
from web.guard import advice, inspect
from web.guard_form import CONFIRMED

if TYPE_CHECKING:
    from graphdb.catalogue import Field
    from graphdb.records.checks import Stored


def taken(field: Field, raw: str, problems: dict[str, str], name: str, *, needed: bool = False) -> Stored:
    """The value a field takes; what is wrong goes to `problems` under the input's name."""
    if needed and not raw.strip():
        problems[name] = gettext("This is needed.")
        return None
    try:
        value = records.coerce(field, raw)
    except BadValueError as problem:
        problems[name] = gettext(problem.message).format(**problem.params)
        return None
    if field.free_text and raw.strip():
        guard(raw, problems, name)
    return value


def guard(text: str, problems: dict[str, str], name: str) -> None:
    """Note what the free-text guard refuses, or asks about once."""
    confirmed = request.form.get(CONFIRMED) == "yes"
    found = [finding for finding in inspect(text) if finding.refuses or not confirmed]
    if found:
        problems[name] = f"{advice(found[0].kind)} ({found[0].excerpt})"
