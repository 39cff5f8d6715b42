"""The words of drafts and public discussions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext

from web.pages import day

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from graphdb.consultations.writing import ClosedError

# The colour of a chip for each state and decision; the words beside it say the same.
LOOKS = {
    "draft": "not_assessed", "open": "unverified", "closed": "fragile", "reported": "covered", "accepted": "covered",
    "in_part": "fragile", "rejected": "absent", "noted": "not_assessed", "planned": "unverified", "held": "covered",
}  # fmt: skip

STEPS: Mapping[str, tuple[tuple[str, Callable[[], str]], ...]] = {
    "draft": (("open", lambda: gettext("Open it for comments")),),
    "open": (("closed", lambda: gettext("Close it")),),
    "closed": (("reported", lambda: gettext("Report back")), ("open", lambda: gettext("Open it again"))),
    "reported": (("closed", lambda: gettext("Take the report back")),),
}
"""What a coordinator may do next, by the state a draft is in."""

STEPPED: Mapping[str, Callable[[], str]] = {
    "draft": lambda: gettext("It is being prepared again."),
    "open": lambda: gettext("It is open: those who are asked can comment until its last day."),
    "closed": lambda: gettext("It is closed. Decide on the comments, then report back."),
    "reported": lambda: gettext("Reported back: the table with all decisions stands."),
}


def closed(error: ClosedError) -> str:
    """Why a comment is refused."""
    if error.state == "open":
        return gettext(
            "The last day for comments was %(day)s. Nothing was kept; the coordinator can move the day.",
            day=day(error.until),
        )
    return gettext("This draft is not open for comments. Nothing was kept; the coordinator can open it.")


def saved_already() -> str:
    """What is said of a form that came twice with different words."""
    return gettext("This form was saved already. Here is what is kept; change it once more if you like.")


def ways() -> dict[str, str]:
    """Ways of counting a public, in words."""
    return {
        "everybody": gettext("In all"), "sex": gettext("Women and men"), "age": gettext("Age"), "group": gettext("Who they were"),
    }  # fmt: skip
