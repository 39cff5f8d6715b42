"""The free-text guard in forms: refuses what is never stored, asks once about what may be a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request
from flask_babel import gettext
from wtforms.validators import ValidationError

from web.guard import inspect

if TYPE_CHECKING:
    from flask_wtf import FlaskForm
    from wtforms import Field

CONFIRMED = "guard_confirmed"


def guarded(form: FlaskForm, field: Field) -> None:
    """Refuse phones, mails, document numbers and the like; a likely name passes when the writer says whose it is not."""
    findings = inspect(str(field.data or ""))
    refused = [finding for finding in findings if finding.refuses]
    if refused:
        raise ValidationError(gettext(refused[0].message))
    if findings and request.form.get(CONFIRMED) != "yes":
        form.asks_about_names = True  # type: ignore[attr-defined]
        raise ValidationError(gettext(findings[0].message))
