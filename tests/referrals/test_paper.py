"""The form in three copies: what both agreed on, and the note on two of them only."""

from __future__ import annotations

import re
from pathlib import Path

import web.packs
from tests.packs.pdf_text import Pdf
from tests.referrals.cases import CANARY, stored, take
from web.referrals.paper import _labels


def pages(answer):
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    return Pdf(answer.data)


def test_three_copies_and_the_note_on_two(net, sent, graph):
    take(net, "receiver", sent, "decline", reason="no_interpreter")
    for who in ("sender", "receiver"):
        pdf = pages(net.people[who].get(f"{sent}/form"))
        text = pdf.text()
        assert len(pdf.pages()) == 3
        assert text.count(CANARY) == 2
        for label in ("Copy of the sender", "Copy of the receiver", "Copy of the person"):
            assert text.count(label) == 1
        assert text.count(stored(graph)[0]["ref"]) >= 3
        assert text.count("No interpreter") == 3
        assert "☒ What is needed" in text
        assert "☐ Papers and status" in text
    for who in set(net.people) - {"sender", "receiver"}:
        assert net.people[who].get(f"{sent}/form").status_code == 404


def test_the_note_is_not_printed_for_a_receiver_whom_the_person_stopped(net, sent):
    take(net, "sender", sent, "revoke")
    assert CANARY not in pages(net.people["receiver"].get(f"{sent}/form")).text()
    assert CANARY in pages(net.people["sender"].get(f"{sent}/form")).text()


def test_the_template_asks_for_every_word_of_the_form_and_for_no_other(app):
    folder = Path(web.packs.__file__).parent
    templates = "".join((folder / name).read_text() for name in ("referral.typ", "page.typ"))
    with app.test_request_context():
        assert set(re.findall(r"d\.w\.([a-z_]+)", templates)) == set(_labels())
