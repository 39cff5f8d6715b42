"""The page of a draft, which several routes show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, render_template, request

from graphdb.catalogue import kind_of
from graphdb.consultations import reading
from web.access import may, viewer
from web.consultations import usecases, words
from web.language import code
from web.once import new_key
from web.pages import today
from web.sessions import graph

if TYPE_CHECKING:
    from graphdb.consultations.reading import ConsultationView

_DRAFT, _COMMENT = kind_of("Consultation"), kind_of("DraftComment")


def one(record: str) -> ConsultationView:
    """A draft, or 404."""
    found = reading.consultation(graph, record, viewer(), code())
    if found is None:
        abort(404)
    return found


def page(
    found: ConsultationView, *, typed: dict[str, str] | None = None, problems: dict[str, str] | None = None
) -> str:
    """The page of a draft, with what was typed where it was refused."""
    own = [each for each in found.asked if each["id"] in viewer().organisations]
    decision = request.args.get("decision", "")
    speakers = (found.asked if may("edit", "consultation") else own) if usecases.takes(found, today()) else []
    figures = usecases.figures(found)
    return render_template(
        "consultations/show.html", draft=found, figures=figures, lines=usecases.lines(found, decision),
        wanted=decision if decision in figures.decisions else "", speakers=speakers, own=own,
        quiet=[each for each in own if each in figures.silent], typed=typed or {}, problems=problems or {},
        can_edit=may("edit", "consultation") and not found.archived, key=new_key(),
        left=(found.until - today()).days, kind=_DRAFT, comment_kind=_COMMENT,
        steps=words.STEPS.get(found.state, ()),
    )  # fmt: skip
