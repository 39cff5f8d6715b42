"""Words of mentoring: the steps of a pair."""

from __future__ import annotations

from web.language import lazy

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
