"""What the partners offer: where, for whom, since when, and when somebody last said that it is still so."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from seed.demo.places import PLACES
from seed.vocabulary import SERVICE_TYPES

if TYPE_CHECKING:
    from datetime import date

    from seed.demo.book import Book


class Offer(NamedTuple):
    """One service. `checked`: days ago of the last confirmation. `states`: (days ago or None, status), oldest first.
    `room`: places free and in all. `ends`: days until it ends, where that is known."""

    provider: str
    type: str
    areas: str
    groups: str
    checked: int
    languages: str = "bg"
    cost: str = "free"
    started: int | None = 700
    interpretation: bool = False
    papers: tuple[str, ...] = ()
    room: tuple[int, int] | None = None
    wait: int | None = None
    project: str = ""
    person: str = ""
    states: tuple[tuple[int | None, str], ...] = ((None, "active"),)
    ends: int | None = None


CARD = ("Регистрационна карта",)
STATUS = ("Документ за статут",)

OFFERS = (
    # law and protection
    Offer("ngo_law", "legal_aid", "dr", "protection women_at_risk unaccompanied", 22, "bg en fr", room=(6, 20), wait=7),
    Offer("ngo_law", "legal_aid", "gm", "protection", 35, "bg en fr", started=420, wait=14),
    Offer("ngo_law", "legal_aid", "km", "protection", 140, "bg en", started=400,
          states=((400, "active"), (130, "temporarily_closed"))),
    Offer("un", "legal_aid", "dr", "protection", 80, "bg en ar", started=600),
    Offer("un", "legal_aid", "gm", "unaccompanied", 80, "bg en ar", started=600),
    Offer("ngo_women", "legal_aid", "dr", "women_at_risk", 55, "bg en", wait=10),
    Offer("ngo_women", "legal_aid", "gm", "women_at_risk", 265, "bg en", started=540),
    Offer("ngo_child", "legal_aid", "dr gm", "unaccompanied", 47, "bg en", interpretation=True, room=(3, 12)),
    Offer("agency", "asylum_counselling", "belorek", "protection", 90, "bg en ar fa", papers=CARD),
    Offer("ngo_women", "violence_support", "dr", "women_at_risk", 55, "bg en", interpretation=True),
    Offer("ngo_women", "violence_support", "gm", "women_at_risk", 56, "bg en", started=380, person="counsel_women"),
    Offer("swc_dr", "violence_support", "dr", "women_at_risk", 41),
    Offer("ngo_women", "crisis_intervention", "dr", "women_at_risk", 55, "bg en", interpretation=True),
    Offer("hosp", "crisis_intervention", "dr", "women_at_risk", 38),
    Offer("ngo_women", "safe_shelter", "bryast", "women_at_risk", 55, "bg en", room=(1, 8)),
    # health
    Offer("hosp", "primary_care", "belorek", "protection", 38, papers=CARD),
    Offer("clinic", "primary_care", "dr gm", "protection", 95, "bg en", "affordable", papers=STATUS),
    Offer("mun_km", "primary_care", "km", "protection", 120, started=450),
    Offer("recc", "primary_care", "si", "asylum_seekers", 25, "bg en ar"),
    Offer("hosp", "hospital_care", "belorek", "protection host", 38, cost="affordable", papers=STATUS),
    Offer("hosp", "maternal_health", "belorek", "protection host", 38, interpretation=True),
    Offer("psych", "mental_health", "dr", "protection host", 58, "bg ru", room=(4, 30), wait=21),
    Offer("ngo_psy", "mental_health", "dr", "protection unaccompanied", 44, "bg en ru", interpretation=True,
          room=(2, 16), wait=10),
    Offer("redx", "mental_health", "gm", "protection", 255, "bg en", started=520),
    Offer("ngo_child", "mental_health", "dr", "unaccompanied", 47, "bg en", started=300),
    # education
    Offer("school1", "school_enrolment", "dr", "unaccompanied protection", 70),
    Offer("mun_dr", "school_enrolment", "dr", "unaccompanied protection", 33),
    Offer("school2", "school_enrolment", "gm", "unaccompanied protection", 84, started=560),
    Offer("mun_gm", "school_enrolment", "gm", "unaccompanied protection", 140),
    Offer("youth_km", "school_enrolment", "km", "unaccompanied", 240, started=400),
    Offer("kinder", "kindergarten", "dr", "protection host", 110, cost="affordable", started=430, room=(0, 12)),
    Offer("ngo_lang", "language_training", "dr", "protection migrants", 29, "bg en ar", room=(5, 45)),
    Offer("univ", "language_training", "dr", "protection", 170, "bg en", started=260),
    Offer("youth_dr", "language_training", "dr", "protection", 64, "bg en", started=330),
    Offer("ngo_lang", "language_training", "gm", "protection", 30, "bg en ar", started=500),
    Offer("school2", "language_training", "gm", "protection", 84, started=350),
    Offer("ngo_lang", "language_training", "km", "protection", 62, "bg uk", started=340, project="kamen"),
    Offer("youth_km", "language_training", "km", "protection", 120, started=340, project="kamen"),
    Offer("school1", "after_school", "dr", "unaccompanied protection", 70),
    Offer("ngo_child", "after_school", "dr gm", "unaccompanied", 47, "bg en"),
    # work
    Offer("labour", "job_counselling", "dr", "protection migrants", 66, papers=STATUS),
    Offer("labour", "job_counselling", "gm", "protection migrants", 66, papers=STATUS),
    Offer("mun_gm", "job_counselling", "gm", "protection", 290, started=480),
    Offer("ngo_integr", "job_counselling", "dr", "protection", 18, "bg en ar", project="model", person="expert_job"),
    Offer("univ", "skills_recognition", "belorek", "protection", 170, "bg en", "affordable", papers=STATUS),
    Offer("youth_dr", "vocational_training", "dr", "protection migrants", 64, "bg en", started=240),
    # housing and social rights
    Offer("ngo_integr", "housing_search", "dr", "protection", 18, "bg en ar", project="model", wait=30, room=(0, 10)),
    Offer("mun_dr", "housing_search", "dr", "protection", 33, papers=STATUS, wait=90),
    Offer("recc", "accommodation", "si", "asylum_seekers", 25, "bg en ar fa", papers=CARD, room=(60, 300)),
    Offer("swc_dr", "social_counselling", "dr", "protection host", 41, papers=STATUS),
    Offer("ngo_integr", "social_counselling", "dr", "protection", 18, "bg en ar", project="model"),
    Offer("rayon", "social_counselling", "lipite", "protection host", 75, started=580),
    Offer("swc_gm", "social_counselling", "gm", "protection host", 52, papers=STATUS),
    Offer("mun_gm", "social_counselling", "gm", "protection", 140),
    Offer("swc_km", "social_counselling", "km", "protection host", 260, papers=STATUS, started=480),
    Offer("mun_km", "social_counselling", "km", "protection", 230, started=480),
    Offer("redx", "material_aid", "dr gm", "protection host", 61, "bg en", room=(40, 100)),
    Offer("redx", "information_sessions", "belorek", "protection", 61, "bg en ar fa", project="model"),
    # being understood, living together
    Offer("com_dari", "interpretation", "dr", "protection unaccompanied", 57, "bg fa", started=420),
    Offer("ngo_lang", "interpretation", "dr gm", "protection", 29, "bg en ar fa ps"),
    Offer("ngo_lang", "interpretation", "dr", "unaccompanied", 29, "bg fa ps"),
    Offer("recc", "interpretation", "si", "protection unaccompanied", 25, "bg ar fa ku"),
    Offer("com_arab", "interpretation", "gm", "unaccompanied", 71, "bg ar ku", started=300),
    Offer("com_ukr", "interpretation", "km", "protection", 134, "bg uk ru", started=360, ends=120),
    Offer("com_dari", "mediation", "dr", "protection host", 57, "bg fa", started=420),
    Offer("rayon", "community_activities", "lipite", "protection host", 75, started=420),
    Offer("com_ukr", "community_activities", "km", "protection host", 215, "bg uk", started=370),
    Offer("youth_dr", "sport", "dr", "protection host migrants", 64, started=None),
)  # fmt: skip

NAMES = {entry.code: (entry.bg, entry.en) for entry in SERVICE_TYPES}
PLACE_NAMES = {code: (name, english) for code, _, name, english, _ in PLACES}
PERIOD = 165


def write(book: Book) -> None:
    """Every offer as a service with the history of its status and of its confirmations."""
    for offer in OFFERS:
        links = {"provider": offer.provider, "type": offer.type, "areas": offer.areas.split(),
                 "groups": offer.groups.split()}  # fmt: skip
        links |= {"project": offer.project} if offer.project else {}
        links |= {"person": offer.person} if offer.person else {}
        history = {"states": _states(book, offer), "assured": _assured(book, offer)}
        book.add("Service", code_of(offer), _values(book, offer), links, extra=history)


def code_of(offer: Offer) -> str:
    """Code of a service: provider, type, first place, first group."""
    return f"{offer.provider}.{offer.type}.{offer.areas.split()[0]}.{offer.groups.split()[0]}"


def _values(book: Book, offer: Offer) -> dict[str, object]:
    (name, english), (place, place_english) = NAMES[offer.type], PLACE_NAMES[offer.areas.split()[0]]
    values: dict[str, object] = {
        "name": f"{name} – {place}", "name_en": f"{english} – {place_english}", "status": offer.states[-1][1],
        "languages": offer.languages.split(), "interpretation": offer.interpretation, "cost": offer.cost,
        "documents": offer.papers, "schedule": "Понеделник – петък, 9–17 ч.", "wait_days": offer.wait,
        "assured_on": book.ago(offer.checked), "source": "Демонстрация",
    }  # fmt: skip
    if offer.room:
        free, places = offer.room
        on = book.ago(min(offer.checked, 20))
        values |= {"capacity_available": free, "capacity_maximum": places, "capacity_on": on}
    if offer.started is not None:
        values["valid_from"] = book.ago(offer.started)
    if offer.ends is not None:
        values["valid_to"] = book.ago(-offer.ends)
    return values


def _states(book: Book, offer: Offer) -> list[str]:
    return [f"{'' if ago is None else book.ago(ago).isoformat()}={status}" for ago, status in offer.states]


def _assured(book: Book, offer: Offer) -> list[date]:
    """Days of every confirmation, oldest first: each half-year or so since it started."""
    return [book.ago(ago) for ago in sorted(range(offer.checked, (offer.started or 400) + 1, PERIOD), reverse=True)]
