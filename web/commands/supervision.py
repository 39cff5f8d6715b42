"""`flask mentoring supervision`: mentors with their load and their sessions, by references; no names, topics or notes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from analytics.supervision import EVERY_DAYS, MOST_PAIRS
from graphdb import supervision
from graphdb.actors import OWNER
from web.answers import head
from web.commands.answers import format_option, print_answer
from web.commands.database import database
from web.commands.days import as_of_option, today, window_option
from web.commands.mentoring import cell, group
from web.mentoring.usecases import RECENT_DAYS
from web.supervision.usecases import lateness

if TYPE_CHECKING:
    from graphdb.supervision import Supervised

HEADS = ("ref", "programme", "open", "active", "last_session", "days_late", "next_on", "n")


@group.command("supervision")
@window_option
@as_of_option
@format_option
def supervision_command(form: str, as_of: date | None, window: int | None) -> None:
    """Mentors with their pairs and their sessions of supervision; whose session is late. Without --window 90 days."""
    on = as_of or today()
    begin = on - timedelta(days=window or RECENT_DAYS)
    with database() as graph:
        mentors, every = supervision.overview(graph, OWNER, "", on, "en", limit=None)
    sessions = [one for one in every if one.on > begin]
    days: dict[str, list[date]] = {one.id: [] for one in mentors}
    for one in sessions:
        days.setdefault(one.mentor, []).append(one.on)
    late = lateness(mentors, on)
    lines = [_line(one, late[one.id], sorted(days[one.id])) for one in mentors]
    gone = sum(one.mentor not in late for one in sessions)
    answer = {
        **head(on, (begin, on), {"mentor_left": gone}), "every_days": EVERY_DAYS, "most_pairs": MOST_PAIRS,
        "n": len(sessions) - gone, "late": sum(one is not None for one in late.values()), "mentors": lines,
    }  # fmt: skip
    print_answer(form, answer, HEADS, [[cell(line[name]) for name in HEADS] for line in lines])


def _line(one: Supervised, late: int | None, days: list[date]) -> dict[str, Any]:
    return {
        "id": one.ref, "ref": one.ref, "ulid": one.id, "programme": one.programme_name, "open": one.open, "active": one.active,
        "too_many": one.open > MOST_PAIRS, "last_session": one.last, "days_late": late, "next_on": one.next_on,
        "n": len(days), "sessions": days,
    }  # fmt: skip


COMMANDS = ()
