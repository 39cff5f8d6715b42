"""A partner's page put together: ties with what they rest on, what hangs on the partner, what is old or missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from analytics.collaboration.facts import holds
from analytics.coverage import assess
from analytics.dependence import Alone, cut_off, only_provider
from analytics.thresholds import DEFAULTS
from graphdb import partners, ties
from graphdb.catalogue import tie as tie_kind
from graphdb.gaps.standing import reads_everywhere
from graphdb.ties import KINDS_OF_TIE, Asked, Network
from web.gaps.usecases import usual_scope
from web.ties.seen import SeenTie, seen_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from analytics.coverage import CoverageFacts
    from graphdb.actors import Viewer
    from graphdb.records import RecordView
    from graphdb.ties import Missing

WINDOW = 365
PROFILE = ("places", "kind", "level", "sectors", "languages", "description", "phone", "email", "identifiers")


@dataclass(frozen=True, slots=True)
class WorksWith:
    """One other partner: ties seen in the window or holding now, the last sign of all time, a tie one would expect.

    `last` is None where nothing was ever seen; `by_month` where the day is not the viewer's to know.
    """

    id: str
    name: str
    ties: tuple[SeenTie, ...]
    last: date | None
    by_month: bool
    expected: Missing | None

    @property
    def only_met(self) -> bool:
        """Nothing is known but that both sat in the same meetings."""
        return self.expected is None and all(tie.kind == "meeting" for tie in self.ties)


@dataclass(frozen=True, slots=True)
class Hanging:
    """What hangs on a partner."""

    alone: Alone
    cut_off: int
    on_one_person: int
    paid_until: date | None


@dataclass(frozen=True, slots=True)
class State:
    """A chip: the state that colours it, a code the page words, and the fact it names."""

    look: str
    code: str
    n: int = 0
    on: date | None = None


def works_with(network: Network, organisation: str, on: date, viewer: Viewer, language: str) -> list[WorksWith]:
    """Every partner it is or should be tied to: those only met in meetings last, then the latest seen first."""
    recent = _ties(network, organisation, Asked(KINDS_OF_TIE, on, WINDOW), viewer)
    ever = _ties(network, organisation, Asked(KINDS_OF_TIE, on), viewer)
    lacking = network.missing if reads_everywhere(viewer) else ()
    expected = {other: gap for gap in lacking if (other := _other(gap, organisation)) and _open(gap, on)}
    names = {node.id: node.called(language) for node in network.nodes}
    rows = [
        _row(other, names[other], recent.get(other, ()), ever.get(other, ()), expected.get(other))
        for other in {*recent, *ever, *expected} if other in names
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row.only_met, -(row.last or date.min).toordinal(), row.name))


def _row(
    other: str, name: str, recent: Sequence[SeenTie], ever: Sequence[SeenTie], expected: Missing | None
) -> WorksWith:
    observed = [tie for tie in ever if tie.evidence == "observed" and tie.last]
    last = max(observed, key=lambda tie: tie.last or date.min, default=None)
    return WorksWith(other, name, tuple(recent), last.last if last else None, bool(last and not last.exact), expected)


def _ties(network: Network, organisation: str, asked: Asked, viewer: Viewer) -> dict[str, list[SeenTie]]:
    found: dict[str, list[SeenTie]] = {}
    for tie in ties.ties(network, asked).ties:
        if organisation in {tie.source, tie.target}:
            other = tie.target if tie.source == organisation else tie.source
            found.setdefault(other, []).append(seen_by(viewer, tie, tie_kind(tie.kind).evidence))
    return found


def _other(gap: Missing, organisation: str) -> str:
    ends = {gap.source, gap.target}
    return (ends - {organisation}).pop() if organisation in ends and len(ends) == 2 else ""


def _open(gap: Missing, on: date) -> bool:
    return holds(gap.since, gap.until, on)


def hanging(
    facts: CoverageFacts, network: Network, organisation: str, services: Iterable[dict[str, Any]], on: date
) -> Hanging:
    """What would be missing without the partner."""
    limit = on + timedelta(DEFAULTS.project_ends_days)
    ending = [end for one in services for end in one["ends"] if end and on <= end <= limit]
    return Hanging(
        alone=only_provider(assess(facts, on, usual_scope(facts, on)), organisation),
        cut_off=cut_off(ties.ties(network, Asked(KINDS_OF_TIE, on, WINDOW)).table(), organisation),
        on_one_person=sum(bool(one["one_person"]) for one in services),
        paid_until=min(ending, default=None),
    )  # fmt: skip


def states(view: RecordView, around: partners.Around, hangs: Hanging, on: date) -> list[State]:
    """The chips under the name: what is checked, fragile, missing, lapsing."""
    fields, found = view.fields, list[State]()
    if fields["do_not_contact"]:
        found.append(State("absent", "do_not_contact"))
    checked = fields["assured_on"]
    fresh = checked is not None and checked >= on - timedelta(DEFAULTS.fresh_days)
    found.append(State("covered" if fresh else "unverified", "checked" if fresh else "not_checked", on=checked))
    if fields["membership"] in {"dormant", "left", "prospect", "invited"}:
        found.append(State("unverified", str(fields["membership"])))
    if hangs.alone.services:
        found.append(State("fragile", "only_provider", n=len(hangs.alone.services)))
    if not any(one["focal"] for one in around.people):
        found.append(State("unverified", "no_focal_point"))
    elif not any(one["backup"] for one in around.people):
        found.append(State("unverified", "no_backup"))
    for agreement in around.agreements:
        if agreement["until"] and on < agreement["until"] <= on + timedelta(DEFAULTS.lapse_days):
            found.append(State("fragile", "lapsing", n=(agreement["until"] - on).days, on=agreement["until"]))
    overdue = sum(action["due"] < on for action in around.actions)
    if overdue:
        found.append(State("absent", "overdue", n=overdue))
    return found


def old_services(services: Iterable[dict[str, Any]], on: date) -> int:
    """Services nobody has confirmed for so long that they are no longer believed."""
    limit = on - timedelta(DEFAULTS.fresh_days)
    return sum(one["assured_on"] is None or one["assured_on"] < limit for one in services)


def missing(view: RecordView) -> list[str]:
    """Names of the fields and links a partner should have and has not, as far as the reader may see them."""
    links = [name for name in PROFILE if name in view.links and not view.links[name]]
    fields = [name for name in PROFILE if name in view.fields and not view.fields[name]]
    hidden = set[str]() if view.sees else {"phone", "email"}
    return [name for name in (*links, *fields) if name not in hidden]
