"""The page of a programme: how far it is, who is in it, its pairs and trainings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, render_template

from graphdb.programmes import reading
from web.access import allow, viewer
from web.language import code
from web.pages import as_of
from web.programmes import agreement, matching, places, trainings, usecases, wishes, words
from web.programmes.blueprint import bp
from web.sessions import graph

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

__all__ = ["agreement", "bp", "matching", "places", "trainings", "wishes"]


@bp.context_processor
def furniture() -> dict[str, object]:
    """What the templates word things with."""
    return {"looks": words.LOOKS, "step_words": words.STEP_WORDS, "mark_words": words.MARK_WORDS, "over": wishes.OVER}


@bp.get("/programmes/<record>")
@allow("programme", "read", record="record", label="Programme")
def show(record: str) -> ResponseReturnValue:
    """A programme: its target and how far it is; for who oversees it also who is in it, pairs, trainings."""
    found = reading.programme(graph, record, viewer(), as_of(), code()) or abort(404)
    return render_template(
        "programmes/show.html", found=found, standing=usecases.standing(found),
        leaders=usecases.by_state(found.people, "leader"), mentors=usecases.by_state(found.people, "mentor"),
        contradictions=usecases.contradictions(found.people), orphaned=usecases.orphaned(found.pairs),
    )  # fmt: skip
