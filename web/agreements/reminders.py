"""The regular job that reminds people of agreements that lapse: letters without content, once for each day of reminder."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from flask_babel import force_locale, gettext

from analytics.agreements import due_reminder
from graphdb.agreements import reminding
from graphdb.outbox import Letter
from graphdb.writes import change
from web.language import EUROPEAN, LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from graphdb.agreements.reminding import Ending, Recipient
    from graphdb.connection import Graph
    from graphdb.jobs import Running
    from graphdb.writes import Change


def job(running: Running) -> dict[str, Any]:
    """Remind of every agreement whose day of reminder is reached; what was reminded of before is left alone."""
    on = datetime.now(UTC).date()
    days = reminding.days(running.graph)
    due = [
        (one, key)
        for one in reminding.ending(running.graph, on, on + timedelta(days=days[0]))
        if (key := _key(one, on, days))
    ]
    for done, (one, key) in enumerate(due, 1):
        change(running.graph, running.job.actor(), _reminder(running.graph, one, key), once=running.job.once(key))
        running.progress(done, len(due))
    return {"reminded": len(due)}


def _key(one: Ending, on: date, days: tuple[int, ...]) -> str:
    """The reminder that is due and was not given; empty for none."""
    before = due_reminder(one.life(), on, days)
    key = reminding.key_of(one, before) if before is not None else ""
    return "" if key in one.reminded else key


def _reminder(graph: Graph, one: Ending, key: str) -> Callable[[Change], str]:
    return lambda c: str(reminding.remind(c, graph, one, key, letter))


def letter(person: Recipient, address: str) -> Letter:
    """That something waits, never what: in the person's first language that the product speaks."""
    language = next((each for each in person["languages"] or [] if each in LANGUAGES), "en")
    with force_locale(EUROPEAN.get(language, language)):
        text = gettext(
            "An agreement that your organisation signed, or that you look after, ends soon. Sign in to your network's Mrezha: the first page says which."
        )
        return Letter(address, gettext("Something waits for you in your network"), text + "\n")
