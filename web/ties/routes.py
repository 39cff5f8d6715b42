"""The list of ties between organisations."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request
from flask_babel import gettext

from graphdb import ties
from graphdb.catalogue import TIES, tie
from web.access import allow, viewer
from web.files import table_file
from web.language import code
from web.pages import as_of
from web.ties.asked import WINDOWS, asked_of, kept
from web.ties.changes import compared, usual_start
from web.ties.reading import network
from web.ties.usecases import Filter, Listed, listed
from web.ties.wording import EVIDENCE, how, left_out, moved, seen_last, share_kept, since
from web.typed import day_in

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from web.ties.changes import Compared

bp = Blueprint("ties", __name__, url_prefix="/ties", template_folder="templates")
MOST_CHOICES = 300
PARAMETERS = ("tie", "relation", "window", "evidence", "organisation", "with", "q")


@bp.get("/")
@allow("map", "read")
def index() -> ResponseReturnValue:
    """Who works with whom, how we know, when it was last seen."""
    whole = network()
    asked = asked_of(request.args, whole, as_of(), ties.KINDS_OF_TIE)
    wanted = Filter(
        evidence=request.args.get("evidence", "") if request.args.get("evidence", "") in EVIDENCE else "",
        organisation=request.args.get("organisation", "")[:40],
        other=request.args.get("with", "")[:40],
        search=request.args.get("q", "")[:200],
    )
    if file := request.args.get("format"):
        return _file(listed(whole, asked, wanted, viewer(), limit=None), file)
    page = listed(whole, asked, wanted, viewer(), after=request.args.get("after", "")[:120])
    names = {node.id: node.called(code()) for node in page.found.nodes}
    return render_template(
        "ties/index.html", page=page, asked=asked, wanted=wanted, names=names, kinds=TIES, windows=WINDOWS,
        relations=ties.relations(whole), choices=sorted(names.items(), key=lambda item: item[1].casefold()),
        choosable=len(names) <= MOST_CHOICES, hidden=left_out(page.found.hidden), empty=not whole.nodes,
        args=kept(request.args, PARAMETERS), how=how, seen_last=seen_last, since=since, evidence=EVIDENCE, kind_of=tie,
    )  # fmt: skip


@bp.get("/changes")
@allow("map", "read")
def changes() -> ResponseReturnValue:
    """Which ties were gained, lost and kept between two days."""
    whole, until = network(), day_in(request.args.get("to", "")) or as_of()
    start, meeting = usual_start(whole, until)
    start = day_in(request.args.get("from", "")) or start
    after = asked_of(request.args, whole, until, ties.KINDS_OF_TIE)
    found = compared(whole, replace(after, as_of=min(start, until)), after)
    names = {node.id: node.called(code()) for node in found.nodes.values()}
    if file := request.args.get("format"):
        return _changes_file(found, names, file)
    moves = list(found.moves())
    return render_template(
        "ties/changes.html", found=found, names=names, moves=moves[:MOST_CHOICES], more=max(0, len(moves) - MOST_CHOICES),
        kinds=TIES, windows=WINDOWS, relations=ties.relations(whole), kind_of=tie, meeting=meeting and not request.args.get("from"),
        hidden=left_out(found.now.hidden), empty=not whole.nodes, moved=moved, share_kept=share_kept,
        args=kept(request.args, (*PARAMETERS, "from", "to")),
    )  # fmt: skip


def _changes_file(found: Compared, names: dict[str, str], kind: str) -> ResponseReturnValue:
    heads = [gettext("What became of it"), gettext("From"), gettext("To"), gettext("Kind of tie"), gettext("Because")]
    rows = [
        [
            gettext("gained") if side == "gained" else gettext("lost"), names[ends[0]], names[ends[1]],
            gettext(tie(change.kind).word), moved(names, side, found.why(side, ends)),
        ]
        for change, side, ends in found.moves()
    ]  # fmt: skip
    return table_file(f"ties-{found.before.as_of}-{found.after.as_of}", kind, heads, rows)


def _file(page: Listed, kind: str) -> ResponseReturnValue:
    heads = [
        gettext("From"), gettext("To"), gettext("Kind of tie"), gettext("How we know"), gettext("Evidence"),
        gettext("First seen"), gettext("Last seen"), gettext("Records without a date"),
    ]  # fmt: skip
    rows = [
        [
            row.source.called(code()), row.target.called(code()), gettext(tie(row.tie.kind).word), how(row.tie),
            str(EVIDENCE[row.tie.evidence]), _cell(row.tie.first, row.tie.exact), _cell(row.tie.last, row.tie.exact),
            str(row.tie.undated),
        ]
        for row in page.rows
    ]  # fmt: skip
    return table_file(f"ties-{as_of()}", kind, heads, rows)


def _cell(on: object, exact: bool) -> str:
    return "" if on is None else str(on) if exact else str(on)[:7]
