"""Pages of community issues, campaigns and mediations: a list, one page each, what may be done with it."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user

from analytics.community_steps import MOVES, IllegalStepError, TooEarlyError
from graphdb import issues
from graphdb.catalogue import VOCABULARIES
from graphdb.errors import ConflictError, MissingError, ReusedKeyError
from graphdb.records import RefusedError
from graphdb.records.sealing import ERASED
from graphdb.writes import change
from web.access import actor, allow, granted, may_here, viewer
from web.choices import offered
from web.issues import usecases
from web.issues.forms import AgainForm, MatterForm, MoveForm, StepForm
from web.issues.words import AS_WORDS, LOOKS, MOVE_WORDS, WORDINGS, heading, item_title, kind_word, state_word
from web.language import code, lazy
from web.mentoring.usecases import own_person
from web.once import KeyedForm, once_for, pressed
from web.pages import as_of, day, today
from web.sessions import graph
from web.typed import number_in

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from graphdb.issues import MatterView
    from graphdb.writes import Change
    from web.issues.words import Wording

bp = Blueprint("issues", __name__, url_prefix="/mentoring/issues", template_folder="templates")
MINUTES = 15
"""Of an agenda item about a matter."""


@bp.context_processor
def furniture() -> dict[str, object]:
    """Words that the templates of matters share."""
    return {"heading": heading, "state_word": state_word, "kind_word": kind_word, "looks": LOOKS, "wordings": WORDINGS}


@bp.app_context_processor
def words_of_matters() -> dict[str, object]:
    """Words for lists of matters on pages of others."""
    return {"looks_of": LOOKS, "wordings_of": WORDINGS}


def person() -> str:
    """The person whose matters are the reader's own."""
    return own_person(viewer())


@bp.get("/")
@allow("community_issue", "overview")
def index() -> ResponseReturnValue:
    """My matters, and those of my programmes or that touched my organisation; for a manager the counts."""
    reads = bool(granted(current_user.roles, "community_issue", "read"))
    lines = issues.listed(graph, viewer(), person(), as_of(), code()).lines if reads else []
    counts = None
    if granted(current_user.roles, "mentorship", "counts"):
        counts = usecases.outcome(issues.figures(graph, as_of()), as_of())
    return render_template(
        "issues/index.html", found=usecases.sort(lines, as_of()), counts=counts, reads=reads,
        begins=bool(person()) and bool(granted(current_user.roles, "community_issue", "create")),
    )  # fmt: skip


def _view(record: str) -> MatterView:
    plans = bool(granted(current_user.roles, "community_issue", "agenda"))
    return issues.show(graph, record, viewer(), person(), today(), code(), plans=plans) or abort(404)


def _read(_: Wording, record: str) -> ResponseReturnValue:
    """A matter: what it is about, what was done, where it stands."""
    return _page(_view(record))


def _page(view: MatterView, form: MoveForm | None = None) -> str:
    return render_template(
        "issues/show.html", view=view, form=form or _move_form(view), as_words=AS_WORDS, wording=WORDINGS[view.label],
        edits=may_here("edit", "community_issue"), states=usecases.told(view.states),
    )  # fmt: skip


def _form(template: str, form: KeyedForm, **more: object) -> ResponseReturnValue:
    return render_template(template, form=form, **more), 400 if form.is_submitted() else 200


def _to(wording: Wording, record: str) -> ResponseReturnValue:
    return redirect(url_for(f"issues.{wording.path}", record=record), 303)


def _begun(wording: Wording) -> ResponseReturnValue:
    """The form of a new one, and what it says kept once."""
    found = issues.beginning(graph, viewer(), person(), code())
    form = MatterForm().ready(wording.label, found)
    if form.validate_on_submit():
        new = form.matter(wording.label)
        once = once_for(f"{wording.label}.new", asdict(new))
        try:
            record = change(graph, actor(), lambda c: issues.raise_matter(c, graph, new, person()), once=once)
        except RefusedError as refused:
            form.form_errors.extend(gettext(one.message).format(**one.params) for one in refused.problems.values())
        except (issues.NotYoursError, MissingError):
            form.form_errors.append(gettext("You can begin something for yourself and for leaders you accompany."))
        except ReusedKeyError:
            form.form_errors.append(gettext("This is saved already. Open the form again for another one."))
        else:
            flash(str(wording.saved), "undo")
            return _to(wording, record)
    return _form("issues/new.html", form, wording=wording, leaders=found.leaders)


def _stepped(wording: Wording, record: str) -> ResponseReturnValue:
    """Note what was done."""
    view = _view(record)
    form = StepForm().ready(issues.beginning(graph, viewer(), person(), code()))
    if form.validate_on_submit():
        new = form.step()
        once = once_for(f"{wording.label}.step.{record}", asdict(new))
        try:
            change(graph, actor(), lambda c: issues.add_step(c, graph, wording.label, record, new), once=once)
        except RefusedError as refused:
            form.form_errors.extend(gettext(one.message).format(**one.params) for one in refused.problems.values())
        except ReusedKeyError:
            form.form_errors.append(gettext("This is saved already. Open the form again for another one."))
        else:
            flash(gettext("Saved."), "undo")
            return _to(wording, record)
    return _form("issues/step.html", form, wording=wording, view=view)


