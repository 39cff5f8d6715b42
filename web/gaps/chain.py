"""The chain of a gap on one page: found, on an agenda, decided, promised, done, seen, measured again, closed or open again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from flask_babel import gettext, ngettext

from analytics.suppression import small
from graphdb.collaboration import PRESENT
from graphdb.gaps.chain import ChainFacts, chain
from graphdb.referrals.cohort import MINORS
from web.gaps.sentences import VERBS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphdb.actors import Viewer
    from graphdb.connection import Graph
    from graphdb.gaps import GapView
    from graphdb.gaps.chain import OnAgenda, Promised

STATES = {
    "found": "absent", "agenda": "unverified", "decided": "fragile", "promised": "unverified", "done": "covered",
    "overdue": "absent", "seen": "covered", "measured": "not_assessed", "closed": "covered", "reopened": "absent",
    "said": "not_assessed",
}  # fmt: skip
"""How each kind of step looks; the word beside says the same."""
ORDER = tuple(STATES)


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `label` and `record`: the page it leads to, if any. `on` is None where nobody noted a day."""

    on: date | None
    kind: str
    text: str
    note: str = ""
    label: str = ""
    record: str = ""

    @property
    def look(self) -> str:
        """The state whose colour and sign it has."""
        return STATES[self.kind]


def steps(graph: Graph, kept: GapView, viewer: Viewer, language: str, today: date) -> list[Step]:
    """The steps of a gap that this reader may know of, the first first. One statement; none for a gap that is not kept."""
    if kept.id is None:
        return []
    facts = chain(graph, kept.id, viewer, language, present=PRESENT, minors=MINORS)
    if facts is None:
        return []
    exact = viewer.everything or "coordinator" in viewer.roles
    found = [
        *_turns(facts, kept),
        *(step for one in facts.agendas for step in _agenda(one)),
        *(step for one in facts.actions for step in _action(one, today)),
        *_offers(facts), *_seen(facts), *_measured(facts, kept, exact=exact),
    ]  # fmt: skip
    return sorted(found, key=lambda step: (step.on or date.max, ORDER.index(step.kind)))


def _turns(facts: ChainFacts, kept: GapView) -> Iterator[Step]:
    """Detection and what people said; a closing that is not in the audit trail is told by the gap itself."""
    if kept.first_seen:
        yield Step(kept.first_seen, "found", gettext("The records show it for the first time."))
    kinds = {"create": "found", "close": "closed", "reopen": "reopened", "agenda": "agenda"}
    for turn in facts.turns:
        verb = turn["verb"]
        if verb in VERBS and not (verb == "create" and turn["at"].date() == kept.first_seen):
            yield Step(turn["at"].date(), kinds.get(verb, "said"), str(VERBS[verb]))
    if kept.state == "closed_verified" and kept.gone_on and not any(turn["verb"] == "close" for turn in facts.turns):
        yield Step(kept.gone_on, "closed", str(VERBS["close"]))


def _agenda(one: OnAgenda) -> Iterator[Step]:
    if one["state"] == "dropped":
        return
    words = {
        "discussed": gettext("Discussed in “%(title)s”.", title=one["title"]),
        "postponed": gettext("Put off in “%(title)s”.", title=one["title"]),
    }  # fmt: skip
    text = words.get(one["state"]) or gettext("On the agenda of “%(title)s”.", title=one["title"])
    yield Step(one["on"], "agenda", text, label="Meeting", record=one["id"])
    for decision in one["decisions"]:
        yield Step(decision["on"] or one["on"], "decided", gettext("Decided."), decision["text"], "Meeting", one["id"])


def _action(one: Promised, today: date) -> Iterator[Step]:
    due = gettext("%(owner)s promised: %(text)s", owner=one["owner"], text=one["text"])
    yield Step(one["agreed_on"] or one["due"], "promised", due, label="ActionPoint", record=one["id"])
    if one["done_on"]:
        text = gettext("%(owner)s did it: %(text)s", owner=one["owner"], text=one["text"])
        yield Step(one["done_on"], "done", text, one["evidence"] or "", "ActionPoint", one["id"])
    elif one["due"] and one["due"] < today and one["state"] not in {"done", "cancelled"}:
        text = gettext("Not done by its day: %(text)s (%(owner)s)", owner=one["owner"], text=one["text"])
        yield Step(one["due"], "overdue", text, label="ActionPoint", record=one["id"])


def _offers(facts: ChainFacts) -> Iterator[Step]:
    for offer in facts.offers:
        if offer["began"]:
            text = gettext("%(owner)s begins to offer it.", owner=offer["owner"])
            yield Step(offer["began"], "seen", text, label="Service", record=offer["id"])
        if offer["confirmed"]:
            text = gettext("%(owner)s confirms that it offers it.", owner=offer["owner"])
            yield Step(offer["confirmed"], "seen", text, label="Service", record=offer["id"])


def _seen(facts: ChainFacts) -> Iterator[Step]:
    words = {
        "referral": gettext("The first referral of the one to the other since then."),
        "referral_back": gettext("The first referral the other way since then."),
        "meeting": gettext("Both in the same meeting for the first time since then."),
        "agreement": gettext("An agreement between the two begins."),
    }
    for tie in facts.seen:
        yield Step(tie["first"], "seen", words[tie["kind"]])


def _measured(facts: ChainFacts, kept: GapView, *, exact: bool) -> Iterator[Step]:
    on = kept.gone_on or kept.last_seen
    if on is None or on == kept.first_seen:
        return
    text = gettext("Measured again: gone.") if kept.gone_on else gettext("Measured again: still there.")
    asked = not small(facts.asked, facts.minors) or exact
    note = ngettext(
        "%(num)s referral asked for it since then.", "%(num)s referrals asked for it since then.", facts.asked
    )
    yield Step(on, "measured", text, note if asked and facts.asked else "")
