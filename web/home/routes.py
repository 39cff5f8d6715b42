"""First page, search, dictionary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request
from flask_login import current_user

from graphdb import records
from graphdb.catalogue import KINDS, TIES, VOCABULARIES, Class, kind_of
from graphdb.records import Listing
from web.access import allow, granted, viewer
from web.language import code, lazy
from web.pages import today
from web.sessions import graph

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

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
SEARCHED = ("Organisation", "Person", "Service", "Place", "ServiceType", "Agreement", "Project", "Community")


@bp.get("/")
@allow("home", "read")
def index() -> ResponseReturnValue:
    """What waits for me today; on an empty network, three ways to begin."""
    counts = {
        label: records.count(graph, kind_of(label), Listing(as_of=today()), viewer())
        for label in ("Organisation", "Person", "Service", "Agreement")
    }
    return render_template("home/index.html", counts=counts, empty=not any(counts.values()))


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
