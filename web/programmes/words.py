"""The words of programmes, places and trainings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext

from web.language import lazy

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# The colour of a chip for each state; the word beside it says the same.
LOOKS = {
    "applied": "unverified", "accepted": "unverified", "refused": "not_assessed", "in_training": "unverified",
    "active": "covered", "paused": "fragile", "completed": "covered", "left": "not_assessed", "planned": "unverified",
    "held": "covered", "cancelled": "not_assessed", "invited": "unverified", "registered": "unverified",
    "attended": "covered", "certified": "covered", "revoked": "not_assessed", "chosen": "covered",
}  # fmt: skip

STEP_WORDS: Mapping[str, object] = {
    "applied": lazy("Take up the application again"),
    "accepted": lazy("Accept"),
    "refused": lazy("Do not accept"),
    "in_training": lazy("Training begins"),
    "active": lazy("Is active"),
    "paused": lazy("Pause"),
    "completed": lazy("Has completed it"),
    "left": lazy("Leaves"),
}
MARK_WORDS: Mapping[str, object] = {
    "invited": lazy("Invited only"),
    "registered": lazy("Will come"),
    "attended": lazy("Was there"),
    "certified": lazy("Give the certificate"),
    "revoked": lazy("Take the certificate back"),
}


def stepped(to: str) -> str:
    """What a step has brought about."""
    done: Mapping[str, Callable[[], str]] = {
        "applied": lambda: gettext("The application waits for a decision again."),
        "accepted": lambda: gettext("Accepted: the person belongs to the programme now."),
        "refused": lambda: gettext("Noted: not accepted. The person does not belong to the programme."),
        "in_training": lambda: gettext("In training."),
        "active": lambda: gettext("Active."),
        "paused": lambda: gettext("Paused: the place is kept."),
        "completed": lambda: gettext("Completed. The person does not belong to the programme any more."),
        "left": lambda: gettext("Noted: has left. The person does not belong to the programme any more."),
    }
    return done[to]()


def saved_already() -> str:
    """What is said of a form that came twice with different words."""
    return gettext("This form was saved already. Here is what is kept; change it once more if you like.")


def meanwhile() -> str:
    """What is said where somebody else was faster."""
    return gettext("Somebody else has changed this meanwhile; nothing was changed. Look again.")
