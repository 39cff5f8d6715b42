"""Twenty community leaders, fourteen mentors, their supervisor, and what the pairs did."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from seed.demo.people import names

if TYPE_CHECKING:
    from seed.demo.book import Book

PROGRAMME = "leaders"


class Leader(NamedTuple):
    """A leader: invented name, pseudonym for others, community, languages, days ago they joined."""

    code: str
    name: str
    alias: str
    community: str
    languages: str
    joined: int


LEADERS = (
    Leader("L01", "Нилуфар Сепидаран", "Люляк", "dari", "fa bg", 330),
    Leader("L02", "Самир Нахлазури", "Кехлибар", "arab", "ar bg en", 330),
    Leader("L03", "Оксана Зореполь", "Слънчоглед", "ukr", "uk ru bg", 325),
    Leader("L04", "Хадия Рошанкух", "Лястовица", "dari", "fa en", 320),
    Leader("L05", "Юсуф Дариятеш", "Бряг", "pashto", "ps bg", 320),
    Leader("L06", "Мариам Голестаре", "Мента", "dari", "fa", 315),
    Leader("L07", "Халед Нурабахри", "Фар", "arab", "ar", 310),
    Leader("L08", "Лейла Сетарекух", "Звезда", "dari", "fa bg", 300),
    Leader("L09", "Тарас Житополь", "Щъркел", "ukr", "uk bg", 300),
    Leader("L10", "Амина Бададури", "Перла", "somali", "so en", 290),
    Leader("L11", "Дилшад Кохеснар", "Сокол", "kurd", "ku ar", 290),
    Leader("L12", "Рима Зейтунабри", "Маслина", "arab", "ar en", 280),
    Leader("L13", "Фарид Паскухан", "Кедър", "pashto", "ps fa", 270),
    Leader("L14", "Олена Степоцвит", "Калина", "ukr", "uk ru", 260),
    Leader("L15", "Махмуд Шамсабри", "Пясък", "arab", "ar", 250),
    Leader("L16", "Зохра Лаледаре", "Лале", "dari", "fa bg", 240),
    Leader("L17", "Башир Арчакух", "Кипарис", "pashto", "ps", 230),
    Leader("L18", "Соня Вітролист", "Бреза", "ukr", "uk bg", 220),
    Leader("L19", "Идрис Вадиманар", "Оазис", "somali", "so ar", 210),
    Leader("L20", "Шилан Чавибахар", "Пролет", "kurd", "ku", 40),
)

# code, organisation, languages
MENTORS = (
    ("M01", "ngo_integr", "bg fa en"), ("M02", "ngo_integr", "bg ar en"), ("M03", "redx", "bg uk ru"),
    ("M04", "ngo_lang", "bg fa en"), ("M05", "youth_dr", "bg ps en"), ("M06", "com_dari", "bg fa"),
    ("M07", "com_arab", "bg ar"), ("M08", "ngo_integr", "bg fa"), ("M09", "redx", "bg uk"),
    ("M10", "ngo_child", "bg en so"), ("M11", "youth_dr", "bg ku ar"), ("M12", "ngo_integr", "bg ar so"),
    ("M13", "ngo_lang", "bg uk en"), ("M14", "ngo_integr", "bg en ps"),
)  # fmt: skip
GONE = ("M13", 70)
LEAVING = ("M04", 150)
"""Mentor and the days until the contract ends."""

RUNNING = ("M01", "M02", "M03", "M04", "M05", "M06", "M07", "M08", "M09", "M10", "M11", "M12", "M14",
           "M01", "M02", "M03", "M04")  # fmt: skip
"""Mentors of the leaders L01 to L17, in their order."""
QUIET = {"L06": 75, "L11": 92, "L15": 64}
"""Pairs that have been quiet, with the days since their last contact."""
PAUSED = ("L19", "M12", 50)
LEFT_ALONE = ("L18", "M13")
EARLIER = ("L02", "M13", 330, 160)

AGREED = {"L01": 9, "L02": 45, "L03": 45, "L04": 150, "L07": 90, "L08": 120, "L09": 200, "L12": 75}
"""Pairs that said until when, with the days until then; of the others it is not known."""

GOALS = (
    "Да води разговор с училището без преводач.",
    "Да събере група от десет души за езиков курс.",
    "Да познава институциите в общината и да насочва хората към тях.",
    "Да организира празник с приемащата общност.",
)
NOTES = (
    "Говорихме за срещата с училището. Следващия път ще отидем заедно.",
    "Добра седмица. Групата за езиковия курс вече има осем души.",
    "Трудно е с жилището; договорихме се да пишем на общината.",
    "Упражнявахме телефонен разговор с лекарския кабинет.",
)
TOPICS = ("school", "health", "housing", "work", "papers", "language", "community", "other")
CHANNELS = ("met", "met", "phone", "chat", "online")
INSTITUTIONS = {"school": "school1", "health": "clinic", "housing": "mun_dr", "work": "labour", "papers": "agency"}
RHYTHM = 14


def write(book: Book) -> None:
    """The programme, its people, the pairs and their contacts."""
    values: dict[str, object] = {
        "name": "Менторство за тридесет лидери", "name_en": "Mentoring of thirty leaders", "target": 30, "places": 30,
        "cohorts": ["Първа група", "Втора група", "Трета група"],
        "valid_from": book.ago(440), "valid_to": book.ago(-400),
    }  # fmt: skip
    book.add("Programme", PROGRAMME, values, {"organisation": "ngo_integr"})
    for leader in LEADERS:
        _leader(book, leader)
    for number, (mentor, name) in enumerate(zip(MENTORS, list(names())[100:], strict=False)):
        _mentor(book, *mentor, name, 400 - number)
    _pairs(book)


def _leader(book: Book, leader: Leader) -> None:
    place = {"dari": "dr", "pashto": "dr", "arab": "gm", "ukr": "km", "kurd": "si", "somali": "si"}[leader.community]
    values: dict[str, object] = {
        "name": leader.name, "alias": leader.alias, "role_class": "leader", "languages": leader.languages.split(),
        "state": "active", "consent": False, "valid_from": book.ago(leader.joined), "source": "Демонстрация",
        "phone": f"+359 000 7{leader.code[1:]} 300",
    }  # fmt: skip
    book.add("Person", leader.code, values, {"community": leader.community, "programme": PROGRAMME, "places": place})


def _mentor(book: Book, code: str, organisation: str, languages: str, name: str, since: int) -> None:
    values: dict[str, object] = {
        "name": name, "role_class": "mentor", "languages": languages.split(), "state": "active", "consent": True,
        "valid_from": book.ago(since), "email": f"{code.lower()}@people.example", "source": "Демонстрация",
    }  # fmt: skip
    if code == GONE[0]:
        values |= {"state": "left", "valid_to": book.ago(GONE[1])}
    elif code == LEAVING[0]:
        values["valid_to"] = book.ago(-LEAVING[1])
    book.add("Person", code, values, {} if code == GONE[0] else {"programme": PROGRAMME})
    position = {"position": "Ментор", "valid_from": book.ago(since), "valid_to": values.get("valid_to")}
    book.add("Employment", code, position, {"person": code, "organisation": organisation})


def _pairs(book: Book) -> None:
    for leader, mentor in zip(LEADERS, RUNNING, strict=False):
        start = leader.joined - 15 if leader.code != EARLIER[0] else EARLIER[3] - 5
        _pair(book, leader.code, leader.code, mentor, [(start, "active")])
        _contacts(book, leader.code, start, QUIET.get(leader.code, book.chance.randint(2, 24)))
    leader, mentor, since = PAUSED
    _pair(book, leader, leader, mentor, [(190, "active"), (since, "paused")])
    _contacts(book, leader, 190, since + 3)
    leader, mentor = LEFT_ALONE
    _pair(book, leader, leader, mentor, [(200, "active")])
    _contacts(book, leader, 200, GONE[1] + 4)
    leader, mentor, since, until = EARLIER
    _pair(book, f"{leader}_before", leader, mentor, [(since - 10, "active"), (until, "completed")], until)
    _contacts(book, f"{leader}_before", since - 10, until + 6)


def _pair(
    book: Book, code: str, leader: str, mentor: str, states: list[tuple[int, str]], until: int | None = None
) -> None:
    spoken = next(each.languages for each in LEADERS if each.code == leader).split()
    values: dict[str, object] = {
        "state": states[-1][1], "every_days": RHYTHM, "languages": spoken, "goals": book.chance.choice(GOALS),
        "valid_from": book.ago(states[0][0]), "valid_to": None if until is None else book.ago(until),
    }  # fmt: skip
    if code in AGREED:
        values["agreed_until"] = book.ago(-AGREED[code])
    links = {"mentor": mentor, "leader": leader, "programme": PROGRAMME}
    history = {"states": [f"{book.ago(ago).isoformat()}={state}" for ago, state in states]}
    book.add("Mentorship", code, values, links, extra=history)


def _contacts(book: Book, pair: str, first: int, last: int) -> None:
    """About one contact in two weeks, from the start of the pair to `last` days ago."""
    ago, number = last, 0
    while ago < first:
        number += 1
        topic = book.chance.choice(TOPICS)
        values: dict[str, object] = {
            "on": book.ago(ago), "minutes": book.chance.choice((20, 30, 45, 60, 90)), "topic": topic,
            "channel": book.chance.choice(CHANNELS), "note": book.chance.choice(NOTES) if number % 3 == 1 else "",
        }  # fmt: skip
        if number == 1 and pair not in QUIET and ago < RHYTHM:
            values["next_on"] = book.ago(ago - RHYTHM)
        met = INSTITUTIONS.get(topic, "") if number % 2 else ""
        links: dict[str, str] = {"pair": pair, **({"organisations": met} if met else {})}
        book.add("Contact", f"{pair}.{number:02d}", values, links, subject=book.id("Mentorship", pair))
        ago += book.chance.randint(RHYTHM - 4, RHYTHM + 7)
