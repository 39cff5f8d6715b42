"""Forms of gaps: decisions, answers of partners, what somebody was told when asking."""

from __future__ import annotations

from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from web.choices import offered
from web.guard_form import guarded
from web.language import lazy
from web.once import KeyedForm

DECISIONS = ("confirm", "not_a_gap", "accept_risk", "reopen")


class DecideForm(KeyedForm):
    """What somebody who reviews gaps says of one."""

    gap = HiddenField()
    version = HiddenField()
    what = HiddenField()
    note = StringField(
        lazy("Why"),
        [Length(max=1000), guarded],
        description=lazy("Others read it. Name nobody whom the network helps."),
    )
    until = StringField(lazy("Until when the network lives with it"), render_kw={"type": "date"})


class AnswerForm(KeyedForm):
    """What a partner says of a gap that concerns it."""

    said = HiddenField()
    note = StringField(lazy("What is it like?"), [Length(max=1000), guarded])


class AskedForm(KeyedForm):
    """What somebody was told who asked about a cell."""

    result = SelectField(lazy("Answer"), [InputRequired(lazy("This is needed."))], choices=[])
    on = StringField(lazy("Asked on"), [InputRequired(lazy("This is needed."))], render_kw={"type": "date"})
    source = StringField(
        lazy("Who was asked"),
        [InputRequired(lazy("This is needed.")), Length(max=300)],
        description=lazy("An office or a role, such as: the municipality, department for social activities."),
    )
    for_all = SelectField(lazy("For whom"), choices=[])

    def offer(self, results: list[tuple[str, str]], groups: list[tuple[str, str]]) -> None:
        """The choices of its lists."""
        self.result.choices = offered(results)
        self.for_all.choices = offered(groups)
