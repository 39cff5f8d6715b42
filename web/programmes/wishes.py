"""What a leader or mentor wishes for the matching, said by themselves: languages, topics, where and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, render_template
from flask_babel import gettext

from analytics.participation import MEMBER, STEPS
from graphdb import records
from graphdb.catalogue import kind_of
from graphdb.errors import ConflictError, ReusedKeyError
from graphdb.programmes import reading
from graphdb.writes import change
from web.access import actor, allow, viewer
from web.language import code
from web.once import once_for
from web.pages import as_of, back_to_here, today
from web.programmes import words
from web.programmes.blueprint import bp
from web.programmes.forms import OwnWishForm, Versioned
from web.sessions import graph
from web.typed import number_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue

    from graphdb.programmes.reading import PlaceView
    from graphdb.writes import Change

_PLACE, _PERSON = kind_of("Participation"), kind_of("Person")
OVER = frozenset(STEPS) - MEMBER - {"applied"}


@bp.route("/places/<record>/wishes", methods=["GET", "POST"])
@allow("participation", "wish", record="record", label="Participation")
def own_wishes(record: str) -> ResponseReturnValue:
    """My own wishes, to be changed by myself."""
    found = reading.place(graph, record, viewer(), as_of(), code()) or abort(404)
    if found.state in OVER:
        flash(gettext("Your place in this programme is over; there is nobody to be matched with."), "error")
        return back_to_here("programmes.place", record=record)
    form = _form(found)
    done = gettext("Saved. Those who run the programme see it.")
    return saved_or_shown("programmes/own_wishes.html", found, form, lambda: _save(found, form), done)


def saved_or_shown(
    template: str, found: PlaceView, form: Versioned, save: Callable[[], object], done: str
) -> ResponseReturnValue:
    """Save what the form of a place says and go to the place; else the form, with why it is not saved."""
    status = 200
    if form.is_submitted():
        status = 400
        if form.validate():
            try:
                save()
            except (ConflictError, ReusedKeyError):
                form.form_errors.append(words.meanwhile())
                status = 409
            else:
                flash(done, "undo")
                return back_to_here("programmes.place", record=found.id)
    return render_template(template, form=form, found=found), status


def _form(found: PlaceView) -> OwnWishForm:
    spoken, wished = found.languages or [], found.wished_languages or []
    form = OwnWishForm(data={
        "languages": spoken, "wished_languages": wished, "topics": found.topics, "interpreter": found.interpreter,
        "most_pairs": str(found.most_pairs or ""), "times": found.times, "meet_at": [one["id"] for one in found.meet_at],
    })  # fmt: skip
    places = {one.id: one.title for one in reading.meeting_places(graph, viewer(), code())}
    form.offer([*spoken, *wished], ({one["id"]: one["title"] for one in found.meet_at} | places).items())
    form.opened(found.version)
    return form


def _save(found: PlaceView, form: OwnWishForm) -> None:
    spoken, version = list(form.languages.data or ()), number_in(form.version.data)
    values, links = {**form.wishes(found.role), "wished_on": today()}, {"meet_at": list(form.meet_at.data or ())}

    def work(c: Change) -> str:
        records.update(c, graph, _PLACE, found.id, version, values, links)
        if set(spoken) != set(found.languages or ()):
            records.update(c, graph, _PERSON, found.person["id"], None, {"languages": ", ".join(spoken)})
        return found.id

    once = once_for(f"place.wishes.{found.id}", [values, links, spoken])
    change(graph, actor(), work, once=once)
