"""The bridge view as a page, a map and files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, jsonify, render_template, request
from flask_babel import gettext
from flask_login import current_user

from graphdb import bridges
from web.access import allow, granted, viewer
from web.bridges import usecases
from web.bridges.drawing import LOOKS, drawn
from web.files import table_file
from web.language import code
from web.mentoring.usecases import own_person
from web.pages import as_of
from web.sessions import graph
from web.ties.asked import WINDOWS, kept, window_of
from web.words import because

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from graphdb.bridges import Bridging

bp = Blueprint("bridges", __name__, url_prefix="/mentoring/bridges", template_folder="templates")
MOST_ROWS = 100


@bp.get("/")
@allow("bridge", "read")
def index() -> ResponseReturnValue:
    """Which communities reach which institutions, through whom as far as the reader may know, and what is missing."""
    facts, found = _asked()
    if request.args.get("format") in {"csv", "xlsx"}:
        return _file(facts, found, request.args["format"])
    return render_template(
        "bridges/index.html", found=found, facts=facts, names=facts.names, windows=WINDOWS, looks=LOOKS, why=because, all=usecases.ALL,
        args=kept(request.args, ("window",)), most=MOST_ROWS, reads_mentoring=bool(granted(current_user.roles, "mentorship", "overview")),
    )  # fmt: skip


@bp.get("/data")
@allow("bridge", "read")
def data() -> ResponseReturnValue:
    """The drawing's data."""
    facts, found = _asked()
    known = [each.id for each in facts.communities]
    words = {"open": gettext("Open its page"), "and": gettext("and"), "focus": "", "circle": "", "ties": "", "gap": ""}
    urls = dict.fromkeys(("record", "focus", "circle", "ties", "gap"), "")
    return jsonify({**drawn(found, known, facts.names), "urls": urls, "words": words})


def _asked() -> tuple[Bridging, usecases.View]:
    facts = bridges.bridging(graph, viewer(), own_person(viewer()), as_of(), code())
    return facts, usecases.view(facts, as_of(), window_of(request.args))


def _file(facts: Bridging, found: usecases.View, form: str) -> ResponseReturnValue:
    heads = [gettext("Community"), gettext("Institution"), gettext("Contacts"), gettext("Leaders")]
    rows = [
        [
            facts.names[row.community].title if row.community in facts.names else "",
            facts.names[row.organisation].title if row.organisation in facts.names else "",
            *(gettext("held back") if n is None else str(n) for n in (row.n, row.leaders)),
        ]
        for row in found.rows
    ]  # fmt: skip
    return table_file(f"bridges-{as_of()}", form, heads, rows)
