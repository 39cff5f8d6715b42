"""A draft that the partners comment on, and two public discussions: one that was held, one to come."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graphdb.consultations.discussions import COUNT_HEADS
from graphdb.consultations.writing import NOTE_EDITION
from seed.demo.book import identity

if TYPE_CHECKING:
    from graphdb.writes import Change
    from seed.demo.book import Book

DRAFT, HELD, COMING = "children", "fears", "work"
ASKED = "obl mun_dr mun_gm swc_dr swc_gm agency recc police school1 ngo_law ngo_child ngo_psy un"
NOTHING_TO_ADD = "recc un"

# what it is called, noted that many days ago, what is new in it
EDITIONS = (
    ("1", 40, ""),
    ("2", 12, "Член 4: оценка на нуждите и в почивен ден; нов член 7 за преводачите."),
)  # fmt: skip


class Said(NamedTuple):
    """A comment: who, on which version and part, given that many days ago, what became of it."""

    who: str
    edition: str
    part: str
    text: str
    proposed: str
    ago: int
    decision: str = "open"
    reason: str = ""


SAID = (
    Said("swc_dr", "1", "Член 4, алинея 1", "Срокът от 24 часа за първа оценка не може да се спази в почивни дни.",
         "до 24 часа, а в почивен ден – до 48 часа", 35, decision="in_part",
         reason="48 часа остават само когато детето вече е на сигурно място."),
    Said("ngo_law", "1", "Член 5", "Не е казано кой представлява детето до назначаването на представител.",
         "До назначаването на представител детето се представлява от общината.", 33, decision="accepted"),
    Said("police", "1", "Член 2", "Полицията да не присъства на разговора за оценка.", "", 31, decision="rejected",
         reason="Законът изисква присъствие, когато има данни за трафик; в другите случаи текстът вече го казва."),
    Said("ngo_psy", "1", "Целият текст", "Липсва психологическа подкрепа за екипите.", "", 30, decision="noted"),
    Said("school1", "2", "Член 9", "Училището да бъде уведомено преди първия учебен ден, не след него.",
         "не по-късно от три работни дни преди първия учебен ден", 8),
    Said("mun_dr", "2", "Член 7", "Кой плаща преводача вечер и в почивен ден?", "", 6),
)  # fmt: skip

HEADS = {"everybody": 46, "women": 27, "men": 16, "other_sex": 3, "under_18": 4, "newcomers": 11, "professionals": 9}

# question, who asked, answer, who takes it on
QUESTIONS = (
    ("Кой помага с домашните на дете, което още не говори български?", "родител",
     "В понеделник и сряда следобед доброволци помагат в младежкия център.", "youth_dr"),
    ("Към кого да се обърнем, когато съсед ни заплашва?", "жителка на квартала", "", "rayon"),
    ("Ще има ли срещи и в Камен?", "учителка", "", ""),
)  # fmt: skip


def write(book: Book) -> None:
    """The draft with its comments, the discussions with their questions."""
    values: dict[str, object] = {
        "name": "Проект на протокол за деца без придружител", "name_en": "Draft protocol for unaccompanied children",
        "kind": "protocol", "state": "open", "edition": EDITIONS[-1][0], "until": book.ago(-16),
        "link": "https://belorek.example/proekt-2",
        "description": "Кой какво прави през първите 72 часа, след като в областта пристигне дете без придружител.",
    }  # fmt: skip
    links = {"asked": ASKED.split(), "content": NOTHING_TO_ADD.split(), "meetings": ["next"]}
    book.add("Consultation", DRAFT, values, links)
    for number, said in enumerate(SAID, 1):
        _comment(book, number, said)
    _discussions(book)


def _comment(book: Book, number: int, said: Said) -> None:
    values: dict[str, object] = {
        "number": number, "part": said.part, "text": said.text, "proposed": said.proposed, "given": "in_writing",
        "edition": said.edition, "given_on": book.ago(said.ago), "decision": said.decision, "reason": said.reason,
        "decided_on": None if said.decision == "open" else book.ago(13),
    }  # fmt: skip
    book.add("DraftComment", f"{DRAFT}.{number}", values, {"draft": DRAFT, "organisation": said.who})


def _discussions(book: Book) -> None:
    held: dict[str, object] = {
        "name": "От какво се страхуваме, когато идват нови хора", "name_en": "What we are afraid of when new people come",
        "state": "held", "on": book.workday(26), "hours": "18:00–20:00", "place": "Читалище „Извор“, Долна Река",
        "languages": "bg, ar", "moderator": "водеща от Радио „Седем хълма“",
        "speakers": ["учителка, Средно училище „Първа зора“", "социален работник, Фондация „Мост и дом“"],
        "summary": "Най-много се говори за училището и за вечерите в квартала. Съседите и новодошлите се уговориха "
                   "за обща неделна разходка; младежкият център ще я обяви.",
    }  # fmt: skip
    book.add("PublicDiscussion", HELD, held, {"organisations": ["radio", "school1", "ngo_integr", "com_arab"]})
    coming: dict[str, object] = {
        "name": "Работа за хората с бежански статут", "name_en": "Work for people with refugee status",
        "state": "planned", "on": book.ago(-20), "hours": "17:30–19:00", "place": "Бюро по труда – Белорек",
        "languages": "bg, uk",
    }  # fmt: skip
    book.add("PublicDiscussion", COMING, coming, {"organisations": ["labour", "ngo_lang", "com_ukr"]})
    for number, (text, asker, answer, owner) in enumerate(QUESTIONS, 1):
        links = {"discussion": HELD} | ({"organisation": owner} if owner else {})
        values: dict[str, object] = {"text": text, "asker": asker, "answer": answer}
        book.add("PublicQuestion", f"{HELD}.{number}", values, links)


def complete(open_change: Change, book: Book) -> None:
    """What no record holds: the versions of the draft, and who was counted."""
    for label, ago, note in EDITIONS:
        open_change.run(
            NOTE_EDITION, draft=book.id("Consultation", DRAFT), id=identity(f"DocVersion/{DRAFT}.{label}"), label=label,
            on=book.ago(ago), reference=None, note=note or None, at=open_change.at, by=open_change.actor.id,
        )  # fmt: skip
    rows = [{"id": identity(f"Headcount/{HELD}.{part}"), "part": part, "n": n} for part, n in HEADS.items()]
    open_change.run(COUNT_HEADS, id=book.id("PublicDiscussion", HELD), rows=rows)
