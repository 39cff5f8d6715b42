"""A pack put into the reader's words: the data that the template prints, as plain lists, texts and numbers."""

from datetime import timedelta
from typing import Any

from babel import Locale

from web.packs.content import AgendaItem, Changes, CollaborationGap, Coverage, CoverageGap, Matrix, Pack
from web.packs.drawing import drawn
from web.packs.lettering import lettered, shortened
from web.packs.words import Words, clock, day_and_clock, fixed_words, locale_of, long_day, number, short_day

LISTED = 40
"""Lines printed of a list of gaps, changes, actions or agreements; the rest is counted."""
MATRIX_PLACES, MATRIX_SERVICES = 12, 24
_PLACES_ACROSS = 6
_BLANK_SIGN_IN_LINES = 5


def worded(pack: Pack, words: Words) -> dict[str, Any]:
    """Everything the template prints. Only this knows the language; the same pack and words give the same data."""
    locale = locale_of(pack.language)
    w = fixed_words(words)
    sheet = {
        "w": w,
        "network": shortened(pack.network, 90),
        "title": pack.meeting.title,
        "running_title": shortened(pack.meeting.title, 70),
        "ref": shortened(pack.meeting.ref, 40),
        "when": _when(pack, locale),
        "where": pack.meeting.place,
        "as_of": words.gettext("as of %(date)s") % {"date": short_day(pack.as_of, locale, "")},
        "printed": day_and_clock(pack.generated, locale),
        "headline": _headline(pack, words, locale),
        "agenda": _agenda(pack, words, locale),
        "coverage": pack.coverage and _coverage(pack.coverage, words, locale),
        "collaboration": _collaboration(pack.collaboration, words, locale),
        "changes": pack.changes and _changes(pack.changes, words, locale),
        "actions": _actions(pack, words, locale),
        "agreements": _agreements(pack, words, locale),
        "indicators": [
            {"label": i.label, "value": i.value, "n": "" if i.n is None else number(i.n, locale), "window": i.window}
            | {"hidden": i.hidden}
            for i in pack.indicators
        ],
        "map": pack.map and {**drawn(pack.map), "caption": pack.map.caption, "alt": _map_in_words(pack, words)},
        "invitations": [{"organisation": i.organisation, "reasons": i.reasons} for i in pack.invitations],
        "sign_in": [i.organisation for i in pack.invitations] + [""] * _BLANK_SIGN_IN_LINES,
        "hidden": pack.hidden,
        "notes": pack.notes,
    }
    return {
        "lang": locale.language,
        "script": (locale.script or "").lower(),
        "timestamp": int(pack.generated.timestamp()),
        **lettered(sheet, locale.language, locale.script or ""),
    }


def more(total: int, printed: int, words: Words) -> str:
    """What a shortened list leaves out, or nothing."""
    left = total - printed
    if left <= 0:
        return ""
    return words.ngettext("and %(n)d more, see the page", "and %(n)d more, see the page", left) % {"n": left}


def _when(pack: Pack, locale: Locale) -> str:
    start, end = pack.meeting.start, pack.meeting.end
    until = f"–{clock(end, locale)}" if end else ""
    return f"{long_day(start.date(), locale)}, {clock(start, locale)}{until}"


def _headline(pack: Pack, words: Words, locale: Locale) -> list[dict[str, str]]:
    """Up to four figures for the first page, each with what it counts."""
    figures: list[dict[str, str]] = []
    if pack.coverage:
        absent = sum(c.cells for c in pack.coverage.classes if c.code == "absent")
        of = words.gettext("%(n)s of %(all)s") % {
            "n": number(absent, locale),
            "all": number(pack.coverage.denominator, locale),
        }
        figures.append({"value": of, "label": words.gettext("assessed cells have nobody")})
    gaps = len(pack.collaboration)
    label = words.ngettext("gap between partners", "gaps between partners", gaps)
    figures.append({"value": number(gaps, locale), "label": label})
    if pack.changes:
        closed = len(pack.changes.closed)
        label = words.ngettext("gap closed since last time", "gaps closed since last time", closed)
        figures.append({"value": number(closed, locale), "label": label})
    late = sum(1 for action in pack.actions if action.due and action.due < pack.as_of)
    of = words.gettext("%(n)s of %(all)s") % {"n": number(late, locale), "all": number(len(pack.actions), locale)}
    figures.append({"value": of, "label": words.gettext("open actions are overdue")})
    return figures


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


