"""Between the driver's values and Python's own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import cast

from neo4j.time import Date, DateTime

Value = str | int | float | bool | date | datetime | None | list["Value"] | dict[str, "Value"]


def native(value: object) -> object:
    """A driver value as plain Python: dates, datetimes, lists, maps and scalars."""
    if isinstance(value, Date):
        return value.to_native()
    if isinstance(value, DateTime):
        return value.to_native()
    if isinstance(value, list):
        return [native(item) for item in cast("list[object]", value)]
    if isinstance(value, Mapping):
        return {key: native(item) for key, item in cast("Mapping[str, object]", value).items()}
    return value
