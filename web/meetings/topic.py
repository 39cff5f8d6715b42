"""The file of a topic across meetings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, render_template

from graphdb.meetings.topic import topic
from web.access import allow, viewer
from web.language import code
from web.meetings.blueprint import bp
from web.meetings.hold import whole
from web.sessions import graph

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@bp.get("/<record>/topics/<item>")
@allow("meeting", "read", record="record", label="Meeting")
def topic_of(record: str, item: str) -> ResponseReturnValue:
    """What became of a topic, meeting by meeting."""
    found = whole(record)
    about = next((one for one in found.items if one["id"] == item), None) or abort(404)
    turns = topic(graph, record, item, viewer(), code())
    return render_template("meetings/topic.html", meeting=found, item=about, turns=turns)
