"""First page, search, dictionary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request
from flask_login import current_user

from graphdb import issues, mentoring, naming, records, waiting
from graphdb.catalogue import KINDS, TIES, VOCABULARIES, Class, kind_of
from graphdb.meetings import listing
from web.access import allow, granted, viewer
from web.gaps.sentences import class_word
from web.home import usecases, words
from web.issues.usecases import sort
from web.language import code, lazy
from web.meetings.words import when
from web.mentoring.usecases import overview, own_person
from web.pages import today
from web.sessions import data_stamp, graph

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from graphdb.issues import Here
    from graphdb.meetings.listing import Upcoming
    from web.issues.usecases import Sorted
    from web.mentoring.usecases import Overview

bp = Blueprint("home", __name__, template_folder="templates")

CLASS_WORDS = {
    Class.PUBLIC: lazy("everybody in the network; may be published"),
    Class.NETWORK: lazy("everybody in the network"),
    Class.CONTACT: lazy("who works with the person, and the coordinator"),
    Class.PARTIES: lazy("only those it concerns"),
}
EVIDENCE_WORDS = {
    "declared": lazy("one side says so"),
    "confirmed": lazy("it is signed or confirmed"),
    "observed": lazy("it was seen in dated records"),
}
WITH_FIGURES = frozenset({"coordinator", "manager", "partner"})
"""Roles whose home speaks of the whole network."""
SEARCHED = ("Organisation", "Person", "Service", "Place", "ServiceType", "Agreement", "Project", "Community")


@bp.get("/")
@allow("home", "read")
def index() -> ResponseReturnValue:
    """What waits for me today; on an empty network, three ways to begin."""
    roles, on = current_user.roles, today()
    coordinates = "coordinator" in roles
    found = waiting.waiting(
        graph, viewer(), on, code(), usecases.LIMITS, coordinates=coordinates,
        reads_gaps=bool(granted(roles, "gap", "read")),
    )  # fmt: skip
    if not found.organisations and not found.people:
        return render_template("home/index.html", empty=True)
    names = naming.names(graph, data_stamp(*naming.PUBLIC_KINDS), viewer(), code())
    me, pairs = own_person(viewer()), _mentoring()
    waits = usecases.waits(found, pairs, on, me)
    return render_template(
        "home/index.html", empty=False, n=len(waits), names=names,
        waits=[words.shown(one, names) for one in waits[: usecases.MOST]],
        figures=usecases.figures(found, on, exact=coordinates) if roles & WITH_FIGURES else None,
        gaps=[words.gap_line(one, names) for one in found.gaps if roles & WITH_FIGURES],
        gap_counts=[(class_word(cls), n) for cls, n in found.gap_counts if cls not in waiting.MENTORING],
        mine=_mine(me), meeting=_next_meeting(), me=me, pairs=pairs.own if pairs else [], when=when, logs=bool(granted(roles, "mentoring_note", "create")),
    )  # fmt: skip


def _mentoring() -> Overview | None:
    """The pairs of who has any to do with mentoring; others cost no statement."""
    if not granted(current_user.roles, "mentorship", "read"):
        return None
    network = mentoring.network(graph, viewer(), own_person(viewer()), today(), code())
    return overview(network, today())


def _mine(me: str) -> tuple[Sorted, Here | None] | None:
    """What a leader has raised, and where to look for help; for others it is on the pages of mentoring."""
    if "leader" not in current_user.roles:
        return None
    found = issues.listed(graph, viewer(), me, today(), code())
    return sort(found.lines, today()), found.here


def _next_meeting() -> Upcoming | None:
    relations = granted(current_user.roles, "meeting", "read")
    if not relations:
        return None
    return listing.next_meeting(graph, viewer(), today(), code(), everything="any" in relations)


@bp.get("/search")
@allow("home", "read")
def search() -> ResponseReturnValue:
    """Partners, people, services and places by words in either alphabet."""
    wanted = request.args.get("q", "").strip()[:200]
    found: list[tuple[str, list[records.Choice]]] = []
    if wanted:
        for label in SEARCHED:
            if granted(current_user.roles, kind_of(label).noun, "read"):
                hits = records.choices(graph, label, viewer(), wanted, limit=20, language=code())
                found += [(label, hits)] if hits else []
    return render_template("home/search.html", wanted=wanted, found=found, kind_of=kind_of)


@bp.get("/dictionary")
@allow("home", "read")
def dictionary() -> ResponseReturnValue:
    """Every kind, field, tie and vocabulary, from the catalogue."""
    return render_template(
        "home/dictionary.html", kinds=KINDS, ties=TIES, vocabularies=VOCABULARIES, class_words=CLASS_WORDS,
        evidence_words=EVIDENCE_WORDS, kind_words={kind.label: kind.words for kind in KINDS},
    )  # fmt: skip
