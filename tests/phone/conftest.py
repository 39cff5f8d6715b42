"""The programme of the mentoring tests, and a phone of its mentor."""

from __future__ import annotations

import re

import pytest

from tests.mentoring.conftest import programme  # noqa: F401 - a fixture
from web.pages import today


class Phone:
    """A remembered phone: a browser of its own with nothing but the phone's cookie."""

    def __init__(self, app, someone):
        page = someone.get("/account/phone").text
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]
        self.answer = someone.client.post("/account/phone", data={"csrf_token": token, "phone": "one"})
        assert self.answer.status_code == 200
        self.handles = self.answer.json["handles"]
        self.cookie = self.answer.headers["Set-Cookie"]
        self.key = re.match(r"mrezha-phone=([^;]+)", self.cookie)[1]
        self.client = app.test_client()
        self.client.set_cookie("mrezha-phone", self.key, path="/mentoring/phone")

    def state(self):
        return self.client.get("/mentoring/phone/state").json

    def send(self, pair, token=None, **more):
        """An entry for a pair, by its handle."""
        entry = {"key": "k1", "pair": self.handles.get(pair, pair), "on": today().isoformat(), "channel": "phone",
                 "minutes": 15, "topic": "health", "next_on": "", "sure": [], **more}  # fmt: skip
        token = self.state().get("token", "") if token is None else token
        return self.client.post("/mentoring/phone/send", json=entry, headers={"X-CSRFToken": token})


@pytest.fixture
def mentor(sign_in, programme):  # noqa: F811
    return sign_in("mentor", person=programme.people["Mila"], programme=programme.id)


@pytest.fixture
def phone(app, mentor):
    return Phone(app, mentor)
