"""Who is missing, where: the coverage matrix, its files, and one cell of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import abort, render_template, request, url_for
from flask_babel import ngettext
from flask_login import current_user

from analytics.coverage import GAPS, CellKey, cells
from graphdb import gaps
from graphdb.coverage import known
from web.access import allow, granted
from web.files import table_file
from web.gaps import asked, collaboration, decisions
from web.gaps.blueprint import bp
from web.gaps.cellview import CellView, cell_view, since_words
from web.gaps.matrix import cells_of, heaviest, matrix, place_heads, title_of
from web.gaps.reading import has_page, may_any, reader
from web.gaps.scopes import levels_in_use
from web.gaps.sentences import MEANINGS, SHOWN_CLASSES, STEPS, cell_words, class_word
from web.gaps.usecases import CoverageAnswer, coverage_answer
from web.language import lazy
from web.pages import as_of, today
from web.sessions import graph
from web.words import reasons

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from flask.typing import ResponseReturnValue

    from analytics.coverage import Cell

__all__ = ["bp", "decisions"]
HEADS = (
    lazy("Place"), lazy("Service type"), lazy("Group"), lazy("State"), lazy("Class"), lazy("Partners"), lazy("Checked partners"),
    lazy("Why"),
)  # fmt: skip
CHOICES = 400
"""More places than these are not offered in a list; the level and the search find them."""
LINES = 300
"""Lines of the table; the file has all."""
GRAVITY = ("absent", "fragile", "unverified", "not_assessed", "covered")


@bp.context_processor
def furniture() -> dict[str, object]:
    """Words and questions that the templates of gaps share."""
    return {
        "class_word": class_word, "has_page": has_page, "may_any": may_any, "meanings": MEANINGS,
        "shown_classes": SHOWN_CLASSES, "since_words": since_words, "collaboration_heads": collaboration.CLASS_HEADS,
        "cell_text": asked.key_text, "step_words": STEPS,
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """What the address asked for, and the answer to it."""

    asked: asked.Asked
    answer: CoverageAnswer
    group: str | None

    def query(self) -> dict[str, Any]:
        """The address of this page, as arguments."""
        return self.asked.query() | ({"group": self.group} if self.group and "group" in request.args else {})


@bp.get("/")
@allow("gap", "read")
def index() -> ResponseReturnValue:
    """The heat map of one group, and the heaviest or the chosen cell of it beside."""
    page = _page()
    shown = cells_of(page.answer, page.group)
    if file := request.args.get("format"):
        return _file(page.answer, file)
    key = asked.key_in(request.args.get("at", "")) or _key(heaviest(shown) if shown else None)
    decided = gaps.decisions(graph)
    drawn = matrix(
        shown, page.answer, decided, _cell_url(page), key if request.args.get("at") else None,
        only_gaps=page.asked.only_gaps,
    )  # fmt: skip
    view = _view(page.answer, key) if key and not drawn.big else None
    rows = _rows(page, shown)
    return render_template(
        "gaps/index.html",
        view=view,
        matrix=drawn,
        rows=rows[:LINES],
        more=max(0, len(rows) - LINES),
        **_frame(page, shown),
    )


@bp.get("/cell/<at>")
@allow("gap", "read")
def cell(at: str) -> ResponseReturnValue:
    """One cell: on its own page, or taken from it into the matrix by the page's script."""
    key = asked.key_in(at)
    page = _page()
    if key is None or (page.answer.places is not None and key.place not in page.answer.places):
        abort(404)
    view = _view(page.answer, key)
    if view is None:
        abort(404)
    return render_template("gaps/cell.html", view=view, back=url_for("gaps.index", **page.query()), asked=page.asked)


def _page() -> Page:
    """Everything the request's address asks for; 1 to 3 statements where nothing is kept."""
    who = reader()
    wanted = asked.asked_for(request.args, known(graph, who.coverage).facts, as_of())
    answer = coverage_answer(graph, who, as_of(), wanted.scope, wanted.limits)
    return Page(wanted, answer, asked.group_in(answer.coverage, request.args))


def _view(answer: CoverageAnswer, key: CellKey) -> CellView | None:
    counts = bool(granted(current_user.roles, "referral", "counts"))
    return cell_view(graph, reader(), answer, key, today(), counts=counts)


