"""What a merge does, computed from what the two hold: values, aliases, moves. Reads and writes nothing.

What only one of them says is taken over; of lists both are kept; where they differ somebody chooses. The name that is
not chosen becomes an alias, so that search, imports and the duplicate finder still know it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, cast

from analytics.collaboration.gap import UNORDERED
from analytics.keys import moved_key
from graphdb.catalogue import KINDS, kind_of
from graphdb.partners import PRESENT
from graphdb.records.checks import checked
from graphdb.records.text import name_properties

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from graphdb.merging.facts import Held, Tied
    from graphdb.records.checks import Stored

Side = Literal["keep", "drop"]
How = Literal["moved", "joined", "cut", "replaced"]

ORGANISATION = kind_of("Organisation")
LISTS = frozenset({"tags", "lines", "choices", "languages", "identifiers"})
DECIDED = frozenset({"valid_to", "publish", "protected", "do_not_contact"})
"""Here nothing said is an answer too: no end, no protection."""
NOT_FILLED = frozenset({"membership"})
"""Taking over the other's would change what the network does with them."""
CAREFUL: Mapping[str, bool] = {"publish": False, "protected": True, "do_not_contact": True}
SINGLE = {link.tie: link.name for link in ORGANISATION.links if link.outgoing and not link.many}
LABELS = frozenset(kind.label for kind in KINDS)
ENDS = {kind.label: [one.tie for one in kind.links if one.target == "Organisation" and not one.many] for kind in KINDS}
BETWEEN = frozenset((label, tie) for label, ties in ENDS.items() if len(ties) > 1 for tie in ties)
"""(kind, tie) of records that tie one organisation to another."""
STATEMENTS = frozenset(label for label, _ in BETWEEN) - {"Referral"}
"""Of these, what only says that there is or is not a tie: between one organisation and itself it says nothing."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field or single link where both say something else; `default` is the side taken when nobody chooses."""

    name: str
    keep: Any
    drop: Any
    default: Side


@dataclass(frozen=True, slots=True)
class Step:
    """One relationship of the dropped one (`replaced`: of the kept one): moved; joined with its `twin`; cut."""

    how: How
    tied: Tied
    twin: Tied | None = None

    @property
    def goes(self) -> bool:
        """Whether the other end is the kept one's from now on."""
        return self.how in {"moved", "joined"}

    @property
    def left(self) -> dict[str, Any]:
        """What the kept one's relationship says in the end: its own words first, but who was there was there."""
        if self.twin is None:
            return dict(self.tied.values)
        left = {name: value for name, value in self.tied.values.items() if name != "import_id"} | dict(self.twin.values)
        return left | ({"mode": self.tied.values["mode"]} if self.tied.values.get("mode") in PRESENT else {})


@dataclass(frozen=True, slots=True)
class Plan:
    """`values`: fields of the kept one that change. `steps`: its relationships. `ended`: ids of records that end with it.

    `keys`: (gap, its key, the key it gets). `links`: the links of other records that change, by (label, id, link).
    """

    values: dict[str, Stored]
    steps: list[Step]
    ended: list[tuple[str, str]]
    keys: list[tuple[str, str, str]]
    links: list[tuple[str, str, str]]

    def counts(self) -> dict[str, int]:
        """How many records of which kind go to the kept one."""
        return dict(Counter(step.tied.label for step in self.steps if step.goes))


def planned(keep: Held, drop: Held, choices: Mapping[str, Side] | None = None, taken: Collection[str] = ()) -> Plan:
    """The plan. `taken`: keys among `new_keys` that a gap has already. Raises RefusedError for values that do not fit."""
    chosen: dict[str, Side] = {one.name: (choices or {}).get(one.name, one.default) for one in differing(keep, drop)}
    keys = new_keys(keep, drop)
    steps, ended = _steps(keep, drop, chosen, {gap for gap, _, key in keys if key in taken})
    free = [named for named in keys if named[2] not in taken]
    ties = [(one.tied.label, one.tied.id, one.tied.tie, one.tied.outgoing) for one in steps if one.goes]
    return Plan(_values(keep, drop, chosen), steps, ended, free, changed_links(ties))


