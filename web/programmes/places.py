"""Places in a programme: applications, wishes, steps, and everybody's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, render_template, request
from flask_babel import gettext

from analytics.participation import STEPS
from graphdb import mentoring, records
from graphdb.catalogue import kind_of
from graphdb.errors import ConflictError, MissingError, ReusedKeyError
from graphdb.programmes import places as stored
from graphdb.programmes import reading
from graphdb.records import RefusedError
from graphdb.writes import change
from web.access import actor, allow, may, viewer
from web.choices import offered
from web.language import code
from web.once import do_once, once_for
from web.pages import as_of, back_to_here, today, word
from web.programmes import words
from web.programmes.blueprint import bp
from web.programmes.forms import NOTHING, ApplicationForm, StepForm, WishForm
from web.programmes.wishes import saved_or_shown
from web.sessions import graph
from web.typed import number_in

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from graphdb.programmes.reading import PlaceView, ProgrammeView
    from graphdb.writes import Change

_PLACE, _PERSON = kind_of("Participation"), kind_of("Person")


@bp.get("/mine")
@allow("participation", "read")
def mine() -> ResponseReturnValue:
    """My place in the programme, my trainings and certificates."""
    return render_template("programmes/mine.html", own=reading.own_places(graph, viewer(), as_of(), code()))


@bp.route("/programmes/<record>/places/new", methods=["GET", "POST"])
@allow("participation", "create", record="record", label="Programme")
def ask(record: str) -> ResponseReturnValue:
    """Write an application down."""
    found = _programme(record)
    form = _application(found)
    if form.validate_on_submit() and form.ask_who():
        once = once_for(f"place.ask.{record}", form.told())
        try:
            place = change(graph, actor(), lambda c: _apply(c, record, form), once=once)
        except stored.HasPlaceError:
            form.form_errors.append(gettext("This person has a place in this programme already; take that one on."))
        except stored.OtherRoleError as other:
            role = word("role_class", other.args[0])
            form.form_errors.append(gettext("This person is known as “%(role)s”. Choose the same role.", role=role))
        except RefusedError as refused:
            form.form_errors.extend(gettext(one.message).format(**one.params) for one in refused.problems.values())
        except MissingError:
            form.form_errors.append(gettext("This person cannot be chosen (any more). Choose again."))
        except ReusedKeyError:
            form.form_errors.append(words.saved_already())
        else:
            flash(gettext("The application is written down."), "undo")
            return back_to_here("programmes.place", record=place)
    status = 400 if form.is_submitted() else 200
    return render_template("programmes/ask.html", form=form, found=found), status


def _apply(c: Change, programme: str, form: ApplicationForm) -> str:
    on = form.on.data or today()
    if form.person.data and form.person.data not in {value for value, *_ in form.person.iter_choices()}:
        raise MissingError(form.person.data)  # a leader whose name this reader may not know
    person = form.person.data or records.create(c, graph, _PERSON, form.somebody_new())
    return stored.apply(c, graph, programme, person, str(form.role.data), form.values(), form.links(), on)


@bp.post("/programmes/<record>/adopt")
@allow("participation", "create", record="record", label="Programme")
def adopt(record: str) -> ResponseReturnValue:
    """Write a place down for somebody who belongs to the programme without one."""
    person = request.form.get("person", "")
    loose = {one["id"] for one in _programme(record).unplaced}
    do_once(
        f"place.adopt.{record}.{person}", person, lambda c: _adopt(c, record, person, loose),
        gettext("Written down: active in the programme."),
        {MissingError: words.meanwhile(), stored.HasPlaceError: words.meanwhile(), ReusedKeyError: words.saved_already()},
    )  # fmt: skip
    return back_to_here("programmes.show", record=record, _anchor="unplaced")


def _adopt(c: Change, programme: str, person: str, loose: set[str]) -> str:
    if person not in loose:
        raise MissingError(person)
    role = c.run(stored.ROLE_OF, person=person)[0].role or ""
    return stored.apply(c, graph, programme, person, role, {}, {}, None, "active")


@bp.get("/places/<record>")
@allow("participation", "read", record="record", label="Participation")
def place(record: str) -> ResponseReturnValue:
    """One place: its state, wishes, pairs, trainings."""
    found = _one(record)
    form = StepForm(formdata=None, on=today())
    form.opened(found.version)
    moves = STEPS[found.state] if found.oversees and may("edit", "participation", own=True) else ()
    history = mentoring.history(found.states, found.state, found.since, None)
    return render_template("programmes/place.html", found=found, step=form, moves=moves, history=history)


@bp.post("/places/<record>/step")
@allow("participation", "edit", record="record", label="Participation")
def step(record: str) -> ResponseReturnValue:
    """Accept, begin, pause, complete, leave."""
    form = StepForm()
    to, on, reason = form.to.data or "", form.on.data, form.reason.data or ""
    if not form.validate() or to not in STEPS or on is None:
        flash(" ".join(str(one) for one in form.on.errors) or gettext("Nothing was changed. Choose a step."), "error")
        return back_to_here("programmes.place", record=record)
    version = number_in(form.version.data)
    do_once(
        f"place.step.{record}", [to, on, reason], lambda c: stored.step(c, record, to, on, reason, version),
        words.stepped(to),
        {
            stored.WhyNeededError: gettext("Say why; nothing was changed. Others only see how often a reason was given."),
            stored.IllegalPlaceStepError: gettext("This step does not follow from the state of the place."),
            ConflictError: words.meanwhile(), ReusedKeyError: words.saved_already(),
        },
    )  # fmt: skip
    return back_to_here("programmes.place", record=record)


@bp.route("/places/<record>/edit", methods=["GET", "POST"])
@allow("participation", "edit", record="record", label="Participation")
def edit(record: str) -> ResponseReturnValue:
    """What somebody asks for or offers, whom they wish for and whom not."""
    found = _one(record)
    form = _wishes(found)
    return saved_or_shown("programmes/wishes.html", found, form, lambda: _save_wishes(record, form), gettext("Saved."))


def _save_wishes(record: str, form: WishForm) -> None:
    values, links, version = form.values(), form.links(), number_in(form.version.data)
    once = once_for(f"place.edit.{record}", [values, links])
    change(graph, actor(), lambda c: str(records.update(c, graph, _PLACE, record, version, values, links)), once=once)


def _one(record: str) -> PlaceView:
    return reading.place(graph, record, viewer(), as_of(), code()) or abort(404)


def _programme(record: str) -> ProgrammeView:
    found = reading.programme(graph, record, viewer(), as_of(), code())
    if found is None or not found.oversees:
        abort(404)
    return found


def _offer(form: WishForm, found: ProgrammeView, role: str | None = None) -> None:
    """Cohorts, and whom to wish for: a leader wishes for mentors, a mentor for leaders; of a new place no role is known."""
    people = [(one["person"]["id"], one["person"]["title"]) for one in found.people if one["role"] != role]
    form.cohort.choices = offered([NOTHING, *((name, name) for name in found.cohorts or ())])
    form.wished.choices = offered(people)
    form.unwished.choices = offered(people)


def _application(found: ProgrammeView) -> ApplicationForm:
    form = ApplicationForm()
    people = reading.candidates(graph, found.id, viewer(), code())
    form.person.choices = offered(
        [NOTHING, *((one.id, f"{one.title} ({word('role_class', one.role)})") for one in people)]
    )
    _offer(form, found)
    if not form.is_submitted():
        form.on.data = today()
    form.opened()
    return form


def _wishes(found: PlaceView) -> WishForm:
    kept = {
        "cohort": found.cohort, "topics": found.topics, "wished_languages": ", ".join(found.wished_languages or ()),
        "interpreter": found.interpreter, "most_pairs": str(found.most_pairs or ""),
        "times": found.times,
        "wished": [one["id"] for one in found.wished], "unwished": [one["id"] for one in found.unwished],
    }  # fmt: skip
    form = WishForm(data=kept)
    _offer(form, _programme(found.programme["id"]), found.role)
    form.opened(found.version)
    return form
