"""`flask mentoring ...`: how mentoring goes, quiet pairs, bridges, as JSON, CSV or a table. References, no names."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import click

from analytics.thresholds import DEFAULTS
from graphdb import bridges, issues, mentoring
from graphdb.actors import OWNER, Viewer
from web.answers import head
from web.bridges import usecases as bridging
from web.commands.answers import format_option, print_answer
from web.commands.database import database
from web.commands.days import as_of_option, today, window_option
from web.issues.usecases import outcome
from web.mentoring import usecases

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from analytics.bridging import Path, Unbridged, Unreached
    from graphdb.bridges import Bridging, Named

QUIET = ("ref", "mentor", "leader", "programme", "last_contact", "days", "contacts")
BRIDGES = ("community", "leader", "mentor", "organisation", "n", "undated", "first", "last")


@click.group("mentoring")
def group() -> None:
    """Mentoring: how it goes, quiet pairs, bridges between communities and institutions. References, no names."""


def _common(command: Callable[..., None]) -> Callable[..., None]:
    return format_option(as_of_option(command))


def _found(as_of: date) -> tuple[usecases.Overview, Bridging, list[list[Any]]]:
    with database() as graph:
        network = mentoring.network(graph, Viewer(), "", as_of, "en", everything=True)
        return (
            usecases.overview(network, as_of),
            bridges.bridging(graph, OWNER, "", as_of, "en"),
            issues.figures(graph, as_of),
        )


@group.command("quiet")
@_common
def quiet_command(form: str, as_of: date | None) -> None:
    """Active pairs without contact for 60 days or more."""
    on = as_of or today()
    pairs = [
        {
            "id": line.pair.ref, "ref": line.pair.ref, "ulid": line.pair.id,
            "mentor": line.pair.mentor.ref, "leader": line.pair.leader.ref, "programme": line.pair.programme,
            "last_contact": line.last, "days": line.quiet, "contacts": len(line.pair.contacts),
            "reasons": [reason.as_dict() for reason in line.reasons],
        }
        for line in _found(on)[0].others if line.quiet is not None
    ]  # fmt: skip
    answer = {**head(on, None, {}), "limit_days": DEFAULTS.quiet_days, "n": len(pairs), "pairs": pairs}
    print_answer(form, answer, QUIET, [[cell(pair[name]) for name in QUIET] for pair in pairs])


@group.command("overview")
@_common
def overview_command(form: str, as_of: date | None) -> None:
    """How mentoring goes: pairs, regularity, load, leaders without a mentor, target, outcome of issues."""
    on = as_of or today()
    found, facts, matters = _found(on)
    figures = bridging.figures(facts, on, usecases.RECENT_DAYS)
    done = outcome(matters, on, exact=True)
    counts = {
        "active": found.active, "in_contact_30_days": found.in_contact, "quiet_60_days": found.quiet,
        "leaders": found.leaders, "leaders_without_mentor": len(found.alone), "mentors": figures.mentors,
        "mentors_over_load": figures.over, "target": figures.target, "issues_raised": done.raised, "issues_solved": done.good,
    }  # fmt: skip
    regular = figures.regularity
    alone = [
        {"id": one.leader.ref, "ref": one.leader.ref, "ulid": one.leader.id, "reasons": [r.as_dict() for r in one.reasons]}
        for one in found.alone
    ]  # fmt: skip
    answer = {
        **head(on, (on - timedelta(days=usecases.RECENT_DAYS), on), {}), "counts": counts,
        "regularity": {"contacts": regular.contacts, "planned": regular.planned, "pairs": regular.pairs,
                       "without_rhythm": regular.unknown, "share": regular.share},
        "load": [{"pairs": pairs, "mentors": mentors} for pairs, mentors in figures.loads], "without_mentor": alone,
        "languages_without_mentor": list(figures.languages), "places_without_mentor": _refs(figures.places, facts.names),
    }  # fmt: skip
    rows: list[tuple[str, Any]] = [*counts.items(), ("contacts", regular.contacts), ("planned", regular.planned)]
    print_answer(form, answer, ("figure", "n"), rows)


@group.command("bridges")
@window_option
@_common
def bridges_command(form: str, as_of: date | None, window: int | None) -> None:
    """From communities over leaders and mentors to institutions; communities without a bridge; whom nobody reached."""
    on = as_of or today()
    with database() as graph:
        facts = bridges.bridging(graph, OWNER, "", on, "en")
    found = bridging.view(facts, on, window)
    lines = [_path(path, facts.names) for path in found.paths]
    span = None if window is None else (on - timedelta(days=window), on)
    answer = {
        **head(on, span, {"without_a_date": found.left_out or 0}), "contacts": found.contacts, "bridges": lines,
        "communities_without_bridge": [_unbridged(each, facts.names) for each in (*found.unbridged, *found.small)],
        "institutions_not_reached": [_unreached(each, facts.names) for each in (*found.never, *found.not_lately)],
        "languages_without_mentor": list(found.languages), "places_without_mentor": _refs(found.places, facts.names),
    }  # fmt: skip
    print_answer(form, answer, BRIDGES, [[cell(line[name]) for name in BRIDGES] for line in lines])


def _path(path: Path, names: dict[str, Named]) -> dict[str, Any]:
    ends = {name: _ref(getattr(path, name), names) for name in BRIDGES[:4]}
    return {**ends, "n": path.n, "undated": path.undated, "first": path.first, "last": path.last}


def _unbridged(one: Unbridged, names: dict[str, Named]) -> dict[str, Any]:
    said = [reason.as_dict() for reason in one.reasons]
    ref = _ref(one.community, names)
    return {"id": ref, "ref": ref, "ulid": one.community, "small": one.small, "reasons": said}


def _unreached(one: Unreached, names: dict[str, Named]) -> dict[str, Any]:
    ref = _ref(one.organisation, names)
    return {"id": ref, "ref": ref, "ulid": one.organisation, "last": one.last, "undated": one.undated}


def _ref(record: str | None, names: dict[str, Named]) -> str | None:
    return names[record].ref if record in names else None


def _refs(records: Iterable[str], names: dict[str, Named]) -> list[str]:
    return [names[record].ref for record in records if record in names]


def cell(value: object) -> Any:
    """A value as a table prints it."""
    return value.isoformat() if isinstance(value, date) else value


COMMANDS = (group,)
