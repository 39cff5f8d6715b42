"""A meeting with names in all the scripts its papers must print."""

from __future__ import annotations

from datetime import UTC, datetime

from graphdb.meetings.reading import MeetingView

NAMES = {
    "bg": "Община Хасково, Дирекция „Закрила на детето“",
    "lv": "Rīgas Ķengaraga jauniešu iniciatīvu centrs «Šķūnis»",
    "sr-Latn": "Centar za socijalni rad Đakovica, odeljenje Čačak",
    "sr-Cyrl": "Центар за социјални рад Ђаковица, одељење Љиг",
    "ar": "جمعية العون للاجئين",
}
PEOPLE = {
    "bg": "Щерьо Жечев",
    "lv": "Ģirts Bērziņš",
    "sr-Latn": "Đorđe Ćirić",
    "sr-Cyrl": "Ђорђе Ћирић",
    "ar": "أحمد الحسن",
}
MODES = {"bg": "present", "lv": "deputy", "sr-Latn": "online", "sr-Cyrl": "excused", "ar": "present"}
LONG = "Да се изпрати писмо до всички общини с покана за среща и списък на услугите, които липсват. " * 6


def meeting(**changed: object) -> MeetingView:
    """A meeting of five organisations, three items, a decision with two actions."""
    at = datetime(2026, 3, 12, 8, 0, tzinfo=UTC)
    actions = [
        {
            "id": f"a{n}", "ref": f"ACT-{n}", "text": text, "due": at.date(), "state": "open", "done_on": None,
            "evidence": None, "owner": {"id": key, "title": NAMES[key]}, "person": {"id": key, "title": PEOPLE[key]},
            "approved": None,
        }
        for n, (key, text) in enumerate((("lv", "Uzrunāt divus tulkus"), ("ar", "إرسال القائمة")), 1)
    ]  # fmt: skip
    item = {
        "id": "i", "position": 1, "minutes": 10, "kind": "own", "key": "i", "points": None, "times": 0, "reasons": "[]",
        "about": None, "proposer": {"id": "sr-Latn", "title": NAMES["sr-Latn"]},
    }  # fmt: skip
    decided = [{"id": "d", "text": LONG, "decided_on": at.date(), "actions": actions}]
    values: dict[str, object] = {
        "id": "m", "ref": "MTG-0007", "title": "Регионална среща Хасково", "name": "x", "version": 3, "archived": False,
        "state": "held", "starts_at": at, "minutes": 120, "place": "Община Хасково, зала 2", "note": "Залата беше студена.",
        "minutes_state": "minutes_draft", "changed_at": at, "network": "Мрежа „Граница“", "zone": "Europe/Sofia",
        "series": {"id": "s", "title": "Всеки шест седмици", "every_weeks": 6},
        "items": [
            {**item, "title": "Правна помощ <b>за</b> самотни жени", "state": "discussed", "decisions": decided},
            {**item, "title": "Sastanak sa školama Žitište", "state": "postponed", "decisions": []},
            {**item, "title": "Състанак Љиг", "state": "dropped", "decisions": []},
        ],
        "everybody": [
            {"id": key, "title": title, "invited": key != "ar", "answer": None, "reasons": None, "mode": MODES[key],
             "person": {"id": key, "title": PEOPLE[key]}}
            for key, title in NAMES.items()
        ],
        "packs": [], "drafts": [], "steps": [],
    }  # fmt: skip
    return MeetingView(**{**values, **changed})  # type: ignore[arg-type]
