"""The pages of meetings: the list, and one meeting. Its other routes lie beside, one file a verb."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from flask import abort, render_template, request
from flask_babel import gettext
from flask_login import current_user

from graphdb.meetings import listing, reading
from web.access import allow, granted, viewer
from web.language import code
from web.meetings import (
    acting,
    approve,
    change,
    effect_page,
    groups,
    hold,
    inviting,
    minutes,
    papers,
    plan,
    topic,
    why,
    words,
)
from web.meetings.blueprint import bp
from web.pages import as_of
from web.sessions import graph

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

__all__ = [
    "acting", "approve", "bp", "change", "effect_page", "groups", "hold", "inviting", "minutes", "papers", "plan",
    "topic",
]  # fmt: skip


def reads_all() -> bool:
    """Whether this reader may read every meeting, invited or not."""
    return "any" in granted(current_user.roles, "meeting", "read")


@bp.context_processor
def furniture() -> dict[str, object]:
    """What the templates of meetings word things with."""
    return {
        "title_of": words.title_of, "reasons_of": why.reasons_of, "when": words.when, "clock": words.clock,
        "local": words.local, "mode_words": words.mode_words(), "tap_words": words.tap_words(), "answer_words": words.answer_words(),
    }  # fmt: skip


@bp.get("/")
@allow("meeting", "read")
def index() -> ResponseReturnValue:
    """The next meeting first, then those that were."""
    shown = listing.overview(
        graph, viewer(), as_of(), code(), everything=reads_all(), series=request.args.get("series", "")[:40],
        after=_after(),
    )  # fmt: skip
    agreed = [item for item in shown.next.items if item["state"] == "accepted"] if shown.next else []
    weightiest = sorted(agreed, key=lambda item: -(item["points"] or 0))[:3]
    return render_template("meetings/index.html", shown=shown, weightiest=weightiest)


@bp.get("/<record>")
@allow("meeting", "read", record="record", label="Meeting")
def show(record: str) -> ResponseReturnValue:
    """One meeting: what it is about, who is asked, what came of it."""
    found = reading.meeting(graph, record, viewer(), code())
    if found is None:
        abort(404)
    return change.show_page(found)


def _after() -> tuple[datetime, str] | None:
    """Where the page of past meetings begins."""
    moment, record = request.args.get("after", ""), request.args.get("after_id", "")[:40]
    if not moment:
        return None
    try:
        found = datetime.fromisoformat(moment)
    except ValueError:
        abort(400, gettext("The address is damaged."))
    if found.tzinfo is None:
        abort(400, gettext("The address is damaged."))
    return found, record
