"""The inter-agency form of a referral, printed in three copies (fields after definitions.md 2.2)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flask import abort
from flask_babel import gettext

from graphdb import referrals
from graphdb.network import network
from graphdb.referrals.rows import LIST
from web.access import allow, viewer
from web.files import attachment
from web.language import code
from web.packs.lettering import lettered, shortened
from web.packs.render import REFERRAL, print_sheet
from web.packs.words import locale_of
from web.pages import day, moment, today, tongues, word
from web.referrals.blueprint import bp
from web.referrals.words import DONE, LOOKS, VIA
from web.sessions import graph

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from graphdb.referrals import Agreed, ReferralView


@bp.get("/<record>/form")
@allow("referral", "read", record="record", label="Referral")
def printed(record: str) -> ResponseReturnValue:
    """The form as PDF: a copy for the sender, for the receiver and for the person, in the reader's language."""
    view = referrals.show(graph, record, viewer(), code(), today()) or abort(404)
    locale = locale_of(code())
    sheet = {
        "lang": locale.language, "script": (locale.script or "").lower(), "timestamp": int(datetime.now(UTC).timestamp()),
        **lettered(form(view, network(graph).name or "Mrezha")),
    }  # fmt: skip
    return attachment(view.case_ref, "pdf", print_sheet(sheet, REFERRAL))


def form(view: ReferralView, name: str) -> dict[str, Any]:
    """The form as plain lists and texts. The note is on the copies of the two organisations, not on the person's."""
    title = gettext(
        "%(service)s: from %(sender)s to %(receiver)s", service=view.service or gettext("Referral"),
        sender=view.sender["title"], receiver=view.receiver["title"],
    )  # fmt: skip
    note = "" if view.note in {None, "†"} else str(view.note)
    labels = (gettext("Copy of the sender"), gettext("Copy of the receiver"), gettext("Copy of the person"))
    return {
        "network": name, "running_network": shortened(name, 60), "title": title, "running_title": view.case_ref,
        "as_of": day(today()), "code": LOOKS[view.state], "state": word("referral_state", view.state),
        "copies": [{"label": label, "note": "" if n == len(labels) - 1 else note} for n, label in enumerate(labels)],
        "case": _case(view), "consent": _consent(view), "items": _items(view.consent), "steps": _steps(view),
        "w": _labels(),
    }  # fmt: skip


def _case(view: ReferralView) -> list[list[str]]:
    unknown = gettext("unknown")
    return [
        [gettext("Case reference"), view.case_ref],
        [gettext("From"), view.sender["title"]],
        [gettext("To"), view.receiver["title"]],
        [gettext("For which service"), view.service or unknown],
        [gettext("Priority"), word("priority", view.priority) or unknown],
        [gettext("Group"), view.group or unknown],
        [gettext("Place"), view.place or unknown],
        [gettext("Age"), word("age_band", view.age_band) or unknown],
        [gettext("Speaks"), tongues(view.languages) or unknown],
        [gettext("Sent"), day(view.sent_on) or gettext("not sent yet")],
    ]


def _consent(view: ReferralView) -> list[list[str]]:
    consent = view.consent
    if consent is None and view.listed:
        told = gettext(
            "This case came from a list: what the person agreed to is kept by the sender, outside the program."
        )
        return [[gettext("State"), told]]
    if consent is None:
        return [[gettext("State"), gettext("It was not written down with this referral.")]]
    rows = [
        [gettext("State"), word("consent_state", consent.state)],
        [gettext("Who agreed"), word("consent_basis", consent.basis)],
        [gettext("For what"), word("consent_purpose", consent.purpose)],
        [gettext("Asked in"), tongues(consent.languages)],
        [gettext("Who may know"), ", ".join(consent.names)],
        [gettext("Holds until"), day(consent.until)],
    ]
    return [row for row in rows if row[1]]


def _items(consent: Agreed | None) -> list[list[object]]:
    given = consent.items if consent else []
    return [[word("consent_item", item), item in given] for item in referrals.ITEMS]


def _steps(view: ReferralView) -> list[list[str]]:
    return [
        [day(event.at) if event.via == LIST else moment(event.at), " ".join(str(part) for part in (
            DONE.get(event.kind, event.kind), f"({word('decline_reason', event.reason)})" if event.reason else "",
            VIA.get(event.via or "", ""),
        ) if part)]
        for event in view.events
    ]  # fmt: skip


def _labels() -> dict[str, Any]:
    return {
        "page_of": gettext("{page} of {pages}"), "case": gettext("The case"), "consent": gettext("Consent"),
        "note": gettext("Note for the receiver"), "happened": gettext("What happened"), "nothing": gettext("Nothing yet."),
        "by_hand": [gettext("For the sender: day, signature"), gettext("For the receiver: day, signature"),
                    gettext("The person: day, sign")],
        "definitions": gettext(
            "Acknowledged: the receiver has it. Accepted: the receiver will help. Service has begun: the person was seen there. Closed: nothing more is to be done, with what came of it. No name, phone or number of papers belongs on this sheet."
        ),
    }  # fmt: skip
