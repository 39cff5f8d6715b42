"""What the answers of commands share (contracts.md): what they speak of, and the ids they print."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphdb.naming import Name


def head(as_of: date, window: tuple[date, date] | None, hidden: Mapping[str, int]) -> dict[str, Any]:
    """What every answer carries. `hidden`: how many records were left out, by the code of why."""
    return {
        "as_of": as_of.isoformat(),
        "window": None if window is None else {"from": window[0].isoformat(), "to": window[1].isoformat()},
        "generated": datetime.now(UTC).isoformat(timespec="seconds"),
        "hidden": {"records": sum(hidden.values()), "why": [code for code, n in hidden.items() if n]},
    }


def key_of(record: str, names: Mapping[str, Name]) -> str:
    """The id that outputs print."""
    name = names.get(record)
    return name.key if name else record
