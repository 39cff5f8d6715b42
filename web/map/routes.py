"""The map of organisations and their ties: the page, its data, and the same as GraphML."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from flask import Blueprint, current_app, jsonify, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user

from analytics.measures import MEASURES
from graphdb import ties
from graphdb.catalogue import TIES
from web.access import allow, granted, viewer
from web.files import attachment
from web.interchange.network_files import graphml
from web.language import code
from web.map import palette
from web.map.asked import PARAMETERS, wish_of
from web.map.drawing import drawn
from web.map.rows import network_rows, partner_rows
from web.map.usecases import SIZES, View, Wish, places, view
from web.pages import SHOWN_BY, as_of, record_url, today
from web.sessions import data_stamp, graph
from web.ties.asked import WINDOWS, kept
from web.ties.reading import network
from web.ties.wording import left_out

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from graphdb.ties import Network

bp = Blueprint("map", __name__, url_prefix="/map", template_folder="templates")
MOST_ROWS = 200
MOST_NAMES = 8
PLACE = "__record__"
FORMAT = 1
"""Raised when the data's form changes, so that no browser keeps an older one."""


@bp.app_template_filter("family")
def _family(kind: str) -> palette.Family:
    return palette.family_of(kind)


@bp.app_template_filter("level_colour")
def _level_colour(level: str | None) -> str:
    return palette.colour_of_level(level)


@bp.app_template_filter("community_colour")
def _community_colour(number: int) -> str:
    return palette.colour_of_community(number)


@bp.get("/")
@allow("map", "read")
def index() -> ResponseReturnValue:
    """The page: what is asked for, the drawing's frame, its legend, and the same as a table."""
    whole, wish, shown = _asked()
    names = {node.id: node.called(code()) for node in whole.nodes}
    used = {place for node in whole.nodes for place in node.places}
    return render_template(
        "map/index.html", view=shown, wish=wish, names=names, kinds=TIES, windows=WINDOWS,
        relations=ties.relations(whole), args=kept(request.args, PARAMETERS), palette=palette,
        places_of=sorted(((p.id, p.called(code())) for p in whole.places if p.id in used), key=lambda item: item[1].casefold()),
        kinds_of=sorted({node.kind for node in whole.nodes}), sizes=_sizes(), hidden=left_out(shown.hidden),
        rows=partner_rows(shown, names, places_in(whole))[:MOST_ROWS], most=MOST_ROWS, names_shown=len(names) if wish.focus else MOST_NAMES,
    )  # fmt: skip


@bp.get("/data")
@allow("map", "read")
def data() -> ResponseReturnValue:
    """The drawing's data; unchanged data is not sent twice."""
    tag = _tag()
    if tag in request.if_none_match:
        answer = current_app.response_class(status=304)
        answer.set_etag(tag)
        return answer
    whole, wish, shown = _asked()
    names = {node.id: node.called(code()) for node in whole.nodes}
    where = places(graph, whole, today())
    answer = jsonify({**drawn(shown, wish, where, names, places_in(whole)), "urls": _urls(), "words": _words()})
    answer.set_etag(tag)
    return answer


@bp.get("/graphml")
@allow("map", "read")
def as_graphml() -> ResponseReturnValue:
    """The organisations and ties of this map as GraphML."""
    whole, _, shown = _asked()
    return attachment(f"map-{as_of()}", "graphml", graphml(*network_rows(shown, code(), places_in(whole))))


def _asked() -> tuple[Network, Wish, View]:
    whole = network()
    wish = wish_of(request.args, whole, as_of(), may_compare=_may_compare())
    return whole, wish, view(whole, wish, viewer())


def places_in(whole: Network) -> dict[str, str]:
    """Where each organisation is, in the reader's language; of protected ones the municipality."""
    called = {place.id: place.called(code()) for place in whole.places}
    return {node.id: called[node.places[0]] for node in whole.nodes if node.places and node.places[0] in called}


def _may_compare() -> bool:
    return bool(granted(current_user.roles, "measures", "rank"))


def _sizes() -> list[tuple[str, str]]:
    """Measures that nodes can be sized by, as far as this reader may compare organisations."""
    words = {measure.key: measure.name_en for measure in MEASURES}
    return [(key, gettext(words[key])) for key in SIZES if key == "degree" or _may_compare()]


def _tag() -> str:
    """What the data depends on: the data version, the question, and who asks in which language."""
    eyes = viewer()
    parts = (
        FORMAT, data_stamp(*ties.READS), request.query_string.decode("latin-1"), as_of(), code(), eyes.account,
        sorted(eyes.roles), eyes.organisations,
    )  # fmt: skip
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def _urls() -> dict[str, str]:
    gap = SHOWN_BY.get("Gap", "")
    others: dict[str, Any] = kept(request.args, tuple(name for name in PARAMETERS if name != "community"))
    return {
        "record": record_url("Organisation", PLACE),
        "focus": url_for("map.index", focus=PLACE),
        "circle": url_for("map.index", **others, community=PLACE),
        "ties": url_for("ties.index", organisation=PLACE, window="all"),
        "gap": url_for(gap, record=PLACE) if gap in current_app.view_functions else "",
    }


def _words() -> dict[str, str]:
    return {
        "open": gettext("Open the partner's page"),
        "focus": gettext("Show only those around it"),
        "circle": gettext("Look into this circle"),
        "ties": gettext("Its ties as a list"),
        "gap": gettext("Why is this missing?"),
        "and": gettext("and"),
    }
