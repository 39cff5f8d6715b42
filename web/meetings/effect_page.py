"""The page of a meeting's effect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, redirect, render_template, url_for

from web.access import allow, viewer
from web.language import code, lazy
from web.meetings import effect, words
from web.meetings.blueprint import bp
from web.pages import as_of
from web.sessions import graph
from web.ties.reading import network

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

FIGURES = {
    "gap_closure": lazy("gaps it treated were closed and checked by then"),
    "follow_up_rate": lazy("actions due by now were done in time"),
    "decision_rate": lazy("discussed items ended in a decision"),
    "attendance_rate": lazy("invited partners came"),
    "continuity": lazy("sent the same person as last time"),
    "representation": lazy("required sectors were there"),
}
OUTCOMES = {
    "kept": (lazy("kept"), "covered"),
    "late": (lazy("done late"), "fragile"),
    "done_undated": (lazy("done, nobody noted when"), "unverified"),
    "open": (lazy("open"), "unverified"),
    "overdue": (lazy("overdue"), "absent"),
    "cancelled": (lazy("cancelled"), "not_assessed"),
}
TIES = {
    "referral": lazy("referrals"),
    "meeting": lazy("met"),
    "action": lazy("act together"),
    "bridge": lazy("bridge through mentoring"),
}


@bp.get("/<record>/effect")
@allow("meeting", "read", record="record", label="Meeting")
def effect_of(record: str) -> ResponseReturnValue:
    """What came of a meeting: gaps closed, promises kept, ties that appeared."""
    whole = network()
    found = effect.effect(graph, record, as_of(), viewer(), code(), whole)
    if found is None:
        abort(404)
    if found.meeting.state != "held":  # nothing can have come of it yet
        return redirect(url_for("meetings.show", record=record))
    figures = [
        (words.share_in_words(share), FIGURES[name]) for name, share in found.shares.items() if share and share.whole
    ]
    return render_template(
        "meetings/effect.html", found=found, meeting=found.meeting, figures=figures, outcomes=OUTCOMES, tie_words=TIES,
        titles={node.id: node.called(code()) for node in whole.nodes},
    )  # fmt: skip
