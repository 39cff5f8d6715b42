"""What every page has: the six places, the date it speaks of, words for values, and friendly errors."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, cast

from babel.dates import format_skeleton
from flask import current_app, g, redirect, render_template, request, url_for
from flask_babel import format_date, format_decimal, format_time, get_locale, gettext, ngettext, to_user_timezone
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from graphdb.catalogue import KINDS, kind_of, word_of
from graphdb.errors import DatabaseAwayError, GraphError, InDoubtError, MissingError, TimeoutError_
from graphdb.passwords import HashingBusyError
from web import access, log
from web.language import lazy
from web.typed import day_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask import Flask
    from flask.typing import ResponseReturnValue

PLACES = (
    ("partners.index", lazy("Partners"), ("organisation", "read")),
    ("ties.index", lazy("Ties"), ("map", "read")),
    ("gaps.index", lazy("Gaps"), ("gap", "read")),
    ("meetings.index", lazy("Meetings"), ("meeting", "read")),
    ("mentoring.index", lazy("Mentoring"), ("mentorship", "overview")),
    ("map.index", lazy("Map"), ("map", "read")),
    ("settings.index", lazy("Settings"), ("account", "read")),
)
UNDER: dict[str, str] = dict.fromkeys(("issues", "bridges", "supervision", "programmes", "phone"), "mentoring")
"""Rooms whose pages stand under the place of another."""
# Kinds whose page is richer than the kit's.
SHOWN_BY = {
    "Organisation": "partners.show",
    "Meeting": "meetings.show",
    "Gap": "gaps.show",
    "Mentorship": "mentoring.show",
    "Programme": "programmes.show",
    "Participation": "programmes.place",
    "Training": "programmes.training",
    "ActionPoint": "meetings.action",
    "Referral": "referrals.show",
    "CaseConference": "conferences.show",
    "Agreement": "agreements.show",
    "MeetingSeries": "meetings.group",
    "Consultation": "consultations.show",
    "DraftComment": "consultations.comment",
    "PublicDiscussion": "consultations.discussion",
    "PublicQuestion": "consultations.question",
    "CommunityIssue": "issues.issue",
    "Campaign": "issues.campaign",
    "Mediation": "issues.mediation",
}


def today() -> date:
    """The calendar day of this request."""
    return datetime.now(UTC).date()


def as_of() -> date:
    """The date this page speaks of: `?as_of=2026-03-31`, else today."""
    return cast("date", g.get("as_of") or today())


def as_of_given() -> date | None:
    """The date asked for, or None where the page speaks of today."""
    return cast("date | None", g.get("as_of"))


def record_url(label: str, record: str) -> str:
    """Address of a record's page."""
    endpoint = SHOWN_BY.get(label)
    if endpoint and endpoint in current_app.view_functions:
        return url_for(endpoint, record=record)
    return url_for("records.show", slug=kind_of(label).slug, record=record)


def places() -> list[dict[str, Any]]:
    """The places of the top bar this reader may open."""
    blueprint = UNDER.get(request.blueprint or "", request.blueprint or "")
    found: list[dict[str, Any]] = []
    for endpoint, word, (noun, action) in PLACES:
        if endpoint in current_app.view_functions and access.granted(current_user.roles, noun, action):
            found.append({"url": url_for(endpoint), "word": word, "here": endpoint.startswith(f"{blueprint}.")})
    return found


def word(vocabulary: str, code: str | None) -> str:
    """A vocabulary's word for a code, in the reader's language."""
    return gettext(word_of(vocabulary, code)) if code else ""


def day(value: date | datetime | None, length: str = "medium") -> str:
    """A day in the reader's language; without the Bulgarian "г.", whose point would double at the end of a sentence."""
    if value is None:
        return ""
    return format_date(value.date() if isinstance(value, datetime) else value, length).removesuffix("г.").rstrip()


def figure(value: float) -> str:
    """A number in the reader's language, without digits that say nothing."""
    return format_decimal(value, "#,##0.##")


def month(value: date) -> str:
    """A month in the reader's language, for what only its month may be known of."""
    return format_date(value, "LLLL yyyy")


def moment(value: datetime | None) -> str:
    """A day and time in the reader's language and the network's time zone."""
    return f"{day(to_user_timezone(value))}, {format_time(value, 'short')}" if value else ""


def short_day(value: date) -> str:
    """A day for the narrow top bar: without its year while that is the present one."""
    if value.year != today().year:
        return day(value)
    return format_skeleton("MMMd", value, locale=get_locale()).removesuffix("г.").rstrip()


def tongues(codes: Iterable[str]) -> str:
    """Languages by their names in the reader's language; a code nobody has a name for stays."""
    locale = get_locale()
    names = locale.languages if locale else {}
    return ", ".join(names.get(code.replace("-", "_"), code) for code in codes)


