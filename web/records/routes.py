"""Pages of plain records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user

from graphdb import audit, records
from graphdb.catalogue import Kind, kind_at
from graphdb.errors import ConflictError, MissingError, ReusedKeyError, TakenError
from graphdb.records import RefusedError
from graphdb.records.text import backs_of
from graphdb.writes import change
from web.access import TABLE, actor, allow, granted, viewer
from web.files import table_file
from web.language import code
from web.once import pressed
from web.pages import SHOWN_BY, record_url
from web.records import lists, usecases
from web.records.forms import RecordForm, as_typed, form_for
from web.records.rows import flat
from web.records.words import install
from web.sessions import graph
from web.typed import number_in

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from graphdb.records import RecordView

bp = Blueprint("records", __name__, url_prefix="/records", template_folder="templates")
install(bp)


@bp.get("/<slug>")
@allow("*", "read")
def index(slug: str) -> ResponseReturnValue:
    """A list."""
    kind = kind_at(slug)
    listing = lists.asked(kind, request.args)
    if _titles_only(kind):
        return redirect(url_for(f"{SHOWN_BY[kind.label].partition('.')[0]}.index"), 303)
    page = records.page(graph, kind, listing, viewer())
    if file := request.args.get("format"):
        return _file(kind, listing, file)
    choices = {
        link.name: records.choices(graph, link.target, viewer(), limit=200, language=code())
        for link in kind.links
        if link.listed
    }
    return render_template("records/index.html", kind=kind, page=page, listing=listing, choices=choices)


@bp.get("/<slug>/new")
@allow("*", "create")
def new(slug: str) -> ResponseReturnValue:
    """An empty form; links given in the address are chosen already."""
    kind = kind_at(slug)
    given = {
        name: request.args.getlist(name) if kind.link(name).many else request.args[name]
        for name in _links(kind)
        if request.args.get(name)
    }
    return render_template("records/form.html", kind=kind, form=form_for(kind, given), record=None)


@bp.post("/<slug>/new")
@allow("*", "create")
def create(slug: str) -> ResponseReturnValue:
    """Save a new record."""
    kind = kind_at(slug)
    form = form_for(kind)
    if form.validate():
        typed = usecases.Typed(form.typed(kind), form.linked(kind), form.key.data or "")
        try:
            if "any" not in granted(current_user.roles, kind.noun, "create"):
                usecases.demand_own(kind, typed.links, viewer())
            record = usecases.create(graph, actor(), kind, typed)
        except usecases.NotYoursError:
            form.form_errors.append(gettext("You may add this for your own organisation only."))
        except (RefusedError, TakenError, ReusedKeyError) as refused:
            _say(form, refused)
        else:
            flash(gettext("Saved."), "undo")
            return back_to(kind, record)
    return render_template("records/form.html", kind=kind, form=form, record=None), 400


@bp.get("/<slug>/<record>")
@allow("*", "read", record="record")
def show(slug: str, record: str) -> ResponseReturnValue:
    """One record."""
    kind = kind_at(slug)
    if _titles_only(kind):
        return redirect(record_url(kind.label, record), 303)
    view = records.show(graph, kind, record, viewer(), code())
    if view is None:
        abort(404)
    history = graph.fetch(audit.HISTORY, record=record, limit=20)
    return render_template("records/show.html", kind=kind, view=view, backs=backs_of(kind), history=history)


@bp.get("/<slug>/<record>/edit")
@allow("*", "edit", record="record")
def edit(slug: str, record: str) -> ResponseReturnValue:
    """The form of a record."""
    kind = kind_at(slug)
    view = records.show(graph, kind, record, viewer(), code())
    if view is None or view.archived_at:
        abort(404)
    if _nameless(kind, view):
        return _not_to_change(kind, record)
    values = {**view.fields, **_chosen(kind, view.links), "version": view.version}
    form = form_for(kind, values, without=kind.links_apart())
    return render_template("records/form.html", kind=kind, form=form, record=view)


@bp.post("/<slug>/<record>/edit")
@allow("*", "edit", record="record")
def save(slug: str, record: str) -> ResponseReturnValue:
    """Save what the form says, unless somebody else was faster."""
    kind = kind_at(slug)
    view = records.show(graph, kind, record, viewer(), code())
    if view is None or view.archived_at:
        abort(404)
    if _nameless(kind, view):
        return _not_to_change(kind, record)
    form = form_for(kind, without=kind.links_apart())
    status = 400
    if form.validate():
        typed = usecases.Typed(form.typed(kind), form.linked(kind), form.key.data or "")
        try:
            if "any" not in granted(current_user.roles, kind.noun, "edit"):
                usecases.demand_own(kind, typed.links, viewer())
            usecases.update(graph, actor(), kind, record, number_in(form.version.data), typed)
        except usecases.NotYoursError:
            form.form_errors.append(gettext("You may give this to your own organisation only."))
        except ConflictError:
            return _conflict(kind, record, form), 409
        except (RefusedError, TakenError, ReusedKeyError) as refused:
            _say(form, refused)
        else:
            flash(gettext("Saved. It can be taken back on this page."), "undo")
            return back_to(kind, record)
    return render_template("records/form.html", kind=kind, form=form, record=view), status


@bp.post("/<slug>/<record>/archive")
@allow("*", "archive", record="record")
def archive(slug: str, record: str) -> ResponseReturnValue:
    """Take a record out of the lists."""
    kind = kind_at(slug)
    if _kept_from(kind, record):
        return _not_to_change(kind, record)
    change(graph, actor(), lambda c: records.archive(c, kind, record) or record, once=pressed(f"archive.{record}"))
    flash(gettext("Archived. It is out of every list and can be brought back."), "undo")
    return back_to(kind, record)


@bp.post("/<slug>/<record>/restore")
@allow("*", "archive", record="record")
def restore(slug: str, record: str) -> ResponseReturnValue:
    """Bring a record back."""
    kind = kind_at(slug)
    change(graph, actor(), lambda c: records.restore(c, kind, record) or record, once=pressed(f"restore.{record}"))
    flash(gettext("It is back."), "undo")
    return back_to(kind, record)


@bp.post("/<slug>/<record>/undo")
@allow("*", "edit", record="record")
def undo(slug: str, record: str) -> ResponseReturnValue:
    """Take the last change back."""
    kind = kind_at(slug)
    if _kept_from(kind, record):
        return _not_to_change(kind, record)
    version = number_in(request.form.get("version"))
    try:
        change(graph, actor(), lambda c: str(records.undo(c, graph, record, version)))
        flash(gettext("The last change is taken back."), "undo")
    except ConflictError:
        flash(gettext("Somebody has changed it since; nothing was taken back."), "error")
    except MissingError:
        flash(gettext("There is no earlier form of this record to go back to."), "error")
    return back_to(kind, record)


def _nameless(kind: Kind, view: RecordView | None) -> bool:
    """A leader whom the viewer does not know. Who changes one could take them into the own programme and read the name,
    and a form that shows nothing of a leader would save nothing over what is there."""
    return kind.label == "Person" and view is not None and view.fields["role_class"] == "leader" and not view.sees


def _kept_from(kind: Kind, record: str) -> bool:
    """The same by its id; only people are read for it."""
    return kind.label == "Person" and _nameless(kind, records.show(graph, kind, record, viewer(), code()))


def _not_to_change(kind: Kind, record: str) -> ResponseReturnValue:
    told = gettext("Only who knows this leader by the programme can change this. Nothing was changed.")
    flash(told, "error")
    return back_to(kind, record)


def back_to(kind: Kind, record: str) -> ResponseReturnValue:
    """To the record's page."""
    return redirect(record_url(kind.label, record), 303)


