"""One cell, whole: who offers it, since when it is so, why it matters, who could, what was asked and decided."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from flask_babel import gettext, ngettext

from analytics.coverage import GAPS, Cell, CellClass, CellKey, Coverage, Since, assess_cells, cell, nearby, since
from analytics.priority import GapFacts, points, terciles
from graphdb import gaps
from graphdb.gaps.evidence import Around, Evidence, evidence
from web.gaps.matrix import title_of
from web.gaps.sentences import coverage_sentence
from web.words import day_of, listed, reasons

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from analytics.reasons import Reason
    from analytics.thresholds import Thresholds
    from graphdb.connection import Graph
    from graphdb.gaps import GapView
    from web.gaps.usecases import CoverageAnswer, Reader

FEW = 5
"""Numbers of cases below it are not told."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A service that counts here: who offers it, when it was last checked (None: never), whether that still counts."""

    provider: str
    provider_title: str
    service: str
    title: str
    checked: date | None
    fresh: bool


@dataclass(frozen=True, slots=True)
class CellView:
    """Everything the page of a cell says; texts are in the reader's language."""

    cell: Cell
    key: CellKey
    sentence: str
    since: Since
    reasons: Sequence[str]
    flags: Sequence[str]
    matters: Sequence[str]
    could: Sequence[str]
    offers: Sequence[Offer]
    evidence: Evidence
    gap: GapView
    points: int
    scored: tuple[Reason, ...]

    @property
    def is_gap(self) -> bool:
        """Whether it is one that people decide about."""
        return self.cell.cls in GAPS


def cell_view(
    graph: Graph, reader: Reader, answer: CoverageAnswer, key: CellKey, today: date, *, counts: bool
) -> CellView | None:
    """The view of a cell, of the grid or not; None for a place, type or group nobody knows. Two statements.

    `counts`: whether the reader may know how many referrals asked for it.
    """
    judged = _judged(answer.coverage, key)
    found = cell(judged, key)
    if found is None or any(record is not None and record not in answer.names for record in key):
        return None
    held = since(judged, key) if found.cls in GAPS else Since(None, None)
    total, scored = _points(answer, found, held)
    known = evidence(graph, _around(answer, key), judged.as_of, _after(judged.as_of, judged.limits))
    view = gaps.show(graph, reader.viewer, reader.language, today, key=found.key)
    names = answer.names
    return CellView(
        cell=found,
        key=key,
        sentence=coverage_sentence(
            str(found.cls),
            names[key.place].title,
            names[key.service].title,
            names[key.group].title if key.group else None,
        ),
        since=held,
        reasons=reasons(found.reasons, names),
        flags=reasons(found.flags, names),
        matters=[*_matters(answer, found, known, counts=counts), *reasons(scored, names)],
        could=list(_could(judged, key, answer)),
        offers=_offers(judged, found, answer),
        evidence=known,
        gap=view,
        points=total,
        scored=scored,
    )


def _judged(coverage: Coverage, key: CellKey) -> Coverage:
    """The coverage that has the cell: the page's own, or one of this cell alone."""
    if key in coverage.grid.keys:
        return coverage
    return assess_cells(coverage.facts, {key}, coverage.as_of, coverage.limits)


def _points(answer: CoverageAnswer, found: Cell, held: Since) -> tuple[int, tuple[Reason, ...]]:
    if found.cls not in GAPS:
        return 0, ()
    need = terciles({CellKey(*key).text: people for key, people in answer.known.need.items()})
    return points(GapFacts(str(found.cls), need.get(found.key), held.days))


def _around(answer: CoverageAnswer, key: CellKey) -> Around:
    facts = answer.known.facts
    return Around(
        key.place,
        key.service,
        around=sorted(facts.place_tree.ancestors(key.place)),
        inside=sorted(facts.place_tree.descendants(key.place)),
        broader=sorted(facts.type_tree.ancestors(key.service)),
        narrower=sorted(facts.type_tree.descendants(key.service)),
        groups=sorted(facts.group_tree.ancestors(key.group)) if key.group else [],
    )


def _after(on: date, limits: Thresholds) -> date:
    return on - timedelta(days=limits.window_days)


def _matters(answer: CoverageAnswer, found: Cell, known: Evidence, *, counts: bool) -> Iterator[str]:
    days = answer.coverage.limits.window_days
    if counts and known.sent >= FEW:
        asked = ngettext(
            "%(num)s referral asked for it in %(days)s days", "%(num)s referrals asked for it in %(days)s days",
            known.sent, days=days,
        )  # fmt: skip
        if known.declined >= FEW:
            asked = gettext("%(asked)s; %(n)s were declined for want of it", asked=asked, n=known.declined)
        yield asked
    elif counts and known.sent:
        yield gettext("fewer than %(few)s referrals asked for it in %(days)s days", few=FEW, days=days)
    people = answer.known.need.get((found.place, found.service, found.group))
    if people:
        yield ngettext("about %(num)s person needs it", "about %(num)s people need it", round(people))
    for wanted in known.wanted:
        yield gettext("it is required: %(source)s (%(ref)s)", source=wanted["source"], ref=wanted["ref"])


def _could(judged: Coverage, key: CellKey, answer: CoverageAnswer) -> Iterator[str]:
    """Where nobody or only one is: who does it next door."""
    for near in nearby(judged, [key])[key][:5]:
        titles = listed(title_of(one, answer.names) for one in near.providers)
        text = gettext("%(names)s, in %(place)s", names=titles, place=title_of(near.place, answer.names))
        yield text if near.confirmed else gettext("%(text)s (not checked)", text=text)


def _offers(judged: Coverage, found: Cell, answer: CoverageAnswer) -> list[Offer]:
    services, names = judged.facts.services, answer.names
    offers: list[Offer] = []
    for service in found.services:
        row = bisect_left(services.ids, service)
        assured = int(judged.now.assured[row])
        for number in services.providers_of.values[
            services.providers_of.starts[row] : services.providers_of.starts[row + 1]
        ]:
            provider = services.organisations[int(number)]
            if provider in found.providers:
                offers.append(
                    Offer(
                        provider, title_of(provider, names), service, title_of(service, names),
                        date.fromordinal(assured) if assured else None, bool(judged.now.fresh[row]),
                    )
                )  # fmt: skip
    return sorted(offers, key=lambda offer: (offer.provider_title.casefold(), offer.title))


def since_words(view: CellView) -> str:
    """ "since 12 June", or nothing where the records do not say."""
    return gettext("since %(day)s", day=day_of(view.since.on)) if view.since.on else ""


def unserved(cls: CellClass) -> bool:
    """Whether somebody else is looked for."""
    return cls in {CellClass.ABSENT, CellClass.FRAGILE, CellClass.UNVERIFIED, CellClass.NOT_ASSESSED}