def opens(label: str) -> bool:
    """Whether the reader may open pages of this kind at all: a link elsewhere would lead to a closed door."""
    return bool(access.granted(current_user.roles, kind_of(label).noun, "read"))


def install(app: Flask) -> None:
    """Give the app its page furniture and error pages."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        day=day, short_day=short_day, month=month, moment=moment, tongues=tongues, figure=figure
    )
    cast("dict[str, object]", app.jinja_env.globals).update(
        may=access.may, word=word, record_url=record_url, opens=opens, places=places, as_of=as_of, as_of_given=as_of_given,
        today=today, kinds=KINDS, ngettext=ngettext, demo=app.config["MREZHA"].demo,
    )  # fmt: skip
    app.before_request(_read_as_of)
    app.url_defaults(_keep_as_of)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(MissingError, lambda _: _page(404))
    app.register_error_handler(GraphError, _graph_error)
    app.register_error_handler(HashingBusyError, _busy)
    app.register_error_handler(Exception, _last_resort)


def _read_as_of() -> ResponseReturnValue | None:
    given = request.args.get("as_of", "")
    if not given:
        return None
    found = day_in(given)
    if found is None:
        return _page(400, gettext("“%(given)s” is not a date; write it as 2026-03-31.", given=given[:40]))
    g.as_of = found
    return None


def _keep_as_of(endpoint: str, values: dict[str, Any]) -> None:
    if g.get("as_of") and "as_of" not in values and not endpoint.endswith("static"):
        values["as_of"] = g.as_of.isoformat()


TITLES = {
    400: lazy("This request was not understood"),
    401: lazy("Please sign in"),
    403: lazy("This is not yours to open"),
    404: lazy("Nothing is here"),
    405: lazy("This cannot be done this way"),
    409: lazy("Somebody else was faster"),
    413: lazy("This is too large"),
    429: lazy("Please wait a little"),
    500: lazy("Something went wrong on our side"),
    503: lazy("The database is away for a moment"),
}
TEXTS = {
    400: lazy("Nothing was changed. Go back and try again."),
    401: lazy("Your session has ended. Sign in again; what you typed stays in the other window."),
    403: lazy("Your role does not allow it. Nothing was changed. Ask the coordinator of your network."),
    404: lazy("The address is wrong, or the record is gone or not open to you."),
    405: lazy("Nothing was changed. Go back and use the buttons of the page."),
    409: lazy("The record was changed since you opened it. Open it again and compare."),
    413: lazy("Nothing was kept. Files may have up to 20 MB."),
    429: lazy("There were many tries from here. Wait a minute, then go on."),
    500: lazy("Nothing was saved by this step. The error is noted without what you typed."),
    503: lazy("Nothing is lost. This page tries again by itself; you may also reload it in a minute."),
}


def _page(status: int, text: str = "") -> tuple[str, int] | tuple[dict[str, str], int]:
    title, text = str(TITLES.get(status, TITLES[400])), text or str(TEXTS.get(status, TEXTS[400]))
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        return {"error": title, "message": text}, status
    return render_template("ui/error.html", status=status, title=title, text=text), status


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None or error.code in {301, 302, 303, 307, 308}:
        return error
    status = error.code or 500
    answer = current_app.make_response(_page(status))
    for name, value in error.get_headers():
        if name not in {"Content-Type", "Content-Length"}:
            answer.headers[name] = value
    return answer


def _csrf_error(_: CSRFError) -> ResponseReturnValue:
    return _page(
        400, gettext("This form had grown old. Go back, reload the page and send it again; nothing was changed.")
    )


def _graph_error(error: GraphError) -> ResponseReturnValue:
    if isinstance(error, DatabaseAwayError | InDoubtError | TimeoutError_):
        log.event("database_away", kind=type(error).__name__)
        text = ""
        if isinstance(error, InDoubtError):
            text = gettext("The line broke while saving. Press Save again: it will not be saved twice.")
        answer = current_app.make_response(_page(503, text))
        answer.headers["Retry-After"] = "5"
        return answer
    log.failure(error)
    return _page(500)


def _busy(_: HashingBusyError) -> ResponseReturnValue:
    """Many sign in at once: nobody's try is counted."""
    text = gettext("Many people sign in just now. Wait a minute and try again; nothing was counted against you.")
    answer = current_app.make_response(_page(503, text))
    answer.headers["Retry-After"] = "60"
    return answer


def _last_resort(error: Exception) -> ResponseReturnValue:
    log.failure(error)
    return _page(500)


def inside(target: str) -> str:
    """An address of this site, or the first page: never another site's."""
    cleaned = "".join(character for character in target if character.isprintable() and character != "\\")
    safe = cleaned == target and target.startswith("/") and not target.startswith("//")
    return target if safe else url_for("home.index")


def back_to_here(endpoint: str, **values: Any) -> ResponseReturnValue:
    """After a form: go to a page, so that reloading does not send the form again."""
    return redirect(url_for(endpoint, **values), 303)
