"""One hard case that four people spoke about; invented, and without a name like every case."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from graphdb.tokens import new_case_reference

if TYPE_CHECKING:
    from seed.demo.book import Book

CODE = "conference_1"
NAMED = ("coordinator", "ngo_lang_1", "M01", "supervisor")
DAYS_AGO = 12


def write(book: Book) -> None:
    """The conference with what came out, one step done and one open."""
    on = book.ago(DAYS_AGO)
    values: dict[str, object] = {
        "case_ref": new_case_reference(), "state": "held", "starts_at": datetime.combine(on, time(9), UTC),
        "place": "Зала 3, по телефона за останалите", "basis": "person",
        "question": "Семейство с болно дете чака жилище от три месеца, а курсът по езика е в другия край на града. Какво може да стане първо?",
        "outcome": "Първо жилище близо до болницата; курсът идва след това, с гледане на детето в часовете.",
        "review_on": book.ago(-20),
    }  # fmt: skip
    book.add("CaseConference", CODE, values, {"convener": NAMED[0], "participants": list(NAMED)})
    _step(book, "1", "Пита общината за свободно жилище", NAMED[0], -6, "open")
    _step(book, "2", "Пита кога започва следващият курс с гледане на деца", NAMED[1], 5, "done")


def _step(book: Book, number: str, text: str, owner: str, due: int, state: str) -> None:
    """`due`: days before the day of the story, negative ones after it."""
    values: dict[str, object] = {"text": text, "due": book.ago(due), "state": state}
    if state == "done":
        values["done_on"] = book.ago(due)
    book.add(
        "CaseStep", f"{CODE}_{number}", values, {"conference": CODE, "owner": owner},
        subject=book.id("CaseConference", CODE),
    )  # fmt: skip