def differing(keep: Held, drop: Held) -> list[Difference]:
    """Where somebody has to choose, in the order of the catalogue."""
    found: list[Difference] = []
    for field in ORGANISATION.fields:
        mine, theirs = keep.fields.get(field.name), drop.fields.get(field.name)
        if field.type == "flag":
            mine, theirs = bool(mine), bool(theirs)
        said = not _empty(theirs) and (field.name in NOT_FILLED or not _empty(mine))
        if field.type not in LISTS and (said or field.name in DECIDED) and mine != theirs:
            careful = field.name in CAREFUL and theirs == CAREFUL[field.name]
            found.append(Difference(field.name, mine, theirs, "drop" if careful else "keep"))
    for tie, name in SINGLE.items():
        mine, theirs = _single(keep, tie, drop), _single(drop, tie, keep)
        if mine and theirs and mine.other != theirs.other and not theirs.loops:
            found.append(Difference(name, mine.id, theirs.id, "keep"))
    return found


def new_keys(keep: Held, drop: Held) -> list[tuple[str, str, str]]:
    """(gap, its key, the key it would have) of the gaps whose key names the dropped one."""
    named = [(str(one.id), one.key) for one in drop.tied if one.key and drop.id in one.key]
    return [
        (gap, key, moved_key(key, drop.id, keep.id, UNORDERED))
        for gap, key in dict(named).items()
        if keep.id not in key
    ]


def _empty(value: object) -> bool:
    return value is None or value in ("", [])


def _single(held: Held, tie: str, other: Held) -> Tied | None:
    """Where its only link of that kind leads, unless to the other of the two."""
    return next((one for one in held.tied if one.tie == tie and one.outgoing and one.id != other.id), None)


def _values(keep: Held, drop: Held, chosen: Mapping[str, Side]) -> dict[str, Stored]:
    whole: dict[str, Any] = {}
    for field in ORGANISATION.fields:
        mine, theirs = keep.fields.get(field.name), drop.fields.get(field.name)
        if field.type in LISTS:
            whole[field.name] = list(dict.fromkeys([*(mine or []), *(theirs or [])]))
        elif field.name in chosen:
            whole[field.name] = theirs if chosen[field.name] == "drop" else mine
        else:
            whole[field.name] = theirs if _empty(mine) else mine
    whole["aliases"] = _aliases(keep, drop, whole)
    stored = checked(ORGANISATION, whole)
    changed = {name: value for name, value in stored.items() if (value or None) != (keep.fields.get(name) or None)}
    if changed.get("assured_on"):
        changed["assured"] = drop.fields.get("assured")
    return changed


def _aliases(keep: Held, drop: Held, whole: Mapping[str, Any]) -> list[str]:
    """Every name either had that is no name of the kept one now."""
    names = ("name", *name_properties())
    said = [held.fields.get(name) for held in (keep, drop) for name in names]
    now = {whole.get(name) for name in names}
    every = [*cast("list[str]", whole["aliases"]), *(name for name in said if name)]
    return [name for name in dict.fromkeys(every) if name not in now]


def _steps(
    keep: Held, drop: Held, chosen: Mapping[str, Side], doubled: set[str]
) -> tuple[list[Step], list[tuple[str, str]]]:
    """What happens to each relationship of the dropped one; what ties the two to each other stays as it was."""
    held = {one.same: one for one in keep.tied}
    between = {one.other for one in keep.tied if (one.label, one.tie) in BETWEEN}
    steps: list[Step] = []
    ended: dict[tuple[str, str], None] = {}
    for one in drop.tied:
        if one.id in doubled or ((one.label, one.tie) in BETWEEN and one.other in between):
            if one.label in STATEMENTS:
                ended[one.label, str(one.id)] = None
        elif one.id == keep.id:
            steps.append(Step("cut", one))
        elif one.same in held:
            steps.append(Step("joined", one, held.pop(one.same)))
        elif one.tie in SINGLE and one.label == "Organisation":
            steps += _part(one, _single(keep, one.tie, drop), chosen)
        else:
            steps.append(Step("moved", one))
    return steps, list(ended)


def _part(one: Tied, own: Tied | None, chosen: Mapping[str, Side]) -> list[Step]:
    """An organisation that the dropped one is part of, or a part of it: never a circle, never two wholes."""
    if one.loops:
        return []
    if not one.outgoing or own is None:
        return [Step("moved", one)]
    return [Step("replaced", own), Step("moved", one)] if chosen.get(SINGLE[one.tie]) == "drop" else []


def changed_links(ties: Iterable[tuple[str, str | None, str, bool]]) -> list[tuple[str, str, str]]:
    """The links of other records that name another organisation now: whoever has their form open has to look again.

    `ties` as (kind, id, name of the tie, whether it goes out from the organisation); answers (kind, id, link).
    """
    found = {
        (label, str(record), link.name)
        for label, record, tie, outgoing in ties
        if label in LABELS
        for link in kind_of(label).links
        if (link.tie, link.target, link.outgoing) == (tie, ORGANISATION.label, not outgoing)
    }
    return sorted(found)
