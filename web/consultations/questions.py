"""Questions of the public: noted at a discussion, answered, taken on by an organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, render_template, request
from flask_babel import gettext

from graphdb import records
from graphdb.catalogue import kind_of
from graphdb.consultations import questions as stored
from graphdb.errors import ConflictError, MissingError, ReusedKeyError
from graphdb.writes import change
from web.access import actor, allow, may, viewer
from web.consultations import discussions, words
from web.consultations.blueprint import bp
from web.language import code
from web.meetings.texts import taken
from web.once import do_once, new_key, once_for
from web.pages import back_to_here
from web.sessions import graph
from web.typed import number_in

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from graphdb.consultations.questions import QuestionView

_QUESTION = kind_of("PublicQuestion")
TEXTS = ("text", "asker", "answer")
MATTERS = {"Gap": "gap", "ActionPoint": "action"}


@bp.post("/discussions/<record>/questions")
@allow("discussion", "edit", record="record", label="PublicDiscussion")
def ask(record: str) -> ResponseReturnValue:
    """Note a question, with its answer and who takes it on where that is known."""
    found, problems = discussions.one(record), dict[str, str]()
    typed, values = _typed(problems)
    if problems:
        return discussions.page(found, typed=typed, problems=problems), 400
    links = _links(typed)
    once = once_for(f"discussion.ask.{record}", typed)
    try:
        change(graph, actor(), lambda c: stored.ask(c, graph, record, values, links), once=once)
    except MissingError:
        problems["organisation"] = gettext("The organisation, gap or action is gone meanwhile. Choose again.")
        return discussions.page(found, typed=typed, problems=problems), 400
    except ReusedKeyError:
        flash(words.saved_already(), "error")
    else:
        flash(gettext("The question is noted."), "undo")
    return back_to_here("consultations.discussion", record=record, _anchor="questions")


@bp.get("/questions/<record>")
@allow("discussion", "read", record="record", label="PublicQuestion")
def question(record: str) -> ResponseReturnValue:
    """One question, to answer or to hand on."""
    return _page(_one(record))


@bp.post("/questions/<record>")
@allow("discussion", "edit", record="record", label="PublicQuestion")
def answer(record: str) -> ResponseReturnValue:
    """Change a question, its answer, who takes it on."""
    found, problems = _one(record), dict[str, str]()
    typed, values = _typed(problems)
    if problems:
        return _page(found, typed, problems), 400
    version, links = number_in(request.form.get("version")), _links(typed)
    once = once_for(f"question.{record}", typed)
    try:
        change(graph, actor(), lambda c: str(stored.answer(c, graph, record, version, values, links)), once=once)
    except ConflictError:
        text = gettext("Somebody else has saved this meanwhile. Yours stands below; compare and save again.")
        return _page(_one(record), typed, {"": text}), 409
    except MissingError:
        problems["organisation"] = gettext("The organisation, gap or action is gone meanwhile. Choose again.")
        return _page(found, typed, problems), 400
    except ReusedKeyError:
        flash(words.saved_already(), "error")
    else:
        flash(gettext("Kept."), "undo")
    return back_to_here("consultations.discussion", record=found.discussion, _anchor="questions")


@bp.post("/questions/<record>/remove")
@allow("discussion", "edit", record="record", label="PublicQuestion")
def remove(record: str) -> ResponseReturnValue:
    """Take a question off the page; it stays on record."""
    found = _one(record)
    said = gettext("Archived. It is out of every list and can be brought back.")
    do_once(
        f"question.remove.{record}", "", lambda c: records.archive(c, _QUESTION, record) or record, said,
        {},
    )  # fmt: skip
    return back_to_here("consultations.discussion", record=found.discussion, _anchor="questions")


def _typed(problems: dict[str, str]) -> tuple[dict[str, str], dict[str, object]]:
    typed = {name: request.form.get(name, "") for name in (*TEXTS, "organisation", "matter")}
    values: dict[str, object] = {
        name: taken(_QUESTION.field(name), typed[name], problems, name, needed=name == "text") for name in TEXTS
    }
    return typed, values


def _links(typed: dict[str, str]) -> dict[str, list[str]]:
    """What the form chose: an organisation, and a gap or an action as "Gap:id"."""
    label, _, matter = typed["matter"].partition(":")
    organisation = typed["organisation"]
    return {
        "organisation": [organisation] if organisation else [],
        **{link: [matter] if matter and kind == label else [] for kind, link in MATTERS.items()},
    }


def _one(record: str) -> QuestionView:
    found = stored.question(graph, record, viewer(), code())
    if found is None:
        abort(404)
    return found


def _page(found: QuestionView, typed: dict[str, str] | None = None, problems: dict[str, str] | None = None) -> str:
    kept = found.question
    matter = kept["matters"][0] if kept["matters"] else None
    shown = {
        **{name: str(kept[name] or "") for name in TEXTS},
        "organisation": kept["organisation"]["id"] if kept["organisation"] else "",
        "matter": f"{matter['label']}:{matter['id']}" if matter else "",
    }
    can_edit = may("edit", "discussion") and not found.archived
    return render_template(
        "consultations/question.html", found=found, question=kept, typed=typed or shown, problems=problems or {},
        can_edit=can_edit, key=new_key(), question_kind=_QUESTION,
        **(discussions.question_choices() if can_edit else {}),
    )  # fmt: skip
