"""`flask mentoring match`: a programme's leaders matched with its mentors, by references; no names."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from graphdb.actors import OWNER
from graphdb.programmes import cohort as stored
from web.answers import head
from web.commands.answers import format_option, print_answer
from web.commands.database import database, say
from web.commands.days import as_of_option, today
from web.commands.mentoring import group
from web.programmes import usecases

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from analytics.matching import Alone, Leaving, Plan, Proposal
    from graphdb.programmes.cohort import Cohort

HEADS = ("plan", "leader", "mentor", "points", "reasons", "next_best", "fewer", "points_lost")


@group.command("match")
@click.argument("programme")
@click.option("--without", default="", metavar="MENTOR", help="What if this mentor leaves (reference or id).")
@as_of_option
@format_option
def match_command(programme: str, without: str, as_of: date | None, form: str) -> None:
    """Match the leaders without a mentor in PROGRAMME (its reference or id), all at once."""
    on = as_of or today()
    with database() as graph:
        record = stored.called(graph, programme)
        found = stored.cohort(graph, record, OWNER, on, "en") if record else None
    if found is None:
        say(f"There is no programme “{programme}”.")
        sys.exit(1)
    gone = next((id_ for id_, ref in found.refs.items() if without in {id_, ref}), "")
    leaving = usecases.what_if(found, gone) if gone else None
    if without and leaving is None:
        say(f"There is no mentor “{without}” in this programme.")
        sys.exit(1)
    plan = usecases.plan_of(found)
    named = {"id": found.ref, "ref": found.ref, "ulid": found.id}
    answer = {
        **head(on, None, {}), "programme": named, "leaders": len(found.waiting), "mentors": len(found.mentors),
        "room": sum(mentor.room for mentor in found.mentors), **_plan(found, plan),
        "leaving": _leaving(found, gone, leaving) if leaving else None,
    }  # fmt: skip
    plans = {"now": plan, **({"rest_fixed": leaving.rest_fixed, "all_free": leaving.all_free} if leaving else {})}
    print_answer(form, answer, HEADS, [row for name, one in plans.items() for row in _rows(found, name, one)])


def _plan(found: Cohort, plan: Plan) -> dict[str, Any]:
    return {
        "points": plan.points, "proposals": [_proposal(found, one) for one in plan.proposals],
        "alone": [_alone(found, one) for one in plan.alone],
    }  # fmt: skip


def _proposal(found: Cohort, one: Proposal) -> dict[str, Any]:
    instead = one.instead and {
        "mentor": found.refs.get(one.instead.mentor or ""), "fewer": one.instead.fewer, "points_lost": one.instead.points_lost,
    }  # fmt: skip
    return {
        "leader": found.refs[one.leader], "mentor": found.refs[one.mentor], "points": one.points,
        "reasons": [reason.as_dict() for reason in one.reasons], "next_best": instead,
    }  # fmt: skip


def _alone(found: Cohort, one: Alone) -> dict[str, Any]:
    return {"leader": found.refs[one.leader], "reasons": [reason.as_dict() for reason in one.reasons]}


def _leaving(found: Cohort, gone: str, leaving: Leaving) -> dict[str, Any]:
    takers = [
        {"leader": found.refs[leader], "could_take": [_proposal(found, one) for one in leaving.takers[leader]]}
        for leader in leaving.leaders
    ]
    return {
        "mentor": found.refs[gone], "leaders": takers, "rest_fixed": _plan(found, leaving.rest_fixed),
        "all_free": _plan(found, leaving.all_free), "moved": leaving.moved,
    }  # fmt: skip


def _rows(found: Cohort, name: str, plan: Plan) -> Sequence[Sequence[str | int | None]]:
    matched = [
        (
            name, found.refs[one.leader], found.refs[one.mentor], one.points, " ".join(r.code for r in one.reasons),
            found.refs.get(one.instead.mentor or "") if one.instead else None,
            one.instead.fewer if one.instead else None, one.instead.points_lost if one.instead else None,
        )
        for one in plan.proposals
    ]  # fmt: skip
    alone = [
        (name, found.refs[one.leader], None, None, " ".join(r.code for r in one.reasons), None, None, None)
        for one in plan.alone
    ]
    return [*matched, *alone]


COMMANDS = ()