def _key(found: Cell | None) -> CellKey | None:
    return None if found is None else CellKey(found.place, found.service, found.group)


def _cell_url(page: Page) -> Callable[[str], str]:
    """Addresses of cells: made once and filled in, since there may be thousands."""
    pattern = url_for("gaps.cell", at="0.0.0", **page.query())
    return lambda at: pattern.replace("0.0.0", at, 1)


def _frame(page: Page, shown: Sequence[Cell]) -> dict[str, object]:
    """What stands around the matrix: the answer in numbers, and what else may be asked."""
    answer, names = page.answer, page.answer.names
    counts = Counter(str(one.cls) for one in shown)
    facts, grid = answer.known.facts, answer.coverage.grid
    services = [*facts.services.types, *(each.service for each in facts.requirements)]
    return {
        "asked": page.asked, "answer": answer, "counts": counts, "looked_at": len(shown) - counts["not_assessed"],
        "group": names.get(page.group or ""),
        "groups": [names[each] for each in grid.groups if each is not None and each in names],
        "levels": levels_in_use(facts), "requirements": bool(facts.requirements),
        "insides": place_heads(facts.places, answer) if len(facts.places) <= CHOICES else [],
        "services": sorted({(title_of(one, names), one) for one in services}),
        "days": asked.DAYS, "lead": lead(counts), "answers": len(facts.assessments), "query": page.query(),
    }  # fmt: skip


def lead(counts: Mapping[str, int]) -> list[str]:
    """The answer in sentences, each with its number."""
    looked = sum(counts.values()) - counts["not_assessed"]
    said: list[str] = []
    if looked:
        said.append(
            ngettext(
                "In %(absent)s of the %(num)s cell that somebody has looked at there is <b>nobody</b>; %(fragile)s hang on <b>one</b> partner.",
                "In %(absent)s of the %(num)s cells that somebody has looked at there is <b>nobody</b>; %(fragile)s hang on <b>one</b> partner.",
                looked, absent=counts["absent"], fragile=counts["fragile"],
            )
        )  # fmt: skip
    if n := counts["unverified"]:
        said.append(ngettext("In %(num)s somebody is listed and nobody has checked.", "In %(num)s somebody is listed and nobody has checked.", n))  # fmt: skip
    if n := counts["not_assessed"]:
        said.append(
            ngettext(
                "%(num)s more cell nobody has asked about yet: it is not counted.",
                "%(num)s more cells nobody has asked about yet: they are not counted.", n,
            ) if looked else ngettext(
                "There is %(num)s cell, and nobody has asked about it yet: nothing is counted.",
                "There are %(num)s cells, and nobody has asked about any of them yet: nothing is counted.", n,
            )
        )  # fmt: skip
    return said


def _rows(page: Page, shown: Sequence[Cell]) -> list[dict[str, Any]]:
    """The cells of the group as a table; nothing for the heat map."""
    if not page.asked.table:
        return []
    names, url = page.answer.names, _cell_url(page)
    kept = [one for one in shown if one.cls in GAPS] if page.asked.only_gaps else shown
    rows: list[dict[str, Any]] = [
        {
            "cls": str(one.cls), "words": cell_words(one, names), "place": title_of(one.place, names),
            "service": title_of(one.service, names), "why": reasons(one.reasons, names),
            "url": url(asked.key_text(CellKey(one.place, one.service, one.group))),
        }
        for one in kept
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (GRAVITY.index(str(row["cls"])), str(row["service"]), str(row["place"])))


def _file(answer: CoverageAnswer, file: str) -> ResponseReturnValue:
    """Every cell of every group, as a table to keep."""
    names = answer.names
    body = [
        [
            title_of(one.place, names), title_of(one.service, names), title_of(one.group, names) if one.group else "",
            class_word(str(one.cls)), str(one.cls), " | ".join(title_of(each, names) for each in one.providers),
            " | ".join(title_of(each, names) for each in one.confirmed), "; ".join(reasons(one.reasons, names)),
        ]
        for one in cells(answer.coverage)
    ]  # fmt: skip
    return table_file(f"coverage-{answer.coverage.as_of}", file, [str(head) for head in HEADS], body)
