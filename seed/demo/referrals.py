"""About six hundred referrals: who sends cases to whom, for what, and what became of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from graphdb.tokens import new_case_reference

if TYPE_CHECKING:
    from seed.demo.book import Book

WINDOW = 180
EDGE = 8
STORY = 715


class Flow(NamedTuple):
    """Referrals from one partner to another; `lately` of them within 180 days of the day of the story."""

    sender: str
    receiver: str
    type: str
    group: str
    place: str
    before: int
    lately: int


FLOWS = (
    Flow("recc", "hosp", "primary_care", "asylum_seekers", "si", 22, 18),
    Flow("recc", "ngo_law", "legal_aid", "asylum_seekers", "si", 22, 16),
    Flow("recc", "redx", "material_aid", "protection", "gm", 18, 14),
    Flow("recc", "agency", "asylum_counselling", "asylum_seekers", "si", 10, 8),
    Flow("recc", "school2", "school_enrolment", "unaccompanied", "gm", 6, 4),
    Flow("recc", "ngo_child", "legal_aid", "unaccompanied", "gm", 11, 9),
    Flow("swc_dr", "ngo_psy", "mental_health", "refugees", "dr", 17, 12),
    Flow("swc_dr", "ngo_integr", "social_counselling", "refugees", "dr", 15, 15),
    Flow("swc_dr", "mun_dr", "housing_search", "refugees", "dr", 9, 8),
    Flow("swc_dr", "hosp", "primary_care", "subsidiary", "dr", 8, 7),
    Flow("swc_dr", "ngo_law", "legal_aid", "women_at_risk", "dr", 8, 5),
    Flow("school1", "psych", "mental_health", "protection", "dr", 6, 11),
    Flow("mun_dr", "ngo_integr", "housing_search", "subsidiary", "dr", 12, 11),
    Flow("mun_dr", "ngo_lang", "language_training", "refugees", "dr", 8, 7),
    Flow("ngo_integr", "labour", "job_counselling", "refugees", "dr", 17, 9),
    Flow("ngo_integr", "ngo_lang", "language_training", "subsidiary", "dr", 14, 9),
    Flow("ngo_integr", "clinic", "primary_care", "refugees", "dr", 5, 3),
    Flow("com_dari", "clinic", "primary_care", "refugees", "dr", 4, 6),
    Flow("com_dari", "ngo_integr", "housing_search", "refugees", "dr", 6, 4),
    Flow("com_arab", "ngo_law", "legal_aid", "protection", "gm", 6, 5),
    Flow("com_ukr", "mun_km", "social_counselling", "temporary", "km", 4, 4),
    Flow("ngo_women", "hosp", "crisis_intervention", "women_at_risk", "dr", 6, 4),
    Flow("ngo_women", "psych", "mental_health", "women_at_risk", "dr", 5, 3),
    Flow("ngo_women", "ngo_law", "legal_aid", "women_at_risk", "dr", 7, 5),
    Flow("police", "recc", "accommodation", "asylum_seekers", "si", 4, 3),
    Flow("police", "swc_dr", "violence_support", "women_at_risk", "dr", 3, 3),
    Flow("swc_gm", "ngo_child", "legal_aid", "unaccompanied", "gm", 7, 6),
    Flow("swc_gm", "redx", "material_aid", "refugees", "gm", 7, 4),
    Flow("mun_gm", "labour", "job_counselling", "refugees", "gm", 5, 3),
    Flow("mun_km", "hosp", "primary_care", "temporary", "km", 4, 3),
    Flow("mun_km", "ngo_lang", "language_training", "temporary", "km", 3, 3),
    Flow("youth_dr", "ngo_psy", "mental_health", "unaccompanied", "dr", 5, 4),
    Flow("youth_dr", "labour", "job_counselling", "refugees", "dr", 4, 3),
    Flow("un", "ngo_law", "legal_aid", "asylum_seekers", "dr", 7, 4),
    Flow("redx", "hosp", "primary_care", "asylum_seekers", "gm", 7, 5),
    Flow("redx", "ngo_psy", "mental_health", "refugees", "dr", 4, 3),
    Flow("hosp", "ngo_psy", "mental_health", "refugees", "dr", 4, 3),
    Flow("hosp", "swc_dr", "social_counselling", "refugees", "dr", 6, 4),
    Flow("labour", "ngo_lang", "language_training", "refugees", "dr", 6, 4),
    Flow("kinder", "ngo_integr", "social_counselling", "refugees", "dr", 4, 3),
    Flow("rayon", "swc_dr", "social_counselling", "refugees", "lipite", 5, 4),
    Flow("clinic", "hosp", "primary_care", "refugees", "dr", 4, 3),
    Flow("school2", "ngo_child", "mental_health", "unaccompanied", "gm", 4, 3),
    Flow("swc_km", "mun_km", "social_counselling", "temporary", "km", 3, 3),
    Flow("court", "ngo_law", "legal_aid", "asylum_seekers", "dr", 4, 0),
    Flow("old_bridge", "ngo_integr", "housing_search", "refugees", "gm", 4, 0),
)
LEFT_BEFORE = {"old_bridge": 260, "court": 330}

# what becomes of a referral that had time enough, with how many of a hundred
ENDS = (
    ("closed_successful", 62), ("closed_unsuccessful", 9), ("rejected", 12), ("redirected", 5), ("expired", 7),
    ("withdrawn", 2), ("in_service", 3),
)  # fmt: skip
FRESH = {5: ("sent", "acknowledged"), 20: ("acknowledged", "accepted", "rejected"), 45: ("accepted", "in_service")}
REASONS = ("no_capacity", "no_capacity", "no_interpreter", "missing_document", "not_eligible", "wrong_place")
PRIORITIES = ("normal",) * 7 + ("urgent",) * 2 + ("emergency",)
NOTES = (
    "Нужен е преводач от дари. Сутрин е по-удобно.",
    "Семейство с две деца, моля първо обаждане до изпращащия.",
    "Документите са подадени, чака се отговор.",
    "Предпочита разговор с жена.",
    "Втори опит: първият час беше отменен.",
)
NOTE_EVERY = 13


def write(book: Book) -> None:
    """Every flow, sent over the months, older ones closed; and three drafts that nobody has sent yet."""
    joined = {new.id: new.values.get("valid_from") for new in book.records["Organisation"]}
    number = 0
    for flow in FLOWS:
        ends = (joined[book.id("Organisation", code)] for code in (flow.sender, flow.receiver))
        first = max((on for on in ends if isinstance(on, date)), default=book.ago(STORY))
        oldest = min((book.day - first).days, STORY)
        for ago in _days(book, flow, oldest):
            number += 1
            _referral(book, flow, number, ago)
    for flow in FLOWS[:3]:
        number += 1
        values = {"case_ref": new_case_reference(), "state": "draft", "priority": "normal"}
        book.add("Referral", f"r{number:03d}", values, _links(flow))


def _days(book: Book, flow: Flow, oldest: int) -> list[int]:
    """Days ago, spread over the story, none near the edge of the window."""
    youngest = LEFT_BEFORE.get(flow.sender, WINDOW + EDGE)
    before = [book.chance.randint(youngest, oldest - 1) for _ in range(flow.before)]
    lately = [book.chance.randint(1, WINDOW - EDGE) for _ in range(flow.lately)]
    return sorted(before + lately, reverse=True)


def _referral(book: Book, flow: Flow, number: int, ago: int) -> None:
    sent = book.workday(ago)
    state = _state(book, (book.day - sent).days)
    values: dict[str, object] = {
        "case_ref": new_case_reference(), "state": state, "priority": book.chance.choice(PRIORITIES), "sent_on": sent,
        "source": "Регистър на изпращащия",
    }  # fmt: skip
    if state in {"rejected", "redirected"}:
        values["reason"] = book.chance.choice(REASONS)
    if number % NOTE_EVERY == 0:
        values["note"] = book.chance.choice(NOTES)
    answers = _answers(book, sent, state)
    values |= answers | _proof(book, number, state, answers)
    book.add("Referral", f"r{number:03d}", values, _links(flow))


def _state(book: Book, age: int) -> str:
    for limit, states in FRESH.items():
        if age <= limit:
            return book.chance.choice(states)
    states, weights = zip(*ENDS, strict=True)
    return book.chance.choices(states, weights)[0]


def _answers(book: Book, sent: date, state: str) -> dict[str, date]:
    """When it was answered and when closed: never after the day of the story."""
    if state in {"sent", "expired", "withdrawn"}:
        return {}
    answered = min(sent + timedelta(days=book.chance.choice((0, 1, 1, 2, 3, 4, 6, 9))), book.day)
    if not state.startswith("closed"):
        return {"answered_on": answered}
    closed = min(answered + timedelta(days=book.chance.randint(7, 70)), book.day)
    return {"answered_on": answered, "closed_on": closed}


def _proof(book: Book, number: int, state: str, answers: dict[str, date]) -> dict[str, object]:
    """Whether the service was seen to begin, and whether the sender saw the end. By number: the rest of the story stays."""
    found: dict[str, object] = {}
    if state == "in_service" or (state == "closed_successful" and number % 5):
        found["served_on"] = answers["answered_on"]
    if state.startswith("closed") and number % 3:
        found["feedback_seen_on"] = min(answers["closed_on"] + timedelta(days=number % 9), book.day)
    return found


def _links(flow: Flow) -> dict[str, str]:
    return {"sender": flow.sender, "receiver": flow.receiver, "service": flow.type, "group": flow.group,
            "place": flow.place}  # fmt: skip
