"""The free-text guard in forms: refuses what is never stored, asks once about what may be a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request
from wtforms.validators import ValidationError

from web.guard import advice, inspect

if TYPE_CHECKING:
    from flask_wtf import FlaskForm
    from wtforms import Field

CONFIRMED = "guard_confirmed"


def guarded(form: FlaskForm, field: Field) -> None:
    """Refuse phones, mails, document numbers and the like; a likely name passes when the writer says whose it is not."""
    findings = inspect(str(field.data or ""))
    refused = [finding for finding in findings if finding.refuses]
    if refused:
        raise ValidationError(f"{advice(refused[0].kind)} ({refused[0].excerpt})")
    if findings and request.form.get(CONFIRMED) != "yes":
        form.asks_about_names = True  # type: ignore[attr-defined]
        raise ValidationError(f"{advice(findings[0].kind)} ({findings[0].excerpt})")
