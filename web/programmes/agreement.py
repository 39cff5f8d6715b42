"""What a pair agrees on: the tick of each of the two, and the page that both sign."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flask import abort, flash
from flask_babel import gettext, ngettext

from graphdb import mentoring, records
from graphdb.catalogue import kind_of
from graphdb.errors import ConflictError
from graphdb.network import network
from graphdb.writes import change
from web.access import actor, allow, viewer
from web.files import attachment
from web.language import code
from web.mentoring.usecases import own_person
from web.once import pressed
from web.packs.lettering import lettered, shortened
from web.packs.render import AGREEMENT, print_sheet
from web.packs.words import locale_of
from web.pages import as_of, back_to_here, day, today, tongues
from web.programmes.blueprint import bp
from web.sessions import graph

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from graphdb.mentoring import PairView

_PAIR = kind_of("Mentorship")


@bp.post("/pairs/<record>/agree")
@allow("mentoring_note", "create", record="record", label="Mentorship")
def agree(record: str) -> ResponseReturnValue:
    """One of the two agrees to keep what they are told; nobody can do it for the other."""
    view = _one(record)
    side = "mentor_agreed_on" if view.mentor["id"] == own_person(viewer()) else "leader_agreed_on"
    if not view.own:
        abort(404)
    try:
        change(
            graph, actor(),
            lambda c: str(records.update(c, graph, _PAIR, record, view.version, {side: today()})),
            once=pressed(f"pair.agree.{record}"),
        )  # fmt: skip
    except ConflictError:
        flash(
            gettext("Somebody else has changed this pair since you opened it; nothing was changed. Look again."),
            "error",
        )
    else:
        flash(gettext("Noted: you agreed to keep what you are told."), "undo")
    return back_to_here("mentoring.show", record=record, _anchor="agreement")


@bp.get("/pairs/<record>/agreement")
@allow("mentorship", "read", record="record", label="Mentorship")
def agreement_paper(record: str) -> ResponseReturnValue:
    """The agreement on one page to sign, in the reader's language; goals only for who may read them."""
    view = _one(record)
    locale = locale_of(code())
    sheet = {
        "lang": locale.language, "script": (locale.script or "").lower(), "timestamp": int(datetime.now(UTC).timestamp()),
        **lettered(paper(view, network(graph).name or "Mrezha")),
    }  # fmt: skip
    return attachment(view.ref, "pdf", print_sheet(sheet, AGREEMENT))


def paper(view: PairView, name: str) -> dict[str, Any]:
    """The agreement as plain lists and texts; what is not agreed yet is left to be written by hand."""
    goals = str(view.goals.get("goals") or "")
    return {
        "network": name, "running_network": shortened(name, 60), "as_of": day(today()),
        "title": gettext("Agreement of a mentor and a leader"), "running_title": view.ref,
        "terms": _terms(view), "goals": "" if goals == "†" else goals, "promises": _promises(),
        "w": {
            "page_of": gettext("{page} of {pages}"), "terms": gettext("What we agree on"), "goals": gettext("Goals"),
            "promises": gettext("What we promise each other"),
            "by_hand": [gettext("The mentor: day, signature"), gettext("The leader: day, signature"),
                        gettext("For the programme: day, signature")],
        },
    }  # fmt: skip


def _terms(view: PairView) -> list[list[str]]:
    rhythm = ngettext("a contact every day", "a contact every %(num)s days", view.every_days) if view.every_days else ""
    return [
        [gettext("Mentor"), view.mentor["title"]],
        [gettext("Leader"), view.leader["title"]],
        [gettext("Programme"), view.programme["title"]],
        [gettext("Since"), day(view.since)],
        [gettext("Agreed until"), day(view.agreed_until)],
        [gettext("How often"), rhythm],
        [gettext("Languages"), tongues(view.languages or ())],
        *_agreed(view),
    ]


def _agreed(view: PairView) -> list[list[str]]:
    """Who has agreed to confidentiality in the program already; the others sign."""
    sides = (
        (gettext("Confidentiality: mentor"), view.mentor_agreed_on),
        (gettext("Confidentiality: leader"), view.leader_agreed_on),
    )
    return [[side, gettext("agreed on %(day)s", day=day(on))] for side, on in sides if on]


def _promises() -> list[str]:
    return [
        gettext("What we tell each other stays between us. We write no names of others into notes."),
        gettext(
            "Where life or safety is in danger we tell the person whom the programme has named for it, and nobody else."
        ),
        gettext("We keep to the times agreed on, and say so early when one of us cannot come."),
        gettext("Either of us may end this agreement at any time without saying why, and ask for somebody else."),
        gettext("No money, gifts or favours are asked for or given."),
    ]


def _one(record: str) -> PairView:
    return mentoring.show(graph, record, viewer(), own_person(viewer()), as_of(), code(), limit=0) or abort(404)
