"""Who should work together and does not: one table for each class, each line with its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from flask import render_template, request
from flask_babel import gettext

from analytics.collaboration import GapClass
from graphdb import gaps
from web.access import allow, may
from web.files import table_file
from web.gaps.blueprint import bp
from web.gaps.reading import reader
from web.gaps.sentences import CLASS_HEADS, between_sentence, class_word
from web.gaps.usecases import MENTORING, collaboration_answer, is_settled
from web.language import lazy
from web.pages import as_of, day, today, word
from web.sessions import graph
from web.words import because, reasons

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flask.typing import ResponseReturnValue

    from analytics.collaboration import CollaborationGap
    from graphdb.naming import Name
    from web.gaps.usecases import CollaborationAnswer

__all__ = ["CLASS_HEADS"]
SHOWN = ("open", "settled", "all")
HEADS = (
    lazy("State"), lazy("Class"), lazy("Partner"), lazy("Other partner"), lazy("Why"), lazy("Seen over"), lazy("n"),
    lazy("Since"), lazy("Decision"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One gap in words."""

    key: str
    sentence: str
    cls: str
    ends: tuple[str, str]
    reasons: Sequence[str]
    window: tuple[date, date] | None
    n: int
    first_seen: date | None
    state: str
    settled: bool


@bp.get("/collaboration")
@allow("gap", "read")
def collaboration() -> ResponseReturnValue:
    """The gaps of one day, open ones first of all."""
    answer = collaboration_answer(graph, reader(), as_of())
    wanted = request.args.get("show", "open")
    wanted = wanted if wanted in SHOWN else "open"
    lines = [_line(gap, answer) for gap in answer.gaps]
    shown = [line for line in lines if wanted == "all" or line.settled == (wanted == "settled")]
    if file := request.args.get("format"):
        return _file(answer, shown, file)
    first, last = window_of(answer)
    by_class = {str(cls): [line for line in shown if line.cls == cls] for cls in GapClass}
    planned = gaps.show(graph, reader().viewer, reader().language, today()).planned if may("agenda", "gap") else []
    return render_template(
        "gaps/collaboration.html", answer=answer, by_class=by_class, lines=lines, shown=shown, wanted=wanted,
        planned=planned, settled=sum(line.settled for line in lines), window=gettext("%(first)s to %(last)s", first=day(first), last=day(last)),
        mentoring=MENTORING, not_judged=[(str(each.cls), each.n, because({"code": each.code}, {})) for each in answer.report.not_judged],
    )  # fmt: skip


def _line(gap: CollaborationGap, answer: CollaborationAnswer) -> Line:
    names, kept = answer.names, answer.decided.get(gap.key)
    source = title_or_somebody(gap.source, names)
    target = title_or_somebody(gap.target, names) if gap.target else ""
    return Line(
        gap.key,
        between_sentence(str(gap.cls), source, target or None),
        str(gap.cls),
        (source, target),
        reasons(gap.reasons, names),
        window_of(answer) if gap.window else None,
        gap.n,
        kept.first_seen if kept else None,
        kept.state if kept else "detected",
        kept is not None and is_settled(kept, answer.report.as_of),
    )


def title_or_somebody(record: str, names: Mapping[str, Name]) -> str:
    """What a record is called, or "somebody" where this reader may not know."""
    return names[record].title if record in names else gettext("somebody")


def window_of(answer: CollaborationAnswer) -> tuple[date, date]:
    """First and last day looked at."""
    return answer.report.window.after + timedelta(days=1), answer.report.window.until


def _file(answer: CollaborationAnswer, lines: Sequence[Line], file: str) -> ResponseReturnValue:
    body = [
        [
            class_word(line.cls), line.cls, *line.ends, "; ".join(line.reasons),
            "/".join(one.isoformat() for one in line.window or ()), str(line.n),
            line.first_seen.isoformat() if line.first_seen else "", word("gap_state", line.state),
        ]
        for line in lines
    ]  # fmt: skip
    return table_file(f"collaboration-{answer.report.as_of}", file, [str(head) for head in HEADS], body)
