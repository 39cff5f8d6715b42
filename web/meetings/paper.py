"""The minutes and the sign-in sheet as papers: everything in the reader's words, for typst and for Word."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from flask_babel import gettext

from analytics.meetings import PRESENT, attendance_rate
from graphdb.catalogue import codes
from web.language import code
from web.meetings import words
from web.packs.lettering import lettered, shortened
from web.packs.words import day_and_clock, locale_of
from web.pages import day, moment, word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphdb.meetings.reading import ActionOf, Guest, Item, MeetingView

EMPTY_LINES, LEAST_LINES = 6, 20
_SIGN = {"discussed": "covered", "postponed": "fragile", "dropped": "not_assessed"}


def minutes(meeting: MeetingView) -> dict[str, Any]:
    """The minutes as plain lists and texts. Persons and places are named as far as this reader may know them."""
    actions: list[dict[str, Any]] = []
    items = [_item(n, item, actions) for n, item in enumerate(_treated(meeting), 1)]
    invited = attendance_rate({guest["id"]: guest["mode"] for guest in meeting.guests})
    there = [guest for guest in meeting.everybody if guest["mode"] in PRESENT]
    return {
        **_head(meeting, gettext("Minutes of the meeting")),
        "status": _status(meeting),
        "attendance": gettext(
            "%(n)s of %(all)s invited organisations were present.", n=invited.part, all=invited.whole
        ) if meeting.guests else "",
        "present": [_present(guest) for guest in there],
        "away": _away(meeting),
        "items": items,
        "actions": actions,
        "note": (meeting.note or "").strip(),
        "approval": _approval(meeting),
    }  # fmt: skip


def sign_in(meeting: MeetingView, expected: Mapping[str, str]) -> dict[str, Any]:
    """The sign-in sheet: whoever is on the list, in its order, then empty lines. `expected` names who came last, by organisation."""
    listed = [guest for guest in [*meeting.guests, *meeting.others] if guest["answer"] != "declined" or guest["mode"]]
    numbers = {guest["id"]: n for n, guest in enumerate([*meeting.guests, *meeting.others], 1)}
    rows = [
        {"n": str(numbers[one["id"]]), "organisation": one["title"], "person": expected.get(one["id"], "")}
        for one in listed
    ]
    blank = max(EMPTY_LINES, LEAST_LINES - len(rows))
    return {
        **_head(meeting, gettext("Sign-in sheet")),
        "how": gettext(
            "Please sign on your organisation's line. Whoever is not listed uses an empty line. A name printed here is who came last time; strike it out if somebody else came."
        ),
        "rows": rows + [{"n": "", "organisation": "", "person": ""}] * blank,
    }


def printable(sheet: dict[str, Any]) -> dict[str, Any]:
    """A sheet with its texts made fit for typst, and what typst wants to know of the language."""
    locale = locale_of(code())
    return {
        "lang": locale.language,
        "script": (locale.script or "").lower(),
        "timestamp": int(datetime.now(UTC).timestamp()),
        **lettered(sheet),
    }


def _head(meeting: MeetingView, name: str) -> dict[str, Any]:
    now = words.local(datetime.now(UTC), meeting.zone)
    ends = meeting.starts_at + timedelta(minutes=meeting.minutes or 0)
    until = f"–{words.clock(ends, meeting.zone)}" if meeting.minutes else ""
    return {
        "w": _labels(name),
        "network": " · ".join(part for part in (meeting.network, meeting.series["title"] if meeting.series else "") if part),
        "running_network": shortened(meeting.network or "Mrezha", 60),
        "title": meeting.title,
        "running_title": shortened(meeting.title, 60),
        "ref": meeting.ref,
        "when": words.when(meeting.starts_at, meeting.zone) + until,
        "where": meeting.place or "",
        "as_of": day(words.local(meeting.starts_at, meeting.zone)),
        "printed": day_and_clock(now, locale_of(code())),
    }  # fmt: skip


def _labels(name: str) -> dict[str, str]:
    return {
        "pack": name, "reference": gettext("Reference"), "printed": gettext("Printed"),
        "page_of": gettext("{page} of {pages}"), "who": gettext("Who was there"), "organisation": gettext("Organisation"),
        "person": gettext("Person"), "how": gettext("How"), "items": gettext("What was discussed and decided"),
        "no_items": gettext("The agenda was empty."), "proposed_by": gettext("Proposed by"), "decision": gettext("Decision"),
        "notes": gettext("Notes"), "actions": gettext("Who does what by when"), "action": gettext("Action"),
        "owner": gettext("Who does it"), "due": gettext("By when"), "number": gettext("No."), "none": gettext("None."),
        "approval": gettext("Approval"), "approved_on": gettext("Approved on, by"), "signature": gettext("Signature"),
        "name": gettext("Name"), "role": gettext("Role"),
    }  # fmt: skip


def _treated(meeting: MeetingView) -> list[Item]:
    return [item for item in meeting.items if item["state"] != "proposed"]


def _item(n: int, item: Item, actions: list[dict[str, Any]]) -> dict[str, Any]:
    """An item; the actions it led to are numbered through the whole paper and collected in `actions`."""
    decisions: list[dict[str, Any]] = []
    for decision in item["decisions"]:
        asked = [_action(len(actions) + m, action) for m, action in enumerate(decision["actions"], 1)]
        actions += asked
        decisions.append({"text": decision["text"], "actions": asked})
    return {
        "n": n, "title": words.title_of(item["kind"], item["about"], item["title"]),
        "code": _SIGN.get(item["state"], "unverified"), "state": word("item_state", item["state"]),
        "proposer": item["proposer"]["title"] if item["proposer"] else "", "decisions": decisions,
    }  # fmt: skip


def _action(n: int, action: ActionOf) -> dict[str, Any]:
    """An action as approved minutes have it; as it stands now while they are a draft."""
    kept = action["approved"]
    owner = (kept["owner"] if kept else None) or action["owner"]
    who = [each["title"] for each in (owner, action["person"]) if each]
    return {
        "n": str(n), "text": kept["text"] if kept else action["text"], "owner": ", ".join(who),
        "due": day(kept["due"] if kept else action["due"]),
    }  # fmt: skip


def _present(guest: Guest) -> dict[str, str]:
    how = words.mode_words()[guest["mode"] or ""]
    return {
        "organisation": guest["title"], "person": guest["person"]["title"] if guest["person"] else "",
        "how": how if guest["invited"] else f"{how}, {gettext('not invited')}",
    }  # fmt: skip


def _away(meeting: MeetingView) -> list[dict[str, Any]]:
    """Who was not there, by what is known of it."""
    names = words.mode_words()
    parts = [(mode, names[mode]) for mode in codes("attendance_mode") if mode not in PRESENT]
    parts.append(("", gettext("not noted")))
    found = [
        {"how": text, "who": [each["title"] for each in meeting.everybody if (each["mode"] or "") == mode]}
        for mode, text in parts
    ]
    return [part for part in found if part["who"]]


def _status(meeting: MeetingView) -> str:
    if (done := _approval(meeting)) != "":
        return done
    return gettext("Draft of %(day)s, not yet approved.", day=day(words.local(meeting.changed_at, meeting.zone)))


def _approval(meeting: MeetingView) -> str:
    step = meeting.approved
    if step is None:
        return ""
    return gettext("Approved on %(day)s by %(name)s.", day=moment(step["at"]), name=step["who"] or gettext("unknown"))
