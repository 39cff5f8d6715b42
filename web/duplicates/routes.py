"""Pages of duplicates: the list of likely pairs, two partners side by side, merge, tell apart, undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from graphdb import merging, naming
from graphdb.errors import ConflictError, ReusedKeyError
from graphdb.merging import ChangedSinceError
from graphdb.records import RefusedError
from web.access import actor, allow, viewer
from web.duplicates import usecases, words
from web.language import code
from web.once import new_key, pressed
from web.sessions import data_stamp, graph
from web.typed import number_in

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from graphdb.merging import Side

bp = Blueprint("duplicates", __name__, url_prefix="/partners/duplicates", template_folder="templates")
SHOWN = 50
CHOOSABLE = 300


@bp.get("")
@allow("organisation", "merge")
def index() -> ResponseReturnValue:
    """Which partners are perhaps in twice; what was merged, what was told apart."""
    if request.args.get("keep") and request.args.get("drop"):
        return redirect(url_for("duplicates.pair", keep=request.args["keep"][:40], drop=request.args["drop"][:40]))
    found = usecases.likely(graph, data_stamp("Organisation", "Account"), code())
    start = number_in(request.args.get("start"))
    pairs = found.pairs[start : start + SHOWN]
    holds, merges = merging.past(graph, [one.id for pair in pairs for one in (pair.a, pair.b)], code())
    choices = sorted(found.partners.values(), key=lambda one: one.title.casefold())
    return render_template(
        "duplicates/index.html", found=found, pairs=[(pair, usecases.fuller_first(pair, holds)) for pair in pairs],
        holds=holds, merges=merges, words_of=words, choices=choices if len(choices) <= CHOOSABLE else [],
        next=start + SHOWN if start + SHOWN < len(found.pairs) else None, start=start,
    )  # fmt: skip


@bp.get("/<keep>/<drop>")
@allow("organisation", "merge")
def pair(keep: str, drop: str) -> ResponseReturnValue:
    """Two partners side by side."""
    return _pair(keep, drop)


@bp.post("/<keep>/<drop>")
@allow("organisation", "merge")
def merge(keep: str, drop: str) -> ResponseReturnValue:
    """Make them one, unless somebody has changed one of them meanwhile."""
    asked = _asked()
    try:
        made = usecases.merge(graph, actor(), keep, drop, asked)
    except ConflictError:
        text = gettext("One of the two was changed since you opened this page. Nothing was merged; here is what they say now.")  # fmt: skip
        return _pair(keep, drop, text, 409)
    except RefusedError as refused:
        problem = next(iter(refused.problems.values()))
        text = gettext("Not merged: %(why)s", why=gettext(problem.message).format(**problem.params))
        return _pair(keep, drop, text, 400)
    except ReusedKeyError:
        flash(gettext("This form was sent before with other choices, and those hold."), "error")
        return redirect(url_for("duplicates.index"), 303)
    flash(gettext("Merged. All that one held is with the other now; it can be taken back below."), "undo")
    return redirect(url_for("duplicates.index", merged=made, _anchor="merged"), 303)


@bp.post("/<keep>/<drop>/apart")
@allow("organisation", "merge")
def apart(keep: str, drop: str) -> ResponseReturnValue:
    """They are two organisations."""
    usecases.tell_apart(graph, actor(), keep, drop, once=pressed(f"apart.{keep}.{drop}"))
    flash(gettext("Noted: these are two organisations. They are not proposed again."), "undo")
    return redirect(url_for("duplicates.index"), 303)


@bp.post("/<keep>/<drop>/again")
@allow("organisation", "merge")
def again(keep: str, drop: str) -> ResponseReturnValue:
    """They may be proposed again."""
    usecases.tell_apart(graph, actor(), keep, drop, again=True, once=pressed(f"again.{keep}.{drop}"))
    flash(gettext("Taken back. The two are compared again."), "undo")
    return redirect(url_for("duplicates.index"), 303)


@bp.post("/merged/<merged>/undo")
@allow("organisation", "merge")
def undo(merged: str) -> ResponseReturnValue:
    """Take a merge back."""
    try:
        kept = usecases.undo(graph, actor(), merged)
    except ChangedSinceError as error:
        text = gettext("Nothing was taken back, because this was changed since the merge: %(what)s. Change it back first, or correct both by hand.", what=", ".join(error.records[:6]))  # fmt: skip
        flash(text, "error")
        return redirect(url_for("duplicates.index", _anchor="merged"), 303)
    flash(gettext("Taken back: there are two again, each with what it had."), "undo")
    return redirect(url_for("partners.show", record=kept), 303)


def _pair(keep: str, drop: str, problem: str = "", status: int = 200) -> ResponseReturnValue:
    found = usecases.beside(graph, keep, drop)
    if not isinstance(found, usecases.Beside):
        into = next((found[one].into for one in (keep, drop) if one in found and found[one].into), None)
        return redirect(url_for("partners.show", record=into)) if into else abort(404)
    holds, _ = merging.past(graph, [keep, drop], code(), 0)
    names = naming.names(graph, data_stamp(*naming.PUBLIC_KINDS), viewer(), code())
    chosen = {row.name: request.form.get(f"take-{row.name}", row.default) for row in found.rows}
    return render_template(
        "duplicates/pair.html", found=found, holds=holds, names=names, words_of=words, problem=problem, chosen=chosen,
        key=new_key(), moves=words.going(found.plan.counts()),
    ), status  # fmt: skip


def _asked() -> usecases.Asked:
    form = request.form
    choices: dict[str, Side] = {
        name.removeprefix("take-"): cast("Side", value)
        for name, value in form.items()
        if name.startswith("take-") and value in {"keep", "drop"}
    }
    return usecases.Asked(
        choices, (number_in(form.get("keep")), number_in(form.get("drop"))), form.get("key", "")[:200]
    )
