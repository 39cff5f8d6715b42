"""The places of the leaders and mentors, new ones who have applied or wait for a mentor, trainings and certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from seed.demo.mentoring import GONE, LEADERS, MENTORS, PROGRAMME

if TYPE_CHECKING:
    from seed.demo.book import Book

FIRST, SECOND, THIRD = "Първа група", "Втора група", "Трета група"
IN_TRAINING = ("L20",)
TOPICS = ("school", "health", "housing", "work", "papers", "language", "community")


class Newcomer(NamedTuple):
    """Somebody of the third cohort, by the days since they applied; `wished` and `unwished` are codes of mentors."""

    code: str
    name: str
    alias: str
    community: str
    languages: str
    place: str
    state: str
    applied: int
    topics: str
    wished: str = ""
    unwished: str = ""
    reason: str = ""


NEWCOMERS = (
    Newcomer("N01", "Ферещех Анарбахар", "Нар", "dari", "fa", "dr", "in_training", 45, "school health", "M08"),
    Newcomer("N02", "Набил Рамлабри", "Дюна", "arab", "ar en", "gm", "in_training", 44, "work papers", "", "M02"),
    Newcomer("N03", "Людмила Тихостеп", "Ковил", "ukr", "uk bg", "km", "accepted", 38, "housing work"),
    Newcomer("N04", "Садия Вахаменар", "Палма", "somali", "so", "si", "accepted", 36, "language school"),
    Newcomer("N05", "Рахим Пештекух", "Скала", "pashto", "ps", "dr", "applied", 12, "work"),
    Newcomer("N06", "Диана Морестеп", "Вълна", "ukr", "uk ru", "km", "applied", 6, "community"),
    Newcomer("N07", "Джамал Гармасер", "Жарава", "dari", "fa en", "dr", "refused", 50, "papers", "", "", "conditions"),
)
WITHOUT_MENTOR = ("N01", "N02", "N03", "N04")

# code, topic, hours, days ago, place
TRAININGS = (
    ("lead1", "Лидерски умения: как се води група", 12, 280, "Общински център, Белорек"),
    ("mob", "Мобилизиране на общности и кампании", 8, 190, "Общински център, Белорек"),
    ("conflict", "Разрешаване на конфликти и медиация", 8, 110, "Читалище „Изгрев“"),
    ("lead2", "Лидерски умения: трета група", 12, -18, "Общински център, Белорек"),
)


def write(book: Book) -> None:
    """Places of everybody, the newcomers, trainings and who was there, two decisions on proposed pairs."""
    for number, leader in enumerate(LEADERS):
        state = "in_training" if leader.code in IN_TRAINING else "active"
        cohort = FIRST if leader.joined >= 300 else SECOND if leader.joined >= 200 else THIRD
        topics = [TOPICS[number % 7], TOPICS[(number + 3) % 7]]
        _place(book, leader.code, "leader", state, leader.joined + 20, leader.joined, cohort=cohort, topics=topics)
    for number, (code, _, _) in enumerate(MENTORS):
        since = 400 - number
        state, reason = ("left", "work") if code == GONE[0] else ("active", "")
        topics = [TOPICS[number % 7], TOPICS[(number + 1) % 7], TOPICS[(number + 4) % 7]]
        most = 2 if code in {"M05", "M06", "M07", "M12"} else None
        _place(book, code, "mentor", state, since + 15, GONE[1] if reason else since, since, topics=topics, reason=reason,
               most_pairs=most)  # fmt: skip
    for one in NEWCOMERS:
        _newcomer(book, one)
    _trainings(book)
    _decisions(book)


def _place(
    book: Book, code: str, role: str, state: str, applied: int, since: int, accepted: int | None = None, **more: object
) -> None:
    values = {"role": role, "state": state, "applied_on": book.ago(applied), "since": book.ago(since), **more}
    history = [(applied, "applied")]
    if state not in {"applied", "refused"}:
        history.append((accepted if accepted is not None else min(applied, since + 6), "accepted"))
    if state == "left":
        history.append((accepted or since, "active"))
    if state not in {"applied", "accepted"}:
        history.append((since, state))
    states = [f"{book.ago(ago).isoformat()}={one}" for ago, one in history]
    book.add("Participation", code, values, {"person": code, "programme": PROGRAMME}, extra={"states": states})


def _newcomer(book: Book, one: Newcomer) -> None:
    belongs = one.state in {"accepted", "in_training"}
    values: dict[str, object] = {
        "name": one.name, "alias": one.alias, "role_class": "leader", "languages": one.languages.split(), "consent": False,
        "source": "Демонстрация", "phone": f"+359 000 8{one.code[1:]} 300",
        **({"state": "active", "valid_from": book.ago(one.applied - 8)} if belongs else {}),
    }  # fmt: skip
    links: dict[str, str] = {"community": one.community, "places": one.place}
    book.add("Person", one.code, values, {**links, **({"programme": PROGRAMME} if belongs else {})})
    since = {"applied": 0, "accepted": 8, "in_training": 15, "refused": 20}[one.state]
    told: dict[str, object] = {
        "role": "leader", "state": one.state, "applied_on": book.ago(one.applied), "since": book.ago(one.applied - since),
        "cohort": THIRD, "topics": one.topics.split(), "reason": one.reason, "interpreter": one.languages == "so",
    }  # fmt: skip
    tied: dict[str, str] = {"person": one.code, "programme": PROGRAMME}
    tied |= {name: code for name, code in (("wished", one.wished), ("unwished", one.unwished)) if code}
    states = [(one.applied, "applied")]
    if belongs:
        states.append((one.applied - 8, "accepted"))
    if one.state in {"in_training", "refused"}:
        states.append((one.applied - since, one.state))
    history = [f"{book.ago(ago).isoformat()}={state}" for ago, state in states]
    book.add("Participation", one.code, told, tied, extra={"states": history})


def _trainings(book: Book) -> None:
    for code, topic, hours, ago, where in TRAININGS:
        held = ago > 0
        values: dict[str, object] = {
            "name": topic, "on": book.ago(ago), "hours": hours, "place": where, "state": "held" if held else "planned",
        }  # fmt: skip
        book.add("Training", code, values, {"programme": PROGRAMME})
        for number, person in enumerate(_takers(code, ago)):
            state = (
                ("attended" if number % 6 == 5 else "certified") if held else "registered" if number % 2 else "invited"
            )
            told: dict[str, object] = {"state": state, "since": book.ago(max(ago, 0))}
            if state == "certified":
                told["certificate"] = f"{code.upper()}/{number + 1:02d}"
            links = {"person": person, "training": code, "programme": PROGRAMME}
            history = {"states": [f"{book.ago(max(ago, 0)).isoformat()}={state}"]}
            book.add("Enrolment", f"{code}.{person}", told, links, extra=history)


def _takers(code: str, ago: int) -> list[str]:
    if code == "lead2":
        return ["L20", *WITHOUT_MENTOR]
    return [
        leader.code for number, leader in enumerate(LEADERS) if leader.joined > ago and (code == "lead1" or number % 3)
    ]


def _decisions(book: Book) -> None:
    accepted: dict[str, object] = {"decision": "accepted", "decided_on": book.ago(245), "points": 7, "reasons": "[]"}
    both = {"programme": PROGRAMME, "leader": "L16", "proposed": "M03", "chosen": "M03", "pair": "L16"}
    book.add("MatchDecision", "L16", accepted, both)
    refused: dict[str, object] = {
        "decision": "refused", "reason": "known", "decided_on": book.ago(10), "points": 8, "reasons": "[]",
    }  # fmt: skip
    book.add("MatchDecision", "N03", refused, {"programme": PROGRAMME, "leader": "N03", "proposed": "M09"})
