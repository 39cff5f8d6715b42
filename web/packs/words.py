"""The fixed words of a pack, in English, as the translator finds them, and dates by the reader's language."""

from datetime import date, datetime
from typing import Protocol

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_decimal

LISTED = 40
"""Lines printed of a list of gaps, changes, actions or agreements; the rest is counted."""

# English of Europe: the day before the month, 24 hours
_READERS_ENGLISH = "en_GB"


class Words(Protocol):
    """A catalogue of messages: `gettext.NullTranslations` (English), `babel.support.Translations`, Flask-Babel's."""

    def gettext(self, message: str, /) -> str: ...
    def ngettext(self, msgid1: str, msgid2: str, n: int, /) -> str: ...


def fixed_words(words: Words) -> dict[str, str]:
    """Headings and labels by the name under which the template asks for them."""
    _ = words.gettext
    return {
        "pack": _("Pack for the meeting"),
        "reference": _("Reference"),
        "printed": _("Printed"),
        "agenda": _("Agenda"),
        "proposed_by": _("Proposed by"),
        "decision": _("Decision"),
        "who_by_when": _("Who, by when"),
        "coverage": _("Who is missing, and where"),
        "coverage_gaps": _("Coverage gaps"),
        "services_by_place": _("Services by place"),
        "service": _("Service"),
        "providers": _("Providers"),
        "why": _("Why"),
        "class": _("State"),
        "collaboration": _("Who should be working together"),
        "between": _("Between"),
        "window": _("Seen over"),
        "evidence": _("n"),
        "changes": _("Since the last meeting"),
        "opened": _("Gaps that opened"),
        "closed": _("Gaps that closed"),
        "actions": _("Open actions"),
        "action": _("Action"),
        "owner": _("Owner"),
        "due": _("Due"),
        "done": _("Done?"),
        "agreements": _("Agreements that lapse"),
        "agreement": _("Agreement"),
        "parties": _("Parties"),
        "ends": _("Ends"),
        "indicators": _("Figures"),
        "figure": _("Figure"),
        "value": _("Value"),
        "map": _("Map of the network"),
        "tie": _("tie on record"),
        "missing_tie": _("tie expected, none seen"),
        "invited": _("Who is invited, and why"),
        "organisation": _("Organisation"),
        "sign_in": _("Attendance"),
        "name": _("Name"),
        "role": _("Role"),
        "signature": _("Signature"),
        "how_to_read": _("How to read this pack"),
        "none": _("None."),
        "no_agenda": _("The agenda is still empty."),
        "no_invitations": _("Nobody has been invited yet."),
        "no_coverage": _("Coverage was not computed for this pack."),
        "no_gap": _("No coverage gap was found in what was assessed."),
        "collaboration_unknown": _("Gaps between partners were not computed for this pack."),
        "no_collaboration": _("No gap between partners was found."),
        "no_changes": _("There is no earlier meeting to compare with."),
        "not_assessed_note": _(
            "“Not assessed” means that nobody has asked yet. It is not zero: there may be help, or none. "
            "Such cells are counted beside the others, never among them."
        ),
        "evidence_note": _("n is the number of records behind a line."),
        "nothing_hidden": _("No record was hidden from the reader of this pack."),
        "hidden": _("Hidden from the reader of this pack"),
        "page_of": _("{page} of {pages}"),
    }


def more(total: int, printed: int, words: Words) -> str:
    """What a shortened list leaves out, or nothing."""
    left = total - printed
    if left <= 0:
        return ""
    return words.ngettext("and %(n)d more, see the page", "and %(n)d more, see the page", left) % {"n": left}


def locale_of(language: str) -> Locale:
    """The locale of a tag such as bg, sr-Latn or sr_Cyrl; ValueError or UnknownLocaleError for no language."""
    tag = language.replace("-", "_")
    return Locale.parse(_READERS_ENGLISH if tag == "en" else tag)


def long_day(day: date, locale: Locale) -> str:
    return format_date(day, "full", locale=locale)


def short_day(day: date | None, locale: Locale, unknown: str) -> str:
    return format_date(day, "medium", locale=locale) if day else unknown


def clock(moment: datetime, locale: Locale) -> str:
    """Hours and minutes in the moment's own time zone."""
    return format_time(moment.time(), "short", locale=locale)


def day_and_clock(moment: datetime, locale: Locale) -> str:
    return f"{format_date(moment, 'medium', locale=locale)}, {clock(moment, locale)}"


def number(value: int, locale: Locale) -> str:
    return format_decimal(value, locale=locale)
