"""Fields that several kinds share, declared once."""

from __future__ import annotations

from graphdb.catalogue.shapes import Class, Field
from graphdb.words import N_

LANGUAGES = ("bg", "en", "lv", "sr")


def names(cls: Class = Class.PUBLIC) -> tuple[Field, ...]:
    """A name, its form in each language of the product, and aliases in any script."""
    return (
        Field("name", "text", N_("Name"), cls, required=True, listed=True),
        Field("name_bg", "text", N_("Name in Bulgarian"), cls),
        Field("name_en", "text", N_("Name in English"), cls),
        Field("name_lv", "text", N_("Name in Latvian"), cls),
        Field("name_sr", "text", N_("Name in Serbian"), cls),
        Field(
            "aliases", "tags", N_("Also known as"), cls, hint=N_("Short names, old names, other spellings; one a line.")
        ),
    )


def validity() -> tuple[Field, ...]:
    """Since when and until when a fact holds; empty means unknown."""
    return (
        Field("valid_from", "date", N_("Since"), hint=N_("Leave empty when unknown.")),
        Field("valid_to", "date", N_("Until"), hint=N_("The first day on which it no longer holds; empty when open.")),
    )


FURTHER = Field(
    "further",
    "lines",
    N_("Further columns"),
    hint=N_("What an imported list said in columns that have no field here: “column: text”, one a line."),
)

SOURCE = Field("source", "text", N_("Source"), hint=N_("Who or what says so."))
