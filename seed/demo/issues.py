"""What leaders took up with their communities: three issues in different states, a campaign, a mediation."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graphdb.bulk import ABOUT_MATTER
from seed.demo.book import identity
from seed.demo.mentoring import LEADERS, PROGRAMME

if TYPE_CHECKING:
    from graphdb.writes import Change
    from seed.demo.book import Book


class Did(NamedTuple):
    """A step: days ago, what, in words, whom it touched, how many people came."""

    ago: int
    way: str
    text: str
    touched: str = ""
    people: int | None = None


class Matter(NamedTuple):
    """A matter of a leader: kind, about, place, history by days ago, what it is, what came of it, how talks ended."""

    code: str
    label: str
    leader: str
    mentor: str
    topic: str
    place: str
    states: tuple[tuple[int, str], ...]
    said: str
    steps: tuple[Did, ...]
    outcome: str = ""
    result: str = ""


MATTERS = (
    Matter(
        "school", "CommunityIssue", "L01", "M01", "school", "dr",
        ((205, "raised"), (200, "agreed"), (190, "in_work"), (118, "solved")),
        "Единадесет деца чакат място в училище от началото на срока. Родителите не знаят кои документи липсват.",
        (Did(188, "visit", "Отидохме заедно в училището; казаха кои документи липсват.", "school1"),
         Did(171, "letter", "Писахме на общината за списъка на децата.", "mun_dr"),
         Did(124, "talk", "Училището потвърди местата и час за помощ с езика.", "school1")),
        outcome="Единадесетте деца са записани; за три от тях има помощ с езика след часовете.",
    ),
    Matter(
        "doctor", "CommunityIssue", "L02", "M02", "health", "gm",
        ((60, "raised"), (56, "agreed"), (49, "in_work")),
        "Хората не могат да се запишат при личен лекар, защото никой не говори езика им по телефона.",
        (Did(48, "talk", "Клиниката предложи един ден в седмицата с преводач.", "clinic"),
         Did(19, "visit", "Първият ден с преводач; чакаме график за следващия месец.", "clinic", 9)),
    ),
    Matter(
        "papers", "CommunityIssue", "L03", "M03", "papers", "km",
        ((96, "raised"), (90, "in_work"), (41, "handed_over")),
        "Сроковете за подновяване на картите се застъпват с работното време и хората губят заплата.",
        (Did(86, "talk", "Агенцията обясни кога може без лично явяване.", "agency"),
         Did(44, "letter", "Събраните въпроси са изпратени на агенцията.", "agency")),
        outcome="Агенцията пое въпроса и ще отговори писмено на общността.",
    ),
    Matter(
        "course", "Campaign", "L08", "M08", "language", "dr",
        ((78, "planned"), (72, "running")),
        "Петдесет души да започнат езиковия курс през пролетта.",
        (Did(68, "gathering", "Първата вечер: какво дава курсът и кога е.", "ngo_lang", 34),
         Did(39, "table", "Маса на пазара в събота; никой не е броил хората.", "ngo_lang"),
         Did(12, "gathering", "Втора вечер с тези, които вече учат.", "", 21)),
    ),
    Matter(
        "yard", "Mediation", "L11", "M11", "yard", "si",
        ((57, "asked"), (50, "running"), (14, "ended")),
        "Съседите се оплакват от шум вечер, а семействата – от обиди пред децата.",
        (Did(49, "talk", "Поотделно с двете страни.", ""),
         Did(30, "gathering", "Обща вечер с кметския район за правилата на двора.", "rayon", 17)),
        outcome="Написани са правила за двора на два езика; след месец двете страни се срещат отново.",
        result="agreed",
    ),
)  # fmt: skip
LINK = {"CommunityIssue": "issue", "Campaign": "campaign", "Mediation": "mediation"}
SPOKEN = ("school", "Децата и училището: втори срок")
"""An issue, and the item of a meeting that spoke about it."""


def write(book: Book) -> None:
    """Each with its history and its steps."""
    for matter in MATTERS:
        _matter(book, matter)


def _matter(book: Book, told: Matter) -> None:
    subject = book.id("Person", told.leader)
    values: dict[str, object] = {
        "topic": told.topic, "state": told.states[-1][1], "on": book.ago(told.states[0][0]), "said": told.said, "outcome": told.outcome,
        **({"result": told.result} if told.label == "Mediation" else {}),
    }  # fmt: skip
    touched = list(dict.fromkeys(step.touched for step in told.steps if step.touched))
    links = {
        "community": next(each.community for each in LEADERS if each.code == told.leader), "place": told.place,
        "leader": told.leader, "mentor": told.mentor, "programme": PROGRAMME, "organisations": touched,
        **({"mediator": told.mentor} if told.label == "Mediation" else {}),
    }  # fmt: skip
    states = [f"{book.ago(ago).isoformat()}={state}" for ago, state in told.states]
    book.add(told.label, told.code, values, links, subject=subject, extra={"states": states})
    for number, step in enumerate(told.steps, 1):
        done: dict[str, object] = {"on": book.ago(step.ago), "way": step.way, "text": step.text, "people": step.people}
        where: dict[str, str] = {LINK[told.label]: told.code, "place": told.place}
        where |= {"organisations": step.touched} if step.touched else {}
        book.add("CommunityStep", f"{told.code}.{number}", done, where, subject=subject)


def complete(open_change: Change, book: Book) -> None:
    """What no record holds: the meeting that spoke about one of them."""
    code, title = SPOKEN
    item = next(item for item in book.items if item.title == title)
    row = {"item": identity(f"AgendaItem/{item.code}"), "matter": book.id("CommunityIssue", code)}
    assert open_change.run(ABOUT_MATTER, rows=[row])[0].n == 1, "the meeting and the issue are told"
