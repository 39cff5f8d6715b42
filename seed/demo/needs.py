"""What the network has agreed must exist where, and what came back when somebody asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seed.demo.book import Book

MUNICIPALITIES = ("dr", "gm", "km")
PACKAGE = "Минимален пакет на мрежата"

# service type, group, people in need in each municipality
EVERYWHERE = (
    ("legal_aid", "protection", (320, 240, 110)),
    ("interpretation", "protection", (400, 300, 120)),
    ("mental_health", "protection", (160, 130, 60)),
    ("language_training", "protection", (280, 190, 90)),
    ("primary_care", "protection", (420, 310, 130)),
    ("social_counselling", "protection", (350, 230, 110)),
    ("job_counselling", "protection", (210, 120, 70)),
    ("housing_search", "protection", (180, 90, 40)),
    ("violence_support", "women_at_risk", (40, 25, 15)),
    ("legal_aid", "women_at_risk", (40, 25, 15)),
    ("crisis_intervention", "women_at_risk", (30, 20, 10)),
    ("legal_aid", "unaccompanied", (35, 60, 12)),
    ("mental_health", "unaccompanied", (35, 60, 12)),
    ("school_enrolment", "unaccompanied", (35, 60, 12)),
    ("interpretation", "unaccompanied", (35, 60, 12)),
)
# place, service type, group, people in need
HERE_AND_THERE = (
    ("si", "primary_care", "protection", 180),
    ("si", "interpretation", "protection", 180),
    ("lipite", "community_activities", "protection", 90),
    ("km", "community_activities", "protection", 110),
)
AGREED = 520
LATER = ("si", "mental_health", "protection", 70)
LATER_IN = 60
RETIRED = ("yasen", "kindergarten", "protection", 8)

# place, service type, group or nothing, days ago, answer, who was asked
ASKED = (
    ("km", "legal_aid", "protection", 60, "none", "Община Камен, по телефона"),
    ("km", "mental_health", "protection", 60, "none", "Община Камен, по телефона"),
    ("gm", "housing_search", "protection", 82, "none", "Осма среща на мрежата"),
    ("km", "housing_search", "protection", 82, "none", "Осма среща на мрежата"),
    ("km", "legal_aid", "women_at_risk", 60, "none", "Община Камен, по телефона"),
    ("gm", "crisis_intervention", "women_at_risk", 45, "none", "ДСП Горни Мост"),
    ("gm", "mental_health", "unaccompanied", 45, "none", "ДСП Горни Мост"),
    ("km", "interpretation", "unaccompanied", 50, "none", "Младежка служба – Камен"),
    ("km", "job_counselling", "protection", 250, "none", "Бюро по труда – Белорек"),
    ("km", "mental_health", "unaccompanied", 50, "unclear", "Младежка служба – Камен"),
    ("gm", "job_counselling", "protection", 110, "exists", "Бюро по труда – Белорек"),
    ("dr", "legal_aid", "", 150, "exists", "Сдружение „Правен фар“"),
    ("yasen", "kindergarten", "", 330, "none", "Община Камен"),
)


def write(book: Book) -> None:
    """Requirements in force, one to come, one that is over; and every answer on record."""
    for type_, group, people in EVERYWHERE:
        for place, weight in zip(MUNICIPALITIES, people, strict=True):
            _require(book, (place, type_, group, weight), AGREED)
    for cell in HERE_AND_THERE:
        _require(book, cell, 400)
    _require(book, LATER, -LATER_IN)
    _require(book, RETIRED, 700, until=AGREED)
    for number, (place, type_, group, ago, result, source) in enumerate(ASKED):
        links = {"place": place, "service": type_, **({"group": group} if group else {})}
        book.add("Assessment", f"asked_{number}", {"on": book.ago(ago), "result": result, "source": source}, links)


def _require(book: Book, cell: tuple[str, str, str, int], since: int, until: int | None = None) -> None:
    place, type_, group, weight = cell
    values: dict[str, object] = {"source": PACKAGE, "k": 1, "weight": weight, "valid_from": book.ago(since)}
    if until is not None:
        values["valid_to"] = book.ago(until)
    links = {"place": place, "service": type_, "group": group}
    book.add("Requirement", f"{place}.{type_}.{group}", values, links)
