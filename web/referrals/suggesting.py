"""Who could take a case: partners with reasons, and the short way for a crisis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import render_template, request, url_for
from flask_babel import gettext
from wtforms import Form, SelectField
from wtforms.validators import Optional

from analytics.receivers import POINTS, Need, suggested
from graphdb import referrals
from graphdb.referrals.offers import offers
from web.access import allow, viewer
from web.choices import offered
from web.language import code, lazy
from web.pages import today
from web.referrals.blueprint import bp
from web.referrals.forms import NOTHING, spoken, terms
from web.sessions import graph
from web.words import because

if TYPE_CHECKING:
    from datetime import date

    from flask.typing import ResponseReturnValue

    from analytics.receivers import Suggestion
    from graphdb.referrals import Choices


class NeedForm(Form):
    """What is looked for: a search, which changes nothing and stands in the address."""

    service = SelectField(lazy("For which service"), [Optional()])
    place = SelectField(lazy("Place"), [Optional()])
    group = SelectField(lazy("Group"), [Optional()])
    language = SelectField(lazy("Language of the person"), [Optional()])
    priority = SelectField(lazy("Priority"), [Optional()], choices=offered(terms("priority")), default="normal")

    def offer(self, choices: Choices) -> None:
        """Give the fields their choices."""
        self.service.choices = offered([NOTHING, *((one[0], one[1]) for one in choices.services)])
        self.place.choices = offered([("", gettext("anywhere")), *((one[0], one[1]) for one in choices.places)])
        self.group.choices = offered([("", gettext("everybody")), *((one[0], one[1]) for one in choices.groups)])
        self.language.choices = offered([("", gettext("does not matter")), *spoken()])


@dataclass(frozen=True, slots=True)
class Line:
    """A partner on the page: reasons in words, each with its points, and where the form for it is."""

    organisation: str
    name: str
    reasons: list[tuple[str, int]]
    url: str


@bp.get("/who")
@allow("referral", "create")
def who() -> ResponseReturnValue:
    """Partners who offer the service now, the best reasons first."""
    form = NeedForm(request.args)
    form.offer(referrals.choices(graph, today(), code()))
    lines = _lines(form, today()) if form.service.data else []
    return render_template("referrals/who.html", form=form, lines=lines, asked=bool(form.service.data))


def _lines(form: NeedForm, on: date) -> list[Line]:
    service, place, group = (str(field.data or "") for field in (form.service, form.place, form.group))
    found = offers(graph, service, place, group, on, code(), viewer().organisations)
    priority = str(form.priority.data)
    need = Need(on, str(form.language.data or ""), found.groups, priority if form.priority.validate(form) else "normal")
    asked = {
        "service": service, "place": place, "group": group, "priority": need.priority, "language": str(form.language.data or "")
    }  # fmt: skip
    return [_line(one, found.names, asked) for one in suggested(found.offers, need)]


def _line(one: Suggestion, names: dict[str, str], asked: dict[str, str]) -> Line:
    organisation = one.offer.organisation
    given = {"receiver": organisation, **{name: value for name, value in asked.items() if value}}
    if asked["priority"] == "emergency":
        given["crisis"] = "1"
    reasons = [(because(reason, {}), POINTS[reason.code]) for reason in one.reasons]
    return Line(organisation, names[organisation], reasons, f"{url_for('referrals.new')}?{urlencode(given)}")
