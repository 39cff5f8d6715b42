"""Choices of select fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

if TYPE_CHECKING:
    from collections.abc import Iterable


def offered(pairs: Iterable[tuple[str, Any]]) -> list[Any]:
    """(value, label) pairs as WTForms wants them."""
    return [SelectChoice(value, label) for value, label in pairs]
