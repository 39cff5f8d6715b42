"""Gaps put into the reader's words: coverage with its matrix, and collaboration."""

from typing import Any

from babel import Locale

from web.packs.content import CollaborationGap, Coverage, CoverageGap, Matrix
from web.packs.lettering import divided, shortened
from web.packs.words import LISTED, Words, more, number, short_day

MATRIX_PLACES, MATRIX_SERVICES = 12, 24
_PLACES_ACROSS = 6


def coverage_in_words(coverage: Coverage, words: Words, locale: Locale) -> dict[str, Any]:
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
    services = [divided(shortened(service, 60)) for service in matrix.services[:MATRIX_SERVICES]]
    places = [divided(shortened(place, 40)) for place in matrix.places[:MATRIX_PLACES]]
    tables = [
        {
            "places": places[first : first + _PLACES_ACROSS],
            "rows": [
                {
                    "service": service,
                    "cells": [
                        {"code": cell.code, "words": divided(shortened(cell.words, 60))}
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


def collaboration_in_words(
    gaps: tuple[CollaborationGap, ...] | None, words: Words, locale: Locale
) -> dict[str, Any] | None:
    if gaps is None:
        return None
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
