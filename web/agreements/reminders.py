"""The regular job that reminds people of agreements that lapse: letters without content, once for each day of reminder."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from flask_babel import force_locale, gettext

from analytics.agreements import due_reminder
from graphdb.addresses import contacts, each_once
from graphdb.agreements import reminding
from graphdb.network import network
from graphdb.outbox import Letter, with_link
from graphdb.settings import Settings
from graphdb.writes import change
from web.language import locale_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from graphdb.addresses import Contact
    from graphdb.agreements.reminding import Ending
    from graphdb.connection import Graph
    from graphdb.jobs import Running
    from graphdb.writes import Change


def job(running: Running) -> dict[str, Any]:
    """Remind of every agreement whose day of reminder is reached; what was reminded of before is left alone.

    Without a mail server nobody is: the first page warns of the same, and the letters go once there is one.
    """
    if Settings.from_env(os.environ).mail is None:
        return {"reminded": 0}
    on = datetime.now(UTC).date()
    days = reminding.days(running.graph)
    due = [
        (one, key)
        for one in reminding.ending(running.graph, on, on + timedelta(days=days[0]))
        if (key := _key(one, on, days))
    ]
    for done, (one, key) in enumerate(due, 1):
        change(running.graph, running.job.actor(), _reminder(running.graph, one, key, on), once=running.job.once(key))
        running.progress(done, len(due))
    return {"reminded": len(due)}


def _key(one: Ending, on: date, days: tuple[int, ...]) -> str:
    """The reminder that is due and was not given; empty for none."""
    before = due_reminder(one.life(), on, days)
    key = reminding.key_of(one, before) if before is not None else ""
    return "" if key in one.reminded else key


def _reminder(graph: Graph, one: Ending, key: str, on: date) -> Callable[[Change], str]:
    address = network(graph).address
    letters = [letter(each, address) for each in each_once(contacts(graph, one.parties, on, one.people))]
    return lambda c: str(reminding.remind(c, graph, one, key, letters))


def letter(person: Contact, address: str) -> Letter:
    """That something waits, never what."""
    with force_locale(locale_of(person.languages)):
        text = gettext(
            "An agreement that your organisation signed, or that you look after, ends soon. Sign in to your network's Mrezha: the first page says which."
        )
        return Letter(person.mail, gettext("Something waits for you in your network"), with_link(text, address))
