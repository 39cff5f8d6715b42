"""The ties of a network as arrays: what every measure, layout and structural gap is computed from."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

Ends = npt.NDArray[np.int32]
Kinds = npt.NDArray[np.int16]
Weights = npt.NDArray[np.float64]

ANY_KIND = ("tie",)


@dataclass(frozen=True, eq=False, kw_only=True)
class EdgeTable:
    """Nodes and the ties between them. Frozen: the arrays are read-only, a selection is a new table.

    nodes: the ids, each once, in the order in which every result lists them.
    source, target: one entry a tie, positions in `nodes`.
    kind: one entry a tie, positions in `kinds`; None where all ties are of the first kind.
    weight: one finite number >= 0 a tie, or None; no measure reads it.
    directed: whether a tie from a to b says nothing about b to a.
    Raises ValueError where these do not hold.
    """

    nodes: tuple[str, ...]
    source: Ends
    target: Ends
    directed: bool
    kind: Kinds | None = None
    kinds: tuple[str, ...] = ANY_KIND
    weight: Weights | None = None

    def __post_init__(self) -> None:
        _refuse_doubles("node", self.nodes)
        _refuse_doubles("kind", self.kinds)
        self._keep("source", _positions(self.source, len(self.nodes), np.int32))
        self._keep("target", _positions(self.target, len(self.nodes), np.int32))
        ties = len(self.source)
        if self.kind is not None:
            self._keep("kind", _positions(self.kind, len(self.kinds), np.int16))
        if self.weight is not None:
            self._keep("weight", _weights(self.weight))
        columns = (self.target, self.kind, self.weight)
        if any(column is not None and len(column) != ties for column in columns):
            raise ValueError("source, target, kind and weight must have the same length")

    @classmethod
    def of(cls, nodes: Iterable[str], ties: Iterable[tuple[str, str]], *, directed: bool) -> "EdgeTable":
        """Build a table from ids; the nodes are sorted, so that the order in which they came does not matter.

        Raises KeyError for a tie whose end is not among the nodes.
        """
        ids = tuple(sorted(nodes))
        at = {node: position for position, node in enumerate(ids)}
        ends = np.array([(at[a], at[b]) for a, b in ties], dtype=np.int32).reshape(-1, 2)
        return cls(nodes=ids, source=ends[:, 0], target=ends[:, 1], directed=directed)

    @cached_property
    def position(self) -> dict[str, int]:
        """Where each id stands in `nodes`."""
        return {node: position for position, node in enumerate(self.nodes)}

    @property
    def ties(self) -> int:
        """Number of rows, self-loops and multiple ties included."""
        return len(self.source)

    def select(self, kinds: Collection[str], *, directed: bool | None = None) -> "EdgeTable":
        """Keep the ties of these kinds and all nodes; `directed` where the answer differs from the whole table's."""
        wanted = np.array([kind in kinds for kind in self.kinds], dtype=bool)
        rows = wanted[self._kind_of_ties()] if self.ties else np.zeros(0, dtype=bool)
        return EdgeTable(
            nodes=self.nodes,
            source=self.source[rows],
            target=self.target[rows],
            directed=self.directed if directed is None else directed,
            kind=None if self.kind is None else self.kind[rows],
            kinds=self.kinds,
            weight=None if self.weight is None else self.weight[rows],
        )

    def collapsed(self) -> "EdgeTable":
        """Drop self-loops, keep one tie where there were several, forget kind and weight; sorted by source, target.

        Undirected ties come out with the earlier node as their source.
        """
        a, b = self.source.astype(np.int64), self.target.astype(np.int64)
        if not self.directed:
            a, b = np.minimum(a, b), np.maximum(a, b)
        key = np.unique((a * len(self.nodes) + b)[a != b])
        source, target = np.divmod(key, max(1, len(self.nodes)))
        return EdgeTable(nodes=self.nodes, source=_ends(source), target=_ends(target), directed=self.directed)

    def undirected(self) -> "EdgeTable":
        """The same ties without their direction."""
        if not self.directed:
            return self
        return EdgeTable(
            nodes=self.nodes,
            source=self.source,
            target=self.target,
            directed=False,
            kind=self.kind,
            kinds=self.kinds,
            weight=self.weight,
        )

    def _kind_of_ties(self) -> Kinds:
        return np.zeros(self.ties, dtype=np.int16) if self.kind is None else self.kind

    def _keep(self, name: str, column: npt.NDArray[Any]) -> None:
        object.__setattr__(self, name, column)


def among(keys: npt.NDArray[np.int64], others: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Which keys are among the others, which are sorted: for many questions to the same ties."""
    if not len(others):
        return np.zeros(len(keys), dtype=bool)
    return others[np.minimum(np.searchsorted(others, keys), len(others) - 1)] == keys


def _refuse_doubles(what: str, names: tuple[str, ...]) -> None:
    if len(set(names)) != len(names):
        raise ValueError(f"every {what} may be named only once")


def _ends(values: npt.NDArray[np.int64]) -> Ends:
    return values.astype(np.int32)


def _positions(values: npt.ArrayLike, limit: int, dtype: type[np.signedinteger[Any]]) -> npt.NDArray[Any]:
    column = np.asarray(values)
    if column.ndim != 1 or (column.size and not np.issubdtype(column.dtype, np.integer)):
        raise ValueError("positions must be a row of whole numbers")
    if column.size and (column.min() < 0 or column.max() >= limit):
        raise ValueError(f"positions must lie between 0 and {limit - 1}")
    return _read_only(column, dtype)


def _weights(values: npt.ArrayLike) -> Weights:
    column = _read_only(np.asarray(values), np.float64)
    if column.ndim != 1 or not np.isfinite(column).all() or (column < 0).any():
        raise ValueError("weights must be finite numbers, none below 0")
    return column


def _read_only(column: npt.NDArray[Any], dtype: type[np.generic]) -> npt.NDArray[Any]:
    """Copy, so that nobody else can write to it: a table must not change after it was checked."""
    own = np.array(column, dtype=dtype)
    own.flags.writeable = False
    return own
