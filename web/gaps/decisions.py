"""What people do with gaps: look for them, decide, answer, ask, put them on an agenda."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from flask_login import current_user

from graphdb import gaps, jobs, records
from graphdb.catalogue import VOCABULARIES, kind_of
from graphdb.errors import ConflictError, ReusedKeyError
from graphdb.records import RefusedError
from graphdb.writes import change
from web.access import actor, allow, granted, viewer
from web.gaps import chain
from web.gaps.asked import key_in
from web.gaps.blueprint import bp
from web.gaps.forms import DECISIONS, AnswerForm, AskedForm, DecideForm
from web.gaps.gapview import Shown, shown
from web.gaps.reading import reader
from web.gaps.sentences import question
from web.gaps.usecases import names_for, places_read
from web.language import code
from web.once import once_for, pressed
from web.pages import as_of, today
from web.sessions import graph
from web.typed import number_in

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from graphdb.writes import Change
    from web.once import KeyedForm

ASSESSMENT = kind_of("Assessment")
MOST_AT_ONCE = 50


@bp.post("/detect")
@allow("gap", "detect")
def detect() -> ResponseReturnValue:
    """Look for gaps now, as a job."""
    on = today().isoformat()
    job = change(graph, actor(), lambda c: jobs.enqueue(c, "detect", {"on": on}), once=pressed("gap.detect"))
    return redirect(url_for("jobs.show", job=job), 303)


@bp.get("/looked/<job>")
@allow("gap", "read")
def looked(job: str) -> ResponseReturnValue:
    """What the last search for gaps found."""
    done = graph.one(jobs.ONE, id=job)
    if done is None or done.owner != current_user.id or done.kind != "detect":
        abort(404)
    return render_template("gaps/looked.html", counts=done.answer(), on=date.fromisoformat(done.asked()["on"]))


@bp.get("/found/<path:key>")
@allow("gap", "read")
def found(key: str) -> ResponseReturnValue:
    """A gap by its key, whether it is kept or not."""
    return _page(_demand(key=key[:500]))


@bp.get("/<record>")
@allow("gap", "read", record="record", label="Gap")
def show(record: str) -> ResponseReturnValue:
    """A gap that is kept: what it is, what was decided, what became of it."""
    return _page(_demand(record=record))


@bp.post("/decide")
@allow("gap", "decide")
def decide() -> ResponseReturnValue:
    """Confirm it, say that it is none, accept the risk, or take that back."""
    form = DecideForm()
    gap = _demand(key=(form.gap.data or "")[:500])
    if form.what.data not in DECISIONS:
        abort(400)
    if gap.over:
        flash(
            gettext(
                "This gap is closed: there is nothing to decide. If the records show it again, it opens by itself."
            ),
            "error",
        )
        return _back(gap)
    if form.validate():
        try:
            change(graph, actor(), lambda c: _decided(c, gap, form), once=once_for("gap.decide", form.data))
        except RefusedError as refused:
            _refuse(form, refused)
        except (ConflictError, ReusedKeyError):
            flash(gettext("Somebody has decided since you opened it. Nothing was changed; look again."), "error")
            return _back(gap)
        else:
            flash(gettext("Kept. It can be taken back on this page."), "undo")
            return _back(gap)
    return _page(gap, decide=form), 400


@bp.post("/agenda")
@allow("gap", "agenda")
def agenda() -> ResponseReturnValue:
    """Put the ticked gaps on the agenda of the meeting chosen."""
    keys = list(dict.fromkeys(request.form.getlist("gap")))[:MOST_AT_ONCE]
    those = [_demand(key=key[:500]) for key in keys]
    meeting = request.form.get("meeting", "")
    if not those or not meeting:
        flash(gettext("Tick at least one gap and choose a meeting."), "error")
        return _after_agenda(those)

    def work(c: Change) -> str:
        for gap in those:
            gaps.put_on_agenda(c, graph, _kept(c, gap), meeting, gap.item())
        return meeting

    try:
        change(graph, actor(), work)
    except gaps.NoSuchStepError as refused:
        flash(gettext(str(refused.problems["note"])), "error")
        return _after_agenda(those)
    flash(ngettext("It is on the agenda.", "%(num)s gaps are on the agenda.", len(those)), "undo")
    return _after_agenda(those)


@bp.post("/<record>/answer")
@allow("gap", "answer", record="record", label="Gap")
def answer(record: str) -> ResponseReturnValue:
    """A partner confirms or disputes a gap that concerns it."""
    form = AnswerForm()
    gap = _demand(record=record)
    own = sorted(set(viewer().organisations) & {*gap.links.get("members", ())})
    if not own:
        abort(403)
    if form.validate():
        try:
            change(
                graph, actor(),
                lambda c: str(gaps.answer(c, record, own[0], form.said.data or "", form.note.data or "")),
                once=once_for(f"gap.answer.{record}", form.data),
            )  # fmt: skip
        except RefusedError as refused:
            _refuse(form, refused)
        else:
            flash(gettext("Thank you. Whoever decides about gaps sees it."), "undo")
            return _back(gap)
    return _page(gap, answer=form), 400


@bp.route("/ask/<at>", methods=["GET", "POST"])
@allow("gap", "create")
def ask(at: str) -> ResponseReturnValue:
    """Write down what somebody was told who asked about a cell."""
    key = key_in(at)
    names = names_for(graph, reader())
    if key is None or any(record is not None and record not in names for record in key):
        abort(404)
    form = AskedForm(data={"result": request.args.get("result", "none"), "on": today().isoformat(), "for_all": "group"})
    results = [(term.code, gettext(term.word)) for term in VOCABULARIES["assessment_result"]]
    group = names[key.group].title if key.group else ""
    form.offer(
        results, [("group", group), ("all", gettext("for everybody"))] if group else [("all", gettext("for everybody"))]
    )
    form.keyed()
    if request.method == "POST" and form.validate():
        links = {"place": [key.place], "service": [key.service]}
        links |= {"group": [key.group]} if key.group and form.for_all.data == "group" else {}
        values = {"on": form.on.data, "result": form.result.data, "source": form.source.data}
        try:
            change(
                graph, actor(), lambda c: records.create(c, graph, ASSESSMENT, values, links),
                once=once_for(f"gap.ask.{at}", [values, links]),
            )  # fmt: skip
        except RefusedError as refused:
            _refuse(form, refused)
        except ReusedKeyError:
            form.form_errors.append(gettext("This answer was saved already. Open the form again to add another one."))
        else:
            flash(gettext("Written down. The cell counts from the day of the answer."), "undo")
            return redirect(url_for("gaps.cell", at=at), 303)
    title = question(names[key.place].title, names[key.service].title, group)
    page = render_template("gaps/ask.html", form=form, title=title, back=url_for("gaps.cell", at=at))
    return page, 400 if request.method == "POST" else 200


def _demand(*, key: str = "", record: str = "") -> Shown:
    """The gap, as far as this reader may see it; 404 otherwise."""
    gap = shown(graph, reader(), as_of(), today(), key=key, record=record)
    places = places_read(graph, reader())
    if gap is None or (
        places is not None and not places & {*gap.links.get("place", ())} and not gap.links.get("people")
    ):
        abort(404)
    return gap


def _decided(c: Change, gap: Shown, form: DecideForm) -> str:
    version = number_in(form.version.data) or None
    if gap.back and gap.kept.id:
        c.take(gap.kept.id, version)  # compared before it is opened again, which counts as a change
        version = None
    record = _kept(c, gap)
    note = form.note.data or ""
    if form.what.data == "confirm":
        gaps.confirm(c, record, version, note)
    elif form.what.data == "not_a_gap":
        gaps.not_a_gap(c, record, version, note)
    elif form.what.data == "accept_risk":
        gaps.accept_risk(c, record, version, form.until.data or "", note)
    else:
        gaps.drop_decision(c, record, version)
    return record


def _kept(c: Change, gap: Shown) -> str:
    """The record of a gap, made or opened again where the records show it and nothing has kept that yet."""
    if gap.kept.id and not gap.back:
        return gap.kept.id
    assert gap.now is not None
    return gaps.keep(c, graph, gap.now, today())


def _page(gap: Shown, decide: DecideForm | None = None, answer: AnswerForm | None = None) -> str:
    steps = chain.steps(graph, gap.kept, viewer(), code(), today())
    forms: list[KeyedForm] = [
        decide or DecideForm(formdata=None, data={"gap": gap.key, "version": str(gap.kept.version or "")}),
        answer or AnswerForm(formdata=None),
    ]
    for form in forms:
        form.keyed()
    own = bool(set(viewer().organisations) & {*gap.links.get("members", ())})
    return render_template(
        "gaps/gap.html", gap=gap, steps=steps, decide=forms[0], answer=forms[1],
        may_answer=own and gap.kept.id and granted(current_user.roles, "gap", "answer"),
    )  # fmt: skip


def _back(gap: Shown) -> ResponseReturnValue:
    return redirect(url_for("gaps.found", key=gap.key), 303)


def _after_agenda(those: list[Shown]) -> ResponseReturnValue:
    if len(those) == 1:
        return _back(those[0])
    return redirect(url_for("gaps.collaboration"), 303)


def _refuse(form: KeyedForm, refused: RefusedError) -> None:
    """Show at each field what the catalogue refuses."""
    fields = {"accepted_until": "until"}
    for name, problem in refused.problems.items():
        text = gettext(problem.message).format(**problem.params)
        target = fields.get(name, name)
        if target in form:
            form[target].errors = [*form[target].errors, text]
        else:
            form.form_errors.append(text)
