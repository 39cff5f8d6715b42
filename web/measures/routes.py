"""The measures of the network: figures in words, and organisation by organisation for who may compare them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, render_template, request
from flask_babel import format_decimal, format_percent, gettext
from flask_babel import lazy_gettext as lazy
from flask_login import current_user

from analytics.groups import ROLES
from analytics.measures import MEASURES
from analytics.words import N_
from graphdb import ties
from graphdb.catalogue import TIES, tie
from web.access import allow, granted, viewer
from web.files import table_file
from web.language import code
from web.measures.between import BY, across, known_to
from web.measures.together import beside
from web.measures.usecases import Measured, figures, measure, organisations
from web.pages import as_of, word
from web.ties.asked import WINDOWS, asked_of, kept
from web.ties.reading import network
from web.ties.wording import left_out

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from analytics.measures.measure import Measure
    from web.interchange.tables import Cell
    from web.measures.between import Across, Broker
    from web.measures.together import Beside
    from web.measures.usecases import OrganisationRow

bp = Blueprint("measures", __name__, url_prefix="/measures", template_folder="templates")
PARAMETERS = ("tie", "relation", "window", "sort")
OF_NODES = tuple(entry for entry in MEASURES if entry.scope == "node")
OF_NETWORK = tuple(entry for entry in MEASURES if entry.scope == "network")
MOST_ROWS = 250
GROUPINGS = {"sector": N_("Sectors"), "level": N_("Levels"), "kind": N_("Kinds of organisation")}
ROLE_WORDS = {
    "coordinator": (N_("Coordinates"), N_("connects two of its own group")),
    "itinerant": (N_("Connects elsewhere"), N_("connects two of another group (itinerant)")),
    "gatekeeper": (N_("Lets in"), N_("connects somebody of another group to its own (gatekeeper)")),
    "representative": (N_("Represents"), N_("connects its own group to another (representative)")),
    "liaison": (N_("Mediates"), N_("connects two groups and is of neither (liaison)")),
}


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


@bp.get("/groups")
@allow("measures", "read")
def groups() -> ResponseReturnValue:
    """How much sectors, levels or kinds work with each other, where nothing lies between two, and who connects them."""
    whole = network()
    by = request.args.get("by", "") if request.args.get("by", "") in BY else "sector"
    found = across(whole, asked_of(request.args, whole, as_of(), ties.DECLARED_AND_OBSERVED), by)
    compares = bool(granted(current_user.roles, "measures", "rank"))
    rows = list(known_to(found, None if compares else frozenset(viewer().organisations)))
    if file := request.args.get("format"):
        return _brokers_file(found, rows, file) if request.args.get("of") == "partners" else _pairs_file(found, file)
    return render_template(
        "measures/groups.html", found=found, rows=[row for row in rows if row.ways or not compares][:MOST_ROWS], compares=compares, groupings=GROUPINGS,
        vocabulary=BY[by], roles=ROLES, role_words=ROLE_WORDS, kinds=TIES, windows=WINDOWS, relations=ties.relations(whole),
        asked=found.asked, hidden=left_out(found.found.hidden), args=kept(request.args, (*PARAMETERS, "by")), shown=shown, empty=not whole.nodes,
        names={row.node.id: row.node.called(code()) for row in rows}, percent=_percent,
    )  # fmt: skip


VERDICTS = {
    "more": lazy("together more often than chance would have it."),
    "less": lazy("together less often than chance would have it."),
    "chance": lazy("together no more and no less than chance would have it."),
    "undefined": lazy("nothing to compare."),
}


@bp.get("/kinds")
@allow("measures", "read")
def kinds() -> ResponseReturnValue:
    """Whether two kinds of tie go together: do those who meet also refer to each other?"""
    whole, given = network(), request.args
    one = given["tie"] if given.get("tie") in ties.KINDS_OF_TIE else "meeting"
    other = given["with"] if given.get("with") in ties.KINDS_OF_TIE else "referral"
    found = beside(whole, one, other, asked_of(request.args, whole, as_of(), ()))
    if file := given.get("format"):
        return _kinds_file(found, file)
    return render_template(
        "measures/together.html", found=found, asked=found.asked, verdict=VERDICTS[found.says], kinds=TIES, windows=WINDOWS,
        kind_of=tie, hidden=left_out(found.found.hidden), args=kept(request.args, ("tie", "with", "window")), shown=shown,
        percent=_percent, empty=not whole.nodes,
    )  # fmt: skip


def _percent(share: float) -> str:
    return format_percent(share, "#,##0.#%")


def _kinds_file(found: Beside, kind: str) -> ResponseReturnValue:
    heads = [
        gettext("One kind of tie"), gettext("The other kind of tie"), gettext("Pairs of the one"), gettext("Pairs of the other"),
        gettext("Pairs with both"), gettext("Correlation"),
    ]  # fmt: skip
    body = [
        [gettext(tie(a).word), gettext(tie(b).word), each.one, each.other, each.both, each.r]
        for a, b, each in found.all
    ]
    return table_file(f"kinds-of-tie-{found.asked.as_of}", kind, heads, body)


def _pairs_file(found: Across, kind: str) -> ResponseReturnValue:
    heads = [gettext("One group"), gettext("The other"), gettext("Tied pairs"), gettext("Possible pairs"), gettext("Density"), gettext("Hole")]  # fmt: skip
    body = [
        [word(BY[found.by], pair.one), word(BY[found.by], pair.other), pair.tied, pair.possible, pair.density, _plain(pair.hole)]
        for pair in found.pairs
    ]  # fmt: skip
    return table_file(f"between-{found.by}-{found.asked.as_of}", kind, heads, body)


def _brokers_file(found: Across, rows: list[Broker], kind: str) -> ResponseReturnValue:
    heads = [gettext("Reference"), gettext("Partner"), gettext("Group"), "ei", *ROLES]
    body = [
        [row.node.ref, row.node.called(code()), ", ".join(word(BY[found.by], each) for each in row.groups), row.index, *row.roles]
        for row in rows
    ]  # fmt: skip
    return table_file(f"brokers-{found.by}-{found.asked.as_of}", kind, heads, body)


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


def _plain(value: Any) -> Cell:
    return str(value).lower() if isinstance(value, bool) else value
