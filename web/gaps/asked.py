"""What a coverage page is asked for by its address: level, group, place, service, days, only gaps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from analytics.coverage import CellKey, Coverage, Scope
from analytics.thresholds import DEFAULTS, Thresholds
from web.gaps.scopes import LEVELS
from web.gaps.usecases import usual_scope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analytics.coverage import CoverageFacts

DAYS = (90, 180, 365)
AS_REQUIRED = "required"


@dataclass(frozen=True, slots=True)
class Asked:
    """`level` is a level of places, or `required` for the places requirements name; `group` is "" for whoever it is for."""

    scope: Scope
    level: str
    limits: Thresholds
    days: int
    only_gaps: bool
    table: bool

    def query(self) -> dict[str, str]:
        """The same as an address says it, for links."""
        said = {
            "level": self.level, "place": self.scope.place or "", "service": self.scope.service or "",
            "days": "" if self.days == DEFAULTS.fresh_days else str(self.days), "only": "gaps" if self.only_gaps else "",
            "view": "table" if self.table else "",
        }  # fmt: skip
        return {name: value for name, value in said.items() if value}


def asked_for(args: Mapping[str, str], facts: CoverageFacts, on: date) -> Asked:
    """What an address asks for; what it does not know is ignored."""
    usual = usual_scope(facts, on)
    level = args.get("level", "")
    if level not in {AS_REQUIRED, *LEVELS.values()} or (level == AS_REQUIRED and not facts.requirements):
        level = usual.level or AS_REQUIRED
    place = args.get("place", "") if args.get("place") in facts.places else None
    types = {*facts.services.types, *(each.service for each in facts.requirements)}
    service = args.get("service", "") if args.get("service") in types else None
    days = int(args["days"]) if args.get("days", "") in {str(each) for each in DAYS} else DEFAULTS.fresh_days
    scope = Scope(None if level == AS_REQUIRED else level, place, service)
    return Asked(
        scope, level, replace(DEFAULTS, fresh_days=days), days, args.get("only") == "gaps", args.get("view") == "table"
    )  # fmt: skip


def group_in(coverage: Coverage, args: Mapping[str, str]) -> str | None:
    """The group whose matrix is shown: the one asked for, else the one with the most gaps (None: whoever it is for)."""
    groups = coverage.grid.groups
    wanted = args.get("group", "")
    if wanted in groups:
        return wanted
    if len(groups) < 2:
        return groups[0] if groups else None
    weight = dict.fromkeys(groups, 0)
    for key, cls in zip(coverage.grid.keys, coverage.classes.tolist(), strict=True):
        weight[key.group] += _GRAVITY[cls]
    return max(groups, key=lambda group: (weight[group], group is None))


_GRAVITY = (0, 3, 1, 0, 0, 1, 0, 0)
"""Points of each class in the order of `CellClass`: absent 3, unverified and fragile 1."""


def key_in(text: str) -> CellKey | None:
    """The cell an address names as place.service.group, "-" for no group; None for anything else."""
    parts = text.split(".")
    if len(parts) != 3 or not all(parts):
        return None
    return CellKey(parts[0], parts[1], None if parts[2] == "-" else parts[2])


def key_text(key: CellKey) -> str:
    """A cell as an address names it."""
    return f"{key.place}.{key.service}.{key.group or '-'}"
