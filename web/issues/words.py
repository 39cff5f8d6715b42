"""Words of community matters: what each kind is called on its pages, its steps, its states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext

from web.language import lazy
from web.pages import word

if TYPE_CHECKING:
    from graphdb.issues import Line, MatterView


@dataclass(frozen=True, slots=True)
class Wording:
    """A kind of matter: its name in addresses, its vocabularies, what its pages ask."""

    label: str
    path: str
    topics: str
    states: str
    new: str
    asks: str
    saved: str


WORDINGS = {
    wording.label: wording
    for wording in (
        Wording("CommunityIssue", "issue", "contact_topic", "issue_state", lazy("New issue"), lazy("What does the community need?"),
                lazy("Saved. Note each step here; whoever accompanies you sees it.")),
        Wording("Campaign", "campaign", "contact_topic", "campaign_state", lazy("New campaign"),
                lazy("What do you want to move people to do?"), lazy("Saved. Note each action here, and how many people came.")),
        Wording("Mediation", "mediation", "tension", "mediation_state", lazy("New mediation"),
                lazy("Between whom is there tension?"), lazy("Saved. Note each talk here.")),
    )
}  # fmt: skip
MOVE_WORDS = {
    "agreed": lazy("We take it on"),
    "in_work": lazy("We work on it"),
    "solved": lazy("It is solved"),
    "partly": lazy("It is solved in part"),
    "unsolved": lazy("It cannot be solved"),
    "handed_over": lazy("Handed over"),
    "running": lazy("It runs"),
    "done": lazy("It is done"),
    "dropped": lazy("It is dropped"),
    "planned": lazy("Plan it again"),
    "ended": lazy("The talks have ended"),
}
LOOKS = {
    "raised": "unverified", "agreed": "unverified", "asked": "unverified", "planned": "unverified", "in_work": "fragile", "running": "fragile",
    "solved": "covered", "done": "covered", "partly": "covered", "ended": "covered", "unsolved": "absent", "dropped": "absent",
    "handed_over": "not_assessed",
}  # fmt: skip
AS_WORDS = {
    "RAISED_BY": lazy("Leader"),
    "ACCOMPANIED_BY": lazy("Mentor who accompanies"),
    "MEDIATED_BY": lazy("Mediator"),
}


def state_word(label: str, state: str) -> str:
    """A state in the reader's language."""
    return word(WORDINGS[label].states, state)


def heading(matter: Line | MatterView) -> str:
    """What it is about, in a word or two: its texts are not for everybody."""
    return word(WORDINGS[matter.label].topics, matter.topic)


def item_title(view: MatterView) -> str:
    """It as an item of an agenda, naming nobody."""
    community = view.community[0]["title"] if view.community else ""
    return gettext(
        "%(kind)s: %(topic)s (%(community)s)", kind=kind_word(view.label), topic=heading(view), community=community
    )


def kind_word(label: str) -> str:
    """What the kind is called."""
    words = {
        "CommunityIssue": lambda: gettext("Community issue"),
        "Campaign": lambda: gettext("Campaign"),
        "Mediation": lambda: gettext("Mediation"),
    }
    return words[label]()
