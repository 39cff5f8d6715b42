"""Hands letters of the outbox to the mail server; what it cannot hand over now it tries again, for two days."""

from __future__ import annotations

import os
import smtplib
import ssl
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

from graphdb import outbox
from graphdb.settings import MailServer, Settings
from graphdb.vault import Erased
from web.jobs.work import LaterError, PlainError

if TYPE_CHECKING:
    from graphdb.jobs import Job, Running
    from graphdb.outbox import Letter

SECONDS = 20
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480, 960, 1320))


def job(running: Running) -> dict[str, Any]:
    """Send one letter. A worker that dies between sending and saying so sends it twice, under one Message-ID."""
    server = Settings.from_env(os.environ).mail
    if server is None:
        raise _later(running)
    try:
        send(server, outbox.letter_of(running.graph.vault, running.job), running.job)
    except Erased:
        return {}
    except smtplib.SMTPRecipientsRefused as refused:
        if all(500 <= code < 600 for code, _ in refused.recipients.values()):
            outbox.forget(running.graph.vault, running.job)
            raise PlainError("no_address") from refused
        raise _later(running) from refused
    except (OSError, smtplib.SMTPException) as away:
        raise _later(running) from away
    outbox.forget(running.graph.vault, running.job)
    return {}


def send(server: MailServer, letter: Letter, job: Job) -> None:
    """Hand a letter over. Raises OSError, SMTPException."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = server.sender, letter.to, letter.subject
    message["Date"] = formatdate(job.created_at.timestamp())
    message["Message-ID"] = f"<{job.id}@{server.sender.rpartition('@')[2]}>"
    message.set_content(letter.text)
    if letter.calendar:  # RFC 6047: the calendar is another form of the same message
        message.add_alternative(letter.calendar, subtype="calendar", params={"method": letter.method})
    context = ssl.create_default_context()
    with _line(server, context) as line:
        if not server.tls and not _is_here(server.host):
            line.starttls(context=context)
        if server.user:
            line.login(server.user, server.password)
        line.send_message(message)


def _line(server: MailServer, context: ssl.SSLContext) -> smtplib.SMTP:
    if server.tls:
        return smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=context)
    return smtplib.SMTP(server.host, server.port, timeout=SECONDS)


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _later(running: Running) -> Exception:
    """When to try again; after two days, not at all."""
    tries = running.job.tries
    if tries <= len(WAITS):
        return LaterError(WAITS[tries - 1])
    outbox.forget(running.graph.vault, running.job)
    return PlainError("not_sent")
