"""The page of counts: how referrals go, as each reader may know it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from flask import abort, render_template, request
from flask_babel import format_percent, gettext
from flask_login import current_user

from analytics.referral_indicators import PUBLISHED, RATES, Day
from analytics.referral_steps import UNANSWERED
from graphdb import referrals
from web.access import viewer
from web.files import table_file
from web.gaps.reading import reader
from web.gaps.usecases import names_for
from web.language import code
from web.pages import as_of, as_of_given
from web.referrals import usecases
from web.referrals.figure_words import FIGURE_WORDS
from web.referrals.figures import BYS, ENDS, FIGURES, Asked, Figures, figures, lines, quarter, quarters, value
from web.sessions import graph
from web.typed import day_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.typing import ResponseReturnValue

    from analytics.referral_indicators import By
    from analytics.referral_table import Row, Table

WINDOW = 90
MOST_ROWS = 200


def page() -> ResponseReturnValue:
    """Numbers of the window asked for; as a file where `format` says so; for the coordinator the clocks, without case."""
    exact = "coordinator" in current_user.roles
    asked = _asked(exact=exact)
    found = figures(graph, asked, viewer().organisations, exact=exact)
    titles = {record: name.title for record, name in names_for(graph, reader()).items()} | {
        "": gettext("not said"), "all": gettext("All together"),
    }  # fmt: skip
    if kind := request.args.get("format"):
        return _file(found, titles, kind)
    clocks = graph.fetch(referrals.CLOCKS, states=sorted(UNANSWERED), limit=100, lang=code()) if exact else []
    return render_template(
        "referrals/counts.html", found=found, titles=titles, clocks=usecases.late_clocks(clocks, as_of(), found.limits), exact=exact,
        bys=BYS, ends=ENDS, rates=RATES, published=PUBLISHED, value=value, in_order=lambda table: _in_order(table, titles), figure_words=FIGURE_WORDS, percent=_percent,
        quarters=[] if exact else quarters(as_of()), most=MOST_ROWS, args=_kept(asked, exact=exact),
    )  # fmt: skip


def _in_order(shown: Table, titles: Mapping[str, str]) -> list[Row]:
    """The rows by what is shown of them: the order of what is held back would tell of it."""
    return sorted(
        shown.rows, key=lambda row: (-(row.count("sent") or 0), [titles.get(record, record) for record in row.key])
    )


def _asked(*, exact: bool) -> Asked:
    """What the address asks for. Who is shown rounded windows sees whole quarters: the difference of two windows that
    overlap would tell what each holds back."""
    by: By | None = next((each for each in BYS if each == request.args.get("by")), None)
    day = Day.at(as_of(), datetime.now(UTC))
    if not exact:
        start, end = quarter(_day("from") or quarter(day.on)[0] - timedelta(days=1))
        return Asked(start, end, day, by)
    end = _day("to") or day.on
    start = _day("from") or end - timedelta(days=WINDOW - 1)
    return Asked(min(start, end), max(start, end), day, by)


def _day(name: str) -> date | None:
    given = request.args.get(name, "")
    found = day_in(given)
    if given and found is None:
        abort(400, gettext("“%(given)s” is not a date; write it as 2026-03-31.", given=given[:40]))
    return found


def _kept(asked: Asked, *, exact: bool) -> dict[str, str]:
    """The address again, for links to files and to other rows."""
    kept = {"from": asked.start.isoformat()} | ({"to": asked.end.isoformat()} if exact else {})
    kept |= {"by": asked.by} if asked.by else {}
    return kept | ({"as_of": as_of().isoformat()} if as_of_given() else {})


def _file(found: Figures, titles: dict[str, str], kind: str) -> ResponseReturnValue:
    own = request.args.get("whose") == "own" and found.own is not None
    shown = found.own if own and found.own else found.others
    ends = ENDS[shown.by] if shown.by else ()
    heads = [str(FIGURE_WORDS[name]) for name in (*ends, *FIGURES)]
    body = [["" if cell is None else str(cell) for cell in line] for line in lines(shown, titles)]
    return table_file(f"referrals-{found.asked.start}-{found.asked.end}", kind, heads, body)


def _percent(share: float) -> str:
    return format_percent(share, "#,##0%")
