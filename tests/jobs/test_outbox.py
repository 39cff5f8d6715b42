"""Letters: they leave with their change, once, and lie nowhere readable."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask

from graphdb import jobs
from graphdb.connection import Graph
from graphdb.outbox import letter_of
from graphdb.settings import MailServer, Settings, SettingsError
from graphdb.vault import Erased
from tests.conftest import SignIn
from web.jobs import work

TO = "new.partner@example.org"
SECRET = re.compile(r"/account/welcome#(\S+)")


@dataclass
class Post:
    """A mail server that keeps what it takes; `says` refuses."""

    taken: list[Message] = field(default_factory=list)
    says: str = ""

    async def handle_RCPT(self, _: Any, __: Any, envelope: Any, address: str, ___: Any) -> str:  # noqa: N802 - its name
        if self.says:
            return self.says
        envelope.rcpt_tos.append(address)
        return "250 taken"

    async def handle_DATA(self, _: Any, __: Any, envelope: Any) -> str:  # noqa: N802
        self.taken.append(message_from_bytes(envelope.content))
        return "250 taken"


@pytest.fixture
def post(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    kept = Post()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(kept, hostname="127.0.0.1", port=port)
    server.start()
    monkeypatch.setenv("MREZHA_SMTP", f"smtp://127.0.0.1:{port}")
    monkeypatch.setenv("MREZHA_MAIL_FROM", "network@example.org")
    app.config["MREZHA"] = Settings.from_env(
        {
            "MREZHA_HOME": str(app.config["MREZHA"].home),
            "MREZHA_SMTP": f"smtp://127.0.0.1:{port}",
            "MREZHA_MAIL_FROM": "network@example.org",
        }
    )
    yield kept
    server.stop()


def invite(sign_in: SignIn, **more: str) -> str:
    return sign_in("administrator").post("/settings/invite", {"role": "manager", **more}).get_data(as_text=True)


def only_job(graph: Graph) -> jobs.Job:
    return graph.fetch(jobs.MINE, owner="", everybody=True, limit=5)[0]


def test_an_invitation_goes_out_once_and_works(sign_in: SignIn, graph: Graph, post: Post, app: Flask) -> None:
    page = invite(sign_in, mail=TO)
    assert TO in page
    assert not SECRET.search(page), "whoever invites does not see the link"
    stored = str(graph.define("MATCH (n) RETURN properties(n) AS p"))
    assert work.work_one(graph, "w")
    assert not work.work_one(graph, "w")
    [letter] = post.taken
    assert (letter["To"], letter["From"]) == (TO, "network@example.org")
    found = SECRET.search(letter.get_payload(decode=True).decode())
    assert found
    assert found[1] not in stored
    assert TO not in stored
    assert only_job(graph).state == "done"
    sent = {
        "secret": found[1],
        "login": "newcomer",
        "name": "New",
        "language": "en",
        "password": "lantern copper window tide",
    }
    client = app.test_client()
    token = re.search(r'csrf_token"[^>]*value="([^"]+)"', client.get("/account/welcome").get_data(as_text=True))
    assert token
    made = client.post("/account/welcome", data={**sent, "again": sent["password"], "csrf_token": token[1]})
    assert made.status_code in {302, 303}
    with pytest.raises(Erased):
        letter_of(graph.vault, only_job(graph))


@pytest.mark.parametrize(
    ("says", "state", "error"), [("450 later", "queued", None), ("550 nobody here", "failed", "no_address")]
)
def test_what_the_server_says(
    sign_in: SignIn, graph: Graph, post: Post, says: str, state: str, error: str | None
) -> None:
    invite(sign_in, mail=TO)
    post.says = says
    assert work.work_one(graph, "w")
    assert (only_job(graph).state, only_job(graph).error) == (state, error)
    assert not post.taken
    post.says = ""
    graph.define("MATCH (j:Job) REMOVE j.not_before")
    assert work.work_one(graph, "w") == (state == "queued")
    assert len(post.taken) == (1 if state == "queued" else 0)


def test_it_is_given_up_after_two_days(
    sign_in: SignIn, graph: Graph, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    invite(sign_in, mail=TO)
    monkeypatch.setenv("MREZHA_SMTP", "smtp://127.0.0.1:9")  # nobody listens there
    tries = 0
    while work.work_one(graph, "w"):
        tries += 1
        graph.define("MATCH (j:Job) REMOVE j.not_before")
    assert (tries, only_job(graph).error, post.taken) == (8, "not_sent", [])


@pytest.mark.parametrize("mail", ["two@example.org, three@example.org", "a@example.org\nBcc: b@example.org", "nobody"])
def test_only_one_address_is_taken(sign_in: SignIn, graph: Graph, post: Post, mail: str) -> None:
    assert "Write one e-mail address." in invite(sign_in, mail=mail)
    assert not graph.fetch(jobs.MINE, owner="", everybody=True, limit=5)
    assert not post.taken


def test_without_a_mail_server_the_link_is_shown(sign_in: SignIn, graph: Graph) -> None:
    page = invite(sign_in, mail=TO)
    assert SECRET.search(page)
    assert TO not in page
    assert not graph.fetch(jobs.MINE, owner="", everybody=True, limit=5)


def test_the_settings_are_read_or_refused() -> None:
    def read(**env: str) -> MailServer | None:
        return Settings.from_env({"MREZHA_HOME": "/tmp/x", **env}).mail

    assert read() is None
    sender = {"MREZHA_MAIL_FROM": "a@example.org"}
    assert read(MREZHA_SMTP="smtps://me%40x:p%2Fw@mail.example.org", **sender) == MailServer(
        "mail.example.org", 465, "a@example.org", "me@x", "p/w", True
    )
    assert "p/w" not in repr(read(MREZHA_SMTP="smtp://me:p%2Fw@mail.example.org", **sender))
    for wrong in ({"MREZHA_SMTP": "mail.example.org", **sender}, {"MREZHA_SMTP": "smtp://mail"}, sender):
        with pytest.raises(SettingsError, match="MREZHA_"):
            read(**wrong)
