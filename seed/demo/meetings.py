"""The regional inter-institutional meeting: eight held, one to come; who was there, what came of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from seed.demo.book import Attendance, Item
from seed.demo.minutes import MINUTES, Point, Task
from seed.demo.organisations import LEFT, PARTNERS
from seed.demo.people import WITH_BACKUP

if TYPE_CHECKING:
    from seed.demo.book import Book

WEEKS = 13
WEDNESDAY = 2
NEXT_IN = 9
SERIES = "region"
TITLE = "Регионална междуинституционална среща"
TITLE_EN = "Regional inter-institutional meeting"
ROOMS = ("Община Долна Река, голяма зала", "Център „Свети Илия“", "Община Горни Мост")

# one letter a meeting, oldest first: p present, d through a deputy, o online, e excused, a absent, - not invited
PRESENCE = {
    "obl": "pppppppp", "mun_dr": "ppdppppp", "mun_gm": "papdppde", "mun_km": "---ppaop",
    "rayon": "--papdep", "swc_dr": "pppppppd", "swc_gm": "ppepaopp", "swc_km": "---aoaao",
    "youth_dr": "peppaepp", "youth_km": "----peep", "recc": "pppppdpp", "agency": "popoodop",
    "school1": "ppeppepe", "school2": "--apaepa", "kinder": "----ppea", "hosp": "pdppadpp",
    "clinic": "--paeeda", "psych": "--peppep", "police": "aepapaaa", "court": "-apdaaaa",
    "labour": "pepppedp", "ngo_law": "ppppdppp", "ngo_women": "pppppepe", "ngo_child": "ppppeepp",
    "ngo_lang": "pppdpppp", "ngo_integr": "pppppppp", "ngo_psy": "--pppepp", "redx": "ppppppdp",
    "un": "-eppoeop", "com_dari": "----ppep", "com_arab": "----peop", "com_ukr": "-----aep",
    "univ": "ppepppep", "radio": "ppeaoeeo", "news": "---apaaa", "donor": "-------e",
    "old_bridge": "pep-----",
}  # fmt: skip
MODES = {"p": "present", "d": "deputy", "o": "online", "e": "excused", "a": "absent"}


def held_on(book: Book, number: int) -> date:
    """The day of meeting `number` of eight, from 0: Wednesdays, thirteen weeks apart."""
    return next_on(book) - timedelta(weeks=WEEKS * (len(MINUTES) - number))


def next_on(book: Book) -> date:
    """The Wednesday nearest to nine days from the day of the story."""
    wanted = book.ago(-NEXT_IN)
    shift = (WEDNESDAY - wanted.weekday() + 3) % 7 - 3
    return wanted + timedelta(days=shift)


def write(book: Book) -> None:
    """The series, its meetings, attendance, agendas, decisions and actions."""
    values: dict[str, object] = {
        "name": TITLE, "name_en": TITLE_EN, "every_weeks": WEEKS, "valid_from": book.ago(730),
        "mandate": "Сътрудничество и решаване на сложни въпроси между институциите в областта.",
        "required_sectors": ["protection", "health", "education", "employment", "legal"],
        "required_levels": ["local", "regional"],
    }  # fmt: skip
    members = [partner.code for partner in PARTNERS]
    book.add("MeetingSeries", SERIES, values, {"members": members})
    for number, points in enumerate(MINUTES):
        _held(book, number, points)
    _meeting(book, "next", next_on(book), "planned", [code for code in members if code not in {"news"}], len(MINUTES))
    _proposed(book)


def _held(book: Book, number: int, points: tuple[Point, ...]) -> None:
    code, on = f"meeting_{number + 1}", held_on(book, number)
    invited = [each for each, letters in PRESENCE.items() if letters[number] != "-"]
    _meeting(book, code, on, "held", invited, number)
    for each in invited:
        book.attendance.append(_attendance(each, code, MODES[PRESENCE[each][number]]))
    for position, point in enumerate(points, start=1):
        _item(book, code, on, position, point)


def _meeting(book: Book, code: str, on: date, state: str, invited: list[str], number: int) -> None:
    starts = datetime.combine(on, time(8, 0), UTC)
    values: dict[str, object] = {
        "name": f"{TITLE} № {number + 1}", "name_en": f"{TITLE_EN} no. {number + 1}", "starts_at": starts,
        "minutes": 150, "place": ROOMS[number % len(ROOMS)], "language": "bg", "state": state,
    }  # fmt: skip
    book.add("Meeting", code, values, {"series": SERIES, "invited": invited})


def _attendance(organisation: str, meeting: str, mode: str) -> Attendance:
    if mode in {"excused", "absent"}:
        return Attendance(organisation, meeting, mode)
    stood_in = mode == "deputy" and organisation in WITH_BACKUP
    return Attendance(organisation, meeting, mode, f"{organisation}_{2 if stood_in else 1}")


def _item(book: Book, meeting: str, on: date, position: int, point: Point) -> None:
    code = f"{meeting}.{position}"
    actions = tuple(_action(book, meeting, on, f"{code}.{n}", task) for n, task in enumerate(point.tasks, start=1))
    state = "discussed" if point.decision else "postponed"
    decided = on if point.decision else None
    carried = next((item.code for item in reversed(book.items) if item.title == point.title), "")
    book.items.append(
        Item(code, meeting, position, point.title, point.minutes, state, point.proposer, point.decision, decided,
             actions, carried, point.gaps)
    )  # fmt: skip


def _action(book: Book, meeting: str, on: date, code: str, task: Task) -> str:
    values: dict[str, object] = {
        "text": task.text, "due": on + timedelta(weeks=task.due), "agreed_on": on, "evidence": task.evidence,
        "state": "in_progress" if task.begun else "open",
    }  # fmt: skip
    if task.done is not None:
        values |= {"state": "done", "done_on": on + timedelta(weeks=task.done)}
    book.add("ActionPoint", code, values, {"owner": task.owner, "meeting": meeting, "gap": task.aims or []})
    return code


def _proposed(book: Book) -> None:
    """What a partner has asked to talk about next time; the rest of the agenda is for the planner to propose."""
    book.items.append(Item("next.1", "next", 1, "Обучение за преводачи: кой ще участва", 15, "proposed", "ngo_lang"))


assert set(PRESENCE) == {partner.code for partner in (*PARTNERS, LEFT)}
