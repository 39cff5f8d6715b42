"""The regular job that reminds people of what waits in mentoring: letters without content, each once."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flask_babel import force_locale, gettext

from analytics.supervision import EVERY_DAYS
from analytics.thresholds import DEFAULTS
from graphdb.addresses import contacts, each_once
from graphdb.mentoring import reminding
from graphdb.network import network
from graphdb.outbox import Letter, with_link
from graphdb.settings import Settings
from graphdb.writes import change
from web.language import locale_of

if TYPE_CHECKING:
    from graphdb.addresses import Contact
    from graphdb.jobs import Running


def job(running: Running) -> dict[str, Any]:
    """Give every reminder that is due. Without a mail server nobody is reminded but by the first page."""
    if Settings.from_env(os.environ).mail is None:
        return {"reminded": 0}
    graph, on = running.graph, datetime.now(UTC).date()
    found = reminding.due(graph, on, EVERY_DAYS, DEFAULTS.quiet_days)
    address = network(graph).address
    for done, one in enumerate(found, 1):
        letters = [letter(each, address) for each in each_once(contacts(graph, (), on, one.people))]
        change(
            graph,
            running.job.actor(),
            lambda c, one=one, letters=letters: str(reminding.remind(c, graph, one, letters)),
            once=running.job.once(one.key),
        )
        running.progress(done, len(found))
    return {"reminded": len(found)}


def letter(person: Contact, address: str) -> Letter:
    """That something waits, never what."""
    with force_locale(locale_of(person.languages)):
        text = gettext(
            "Something in your mentoring programme waits for you. Sign in to your network's Mrezha: the first page says what."
        )
        return Letter(person.mail, gettext("Something waits for you in your network"), with_link(text, address))
