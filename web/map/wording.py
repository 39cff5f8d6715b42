"""The map in words: labels, what a line says, why a tie is missing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext, ngettext

from web.pages import word
from web.ties.wording import because, seen_last
from web.words import reasons

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphdb.ties import Missing
    from web.map.usecases import Line, Spot

LABEL_LINE = 20
LABEL_LINES = 2


def label(name: str) -> str:
    """A name as it fits below its node: at most two lines of 20 letters, cut at words where possible."""
    lines: list[str] = []
    for part in name.split():
        if lines and len(lines[-1]) + 1 + len(part) <= LABEL_LINE:
            lines[-1] += f" {part}"
        else:
            lines.append(part)
    shown = [line if len(line) <= LABEL_LINE else f"{line[: LABEL_LINE - 1]}…" for line in lines[:LABEL_LINES]]
    if len(lines) > LABEL_LINES and not shown[-1].endswith("…"):
        shown[-1] = f"{shown[-1][: LABEL_LINE - 1]}…"
    return "\n".join(shown)


def about(spot: Spot, place: str) -> str:
    """Who an organisation is, in one line."""
    kind = word("organisation_kind", spot.node.kind)
    partners = ngettext("%(num)s partner on this map", "%(num)s partners on this map", spot.partners)
    return " · ".join(part for part in (kind, place, partners) if part)


def line_text(line: Line) -> str:
    """What is known of a pair: `14 referrals, 6 meetings; last seen 12 Nov 2026`."""
    last = max(line.ties, key=lambda tie: str(tie.last or ""))
    day = seen_last(last)
    text = because(line.ties)
    return gettext("%(what)s; last seen %(day)s", what=text, day=day) if day else text


@dataclass(frozen=True, slots=True)
class Titled:
    """An organisation as reasons name it."""

    title: str


def missing_text(gap: Missing, names: Mapping[str, str]) -> str:
    """Which tie is missing, and why one would expect it."""
    said = json.loads(gap.reasons or "[]")
    why = reasons(said, {record: Titled(name) for record, name in names.items() if record in {gap.source, gap.target}})
    return "; ".join([gettext("missing: %(what)s", what=word("gap_class", gap.cls)), *why])
