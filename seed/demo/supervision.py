"""Sessions of the supervisor with the mentors; one mentor has waited too long, and one concern was told and settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seed.demo.mentoring import PROGRAMME

if TYPE_CHECKING:
    from seed.demo.book import Book

MENTORS = ("M01", "M02", "M03", "M04", "M05", "M06", "M07", "M08", "M09", "M10", "M11", "M12", "M14")
LATE = {"M05": 52}
NEVER = ("M14",)
TOPICS = ("cases", "limits", "load", "wellbeing", "learning", "cases")
NOTES = (
    "Говорихме как да каже „не“ на молби извън ролята.",
    "Двойката върви добре. Следващия път: как се приключва.",
    "Умора след тежък месец; договорихме се за две седмици почивка.",
)


def write(book: Book) -> None:
    """A session about every four weeks with each mentor, the last ones within the month but for those who wait."""
    for number, mentor in enumerate(each for each in MENTORS if each not in NEVER):
        for back in range(3):
            ago = LATE.get(mentor, 3 + (number * 7) % 25) + 28 * back
            values: dict[str, object] = {
                "on": book.ago(ago), "minutes": (40, 45, 60)[(number + back) % 3],
                "topic": TOPICS[(number + back) % len(TOPICS)], "note": NOTES[number % len(NOTES)] if back == 0 else "",
                "next_on": book.ago(ago - 28),
            }  # fmt: skip
            links = {"mentor": mentor, "programme": PROGRAMME}
            book.add("Supervision", f"{mentor}.{back}", values, links, subject=book.id("Person", mentor))
    _concern(book)


def _concern(book: Book) -> None:
    pair = "L10"
    values: dict[str, object] = {
        "state": "closed", "raised_on": book.ago(64), "closed_on": book.ago(58), "urgent": False,
        "text": "Не идва вече два пъти и казва, че не може да излиза сама. Тревожа се.",
        "outcome": "Говорих с нея насаме. Насочена към приемната за пострадали; придружена на първата среща.",
    }  # fmt: skip
    links = {"pair": pair, "named": "supervisor", "author": "M10"}
    book.add("Concern", "concern_1", values, links, subject=book.id("Mentorship", pair))
