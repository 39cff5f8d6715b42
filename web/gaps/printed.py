"""Answers as contracts.md prints them: plain values for JSON; ids are the imported ones where there are any."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, cast

from analytics.coverage import cells
from web.answers import head, key_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from analytics.collaboration import CollaborationGap
    from analytics.coverage import Cell
    from analytics.reasons import Fact, Reason
    from graphdb.gaps import ListedGap
    from graphdb.naming import Name
    from web.gaps.usecases import CollaborationAnswer, CoverageAnswer


def coverage_json(answer: CoverageAnswer) -> dict[str, Any]:
    """`flask gaps coverage --format json`. The window is the days a confirmation or an assessment is believed."""
    judged = answer.coverage
    fresh = judged.as_of - timedelta(days=judged.limits.fresh_days)
    found = [_cell(cell, answer.names) for cell in cells(judged)]
    return {
        **head(judged.as_of, (fresh, judged.as_of), {"service_without_place": answer.known.unplaced}),
        "grid": judged.grid.kind,
        "denominator": judged.denominator,
        "counts": {str(name): n for name, n in judged.counts.items()},
        "cells": sorted(found, key=lambda cell: (cell["place"], cell["service"], cell["group"] or "")),
    }


def collaboration_json(answer: CollaborationAnswer) -> dict[str, Any]:
    """`flask gaps collaboration --format json`. `hidden` counts what could not be judged, and what is withheld."""
    window = answer.report.window
    hidden = Counter(withheld=sum(answer.withheld.values()))
    for each in answer.report.not_judged:
        hidden[each.code] += each.n
    return {
        **head(answer.report.as_of, (window.after + timedelta(days=1), window.until), hidden),
        "counts": {str(name): n for name, n in answer.report.counts.items()},
        "gaps": [_gap(gap, answer) for gap in answer.gaps],
    }


def listed_json(found: Iterable[ListedGap], names: Mapping[str, Name], as_of: date) -> dict[str, Any]:
    """`flask gaps list --format json`. `counts` are those of the list, by state; gaps in mentoring name nobody."""
    gaps = [_listed(gap, names) for gap in found]
    return {**head(as_of, None, {}), "counts": dict(Counter(gap["state"] for gap in gaps)), "gaps": gaps}


def _listed(gap: ListedGap, names: Mapping[str, Name]) -> dict[str, Any]:
    about = {"place": gap.place, "service": gap.service, "group": gap.group, "source": gap.source, "target": gap.target}
    days = {name: getattr(gap, name) for name in ("first_seen", "last_seen", "gone_on", "accepted_until")}
    return {
        "id": gap.ref, "ref": gap.ref, "ulid": gap.id, "key": gap.key, "class": gap.cls, "state": gap.state,
        "points": gap.points, **{name: day.isoformat() if day else None for name, day in days.items()},
        **{name: None if record is None else key_of(record, names) for name, record in about.items()},
        "members": keys_of(gap.members, names),
        "reasons": [{name: _stored(fact, names) for name, fact in reason.items()} for reason in gap.because()],
    }  # fmt: skip


def _stored(fact: object, names: Mapping[str, Name]) -> object:
    if isinstance(fact, str):
        return key_of(fact, names)
    return [_stored(part, names) for part in cast("list[object]", fact)] if isinstance(fact, list) else fact


def _gap(gap: CollaborationGap, answer: CollaborationAnswer) -> dict[str, Any]:
    kept = answer.decided.get(gap.key)
    seen = kept.first_seen if kept else None
    window = gap.window and {
        "from": (gap.window.after + timedelta(days=1)).isoformat(), "to": gap.window.until.isoformat(),
    }  # fmt: skip
    return {
        "class": str(gap.cls),
        "source": key_of(gap.source, answer.names),
        "target": None if gap.target is None else key_of(gap.target, answer.names),
        "members": [key_of(member, answer.names) for member in gap.members],
        "reasons": [reason_json(reason, answer.names) for reason in gap.reasons],
        "window": window,
        "n": gap.n,
        "first_seen": seen.isoformat() if seen else None,
        "state": kept.state if kept else "detected",
    }


def reason_json(reason: Reason, names: Mapping[str, Name]) -> dict[str, Any]:
    """A reason with its facts; ids become printed ids, days ISO dates."""
    return {"code": reason.code, **{name: _fact(fact, names) for name, fact in reason.facts}}


def _fact(fact: Fact, names: Mapping[str, Name]) -> object:
    if isinstance(fact, date):
        return fact.isoformat()
    if isinstance(fact, str):
        return key_of(fact, names)
    return [key_of(part, names) for part in fact] if isinstance(fact, tuple) else fact


def _cell(cell: Cell, names: Mapping[str, Name]) -> dict[str, Any]:
    return {
        **_named("place", cell.place, names),
        **_named("service", cell.service, names),
        **_named("group", cell.group, names),
        "class": str(cell.cls),
        "providers": keys_of(cell.providers, names),
        "partial": cell.partial,
        "reasons": [reason_json(reason, names) for reason in cell.reasons],
        "flags": [reason_json(flag, names) for flag in cell.flags],
    }


def keys_of(records: Iterable[str], names: Mapping[str, Name]) -> list[str]:
    """Printed ids, sorted."""
    return sorted(key_of(record, names) for record in records)


def _named(what: str, record: str | None, names: Mapping[str, Name]) -> dict[str, Any]:
    if record is None:
        return {what: None}
    name = names.get(record)
    if name is None:
        return {what: record}
    return {what: name.key, f"{what}_name": name.title, f"{what}_ref": name.ref, f"{what}_ulid": record}
