"""The page a phone keeps, what it sends, and where a phone is set up and forgotten."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from graphdb import mentoring, phones
from graphdb.actors import Actor
from graphdb.errors import MissingError, ReusedKeyError
from graphdb.records import RefusedError
from graphdb.tokens import hash_token, new_token
from graphdb.writes import Once, change
from web.access import actor, allow, public, viewer
from web.language import code
from web.mentoring import usecases
from web.pages import today
from web.phone import cookie
from web.phone.forms import PhoneForm, UnreadableError, entry
from web.phone.words import REASONS, SAID
from web.sessions import graph
from web.ui.routes import our_file, packaged_file

if TYPE_CHECKING:
    from pathlib import Path

    from flask.typing import ResponseReturnValue

    from graphdb.mentoring import NewContact, Pair
    from graphdb.phones import Phone
    from graphdb.writes import Change

bp = Blueprint("phone", __name__, template_folder="templates")

PACKAGED = ("bootstrap.min.css",)
OURS = ("theme.css", "theme.js", "phone-store.js", "phone.js", "icon.svg")
ENTRY_BYTES = 4096


@bp.get("/account/phone")
@allow("mentoring_note", "create")
def set_up() -> ResponseReturnValue:
    """What a remembered phone may do, and the short names of my pairs on it."""
    return render_template(
        "phone/set_up.html", pairs=_own_pairs(), me=_person(), days=phones.IDLE.days, owner=_owner(),
        listed=phones.phones_of(graph, current_user.id, datetime.now(UTC)),
    )  # fmt: skip


@bp.post("/account/phone")
@allow("mentoring_note", "create")
def remember() -> ResponseReturnValue:
    """Remember this phone: a key of its own, and a handle for each of my pairs."""
    token, account, name = new_token(phones.PURPOSE), current_user.id, request.form.get("phone", "")[:100]
    pairs, made = [pair.id for pair in _own_pairs()], dict[str, str]()

    def work(c: Change) -> str:
        device, handles = phones.remember(c, account, name, token.stored, pairs)
        made.clear()
        made.update({pair: handles[pair] for pair in pairs})
        return device

    session[cookie.HELD_BY] = change(graph, actor(), work)
    answer = current_app.json.response({"handles": made, "to": url_for("phone.shell", as_of=None)})
    cookie.give(answer, token.plain)
    return answer


@bp.post("/account/phone/<device>/forget")
@allow("profile", "edit")
def forget(device: str) -> ResponseReturnValue:
    """Forget one of my phones: its key opens nothing from now on."""
    account = current_user.id
    with suppress(MissingError):  # forgotten already: said as well
        change(graph, actor(), lambda c: phones.forget(c, account, device) or device)
    flash(gettext("The phone is forgotten. What waits on it stays there until it is set up again."), "undo")
    return redirect(url_for("accounts.profile"), 303)


@bp.get("/mentoring/phone/")
@public
def shell() -> ResponseReturnValue:
    """The page a phone keeps: the same for everybody, and it names nobody."""
    return render_template("phone/shell.html", form=PhoneForm(), said={**SAID, "why": REASONS})


@bp.get("/mentoring/phone/worker.js")
@public
def worker() -> ResponseReturnValue:
    """The service worker of that one page; it is another one as soon as one of its files is."""
    files = [url_for("ui.packaged_static", name=name) for name in PACKAGED]
    files += [url_for("ui.static", name=name) for name in OURS]
    version = _version((*map(packaged_file, PACKAGED), *map(our_file, OURS)))
    text = render_template("phone/worker.js", files=files, shell=url_for("phone.shell", as_of=None), version=version)
    return current_app.response_class(text, mimetype="text/javascript")


@bp.get("/mentoring/phone/app.webmanifest")
@public
def manifest() -> ResponseReturnValue:
    """What a phone needs to put the page on its home screen; its name tells nobody what it is for."""
    here = url_for("phone.shell", as_of=None)
    icon = {"src": url_for("ui.static", name="icon.svg"), "sizes": "any", "type": "image/svg+xml"}
    told = {"name": "мрежа", "short_name": "мрежа", "start_url": here, "scope": here, "display": "standalone",
            "background_color": "#f7f5f1", "theme_color": "#14586b", "icons": [icon]}  # fmt: skip
    answer = current_app.json.response(told)
    answer.mimetype = "application/manifest+json"
    return answer


@bp.get("/mentoring/phone/state")
@public
def state() -> ResponseReturnValue:
    """Whether this phone is remembered, which of its handles are still open, and the token for what it sends."""
    found = cookie.phone()
    if found is None:
        return {"known": False}
    answer = current_app.json.response(
        {"known": True, "open": phones.open_handles(graph, found), "token": generate_csrf()}
    )
    cookie.give(answer, request.cookies[cookie.name()])
    return answer


@bp.post("/mentoring/phone/send")
@public
def send() -> ResponseReturnValue:
    """Keep one entry of a remembered phone, once; or say why not, in a word the phone has a sentence for."""
    found = cookie.phone()
    if found is None:
        return {"kept": False, "why": "forgotten"}, 404
    try:
        if (request.content_length or 0) > ENTRY_BYTES:
            raise UnreadableError("entry")
        new, key, sure = entry(request.get_json(silent=True), found.pairs, today())
        _keep(found, new, key, sure)
    except UnreadableError as wrong:
        return _not_kept("value", wrong.field)
    except RefusedError as refused:
        return _not_kept("value", *refused.problems)
    except mentoring.NotKeptError as stopped:
        return _not_kept(stopped.why)
    except ReusedKeyError:
        return _not_kept("arrived")
    return {"kept": True}


@bp.post("/mentoring/phone/forget")
@public
def leave() -> ResponseReturnValue:
    """The phone asks to be forgotten."""
    found = cookie.phone()
    if found is not None:
        change(graph, _holder(found), lambda c: phones.forget(c, found.account, found.id) or found.id)
    answer = current_app.json.response({"forgotten": True})
    cookie.take_away(answer)
    return answer


def _keep(found: Phone, new: NewContact, key: str, sure: frozenset[str]) -> None:
    once = Once.bound(_holder(found), "Contact.phone", key, asdict(new))
    change(graph, _holder(found), lambda c: mentoring.log_own(c, graph, new, found.person, sure), once=once)


def _not_kept(why: str, *fields: str) -> ResponseReturnValue:
    return {"kept": False, "why": why, "fields": sorted(fields), "insist": why in mentoring.MAY_INSIST}, 409


def _holder(found: Phone) -> Actor:
    return Actor(found.account, "phone")


def _person() -> str:
    return usecases.own_person(viewer())


def _own_pairs() -> list[Pair]:
    network = mentoring.network(graph, viewer(), _person(), today(), code())
    return [pair for pair in network.pairs if pair.own and pair.state(today()) in mentoring.OPEN]


def _owner() -> str:
    """A mark by which a phone notices that another account sets it up; it says nothing of the account."""
    return hash_token("phone owner", current_user.id)[:16]


@cache
def _version(files: tuple[Path, ...]) -> str:
    """Another word as soon as one of the files is another one."""
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]
