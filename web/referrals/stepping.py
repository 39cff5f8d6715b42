"""Taking a step of a referral from a page: one place says in words why it was not taken."""

from __future__ import annotations

from flask import flash
from flask_babel import gettext

from analytics.referral_steps import STEPS, IllegalStepError
from graphdb import referrals
from graphdb.errors import ConflictError
from graphdb.records import RefusedError
from graphdb.writes import change
from web.access import actor, viewer
from web.pages import word
from web.referrals.words import DONE
from web.sessions import graph
from web.typed import number_in


def stepped(record: str, taken: referrals.Taken, version: str | None) -> bool:
    """Take the step and say so, or say why not; whether it was taken. Raises MissingError."""
    try:
        if taken.kind not in STEPS:
            raise IllegalStepError("", taken.kind)
        change(
            graph, actor(),
            lambda c: referrals.take_step(c, graph, record, taken, viewer().organisations, number_in(version)),
        )  # fmt: skip
    except RefusedError:
        flash(gettext("Choose a reason; nothing was changed."), "error")
    except IllegalStepError as illegal:
        flash(not_from(illegal.state), "error")
    except ConflictError:
        flash(moved(), "error")
    else:
        flash(gettext("Noted: %(step)s.", step=DONE[taken.kind]), "undo")
        return True
    return False


def not_from(state: str) -> str:
    """A step that does not follow, in words."""
    return gettext(
        "This step does not follow from the state “%(state)s”; nothing was changed.",
        state=word("referral_state", state),
    )


def moved() -> str:
    """The slower of two, in words."""
    return gettext("Somebody else has moved this referral since you opened it; nothing was changed. Look again.")
