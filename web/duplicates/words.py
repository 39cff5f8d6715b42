"""Words of the pages of duplicates: what a partner holds, what it says, what goes to the other."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, cast

from flask_babel import gettext, ngettext

from graphdb.catalogue import KINDS, kind_of
from web.interchange.duplicates import WHY
from web.language import lazy
from web.pages import day, word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphdb.merging import Kept
    from graphdb.naming import Name

ORGANISATION = kind_of("Organisation")
FIELDS = {field.name: field for field in ORGANISATION.fields}
LINKS = {link.name: link for link in ORGANISATION.links}
OTHER_ENDS = {
    "Identifier": lazy("Register numbers and ids of imported lists"),
    "RoleGrant": lazy("Roles of people who sign in"),
    "AgendaItem": lazy("Agenda items"),
}


def holds(kept: Kept) -> list[str]:
    """What an organisation holds, in a few words each."""
    return [
        ngettext("%(num)s service", "%(num)s services", kept.services),
        ngettext("%(num)s position", "%(num)s positions", kept.people),
        ngettext("%(num)s record of a tie", "%(num)s records of ties", kept.ties),
        ngettext("%(num)s meeting", "%(num)s meetings", kept.meetings),
        gettext("checked %(day)s", day=day(kept.assured_on)) if kept.assured_on else gettext("never checked"),
    ]


def why(code: str) -> str:
    """Why two are perhaps one."""
    return gettext(WHY[code]) if code else ""


def part_word(name: str) -> str:
    """What a field or link is called."""
    return gettext((FIELDS.get(name) or LINKS[name]).word)


def said(name: str, value: Any, names: Mapping[str, Name]) -> str:
    """A value of a field or link in words; empty where nothing is said."""
    if name in LINKS:
        ids = cast("list[str]", value) if isinstance(value, list) else [value] if value else []
        return ", ".join(names[one].title if one in names else str(one) for one in ids)
    field = FIELDS[name]
    if field.type == "flag":
        return gettext("yes") if value else gettext("no")
    if value is None or value in ("", []):
        return ""
    if isinstance(value, list):
        parts = cast("list[str]", value)
        return ", ".join(word(field.vocabulary, part) if field.vocabulary else part for part in parts)
    if isinstance(value, date):
        return day(value)
    return word(field.vocabulary, str(value)) if field.vocabulary else str(value)


def going(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """What goes to the kept one: kinds of records in words, with their number, the most first."""
    words = {kind.label: gettext(kind.words) for kind in KINDS} | {name: str(text) for name, text in OTHER_ENDS.items()}
    told = [(words[label], n) for label, n in counts.items() if label in words]
    return sorted(told, key=lambda one: (-one[1], one[0]))
