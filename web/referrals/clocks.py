"""The clock of referrals at work: reminders and what is brought before others, in the inbox and by mail.

A mail says that something waits, never what: no case, no service, no name.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from flask_babel import force_locale, gettext

from graphdb import outbox
from graphdb.addresses import contacts, each_once
from graphdb.network import network
from graphdb.outbox import Letter, with_link
from graphdb.referrals.clocks import ring, unanswered
from graphdb.settings import Settings
from graphdb.writes import change
from web.language import locale_of

if TYPE_CHECKING:
    from graphdb.addresses import Contact
    from graphdb.connection import Graph
    from graphdb.jobs import Running
    from graphdb.referrals.clocks import Rung
    from graphdb.writes import Change


def job(running: Running) -> dict[str, Any]:
    """Ring once: mark, let lapse, and put the letters into the outbox in the same change."""
    graph = running.graph
    waiting, told = unanswered(graph), network(graph)
    mails = Settings.from_env(os.environ).mail is not None

    def work(c: Change) -> str:
        rung = ring(c, graph, waiting, told.limits)
        letters = _letters(graph, c, rung, told.address) if mails else 0
        return f"{len(rung.remind)} {len(rung.escalate)} {rung.lapsed} {letters}"

    said = change(graph, running.job.actor(), work, once=running.job.once())
    reminded, escalated, lapsed, letters = (int(part) for part in said.split())
    return {"reminded": reminded, "escalated": escalated, "lapsed": lapsed, "letters": letters}


def _letters(graph: Graph, c: Change, rung: Rung, address: str) -> int:
    """One letter an address: to receivers that something waits for them, to senders that they still wait."""
    asked = [
        (contact, late)
        for organisations, late in ((rung.remind, False), (rung.escalate, True))
        for contact in each_once(contacts(graph, organisations, c.at.date()))
    ]
    for contact, late in asked:
        outbox.post(c, graph.vault, _letter(contact, address, late=late))
    return len(asked)


def _letter(contact: Contact, address: str, *, late: bool) -> Letter:
    with force_locale(locale_of(contact.languages)):
        if late:
            subject = gettext("An answer you wait for is long overdue")
            text = gettext(
                "Something your organisation sent has waited for an answer for more than twice its time. Sign in to see it; a call may help."
            )
        else:
            subject = gettext("Something waits for your organisation")
            text = gettext(
                "Something sent to your organisation waits for an answer, and its time is over. Sign in to see and answer it."
            )
        return Letter(contact.mail, subject, with_link(text, address))
