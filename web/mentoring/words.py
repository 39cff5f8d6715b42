"""Words of mentoring: the steps of a pair, and why a line is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext, ngettext

from web.language import lazy
from web.pages import day, word

if TYPE_CHECKING:
    from analytics.reasons import Reason

STEP_WORDS = {
    "agreed": lazy("They have agreed"),
    "active": lazy("Start or resume"),
    "paused": lazy("Pause"),
    "completed": lazy("Complete"),
    "ended_early": lazy("End early"),
}
STEP_DONE = {
    "agreed": lazy("Noted: the two have agreed."),
    "active": lazy("The pair is active."),
    "paused": lazy("The pair is paused; it is not counted as quiet meanwhile."),
    "completed": lazy("The pair is completed. Its contacts stay readable for the two and the supervisor."),
    "ended_early": lazy("The pair has ended. Its contacts stay readable for the two and the supervisor."),
}


def why(reason: Reason) -> str:
    """A reason of the mentoring rules as a sentence."""
    on, days, state = reason.get("on"), reason.get("days"), reason.get("state")
    if reason.code == "last_contact" and isinstance(days, int):
        return ngettext(
            "the last contact was %(num)s day ago, on %(on)s", "the last contact was %(num)s days ago, on %(on)s", days, on=day(on)  # type: ignore[arg-type]
        )  # fmt: skip
    if reason.code == "no_contact_since_start":
        return gettext("no contact since the pair began on %(on)s", on=day(on)) if on else gettext("no contact yet")  # type: ignore[arg-type]
    if reason.code == "pair_not_active":
        return gettext("has a pair in the state “%(state)s”", state=word("mentorship_state", str(state)))
    if reason.code == "mentor_not_active":
        return gettext("the mentor has left")
    if reason.code == "no_pair":
        return gettext("never had a mentor")
    return gettext("some dates are not known")
