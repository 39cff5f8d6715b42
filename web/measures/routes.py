"""The measures of the network: figures in words, and organisation by organisation for who may compare them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, render_template, request
from flask_babel import format_decimal, gettext
from flask_login import current_user

from analytics.measures import MEASURES
from graphdb import ties
from graphdb.catalogue import TIES
from web.access import allow, granted, viewer
from web.files import table_file
from web.language import code
from web.measures.usecases import Measured, figures, measure, organisations
from web.pages import as_of
from web.ties.asked import WINDOWS, asked_of, kept
from web.ties.reading import network
from web.ties.wording import left_out

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from analytics.measures.measure import Measure
    from web.measures.usecases import OrganisationRow

bp = Blueprint("measures", __name__, url_prefix="/measures", template_folder="templates")
PARAMETERS = ("tie", "relation", "window", "sort")
OF_NODES = tuple(entry for entry in MEASURES if entry.scope == "node")
OF_NETWORK = tuple(entry for entry in MEASURES if entry.scope == "network")
MOST_ROWS = 250


@bp.get("/")
@allow("measures", "read")
def index() -> ResponseReturnValue:
    """How the network is knit: each figure with what it means and what not to conclude from it."""
    whole = network()
    asked = asked_of(request.args, whole, as_of(), ties.DECLARED_AND_OBSERVED)
    measured = measure(whole, asked)
    compares = bool(granted(current_user.roles, "measures", "rank"))
    only = None if compares else frozenset(viewer().organisations)
    sort = request.args.get("sort", "") if compares else ""
    rows = organisations(measured, code(), only, sort)
    if file := request.args.get("format"):
        return _file(measured, rows, file)
    defined = [entry for entry in OF_NODES if any(row.values[entry.key] is not None for row in rows)]
    return render_template(
        "measures/index.html", measured=measured, rows=rows[:MOST_ROWS], total=len(rows), compares=compares,
        figures=figures(measured, compares, frozenset(viewer().organisations), code()), of_nodes=defined,
        of_network=OF_NETWORK, undefined=[entry for entry in OF_NODES if entry not in defined], kinds=TIES, windows=WINDOWS, relations=ties.relations(whole), asked=asked, sort=sort,
        hidden=left_out(measured.found.hidden), args=kept(request.args, PARAMETERS), shown=shown, words_of=words_of, empty=not whole.nodes,
    )  # fmt: skip


def shown(value: object) -> str:
    """A value as a reader sees it; empty where the measure is undefined."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return format_decimal(value, "#,##0.###") if isinstance(value, float) else str(value)


def words_of(entries: list[Measure]) -> str:
    """Names of measures, in a row."""
    return ", ".join(gettext(entry.name_en) for entry in entries)


def _file(measured: Measured, rows: list[OrganisationRow], kind: str) -> ResponseReturnValue:
    heads = [gettext("Reference"), gettext("Partner"), *(entry.key for entry in OF_NODES)]
    body = [[row.node.ref, row.name, *(_plain(row.values[entry.key]) for entry in OF_NODES)] for row in rows]
    return table_file(f"measures-{measured.asked.as_of}", kind, heads, body)


def _plain(value: Any) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
