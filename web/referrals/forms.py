"""Forms of referrals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from graphdb.catalogue import VOCABULARIES
from graphdb.referrals import NewReferral
from graphdb.tokens import new_token
from web.choices import offered
from web.guard_form import guarded
from web.language import lazy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphdb.referrals import Choices

NEEDED = lazy("This is needed.")
NOTHING = ("", "–")


class ReferralForm(FlaskForm):
    """Who sends whom a case for what; never who the person is."""

    key = HiddenField()
    sender = SelectField(lazy("From"), [InputRequired(NEEDED)])
    receiver = SelectField(lazy("To"), [InputRequired(NEEDED)])
    service = SelectField(lazy("For which service"), [InputRequired(NEEDED)])
    priority = SelectField(
        lazy("Priority"), choices=offered([(term.code, lazy(term.word)) for term in VOCABULARIES["priority"]]), default="normal"
    )  # fmt: skip
    group = SelectField(lazy("Group"), [Optional()])
    place = SelectField(lazy("Place"), [Optional()])
    note = TextAreaField(
        lazy("Note for the receiver"), [Length(max=2000, message=lazy("At most 2,000 characters.")), guarded],
        description=lazy("Only the two organisations can read it. No names, phones, addresses or numbers of papers: the case reference stands for the person."),
        render_kw={"rows": 4, "maxlength": 2000},
    )  # fmt: skip

    def offer(self, choices: Choices, own: tuple[str, ...]) -> None:
        """Give the fields their choices; the senders are the reader's own organisations."""
        mine = [one for one in choices.organisations if one[0] in own]
        self.sender.choices = offered(_pairs(mine))
        self.receiver.choices = offered([NOTHING, *_pairs(choices.organisations)])
        self.service.choices = offered([NOTHING, *_pairs(choices.services)])
        self.group.choices = offered([NOTHING, *_pairs(choices.groups)])
        self.place.choices = offered([NOTHING, *_pairs(choices.places)])
        if not self.key.data:
            self.key.data = new_token("form").plain

    def referral(self) -> NewReferral:
        """What was typed."""
        fields = (self.sender, self.receiver, self.service, self.group, self.place, self.priority)
        return NewReferral(*(str(field.data or "") for field in fields), note=self.note.data or "")


class StepForm(FlaskForm):
    """One step of a referral."""

    kind = HiddenField()
    version = HiddenField()
    reason = SelectField(
        lazy("Reason"), [Optional()],
        choices=offered([NOTHING, *((term.code, lazy(term.word)) for term in VOCABULARIES["decline_reason"])]),
    )  # fmt: skip


def _pairs(entries: Iterable[list[str]]) -> list[tuple[str, str]]:
    return [(record, title) for record, title in entries]
