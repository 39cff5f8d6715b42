"""The list of partners and a partner's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user

from graphdb import collaboration, coverage, merging, naming, partners, records, services, ties
from graphdb.catalogue import kind_of
from graphdb.writes import change
from web.access import actor, allow, granted, viewer
from web.files import table_file
from web.language import code
from web.once import pressed
from web.pages import as_of, today
from web.partners import usecases
from web.partners.words import chip, known_by, why_expected
from web.records import lists
from web.records.rows import flat
from web.sessions import data_stamp, graph
from web.ties.wording import EVIDENCE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.typing import ResponseReturnValue

    from graphdb.naming import Name

bp = Blueprint("partners", __name__, url_prefix="/partners", template_folder="templates")
ORGANISATION = kind_of("Organisation")


def called() -> Mapping[str, Name]:
    """What places, service types, groups and organisations are called for this reader."""
    return naming.names(graph, data_stamp(*naming.PUBLIC_KINDS), viewer(), code())


@bp.get("/")
@allow("organisation", "read")
def index() -> ResponseReturnValue:
    """Who is in the network, what they offer, when somebody last checked."""
    listing = lists.asked(ORGANISATION, request.args)
    if file := request.args.get("format"):
        rows = records.page(graph, ORGANISATION, lists.whole(listing), viewer()).rows
        return table_file(f"partners-{listing.as_of}", file, *flat(ORGANISATION, rows))
    page = records.page(graph, ORGANISATION, listing, viewer())
    beside = partners.beside(graph, [row.id for row in page.rows], viewer(), as_of(), code())
    names = called()
    located = sorted((names[place] for place in beside.places if place in names), key=lambda one: one.title.casefold())
    focal: dict[str, list[records.Ref | None]] = {}
    for organisation, who in beside.focal:
        focal.setdefault(organisation, []).append(who)
    return render_template(
        "partners/index.html", kind=ORGANISATION, page=page, listing=listing, located=located, focal=focal, names=names,
        checked={line[0]: line[1] for line in beside.lines}, offers={line[0]: line[2] for line in beside.lines},
    )  # fmt: skip


@bp.get("/<record>")
@allow("organisation", "read")
def show(record: str) -> ResponseReturnValue:
    """One partner."""
    view = records.show(graph, ORGANISATION, record, viewer(), code()) or abort(404)
    if view.archived_at and (into := graph.one(merging.MERGED_INTO, id=record)):
        flash(gettext("%(name)s was merged into this partner.", name=view.title), "undo")
        return redirect(url_for("partners.show", record=into.id))
    if view.archived_at and not granted(current_user.roles, "organisation", "archive"):
        abort(404)
    meetings = "any" in granted(current_user.roles, "meeting", "read")
    around = partners.around(graph, record, viewer(), as_of(), code(), all_meetings=meetings)
    assert around is not None
    network = ties.network(graph, data_stamp(*ties.READS), data_stamp(*collaboration.KINDS))
    facts = coverage.known(graph, data_stamp(*coverage.KINDS)).facts
    hangs = usecases.hanging(facts, network, record, around.services, as_of())
    return render_template(
        "partners/show.html", kind=ORGANISATION, view=view, around=around, hangs=hangs,
        own=record in viewer().organisations, rows=usecases.works_with(network, record, as_of(), viewer(), code()),
        states=usecases.states(view, around, hangs, as_of()), old=usecases.old_services(around.services, as_of()),
        missing=usecases.missing(view), names=called(), chip=chip, known_by=known_by, evidence=EVIDENCE, why_expected=why_expected,
        window=usecases.WINDOW, fresh_today=view.fields["assured_on"] == today(),
    )  # fmt: skip


@bp.post("/<record>/verify")
@allow("organisation", "verify", record="record", label="Organisation")
def verify(record: str) -> ResponseReturnValue:
    """Still correct: the organisation and all its services are confirmed as of today."""
    change(graph, actor(), lambda c: str(services.note_assured(c, record)), once=pressed(f"verify.{record}"))
    flash(gettext("Noted: still correct as of today, with all its services. It can be taken back today."), "undo")
    return redirect(url_for("partners.show", record=record), 303)


@bp.post("/<record>/unverify")
@allow("organisation", "verify", record="record", label="Organisation")
def unverify(record: str) -> ResponseReturnValue:
    """Take today's confirmation back."""
    change(graph, actor(), lambda c: str(services.take_back_assured(c, record)), once=pressed(f"unverify.{record}"))
    flash(gettext("Taken back. The earlier date of checking holds again."), "undo")
    return redirect(url_for("partners.show", record=record), 303)
