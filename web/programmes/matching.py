"""Whom to bring together: the cohort matched at once, each proposal decided by a person; what if a mentor leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, render_template, request
from flask_babel import gettext

from analytics.matching import MOST_PAIRS, worth
from graphdb import mentoring
from graphdb.catalogue import codes
from graphdb.errors import GraphError, ReusedKeyError
from graphdb.programmes import cohort as stored
from web.access import actor, allow, may, viewer
from web.language import code
from web.once import do_once
from web.pages import as_of, back_to_here, today
from web.programmes import usecases, words
from web.programmes.blueprint import bp
from web.sessions import graph
from web.words import because

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from analytics.reasons import Reason
    from graphdb.programmes.cohort import Cohort
    from graphdb.writes import Change


class NotPossibleError(GraphError):
    """This pair cannot be made (any more)."""


@bp.get("/matching")
@allow("participation", "overview")
def choose_programme() -> ResponseReturnValue:
    """In which of my programmes?"""
    found = mentoring.candidates(graph, viewer(), code()).programmes
    if len(found) == 1:
        return back_to_here("programmes.match_cohort", record=found[0]["id"])
    return render_template("programmes/choose.html", programmes=found)


@bp.get("/programmes/<record>/matching")
@allow("participation", "overview", record="record", label="Programme")
def match_cohort(record: str) -> ResponseReturnValue:
    """The leaders without a mentor matched at once; `?without=` a mentor who might leave."""
    found = _one(record)
    gone = request.args.get("without", "")
    plan = usecases.plan_of(found)
    return render_template(
        "programmes/matching.html", found=found, plan=plan, gone=gone, worth=worth, sentence=sentence,
        options={one.id: usecases.options(found, one.id) for one in found.waiting},
        leaving=usecases.what_if(found, gone) if gone else None, can_decide=may("edit", "participation", own=True),
        room=sum(mentor.room for mentor in found.mentors), actor=actor(),
    )  # fmt: skip


@bp.post("/programmes/<record>/matching")
@allow("participation", "edit", record="record", label="Programme")
def decide(record: str) -> ResponseReturnValue:
    """Accept a proposal, refuse it and say why, or choose another mentor."""
    typed = {name: request.form.get(name, "") for name in ("leader", "proposed", "mentor", "do", "reason")}
    mentor = {"accept": typed["proposed"], "refuse": None}.get(typed["do"], typed["mentor"])
    reason = typed["reason"] if typed["reason"] in codes("match_reason") else ""
    if not typed["leader"] or mentor == "" or (mentor is None and not (reason and typed["proposed"])):
        told = gettext("Say why; nothing was changed.") if mentor is None else gettext("Choose a mentor first.")
        flash(told, "error")
        return back_to_here("programmes.match_cohort", record=record)
    said = gettext("Refused; this pair is not proposed again.") if mentor is None else gettext(
        "The pair is proposed to the two. Write down on its page what they agree on."
    )  # fmt: skip
    do_once(
        f"match.{record}.{typed['leader']}", typed,
        lambda c: _rule(c, record, typed["leader"], typed["proposed"] or None, mentor, reason), said,
        {
            stored.FullError: gettext("This mentor has as many leaders as may be. Look at the proposals again."),
            stored.PairedError: gettext("This leader has a mentor meanwhile. Look at the proposals again."),
            NotPossibleError: gettext("This pair is not possible (any more). Look at the proposals again."),
            ReusedKeyError: words.saved_already(),
        },
    )  # fmt: skip
    return back_to_here("programmes.match_cohort", record=record)


def sentence(reason: Reason) -> str:
    """A reason in words; no reason of a matching names anybody."""
    return because(reason, {})


def _rule(c: Change, record: str, leader: str, proposed: str | None, mentor: str | None, reason: str) -> str:
    """Judge the pair as things stand now, then keep the decision."""
    found = stored.cohort(graph, record, viewer(), today(), code())
    about = mentor or proposed
    if found is None or all(one.id != leader for one in found.waiting):
        raise stored.PairedError(leader)
    guide = next((one for one in found.mentors if one.id == about), None)
    if guide is None:
        raise NotPossibleError(about or "")
    if mentor is not None and usecases.excluded(found, leader, mentor):
        raise NotPossibleError(usecases.excluded(found, leader, mentor))
    told = next((one for one in usecases.options(found, leader) if one.mentor == about), None)
    ruling = stored.Ruling(
        record, leader, proposed, mentor, min(guide.most, MOST_PAIRS), reason, told.points if told else None,
        told.reasons if told else (),
    )  # fmt: skip
    return stored.rule(c, graph, ruling, usecases.common_languages(found, leader, guide.id), today())


def _one(record: str) -> Cohort:
    return stored.cohort(graph, record, viewer(), as_of(), code()) or abort(404)
