"""Pages of jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, render_template, url_for
from flask_babel import gettext
from flask_login import current_user

from graphdb import jobs
from web.access import actor, allow
from web.language import lazy
from web.pages import back_to_here
from web.sessions import graph

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("jobs", __name__, url_prefix="/jobs", template_folder="templates")

# kind of job -> (its name, endpoint of the page that shows its result)
KINDS: dict[str, tuple[object, str]] = {
    "detect": (lazy("Looking for gaps"), "gaps.looked"),
    "pack": (lazy("Making the pack of a meeting"), "meetings.packed"),
    "import_look": (lazy("Reading a list"), "imports.of_job"),
    "import_write": (lazy("Importing a list"), "imports.of_job"),
    "import_undo": (lazy("Taking an import back"), "imports.of_job"),
    "mail": (lazy("Sending a letter"), ""),
    "sweep": (lazy("Deleting sessions, links and keys whose time is over"), ""),
    "agreements": (lazy("Reminding of agreements that lapse"), ""),
}
STATES = {
    "queued": lazy("waits for its turn"),
    "running": lazy("at work"),
    "done": lazy("done"),
    "failed": lazy("ended without a result"),
    "cancelled": lazy("cancelled"),
}
ERRORS = {
    "broken": lazy("Something went wrong on our side; nothing was kept. The error is noted."),
    "not_sent": lazy("The mail server did not take the letter for two days. Hand the message over in another way."),
    "no_address": lazy("The mail server says that there is no such address. Look at it and try again."),
    "gave_up": lazy("It was interrupted three times; nothing more is tried. Start it again."),
}


@bp.get("/")
@allow("job", "read")
def index() -> ResponseReturnValue:
    """My jobs, the newest first."""
    found = graph.fetch(jobs.MINE, owner=current_user.id, everybody=False, limit=50)
    return render_template("jobs/index.html", jobs=found, kinds=KINDS, states=STATES)


@bp.get("/<job>")
@allow("job", "read")
def show(job: str) -> ResponseReturnValue:
    """One job: its progress, then the way to its result."""
    found = _mine(job)
    kind = KINDS.get(found.kind)
    result_url = url_for(kind[1], job=found.id) if kind and found.state == "done" and kind[1] else ""
    return render_template(
        "jobs/show.html", job=found, kinds=KINDS, states=STATES, errors=ERRORS, result_url=result_url
    )


@bp.get("/<job>/progress")
@allow("job", "read")
def progress(job: str) -> ResponseReturnValue:
    """How far a job is, for the bar."""
    found = _mine(job)
    words = gettext(found.words) if found.words else str(STATES[found.state])
    return {"state": found.state, "done": found.done, "total": found.total, "words": words, "over": found.over}


@bp.post("/<job>/cancel")
@allow("job", "read")
def cancel(job: str) -> ResponseReturnValue:
    """Cancel a job."""
    jobs.cancel(graph, actor(), _mine(job).id)
    return back_to_here("jobs.show", job=job)


def _mine(job: str) -> jobs.Job:
    found = graph.one(jobs.ONE, id=job)
    if found is None or found.owner != current_user.id:
        abort(404)
    return found