def _edited(wording: Wording, record: str) -> ResponseReturnValue:
    """Say better what it is about: topic, words, community, place."""
    view = _view(record)
    if view.sealed.get("said") in {None, "", ERASED}:
        flash(gettext("Its words were erased with the person; they cannot be written again."), "error")
        return _to(wording, record)
    form = AgainForm().again(view, issues.beginning(graph, viewer(), person(), code()))
    if form.validate_on_submit():
        values, links = form.about()
        once = once_for(f"{wording.label}.edit.{record}", [values, links])
        version = number_in(form.version.data)
        try:
            change(
                graph,
                actor(),
                lambda c: issues.reword(c, graph, wording.label, record, version, values, links),
                once=once,
            )
        except (ConflictError, ReusedKeyError):
            form.form_errors.append(gettext("Somebody else has changed it since you opened it. Open it again."))
        else:
            flash(gettext("Saved."), "undo")
            return _to(wording, record)
    return _form("issues/edit.html", form, wording=wording, view=view)


def _taken_back(wording: Wording, record: str, step: str) -> ResponseReturnValue:
    """Take a step out that was noted by mistake."""
    change(
        graph, actor(), lambda c: issues.take_back_step(c, wording.label, record, step) or record, once=pressed(f"step.{step}")
    )  # fmt: skip
    flash(gettext("The step is taken back."), "undo")
    return _to(wording, record)


def _move_form(view: MatterView) -> MoveForm:
    form = MoveForm()
    moves = MOVES[view.label].get(view.state, ())
    form.to.choices = offered((to, MOVE_WORDS[to]) for to in moves)
    form.result.choices = offered([("", "–"), *((t.code, lazy(t.word)) for t in VOCABULARIES["mediation_result"])])
    if view.label != "Mediation":
        del form.result
    if not form.is_submitted():
        form.on.data, form.version.data = today(), str(view.version)
    form.keyed()
    return form


def _moved(wording: Wording, record: str) -> ResponseReturnValue:
    """Bring it on."""
    view = _view(record)
    form = _move_form(view)
    to, on, said = str(form.to.data or ""), form.on.data or today(), form.outcome.data or ""
    result = str(form.result.data or "") if wording.label == "Mediation" else ""
    content = (to, on.isoformat(), said, result)
    once = once_for(f"{wording.label}.move.{record}", content)

    def work(c: Change) -> str:
        issues.move(c, graph, wording.label, record, number_in(form.version.data), to, on, said, result)
        return record

    form.to.validate_choice = False  # whether it follows from the state is said by the step itself
    if not form.validate():
        return _page(view, form), 400
    try:
        change(graph, actor(), work, once=once)
    except (IllegalStepError, KeyError):
        form.form_errors.append(gettext("This does not follow from where it stands. Look again."))
    except TooEarlyError as early:
        form.form_errors.append(
            gettext("The step before it was on %(day)s; choose that day or a later one.", day=day(early.last))
        )
    except ConflictError:
        form.form_errors.append(
            gettext("Somebody else has brought it on since you opened it; nothing was changed. Look again.")
        )
    except ReusedKeyError:
        form.form_errors.append(gettext("This is saved already."))
    else:
        flash(gettext("Saved."), "undo")
        return _to(wording, record)
    return _page(view, form), 400


def _on_agenda(wording: Wording, record: str) -> ResponseReturnValue:
    """Have a meeting speak about it."""
    view, meeting = _view(record), request.form.get("meeting", "")
    title = item_title(view)
    try:
        change(
            graph, actor(), lambda c: issues.put_on_agenda(c, graph, wording.label, record, meeting, title, MINUTES),
            once=pressed(f"agenda.{record}", meeting),
        )  # fmt: skip
    except MissingError:
        flash(gettext("Choose a meeting that is still to come."), "error")
    else:
        flash(gettext("It is on the agenda."), "undo")
    return _to(wording, record)


GET, BOTH, POST = ["GET"], ["GET", "POST"], ["POST"]
_OF_ONE = (
    ("", "", "read", _read, GET),
    ("edit_", "/edit", "edit", _edited, BOTH),
    ("step_", "/step", "edit", _stepped, BOTH),
    ("take_back_", "/steps/<step>/take-back", "edit", _taken_back, POST),
    ("move_", "/state", "edit", _moved, POST),
    ("agenda_", "/agenda", "agenda", _on_agenda, POST),
)


def _pages(wording: Wording) -> None:
    """The pages of one kind of matter; all three are alike."""
    begin = allow("community_issue", "create")(partial(_begun, wording))
    bp.add_url_rule(f"/{wording.path}/new", f"new_{wording.path}", begin, methods=BOTH)
    for name, rest, action, view, methods in _OF_ONE:
        page = allow("community_issue", action, record="record", label=wording.label)(partial(view, wording))
        bp.add_url_rule(f"/{wording.path}/<record>{rest}", f"{name}{wording.path}", page, methods=methods)


for _wording in WORDINGS.values():
    _pages(_wording)
