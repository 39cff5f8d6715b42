"""What the pack of a meeting holds: facts and sentences in the reader's language, frozen as they were that day.

A pack goes to JSON and back without loss, so it can be stored beside the meeting and printed again identically.
Dates stay dates and are written out when printed. Lists may be longer than what is printed; the print says so.
"""

from dataclasses import dataclass
from datetime import date, datetime

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Meeting:
    """`start` and `end` carry their time zone and are printed in it."""

    ref: str
    title: str
    start: datetime
    place: str
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class AgendaItem:
    title: str
    minutes: int | None = None
    reasons: tuple[str, ...] = ()
    proposer: str = ""


@dataclass(frozen=True, slots=True)
class Invitation:
    organisation: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CoverageClass:
    """A class of coverage: `code` as in definitions.md 2.4 picks sign and colour, `word` is what people read.

    `cells` counts the cells of this class over the whole grid, not only those listed.
    """

    code: str
    word: str
    meaning: str = ""
    cells: int = 0


@dataclass(frozen=True, slots=True)
class CoverageGap:
    sentence: str
    code: str
    place: str
    service: str
    group: str = ""
    providers: tuple[str, ...] = ()
    since: date | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MatrixCell:
    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """Services down, places across; `rows[i][j]` is service i in place j. `group` names whom it is for."""

    places: tuple[str, ...]
    services: tuple[str, ...]
    rows: tuple[tuple[MatrixCell, ...], ...]
    group: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """`denominator` counts the assessed cells; `not_assessed` stands beside it and is never part of it."""

    denominator: int
    not_assessed: int
    classes: tuple[CoverageClass, ...]
    gaps: tuple[CoverageGap, ...] = ()
    matrix: Matrix | None = None


@dataclass(frozen=True, slots=True)
class CollaborationGap:
    """`b` is empty where the gap is not one of a pair. `n` counts the evidence inside the window."""

    word: str
    a: str
    b: str = ""
    reasons: tuple[str, ...] = ()
    window_from: date | None = None
    window_to: date | None = None
    n: int | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """Gaps opened and closed since the last meeting of the series, each in a sentence."""

    since: date
    opened: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenAction:
    text: str
    owner: str
    due: date | None = None


@dataclass(frozen=True, slots=True)
class LapsingAgreement:
    title: str
    parties: tuple[str, ...]
    ends: date


@dataclass(frozen=True, slots=True)
class Indicator:
    """`value` is already written out ("71 %"); `hidden` says what was left out of it, and why."""

    label: str
    value: str
    n: int | None = None
    window: str = ""
    hidden: str = ""


@dataclass(frozen=True, slots=True)
class NodeKind:
    """`shape` as vis-network names it: dot, square, triangle, triangleDown, diamond, hexagon. `colour` as #rrggbb."""

    word: str
    shape: str = "dot"
    colour: str = "#5b6570"


@dataclass(frozen=True, slots=True)
class MapNode:
    """`x` grows to the right, `y` downwards, in any unit; `kind` is the word of a NodeKind."""

    id: str
    label: str
    kind: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class MapTie:
    """`missing`: expected but not seen, drawn dashed."""

    a: str
    b: str
    missing: bool = False


@dataclass(frozen=True, slots=True)
class NetworkMap:
    kinds: tuple[NodeKind, ...]
    nodes: tuple[MapNode, ...]
    ties: tuple[MapTie, ...] = ()
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """`language` is a BCP 47 or POSIX tag (bg, sr-Latn, sr_Cyrl); `generated` carries the zone it is printed in.

    `hidden` says what the reader may not see, and why; empty: nothing. None, here and for gaps and changes: not
    computed, or nothing to compare with. The print never says "none" of what was not looked at.
    """

    network: str
    language: str
    as_of: date
    generated: datetime
    meeting: Meeting
    agenda: tuple[AgendaItem, ...] = ()
    invitations: tuple[Invitation, ...] = ()
    coverage: Coverage | None = None
    collaboration: tuple[CollaborationGap, ...] | None = None
    changes: Changes | None = None
    actions: tuple[OpenAction, ...] = ()
    agreements: tuple[LapsingAgreement, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    map: NetworkMap | None = None
    hidden: tuple[str, ...] | None = None
    notes: tuple[str, ...] = ()
