"""Public discussions: one page each, and who was counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, render_template, request
from flask_babel import gettext

from graphdb import records
from graphdb.catalogue import codes, kind_of
from graphdb.consultations import discussions as stored
from graphdb.consultations import questions
from graphdb.errors import ConflictError, ReusedKeyError
from graphdb.writes import change
from web.access import actor, allow, may, viewer
from web.consultations import usecases, words
from web.consultations.blueprint import bp
from web.language import code
from web.once import new_key, once_for
from web.pages import back_to_here
from web.sessions import graph
from web.typed import number_in

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from graphdb.consultations.discussions import DiscussionView

_DISCUSSION, _QUESTION = kind_of("PublicDiscussion"), kind_of("PublicQuestion")
MOST_HEADS = 1_000_000
MOST_CHOICES = 500


@bp.get("/discussions/<record>")
@allow("discussion", "read", record="record", label="PublicDiscussion")
def discussion(record: str) -> ResponseReturnValue:
    """One public discussion: who spoke, how many came, what was said and asked, who takes it on."""
    return page(one(record))


@bp.post("/discussions/<record>/heads")
@allow("discussion", "edit", record="record", label="PublicDiscussion")
def count(record: str) -> ResponseReturnValue:
    """Keep how many came; a field left empty is unknown, not zero."""
    found, problems = one(record), dict[str, str]()
    typed = {part: request.form.get(f"n-{part}", "").strip() for part in codes("headcount_part")}
    counts = {part: n for part, text in typed.items() if text and (n := _heads(text, part, problems)) is not None}
    for way in usecases.too_many(counts):
        text = gettext("These are more than everybody. Correct one of the numbers.")
        problems[usecases.PARTS[way][0]] = text
    if problems:
        return page(found, counted=typed, problems=problems), 400
    version = number_in(request.form.get("version"))
    once = once_for(f"discussion.heads.{record}", typed)
    try:
        change(graph, actor(), lambda c: str(stored.count_heads(c, record, version, counts)), once=once)
    except ConflictError:
        text = gettext("Somebody else has saved this discussion meanwhile. Your numbers stand below; compare and save.")
        return page(one(record), counted=typed, problems={"": text}), 409
    except ReusedKeyError:
        flash(words.saved_already(), "error")
    else:
        flash(gettext("Counted."), "undo")
    return back_to_here("consultations.discussion", record=record, _anchor="heads")


def _heads(text: str, part: str, problems: dict[str, str]) -> int | None:
    if text.isascii() and text.isdigit() and len(text) < 9 and int(text) <= MOST_HEADS:
        return int(text)
    problems[part] = gettext("Write a whole number, or leave it empty where nobody counted.")
    return None


def one(record: str) -> DiscussionView:
    """A discussion, or 404."""
    found = stored.discussion(graph, record, viewer(), code())
    if found is None:
        abort(404)
    return found


def page(
    found: DiscussionView, *, counted: dict[str, str] | None = None, typed: dict[str, str] | None = None,
    problems: dict[str, str] | None = None,
) -> str:  # fmt: skip
    """The page of a discussion, with what was typed where it was refused."""
    can_edit = may("edit", "discussion") and not found.archived
    counts = {each["part"]: each["n"] for each in found.counts}
    return render_template(
        "consultations/discussion.html", found=found, heads=usecases.heads(counts, exact=may("edit", "discussion")),
        ways=words.ways(), can_edit=can_edit, key=new_key(), problems=problems or {}, typed=typed or {},
        counted=counted or {part: str(n) for part, n in counts.items()}, kind=_DISCUSSION, question_kind=_QUESTION,
        waiting=[each for each in found.questions if not (each["answer"] or each["organisation"])],
        **(question_choices() if can_edit else {}),
    )  # fmt: skip


def question_choices() -> dict[str, object]:
    """Who may take a question on, and which gap or action it may be tied to."""
    return {
        "organisations": records.choices(graph, "Organisation", viewer(), limit=MOST_CHOICES, language=code()),
        "matters": questions.matters(graph, viewer(), code()),
    }