def _say(form: RecordForm, refused: Exception) -> None:
    if isinstance(refused, RefusedError):
        form.refuse(refused)
    elif isinstance(refused, ReusedKeyError):
        form.form_errors.append(gettext("This form was saved already. Open the record to change it further."))
    else:
        form.form_errors.append(gettext("Another record has this code or number already."))


def _conflict(kind: Kind, record: str, form: RecordForm) -> str:
    """Both texts side by side: what the other saved, and what was typed here."""
    theirs = records.show(graph, kind, record, viewer(), code())
    if theirs is None:
        abort(404)
    form.version.data = str(theirs.version)
    mine, stored = form.typed(kind), as_typed(kind, theirs.fields)
    differing = [
        (field, stored.get(field.name), mine[field.name])
        for field in kind.fields
        if field.name in mine and (mine[field.name] or "") != (stored.get(field.name) or "")
    ]
    return render_template("records/conflict.html", kind=kind, form=form, view=theirs, differing=differing)


def _file(kind: Kind, listing: records.Listing, file: str) -> ResponseReturnValue:
    page = records.page(graph, kind, lists.whole(listing), viewer())
    columns, rows = flat(kind, page.rows)
    return table_file(f"{kind.slug}-{listing.as_of}", file, columns, rows)


def _links(kind: Kind) -> list[str]:
    return [link.name for link in kind.links]


def _chosen(kind: Kind, links: dict[str, list[records.Ref]]) -> dict[str, object]:
    chosen: dict[str, object] = {}
    for link in kind.links:
        ids = [to["id"] for to in links.get(link.name, [])]
        chosen[link.name] = ids if link.many else (ids[0] if ids else "")
    return chosen


def _titles_only(kind: Kind) -> bool:
    """Whether this reader may have the titles of a kind alone: then its own pages answer, which know which."""
    return (kind.noun, "whole") in TABLE and not granted(current_user.roles, kind.noun, "whole")
