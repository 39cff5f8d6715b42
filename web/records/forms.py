"""Forms of records, made from the catalogue: one field a property, one choice a link."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, ValidationError

from graphdb import records
from graphdb.catalogue import VOCABULARIES, Field, Kind, Link
from graphdb.records import BadValueError, RefusedError
from web.access import viewer
from web.choices import offered
from web.guard_form import guarded
from web.language import code, lazy
from web.once import KeyedForm
from web.sessions import graph
from web.tongues import TonguesField

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wtforms import Field as Input

NOTHING = ("", "–")
INPUT = {
    "date": "date",
    "moment": "datetime-local",
    "integer": "number",
    "mail": "email",
    "phone": "tel",
    "link": "url",
}


class RecordForm(KeyedForm):
    """The parts every record's form has: the key that makes it safe to send twice, and the version it was opened at."""

    version = HiddenField()

    def typed(self, kind: Kind) -> dict[str, object]:
        """What was typed, by field."""
        return {field.name: self[field.name].data for field in kind.fields if field.name in self}

    def linked(self, kind: Kind) -> dict[str, list[str]]:
        """What was chosen, by link."""
        chosen: dict[str, list[str]] = {}
        for link in kind.links:
            if link.name in self:
                data = cast("list[str] | str | None", self[link.name].data)
                chosen[link.name] = [part for part in (data if isinstance(data, list) else [data or ""]) if part]
        return chosen

    def refuse(self, refused: RefusedError) -> None:
        """Show at each field what the catalogue refuses."""
        for name, problem in refused.problems.items():
            target = self[name] if name in self else None  # noqa: SIM401 - a form has no get
            text = gettext(problem.message).format(**problem.params)
            if target is None:
                self.form_errors.append(text)
            else:
                target.errors = [*target.errors, text]


def form_for(kind: Kind, values: Mapping[str, Any] | None = None, *, without: Sequence[str] = ()) -> RecordForm:
    """A form of a kind, filled with values; what a request sends wins."""
    parts: dict[str, Any] = {field.name: _input(field) for field in kind.fields if field.name not in without}
    parts |= {link.name: _choice(link) for link in kind.links if link.name not in without}
    made = cast("type[RecordForm]", type(f"{kind.label}Form", (RecordForm,), parts))
    form = made(data={**as_typed(kind, values or {})})
    form.keyed()
    return form


def as_typed(kind: Kind, values: Mapping[str, Any]) -> dict[str, Any]:
    """Stored values as a form shows them."""
    typed = dict(values)
    for field in kind.fields:
        content = typed.get(field.name)
        if isinstance(content, list) and field.type not in {"choices"}:
            typed[field.name] = ("\n" if field.type in {"tags", "lines", "identifiers"} else ", ").join(
                cast("list[str]", content)
            )
        elif isinstance(content, datetime):
            typed[field.name] = content.strftime("%Y-%m-%dT%H:%M")
        elif isinstance(content, float) and content.is_integer():
            typed[field.name] = str(int(content))
        elif content is not None and field.type in {"date", "integer", "number"}:
            typed[field.name] = str(content)
    return typed


def _input(field: Field) -> Any:
    label, hint = lazy(field.word), lazy(field.hint) if field.hint else ""
    checks = [InputRequired(lazy("This is needed."))] if field.required else []
    checks += [_check(field)]
    if field.free_text:
        checks += [guarded]
    if field.type == "flag":
        return BooleanField(label, description=hint)
    if field.type in {"choice", "choices"}:
        choices = [(term.code, lazy(term.word)) for term in VOCABULARIES[field.vocabulary] if not term.kept]
        if field.type == "choices":
            return SelectMultipleField(label, choices=offered(choices), description=hint)
        return SelectField(
            label, checks, choices=offered([NOTHING, *choices]), default="", description=hint, validate_choice=False
        )
    if field.type in {"long", "tags", "lines", "identifiers"}:
        rows = 5 if field.type == "long" else 3
        return TextAreaField(label, checks, description=hint, render_kw={"rows": rows, "maxlength": 20_000})
    if field.type == "languages":
        return TonguesField(label, checks, description=hint)
    return StringField(
        label, checks, description=hint, render_kw={"type": INPUT.get(field.type, "text")} | _step(field)
    )


def _step(field: Field) -> dict[str, str]:
    return {"min": "0", "step": "1"} if field.type == "integer" else {}


def _check(field: Field) -> Any:
    def check(_: FlaskForm, item: Input) -> None:
        try:
            records.coerce(field, item.data)
        except BadValueError as problem:
            raise ValidationError(gettext(problem.message).format(**problem.params)) from None

    return check


def _choice(link: Link) -> Any:
    label, hint = lazy(link.word), lazy(link.hint) if link.hint else ""
    found = records.choices(graph, link.target, viewer(), language=code())
    called = Counter(choice.title for choice in found)
    # the number tells apart only those that are called the same
    choices = [
        (choice.id, f"{choice.title} ({choice.ref})" if choice.ref and called[choice.title] > 1 else choice.title)
        for choice in found
    ]
    needed = [InputRequired(lazy("This is needed."))] if link.required else []
    if link.many:
        return SelectMultipleField(label, needed, choices=offered(choices), description=hint)
    return SelectField(label, needed, choices=offered([NOTHING, *choices]), default="", description=hint)
