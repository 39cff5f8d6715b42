"""Pages of agreements."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, render_template, request
from flask_babel import gettext
from flask_login import current_user

from graphdb.agreements import reading, reminding, writing
from graphdb.catalogue import codes, kind_of
from graphdb.errors import ConflictError, MissingError, ReusedKeyError
from graphdb.records import RefusedError
from graphdb.writes import change
from web.access import actor, allow, granted, may, viewer
from web.agreements import usecases
from web.guard import advice, inspect
from web.guard_form import CONFIRMED
from web.language import code
from web.once import do_once, new_key, once_for
from web.pages import as_of, back_to_here, today
from web.sessions import data_stamp, graph
from web.typed import day_in, number_in
from web.words.of_collaboration import TIE_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue

    from graphdb.agreements.reading import AgreementView
    from graphdb.writes import Change

bp = Blueprint("agreements", __name__, url_prefix="/agreements", template_folder="templates")

LOOKS = {
    "idea": "not_assessed", "drafting": "unverified", "legal": "unverified", "signed": "unverified", "in_force": "covered",
    "expiring": "fragile", "expired": "absent", "renewed": "covered", "terminated": "not_assessed",
}  # fmt: skip
LONGEST = 500
_KIND = kind_of("Agreement")


@bp.context_processor
def furniture() -> dict[str, object]:
    """What the templates of agreements word things with."""
    return {"looks": LOOKS, "touch_words": lambda kinds: ", ".join(TIE_WORDS[kind]() for kind in kinds)}


@bp.get("/")
@allow("agreement", "read")
def index() -> ResponseReturnValue:
    """Which agreements hold, and which lapse soon; chips choose a state."""
    found = reading.agreements(graph, code(), request.args.get("party", "")[:40])
    lines = usecases.lines(found, as_of(), max(reminding.days(graph)))
    counts = {state: sum(line.state == state for line in lines) for state in codes("agreement_state")}
    wanted = request.args.get("state", "")
    shown = [line for line in lines if wanted in {"", line.state}]
    return render_template("agreements/index.html", lines=shown, counts=counts, wanted=wanted, n=len(lines), kind=_KIND)


@bp.get("/<record>")
@allow("agreement", "read", record="record", label="Agreement")
def show(record: str) -> ResponseReturnValue:
    """One agreement: does it hold, what does it cover, and do its parties work together?"""
    return _page(_one(record))


@bp.post("/<record>/versions")
@allow("agreement", "edit", record="record", label="Agreement")
def note_version(record: str) -> ResponseReturnValue:
    """Note where a version of the text lies."""
    found = _one(record)
    typed = {name: request.form.get(name, "").strip() for name in ("on", "reference", "note")}
    problems = _problems(typed)
    if problems:
        return _page(found, typed=typed, problems=problems), 400
    on = date.fromisoformat(typed["on"])
    work = lambda c: writing.note_version(c, record, on, typed["reference"], typed["note"])  # noqa: E731 - bound below
    return _done(record, "version", typed, work, gettext("The version is noted."))


@bp.post("/<record>/renew")
@allow("agreement", "create", record="record", label="Agreement")
def renew(record: str) -> ResponseReturnValue:
    """Begin the agreement that follows this one."""
    found = _one(record)
    name = gettext("%(title)s (renewed)", title=found.title)[:300]
    once = once_for(f"agreement.renew.{record}", "")
    try:
        made = change(graph, actor(), lambda c: writing.renew(c, graph, found, name), once=once)
    except (ConflictError, MissingError, RefusedError):
        flash(
            gettext("Somebody has changed the agreement meanwhile, or a party is gone. Look again, then renew."),
            "error",
        )
        return back_to_here("agreements.show", record=record)
    flash(gettext("The agreement that follows is begun, with the same parties and terms. Change what is new."), "undo")
    return back_to_here("agreements.show", record=made)


@bp.post("/<record>/terminate")
@allow("agreement", "edit", record="record", label="Agreement")
def terminate(record: str) -> ResponseReturnValue:
    """End an agreement from a day on."""
    found, given = _one(record), request.form.get("until", "").strip()
    on = day_in(given)
    if on is None:
        return _page(found, until=given, problems={"until": gettext("Write the day as 2026-03-31.")}), 400
    version = number_in(request.form.get("version"))
    work = lambda c: str(writing.terminate(c, graph, found, version, on))  # noqa: E731 - bound below
    return _done(record, "terminate", given, work, gettext("Noted: the agreement ends."))


def _done(record: str, verb: str, said: object, work: Callable[[Change], str], text: str) -> ResponseReturnValue:
    again = gettext("This form was saved already. Here is what is kept; change it once more if you like.")
    do_once(
        f"agreement.{verb}.{record}", said, work, text,
        {
            ConflictError: gettext("Somebody has changed the agreement since you opened it. Look again, then decide."),
            writing.EndedError: gettext("This agreement does not hold on that day; nothing was changed."),
            MissingError: again, ReusedKeyError: again,
        },
    )  # fmt: skip
    return back_to_here("agreements.show", record=record)


def _one(record: str) -> AgreementView:
    found = reading.agreement(graph, record, viewer(), code())
    if found is None:
        abort(404)
    return found


def _page(
    found: AgreementView,
    *,
    typed: dict[str, str] | None = None,
    until: str = "",
    problems: dict[str, str] | None = None,
) -> str:
    """The page; who may read titles only sees no terms, no versions and no ties."""
    whole = bool(granted(current_user.roles, "agreement", "whole"))
    own = any(party["id"] in viewer().organisations for party in found.parties)
    state = usecases.state(found.life(), as_of(), max(reminding.days(graph)))
    pairs = usecases.pairs(graph, data_stamp, found, viewer(), as_of()) if whole and len(found.parties) > 1 else []
    return render_template(
        "agreements/show.html", agreement=found, state=state, whole=whole, pairs=pairs, key=new_key(),
        typed=typed or {"on": today().isoformat(), "reference": "", "note": ""}, problems=problems or {}, until=until,
        window=usecases.WINDOW, own=own, may_edit=may("edit", "agreement", own) and not found.archived, kind=_KIND,
        earlier=[(one, usecases.state_of_other(one, as_of())) for one in found.follows],
        later=[(one, usecases.state_of_other(one, as_of())) for one in found.followed],
    )  # fmt: skip


def _problems(typed: dict[str, str]) -> dict[str, str]:
    problems: dict[str, str] = {}
    if day_in(typed["on"]) is None:
        problems["on"] = gettext("Write the day as 2026-03-31.")
    if not typed["reference"] or len(typed["reference"]) > LONGEST:
        problems["reference"] = gettext("Say in up to %(most)s characters where it lies.", most=LONGEST)
    if len(typed["note"]) > LONGEST:
        problems["note"] = gettext("This is longer than %(limit)s characters.", limit=LONGEST)
    confirmed = request.form.get(CONFIRMED) == "yes"
    for name in ("reference", "note"):
        hits = [each for each in inspect(typed[name]) if each.refuses or not confirmed]
        if hits and name not in problems:
            problems[name] = f"{advice(hits[0].kind)} ({hits[0].excerpt})"
    return problems
