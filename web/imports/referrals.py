"""Referrals of a list: matched with what is here, or planned with their steps. A list of them makes nothing else."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analytics.referral_history import Told, UnlikelyError, history
from analytics.referral_steps import STEPS
from graphdb.folding import fold
from graphdb.imports import known
from graphdb.referrals import rows
from graphdb.tokens import new_case_reference
from web.imports.directory import LEVELS
from web.interchange.readers.cells import SEVERAL
from web.interchange.readers.threew import slug

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from analytics.referral_history import History
    from graphdb.imports.known import Coded, Spot
    from graphdb.referrals.rows import Case
    from web.imports.plan import Desk
    from web.interchange.facts import ReferralFact


@dataclass(frozen=True, slots=True)
class Ends:
    """The records a referral hangs on."""

    sender: str
    receiver: str
    service: str
    group: str | None
    place: str | None


def plan_referrals(desk: Desk) -> None:
    """Match or plan every referral; two equal rows are two cases, in the file and in the registry."""
    if not desk.reading.referrals:
        return
    lists = Lists(desk)
    told: list[tuple[ReferralFact, Ends, History]] = []
    for fact in desk.reading.referrals:
        ends = _ends(desk, fact, lists)
        course = _history(desk, fact) if ends else None
        if ends and course:
            told.append((fact, ends, course))
    there: dict[tuple[str, str, str, date], list[Case]] = defaultdict(list)
    for case in rows.known(desk.tx, sorted({ends.sender for _, ends, _ in told})):
        there[case.sender, case.receiver, case.service, case.sent_on].append(case)
    for fact, ends, course in _surest_first(told):
        case = _taken(fact, ends, course, there)
        if case is None:
            _plan(desk, fact, ends, course)
        elif case.with_import != desk.import_:
            desk.plan.already["referrals"] += 1
            if case.state != _state(course):
                desk.warn("referral_moved_on", fact.source, "state")


def _surest_first(told: list[tuple[ReferralFact, Ends, History]]) -> list[tuple[ReferralFact, Ends, History]]:
    """Rows that say more choose among the cases of one day first."""
    return sorted(told, key=lambda row: -sum(map(bool, (row[1].group, row[1].place, row[0].age_band))))


def _taken(
    fact: ReferralFact, ends: Ends, course: History, there: dict[tuple[str, str, str, date], list[Case]]
) -> Case | None:
    """The case of the registry that the row tells of, taken from those left: the one most like it."""
    left = there[ends.sender, ends.receiver, ends.service, course.steps[0][1]]
    alike = [
        (differs, case.state != _state(course), at)
        for at, case in enumerate(left)
        if (differs := case.differs(ends.group, ends.place, fact.age_band)) is not None
    ]
    return left.pop(min(alike)[2]) if alike else None


def _state(course: History) -> str:
    return str(rows.values_of(course.steps, None)["state"])


def _ends(desk: Desk, fact: ReferralFact, lists: Lists) -> Ends | None:
    """The records a referral hangs on; None after a refusal."""
    sender = desk.organisation(fact.sender, fact.source, "sender")
    if sender is None:
        return None
    receiver = desk.organisations.get(fact.receiver)
    service = lists.type(fact.service_type)
    group = lists.group(fact.group) if fact.group else None
    places = lists.places(fact) if fact.places or fact.place_code else []
    if receiver is None:
        code = "organisation_unknown" if fact.receiver in desk.unknown else "organisation_refused"
        desk.refuse(code, fact.source, "receiver")
    elif receiver == sender:
        desk.refuse("referral_to_itself", fact.source, "receiver")
    elif service is None:
        desk.refuse("word_not_listed", fact.source, "service_type")
    elif fact.group and group is None:
        desk.refuse("group_several" if SEVERAL.search(fact.group) else "word_not_listed", fact.source, "group")
    elif (fact.places or fact.place_code) and len(places) != 1:
        desk.refuse("place_ambiguous" if places else "place_not_listed", fact.source, "places")
    else:
        return Ends(sender, receiver, service, group, places[0] if places else None)
    return None


def _history(desk: Desk, fact: ReferralFact) -> History | None:
    """The steps of a row; None after a refusal."""
    told = Told(
        fact.sent_on, fact.state, fact.outcome, fact.acknowledged_on, fact.accepted_on, fact.started_on, fact.closed_on,
        fact.answered_on,
    )  # fmt: skip
    try:
        course = history(told, desk.options.today)
    except UnlikelyError as unlikely:
        desk.refuse(unlikely.code, fact.source, unlikely.field)
        return None
    if course.accepted_by:
        desk.warn("accepted_by", fact.source, "accepted_on")
    return course


def _plan(desk: Desk, fact: ReferralFact, ends: Ends, course: History) -> None:
    reasoned = any(STEPS[kind].reasoned for kind, _ in course.steps)
    if reasoned and fact.reason is None:
        desk.warn("reason_missing", fact.source, "reason")
    elif fact.reason and not reasoned:
        desk.warn("reason_left_out", fact.source, "reason")
    values = {
        "case_ref": new_case_reference(),
        **rows.values_of(course.steps, fact.reason or "other"),
        "priority": fact.priority or "normal",
        "age_band": fact.age_band,
        "languages": list(fact.languages),
        "source": fact.source.file,
    }
    links = {
        "sender": [ends.sender], "receiver": [ends.receiver], "service": [ends.service],
        "group": [ends.group] if ends.group else [], "place": [ends.place] if ends.place else [],
    }  # fmt: skip
    if record := desk.add("Referral", fact.source, values, links):
        desk.plan.histories[record] = course.steps


@dataclass(slots=True)
class Lists:
    """The registry's types, groups and places, and those the same upload brings, by what a row may call them."""

    desk: Desk
    _types: dict[str, str] = field(init=False)
    _groups: dict[str, str] = field(init=False)
    _spots: list[Spot] = field(init=False)

    def __post_init__(self) -> None:
        self._types = _by_words(known.service_types(self.desk.tx))
        self._groups = _by_words(known.groups(self.desk.tx))
        self._spots = known.places(self.desk.tx)

    def type(self, text: str) -> str | None:
        """The service type a row names."""
        return _found(text, self._types, self.desk.types)

    def group(self, text: str) -> str | None:
        """The population group a row names."""
        return _found(text, self._groups, self.desk.groups)

    def places(self, fact: ReferralFact) -> list[str]:
        """The places the row may mean: the one with its code, else those of the deepest name below the names above it."""
        if fact.place_code:
            coded = [spot.id for spot in self._spots if (spot.code or "").upper() == fact.place_code.upper()]
            if coded or not fact.places:
                return coded
        *above, (level, name) = fact.places
        named = [spot for spot in self._spots if fold(name) in _words(spot)]
        level_alike = [spot for spot in named if spot.level == LEVELS[level]] or named
        by_id = {spot.id: spot for spot in self._spots}
        inside = [spot for spot in level_alike if _inside(spot, by_id, [fold(text) for _, text in above])]
        return [spot.id for spot in inside]


def _by_words(rows: list[Coded]) -> dict[str, str]:
    """Records by their folded names and codes; a word of two records stands for neither."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for word in (row.code, row.imported, *row.names):
            if word:
                found[fold(word)].add(row.id)
    return {word: next(iter(ids)) for word, ids in found.items() if len(ids) == 1}


def _found(text: str, words: Mapping[str, str], brought: Mapping[str, str]) -> str | None:
    return words.get(fold(text)) or brought.get(text) or brought.get(slug(text))


def _words(spot: Spot) -> set[str]:
    return {fold(word) for word in (*spot.names, spot.code, spot.imported) if word}


def _inside(spot: Spot, by_id: Mapping[str, Spot], above: list[str]) -> bool:
    """Whether the places above have all these names, as far as the registry knows what lies above."""
    chain: list[Spot] = []
    upper = spot.parent
    while upper and upper in by_id and by_id[upper] not in chain:
        chain.append(by_id[upper])
        upper = by_id[upper].parent
    known_words = {word for each in chain for word in _words(each)}
    return not chain or all(word in known_words for word in above)