def _coverage(coverage: Coverage, words: Words, locale: Locale) -> dict[str, Any]:
    looked, beside = coverage.denominator, coverage.not_assessed
    count = words.ngettext(
        "%(n)d cell was assessed (one service, in one place, for one group).",
        "%(n)d cells were assessed (one service, in one place, for one group).",
        looked,
    )
    left = words.ngettext(
        "Beside them, %(n)d is not assessed: nobody has asked there yet.",
        "Beside them, %(n)d are not assessed: nobody has asked there yet.",
        beside,
    )
    kinds = {kind.code: kind for kind in coverage.classes}
    return {
        "answer": count % {"n": looked} + " " + left % {"n": beside},
        "classes": [
            {"code": c.code, "word": c.word, "meaning": c.meaning, "cells": number(c.cells, locale)}
            for c in coverage.classes
        ],
        "gaps": [
            _gap(gap, kinds[gap.code].word if gap.code in kinds else gap.code, words, locale)
            for gap in coverage.gaps[:LISTED]
        ],
        "more": more(len(coverage.gaps), LISTED, words),
        "matrices": coverage.matrix and _matrices(coverage.matrix, words),
    }


def _gap(gap: CoverageGap, word: str, words: Words, locale: Locale) -> dict[str, Any]:
    since = words.gettext("since %(date)s") % {"date": short_day(gap.since, locale, "")} if gap.since else ""
    where = [part for part in (gap.service, gap.place, gap.group) if part]
    return {
        "sentence": gap.sentence,
        "code": gap.code,
        "word": word,
        "where": " · ".join(where),
        "providers": gap.providers,
        "since": since,
        "reasons": gap.reasons,
    }


def _matrices(matrix: Matrix, words: Words) -> dict[str, Any]:
    """The matrix in tables that fit the page's width, each with at most six places."""
    services = [shortened(service, 60) for service in matrix.services[:MATRIX_SERVICES]]
    places = [shortened(place, 40) for place in matrix.places[:MATRIX_PLACES]]
    tables = [
        {
            "places": places[first : first + _PLACES_ACROSS],
            "rows": [
                {
                    "service": service,
                    "cells": [
                        {"code": cell.code, "words": shortened(cell.words, 60)}
                        for cell in row[first : min(first + _PLACES_ACROSS, MATRIX_PLACES)]
                    ],
                }
                for service, row in zip(services, matrix.rows, strict=False)
            ],
        }
        for first in range(0, len(places), _PLACES_ACROSS)
    ]
    return {"group": matrix.group, "tables": tables, "more": _matrix_left_out(matrix, words)}


def _matrix_left_out(matrix: Matrix, words: Words) -> str:
    places, services = len(matrix.places) - MATRIX_PLACES, len(matrix.services) - MATRIX_SERVICES
    parts: list[str] = []
    if places > 0:
        parts.append(words.ngettext("%(n)d more place", "%(n)d more places", places) % {"n": places})
    if services > 0:
        parts.append(words.ngettext("%(n)d more service", "%(n)d more services", services) % {"n": services})
    return words.gettext("Not printed here, see the page: %(what)s") % {"what": ", ".join(parts)} if parts else ""


def _collaboration(gaps: tuple[CollaborationGap, ...], words: Words, locale: Locale) -> dict[str, Any]:
    unknown = words.gettext("unknown")
    rows: list[dict[str, Any]] = []
    for gap in gaps[:LISTED]:
        ends = [short_day(day, locale, unknown) for day in (gap.window_from, gap.window_to)]
        known = gap.window_from or gap.window_to
        rows.append(
            {
                "word": gap.word,
                "who": [part for part in (gap.a, gap.b) if part],
                "reasons": gap.reasons,
                "window": [f"{ends[0]} –", ends[1]] if known else [],
                "n": "" if gap.n is None else number(gap.n, locale),
            }
        )
    return {"rows": rows, "more": more(len(gaps), LISTED, words)}


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


def _map_in_words(pack: Pack, words: Words) -> str:
    """What the drawing says, for those who do not see it."""
    assert pack.map
    missing = sum(tie.missing for tie in pack.map.ties)
    seen = len(pack.map.ties) - missing
    partners = words.ngettext("%(n)d partner", "%(n)d partners", len(pack.map.nodes)) % {"n": len(pack.map.nodes)}
    ties = words.ngettext("%(n)d tie", "%(n)d ties", seen) % {"n": seen}
    expected = words.ngettext("%(n)d expected tie is missing", "%(n)d expected ties are missing", missing)
    return f"{words.gettext('Map of the network')}: {partners}, {ties}; " + expected % {"n": missing}
