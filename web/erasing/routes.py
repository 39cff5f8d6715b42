"""The page that says what erasing a person takes away, and the form that does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from graphdb import erasing, naming, ties
from graphdb.errors import ConflictError, ReusedKeyError
from web.access import actor, allow, viewer
from web.language import code
from web.once import do_once, new_key
from web.pages import today
from web.sessions import graph
from web.typed import number_in

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from graphdb.erasing import Standing

bp = Blueprint("erasing", __name__, url_prefix="/records/people", template_folder="templates")


@bp.get("/<record>/erase")
@allow("person", "erase", record="record", label="Person")
def ask(record: str) -> ResponseReturnValue:
    """What would go, and what stays; nothing is done yet."""
    return _ask(_standing(record))


@bp.post("/<record>/erase")
@allow("person", "erase", record="record", label="Person")
def erase(record: str) -> ResponseReturnValue:
    """Erase the person whose reference was typed."""
    found = _standing(record)
    if request.form.get("reference", "").strip().upper() != found.ref:
        return _ask(found, gettext("Type the reference %(ref)s to say that you mean this person.", ref=found.ref)), 400
    if actor().id in found.accounts:
        return _ask(found, gettext("This is you. Ask another coordinator to do it.")), 400
    version = number_in(request.form.get("version"))
    do_once(
        f"erase.{record}", version,
        lambda c: erasing.erase(c, graph, record, version, today()).ref,
        gettext("Erased: %(ref)s. What was written about this person can no longer be read.", ref=found.ref),
        {
            ConflictError: gettext("Somebody has changed this person since you opened the page. Nothing was erased; look again."),
            ReusedKeyError: gettext("This form was sent before."),
        },
    )  # fmt: skip
    ties.rebuild(graph, today())
    return redirect(url_for("records.show", slug="people", record=record), 303)


def _standing(record: str) -> Standing:
    found = erasing.standing(graph, record) or abort(404)
    if found.erased:
        flash(gettext("This person is erased already."), "undo")
        abort(redirect(url_for("records.show", slug="people", record=record), 303))
    return found


def _ask(found: Standing, problem: str = "") -> str:
    names = naming.names_of(graph, ("Person",), [found.id], viewer(), code())
    return render_template(
        "erasing/erase.html", found=found, title=names[found.id].title, problem=problem, key=new_key(),
        typed=request.form.get("reference", "")[:40],
    )  # fmt: skip
