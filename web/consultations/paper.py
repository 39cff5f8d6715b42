"""The table of comments in the reader's words: the columns that standards bodies use, organisation before person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext, ngettext

from web.consultations import usecases
from web.language import code
from web.meetings.words import local
from web.packs.lettering import shortened
from web.packs.words import day_and_clock, locale_of
from web.pages import day, word

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from graphdb.consultations.reading import CommentOf, ConsultationView
    from web.consultations.usecases import Figures


def heads() -> list[str]:
    """The columns of the table as a file."""
    return [
        gettext("No."), gettext("Organisation"), gettext("On which part"), gettext("Comment"), gettext("Proposed text"),
        gettext("How it was given"), gettext("On version"), gettext("Decision"), gettext("Why"), gettext("Decided on"),
    ]  # fmt: skip


def cells(line: CommentOf) -> list[str]:
    """One comment under `heads`."""
    return [
        str(line["number"]), line["organisation"]["title"], line["part"] or "", line["text"], line["proposed"] or "",
        given(line), line["edition"], word("comment_decision", line["decision"]), line["reason"] or "",
        line["decided_on"].isoformat() if line["decided_on"] else "",
    ]  # fmt: skip


def given(line: CommentOf) -> str:
    """How a comment was given: in writing, at a meeting, at which."""
    return line["meeting"]["title"] if line["meeting"] else word("comment_given", line["given"])


def sheet(found: ConsultationView, lines: Sequence[CommentOf], now: datetime) -> dict[str, Any]:
    """The draft and these lines of its table as plain lists and texts."""
    figures = usecases.figures(found)
    locale = locale_of(code())
    return {
        "w": {
            "pack": gettext("Table of comments"), "reference": gettext("Reference"), "printed": gettext("Printed"),
            "page_of": gettext("{page} of {pages}"), "none": gettext("There are no comments."),
        },
        "network": found.network, "running_network": shortened(found.network or "Mrezha", 60),
        "title": found.title, "running_title": shortened(found.title, 60), "ref": found.ref,
        "when": f"{word('draft_kind', found.kind)}, {gettext('version %(name)s', name=found.edition)}",
        "where": gettext("Comments until %(day)s", day=day(found.until)),
        "as_of": day(local(now, found.zone)), "printed": day_and_clock(local(now, found.zone), locale),
        "summary": [*sentences(figures), *chosen(found, lines)],
        "heads": [
            gettext("No."), gettext("Organisation"), gettext("On which part"), gettext("Comment"),
            gettext("Proposed text"), gettext("Decision"), gettext("Why"),
        ],
        "rows": [_row(line) for line in lines],
    }  # fmt: skip


def _row(line: CommentOf) -> list[str]:
    return [
        str(line["number"]),
        f"{line['organisation']['title']}\n({given(line)}; {gettext('version %(name)s', name=line['edition'])})",
        line["part"] or "", line["text"], line["proposed"] or "", word("comment_decision", line["decision"]),
        line["reason"] or "",
    ]  # fmt: skip


def sentences(figures: Figures) -> list[str]:
    """A table in sentences: how many comments, from how many of those asked, who is silent, what was decided."""
    told = [
        ngettext("%(num)s comment", "%(num)s comments", figures.comments)
        + ", "
        + gettext("%(n)s of %(all)s asked organisations have answered.", n=figures.answered, all=figures.asked)
    ]
    for text, who in (
        (gettext("Nothing to add:"), figures.content),
        (gettext("Not answered:"), figures.silent),
        (gettext("Commented without being asked:"), figures.others),
    ):
        if who:
            told.append(f"{text} {', '.join(each['title'] for each in who)}.")
    decided = [f"{word('comment_decision', decision)}: {n}" for decision, n in figures.decisions.items() if n]
    return [*told, *([f"{'; '.join(decided)}."] if decided else [])]


def chosen(found: ConsultationView, lines: Sequence[CommentOf]) -> list[str]:
    """Said where the paper does not hold all comments."""
    if len(lines) == len(found.comments):
        return []
    return [gettext("This paper shows %(n)s of %(all)s comments.", n=len(lines), all=len(found.comments))]
