"""Trainings of a programme: one page each, where attendance is written down with taps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, render_template, request
from flask_babel import gettext

from graphdb import records
from graphdb.catalogue import kind_of
from graphdb.errors import ConflictError, MissingError, ReusedKeyError
from graphdb.programmes import reading
from graphdb.programmes import trainings as stored
from graphdb.writes import change
from web.access import actor, allow, may, viewer
from web.choices import offered
from web.language import code
from web.once import do_once, once_for
from web.pages import as_of, back_to_here, today
from web.programmes import words
from web.programmes.blueprint import bp
from web.programmes.forms import NOTHING, TrainingForm
from web.sessions import graph
from web.typed import number_in

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from graphdb.programmes.trainings import TrainingView

_TRAINING = kind_of("Training")


@bp.route("/programmes/<record>/trainings/new", methods=["GET", "POST"])
@allow("training", "create", record="record", label="Programme")
def new_training(record: str) -> ResponseReturnValue:
    """Plan a training, or write one down that was held."""
    found = reading.programme(graph, record, viewer(), as_of(), code())
    if found is None or not found.oversees:
        abort(404)
    form = _form(0)
    if _fits(form):
        values, links = form.values(), {**form.links(), "programme": [record]}
        once = once_for(f"training.new.{record}", [values, links])
        try:
            made = change(graph, actor(), lambda c: records.create(c, graph, _TRAINING, values, links), once=once)
        except (MissingError, ReusedKeyError):
            form.form_errors.append(words.saved_already())
        else:
            flash(gettext("The training is written down. Say who takes part."), "undo")
            return back_to_here("programmes.training", record=made)
    status = 400 if form.is_submitted() else 200
    return render_template(
        "programmes/training_form.html", form=form, programme={"id": found.id, "title": found.name}, training=None
    ), status


@bp.get("/trainings/<record>")
@allow("training", "read", record="record", label="Training")
def training(record: str) -> ResponseReturnValue:
    """A training: who is invited, who came, who has the certificate."""
    found = _one(record)
    can_edit = may("edit", "training", own=True)
    return render_template("programmes/training.html", found=found, can_edit=can_edit, marks=stored.MARKS)


@bp.route("/trainings/<record>/edit", methods=["GET", "POST"])
@allow("training", "edit", record="record", label="Training")
def edit_training(record: str) -> ResponseReturnValue:
    """Change day, place, state."""
    found = _one(record)
    form = _form(found.version, found)
    status = 400 if form.is_submitted() else 200
    if _fits(form):
        values, links, version = form.values(), form.links(), number_in(form.version.data)
        once = once_for(f"training.edit.{record}", [values, links])
        try:
            change(
                graph, actor(), lambda c: str(records.update(c, graph, _TRAINING, record, version, values, links)),
                once=once,
            )  # fmt: skip
        except (ConflictError, MissingError, ReusedKeyError):
            form.form_errors.append(words.meanwhile())
            status = 409
        else:
            flash(gettext("Saved."), "undo")
            return back_to_here("programmes.training", record=record)
    return render_template(
        "programmes/training_form.html", form=form, programme=found.programme, training=found
    ), status


@bp.post("/trainings/<record>/invite")
@allow("training", "edit", record="record", label="Training")
def invite(record: str) -> ResponseReturnValue:
    """Put people of the programme on the list."""
    chosen = request.form.getlist("person")
    if not chosen:
        flash(gettext("Choose who takes part."), "error")
    else:
        do_once(
            f"training.invite.{record}", sorted(chosen),
            lambda c: str(stored.invite(c, graph, record, chosen, today())), gettext("They are on the list."),
            {ReusedKeyError: words.saved_already()},
        )  # fmt: skip
    return back_to_here("programmes.training", record=record)


@bp.post("/trainings/<record>/mark")
@allow("training", "edit", record="record", label="Training")
def mark(record: str) -> ResponseReturnValue:
    """One tap: will come, was there, has the certificate."""
    part, to = request.form.get("part", ""), request.form.get("to", "")
    if to not in stored.MARKS:
        flash(gettext("Nothing was changed. Choose a step."), "error")
        return back_to_here("programmes.training", record=record)
    do_once(
        f"training.mark.{record}.{part}", to, lambda c: stored.mark(c, record, part, to, today()), gettext("Noted."),
        {
            stored.IllegalMarkError: words.meanwhile(), MissingError: words.meanwhile(),
            stored.NotHeldError: gettext("The training has not been held yet. Set its state to “Held” first."),
            ReusedKeyError: words.saved_already(),
        },
    )  # fmt: skip
    return back_to_here("programmes.training", record=record)


def _one(record: str) -> TrainingView:
    return stored.training(graph, record, viewer(), code()) or abort(404)


def _fits(form: TrainingForm) -> bool:
    if not form.validate_on_submit():
        return False
    if form.ahead():
        form.state.errors = [gettext("Its day is still to come.")]
        return False
    return True


def _form(version: int, found: TrainingView | None = None) -> TrainingForm:
    kept: dict[str, object] = {}
    if found is not None:
        links = {{"Meeting": "meeting"}.get(one["label"], "discussion"): one["id"] for one in found.events}
        kept = {
            "name": found.name,
            "on": found.on,
            "hours": found.hours,
            "place": found.place,
            "state": found.state,
            **links,
        }
    form = TrainingForm(data=kept)
    events = stored.events(graph, viewer(), code())
    for name, item in (("PublicDiscussion", form.discussion), ("Meeting", form.meeting)):
        item.choices = offered([NOTHING, *((one.id, one.title) for one in events if one.label == name)])
    form.opened(version)
    return form
