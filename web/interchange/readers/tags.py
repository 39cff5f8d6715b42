"""HXL hashtags: "#adm1 +name +i_bg" as word and attributes, and which field of ours a tag stands for."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TypeAlias

TAG = re.compile(r"#\s*([a-z][a-z0-9_]*)((?:\s*\+\s*[a-z][a-z0-9_-]*)*)\s*\Z", re.IGNORECASE)
DEEPEST_TAG_ROW = 25
PLACE_WORDS = ("country", "adm1", "adm2", "adm3", "adm4", "adm5", "loc")
NAMED_WORDS = {
    **{word: word for word in PLACE_WORDS},
    "sector": "sector",
    "cluster": "sector",
    "subsector": "subsector",
}
PLAIN_WORDS = {
    "activity": "activity",
    "service": "service_name",
    "beneficiary": "group",
    "population": "group",
    "status": "status",
    "reached": "reached",
    "targeted": "targeted",
    "capacity": "capacity",
    "description": "note",
    "lat_deg": "latitude",
    "lon_deg": "longitude",
    "start_date": "valid_from",
    "end_date": "valid_to",
    "report_date": "assured_on",
}
Rules: TypeAlias = tuple[tuple[set[str], str | None], ...]
BY_ATTRIBUTE: dict[str, tuple[Rules, str | None]] = {  # the first rule that shares an attribute, else the word alone
    "org": (
        (
            ({"funder", "funding", "donor", "prog", "programming"}, None),
            ({"acronym", "short"}, "organisation_acronym"),
            ({"id", "code"}, "organisation_id"),
            ({"type"}, "organisation_kind"),
            ({"url", "website"}, "organisation_website"),
            ({"email"}, "organisation_email"),
            ({"phone"}, "organisation_phone"),
        ),
        "organisation",
    ),
    "contact": ((({"email"}, "organisation_email"), ({"phone"}, "organisation_phone")), None),
    "date": ((({"start"}, "valid_from"), ({"end"}, "valid_to")), "assured_on"),
    "geo": ((({"lat"}, "latitude"), ({"lon"}, "longitude")), None),
    "meta": ((({"id"}, "service_id"),), None),
}


@dataclass(frozen=True, slots=True)
class Tag:
    """`word` without the hash and `attributes` without the plus, lower case."""

    word: str
    attributes: frozenset[str]

    @property
    def language(self) -> str | None:
        """The language of +i_bg, None without one."""
        return next((name[2:].replace("_", "-") for name in sorted(self.attributes) if name.startswith("i_")), None)


def parse_tag(text: str) -> Tag | None:
    """The tag a cell holds, None when it holds none."""
    found = TAG.match(unicodedata.normalize("NFKC", text).strip())
    if not found:
        return None
    attributes = frozenset(name.strip().lower() for name in found[2].split("+") if name.strip())
    return Tag(found[1].lower(), attributes)


def is_tag_row(cells: tuple[str, ...]) -> bool:
    """At least one tag, and at least half of the filled cells are tags."""
    filled = [cell for cell in cells if cell.strip()]
    tags = sum(parse_tag(cell) is not None for cell in filled)
    return tags > 0 and 2 * tags >= len(filled)


def field_of(tag: Tag) -> str | None:
    """The field a tag stands for, None for tags that say nothing about who does what where."""
    if tag.word in BY_ATTRIBUTE:
        rules, default = BY_ATTRIBUTE[tag.word]
        return next((name for wanted, name in rules if wanted & tag.attributes), default)
    if tag.word in NAMED_WORDS:
        return NAMED_WORDS[tag.word] + ("_code" if {"code", "id"} & tag.attributes else "")
    return PLAIN_WORDS.get(tag.word)
