"""What a measure declares: how it is computed, and how it is explained to a coordinator."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import isnan
from typing import Literal

from analytics.network import Network

Fact = float | int | bool | str | list[str] | list[list[str]] | None
Column = list[float | int | bool | str | None]


@dataclass(frozen=True, kw_only=True)
class Measure:
    """Words of a measure; English source texts, those marked N_ are translated where they are shown.

    key: its name in files and contracts.  name_en: its name on a page.
    meaning, misuse: one sentence each.  formula, source: as printed in the help.
    """

    key: str
    name_en: str
    meaning: str
    misuse: str
    formula: str
    source: str


@dataclass(frozen=True, kw_only=True)
class NetworkMeasure(Measure):
    """One value for the whole network; None where it is undefined, never NaN."""

    compute: Callable[[Network], Fact]
    scope: Literal["network"] = "network"


@dataclass(frozen=True, kw_only=True)
class NodeMeasure(Measure):
    """One value for each node, in the order of the table; None where it is undefined, never NaN."""

    compute: Callable[[Network], Column]
    scope: Literal["node"] = "node"


def defined(values: Iterable[float]) -> Column:
    """Turn NaN, which igraph gives where a value is undefined, into None."""
    return [None if isnan(value) else value for value in values]
