"""A pack put into the reader's words: the data that the template prints, as plain lists, texts and numbers."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any

from babel import Locale

from web.packs.content import AgendaItem, Changes, NetworkMap, Pack
from web.packs.drawing import drawn
from web.packs.gap_wording import collaboration_in_words, coverage_in_words
from web.packs.lettering import lettered, shortened
from web.packs.words import (
    LISTED,
    Words,
    clock,
    day_and_clock,
    fixed_words,
    locale_of,
    long_day,
    more,
    number,
    short_day,
)

_BLANK_SIGN_IN_LINES, _LEAST_SIGN_IN_LINES = 5, 16


def worded(pack: Pack, words: Words) -> dict[str, Any]:
    """Everything the template prints. Only this knows the language; the same pack and words give the same data."""
    locale = locale_of(pack.language)
    w = fixed_words(words)
    sheet = {
        "w": w,
        "network": pack.network,
        "running_network": shortened(pack.network, 60),
        "title": pack.meeting.title.strip() or w["pack"],
        "running_title": shortened(pack.meeting.title, 60),
        "ref": shortened(pack.meeting.ref, 40),
        "when": _when(pack, locale),
        "where": pack.meeting.place,
        "as_of": words.gettext("as of %(date)s") % {"date": short_day(pack.as_of, locale, "")},
        "printed": day_and_clock(pack.generated, locale),
        "headline": _headline(pack, words, locale),
        "agenda": _agenda(pack, words, locale),
        "coverage": pack.coverage and coverage_in_words(pack.coverage, words, locale),
        "collaboration": collaboration_in_words(pack.collaboration, words, locale),
        "changes": pack.changes and _changes(pack.changes, words, locale),
        "actions": _actions(pack, words, locale),
        "agreements": _agreements(pack, words, locale),
        "indicators": [asdict(i) | {"n": "" if i.n is None else number(i.n, locale)} for i in pack.indicators],
        "map": pack.map and drawn(pack.map) | {"caption": pack.map.caption, "alt": _map_in_words(pack.map, words)},
        "invitations": [asdict(invitation) for invitation in pack.invitations],
        "sign_in": _sign_in(pack),
        "hidden": pack.hidden,
        "notes": pack.notes,
    }
    return {
        "lang": locale.language,
        "script": (locale.script or "").lower(),
        "timestamp": int(pack.generated.timestamp()),
        **lettered(sheet),
    }


def _when(pack: Pack, locale: Locale) -> str:
    start, end = pack.meeting.start, pack.meeting.end
    until = f"–{clock(end, locale)}" if end else ""
    return f"{long_day(start.date(), locale)}, {clock(start, locale)}{until}"


def _sign_in(pack: Pack) -> list[str]:
    """The invited organisations, and empty lines for those who come besides."""
    invited = [invitation.organisation for invitation in pack.invitations]
    return invited + [""] * max(_BLANK_SIGN_IN_LINES, _LEAST_SIGN_IN_LINES - len(invited))


def _headline(pack: Pack, words: Words, locale: Locale) -> list[dict[str, str]]:
    """Up to four figures for the first page, each with what it counts; what was not computed is left out."""
    figures: list[tuple[str, str]] = []
    if pack.coverage:
        absent = sum(c.cells for c in pack.coverage.classes if c.code == "absent")
        of = _part(absent, pack.coverage.denominator, words, locale)
        figures.append((of, words.gettext("assessed cells have nobody")))
    if pack.collaboration is not None:
        n = len(pack.collaboration)
        figures.append((number(n, locale), words.ngettext("gap between partners", "gaps between partners", n)))
    if pack.changes:
        n = len(pack.changes.closed)
        label = words.ngettext("gap closed since last time", "gaps closed since last time", n)
        figures.append((number(n, locale), label))
    if pack.actions:
        late = sum(1 for action in pack.actions if action.due and action.due < pack.as_of)
        figures.append((_part(late, len(pack.actions), words, locale), words.gettext("open actions are overdue")))
    return [{"value": value, "label": label} for value, label in figures]


def _part(n: int, of: int, words: Words, locale: Locale) -> str:
    return words.gettext("%(n)s of %(all)s") % {"n": number(n, locale), "all": number(of, locale)}


def _agenda(pack: Pack, words: Words, locale: Locale) -> dict[str, Any]:
    """Items with the clock time at which each begins, for as long as the lengths before it are known."""
    items: list[dict[str, Any]] = []
    starts = pack.meeting.start
    known = True
    for place, item in enumerate(pack.agenda, 1):
        items.append(_item(item, place, words) | {"starts": clock(starts, locale) if known else ""})
        known = known and item.minutes is not None
        starts += timedelta(minutes=item.minutes or 0)
    total = sum(item.minutes or 0 for item in pack.agenda)
    in_all = words.ngettext("%(n)d minute in all", "%(n)d minutes in all", total) % {"n": total}
    return {"items": items, "total": in_all if total else ""}


def _item(item: AgendaItem, place: int, words: Words) -> dict[str, Any]:
    minutes = "" if item.minutes is None else _minutes(item.minutes, words)
    return {"n": place, "title": item.title, "minutes": minutes, "reasons": item.reasons, "proposer": item.proposer}


def _minutes(n: int, words: Words) -> str:
    return words.ngettext("%(n)d minute", "%(n)d minutes", n) % {"n": n}


def _changes(changes: Changes, words: Words, locale: Locale) -> dict[str, Any]:
    return {
        "since": words.gettext("since %(date)s") % {"date": short_day(changes.since, locale, "")},
        "opened": changes.opened[:LISTED],
        "opened_more": more(len(changes.opened), LISTED, words),
        "closed": changes.closed[:LISTED],
        "closed_more": more(len(changes.closed), LISTED, words),
    }


def _actions(pack: Pack, words: Words, locale: Locale) -> dict[str, Any]:
    rows = [
        {
            "text": action.text,
            "owner": action.owner,
            "due": short_day(action.due, locale, words.gettext("no date")),
            "late": _late((pack.as_of - action.due).days, words) if action.due else "",
        }
        for action in pack.actions[:LISTED]
    ]
    return {"rows": rows, "more": more(len(pack.actions), LISTED, words)}


def _late(days: int, words: Words) -> str:
    return words.ngettext("%(n)d day late", "%(n)d days late", days) % {"n": days} if days > 0 else ""


def _agreements(pack: Pack, words: Words, locale: Locale) -> dict[str, Any]:
    rows = [
        {
            "title": agreement.title,
            "parties": agreement.parties,
            "ends": short_day(agreement.ends, locale, ""),
            "left": _left((agreement.ends - pack.as_of).days, words),
        }
        for agreement in pack.agreements[:LISTED]
    ]
    return {"rows": rows, "more": more(len(pack.agreements), LISTED, words)}


def _left(days: int, words: Words) -> str:
    if days < 0:
        return words.gettext("has lapsed")
    return words.ngettext("in %(n)d day", "in %(n)d days", days) % {"n": days}


def _map_in_words(network: NetworkMap, words: Words) -> str:
    """What the drawing says, for those who do not see it."""
    missing = sum(tie.missing for tie in network.ties)
    seen = len(network.ties) - missing
    partners = words.ngettext("%(n)d partner", "%(n)d partners", len(network.nodes)) % {"n": len(network.nodes)}
    ties = words.ngettext("%(n)d tie", "%(n)d ties", seen) % {"n": seen}
    expected = words.ngettext("%(n)d expected tie is missing", "%(n)d expected ties are missing", missing)
    return f"{words.gettext('Map of the network')}: {partners}, {ties}; " + expected % {"n": missing}
