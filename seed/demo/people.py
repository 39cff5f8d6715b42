"""Staff of the partners: focal points, back-ups, experts, volunteers, journalists. Every name is put together by rule
from invented family names, so that it belongs to nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seed.demo.organisations import LEFT, LEFT_AGO, PARTNERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seed.demo.book import Book

WOMEN = ("Ана", "Биляна", "Вяра", "Гергана", "Деница", "Елица", "Жана", "Зорница", "Ива", "Калина", "Лора", "Мила",
         "Нели", "Огняна", "Рада", "Светла", "Теодора", "Яна")  # fmt: skip
MEN = ("Антон", "Богдан", "Велин", "Григор", "Добрин", "Емил", "Захари", "Калоян", "Милен", "Огнян", "Румен", "Стоил",
       "Тихомир", "Явор")  # fmt: skip
# the form for men; women's ends in -а instead of -и, or adds -а
FAMILIES = ("Тихореченски", "Белокаменски", "Росомиров", "Звездолюбов", "Ветропланински", "Синегоров", "Липоцветов",
            "Снегоречки", "Мъгливодолски", "Яснозоров", "Дъбогоров", "Лъчезвездов", "Житополски", "Пъстрокрилов",
            "Златоизворски", "Тревоморски", "Сребробрегов", "Песнопоев", "Калинодолски", "Ранобудов",
            "Високомостов", "Облакогонов", "Бързопотоков")  # fmt: skip

# second focal points: who stands in when the first is away
WITH_BACKUP = ("mun_dr", "swc_dr", "recc", "agency", "hosp", "ngo_law", "ngo_women", "ngo_child", "ngo_lang",
               "ngo_integr", "ngo_psy", "redx", "un", "labour", "police", "swc_gm", "mun_gm", "school1", "obl",
               "youth_dr")  # fmt: skip
TITLES = {
    "school": "Педагогически съветник", "clinic": "Социален работник", "police": "Инспектор", "media": "Редактор",
    "ngo": "Координатор", "local_ngo": "Координатор", "social_work_centre": "Началник отдел", "court": "Секретар",
}  # fmt: skip

# code, organisation, role, position, languages
OTHERS = (
    ("expert_law", "ngo_law", "expert", "Адвокат", ("bg", "en", "fr")),
    ("expert_psy", "ngo_psy", "expert", "Психотерапевт", ("bg", "en", "ru")),
    ("expert_univ", "univ", "expert", "Преподавател", ("bg", "en")),
    ("expert_job", "ngo_integr", "staff", "Консултант по жилища и работа", ("bg", "en", "ar")),
    ("counsel_women", "ngo_women", "staff", "Консултант за жени", ("bg", "en")),
    ("supervisor", "ngo_psy", "expert", "Супервизор на ментори", ("bg", "en", "ru")),
    ("coordinator", "ngo_integr", "staff", "Координатор на мрежата", ("bg", "en")),
    ("volunteer_1", "redx", "volunteer", "Доброволец", ("bg", "en")),
    ("volunteer_2", "ngo_lang", "volunteer", "Доброволец", ("bg", "uk")),
    ("journalist_1", "radio", "journalist", "Репортер", ("bg", "en")),
    ("journalist_2", "news", "journalist", "Репортер", ("bg",)),
)


def names() -> Iterator[str]:
    """Invented full names, women and men in turn; the first 200 differ."""
    for number in range(200):
        first = (WOMEN, MEN)[number % 2]
        family = FAMILIES[(number * 5 + number // 23) % len(FAMILIES)]
        yield f"{first[(number // 2) % len(first)]} {family if number % 2 else feminine(family)}"


def feminine(family: str) -> str:
    """The family name as a woman bears it."""
    return f"{family[:-1]}а" if family.endswith("и") else f"{family}а"


def write(book: Book) -> None:
    """Focal points and the others who work for the partners, with their positions."""
    name = names()
    for number, partner in enumerate((*PARTNERS, LEFT)):
        title = TITLES.get(partner.kind, "Експерт")
        joined = partner.joined or 400
        until = LEFT_AGO if partner is LEFT else None
        _staff(book, f"{partner.code}_1", next(name), partner.code, title, joined, number, focal=True, until=until)
        if partner.code in WITH_BACKUP:
            _staff(book, f"{partner.code}_2", next(name), partner.code, title, joined - 40, number, backup=True)
    for number, (code, organisation, role, title, languages) in enumerate(OTHERS):
        _person(book, code, next(name), role, languages, number)
        _position(book, code, code, organisation, title, 350 - 20 * number)
    _former(book, next(name))


def _staff(
    book: Book, code: str, name: str, organisation: str, title: str, since: int, number: int, *, focal: bool = False,
    backup: bool = False, until: int | None = None,
) -> None:  # fmt: skip
    _person(book, code, name, "staff", ("bg", "en") if number % 3 else ("bg",), number, left=until)
    _position(book, code, code, organisation, title, since, focal=focal, backup=backup, until=until)


def _person(
    book: Book, code: str, name: str, role: str, languages: tuple[str, ...], number: int, left: int | None = None
) -> None:
    values: dict[str, object] = {
        "name": name, "role_class": role, "languages": languages, "consent": number % 4 != 3,
        "phone": f"+359 000 {number:03d} 2{len(code):02d}", "email": f"{code.replace('_', '.')}@people.example",
        "state": "active", "source": "Демонстрация",
    }  # fmt: skip
    if left is not None:
        values |= {"state": "left", "valid_to": book.ago(left)}
    book.add("Person", code, values)


def _position(
    book: Book, code: str, person: str, organisation: str, title: str, since: int, *, focal: bool = False,
    backup: bool = False, until: int | None = None,
) -> None:  # fmt: skip
    values: dict[str, object] = {
        "position": title, "focal_point": focal, "backup": backup, "valid_from": book.ago(since),
    }  # fmt: skip
    if until is not None:
        values["valid_to"] = book.ago(until)
    book.add("Employment", code, values, {"person": person, "organisation": organisation})


def _former(book: Book, name: str) -> None:
    """Somebody who moved from the municipality to the foundation: two positions, one after the other."""
    _person(book, "moved", name, "staff", ("bg", "en"), 5)
    _position(book, "moved_before", "moved", "mun_dr", "Експерт „Интеграция“", 700, until=310)
    _position(book, "moved_now", "moved", "ngo_integr", "Ръководител на програма", 309)
