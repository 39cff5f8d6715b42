"""The region: one region, three municipalities, and below them a city district, two villages and a protected site."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seed.demo.book import Book

# code, level, name, English name, lies in
PLACES = (
    ("belorek", "region", "Област Белорек", "Belorek region", ""),
    ("dr", "municipality", "Община Долна Река", "Dolna Reka municipality", "belorek"),
    ("gm", "municipality", "Община Горни Мост", "Gorni Most municipality", "belorek"),
    ("km", "municipality", "Община Камен", "Kamen municipality", "belorek"),
    ("lipite", "district", "Район Липите", "Lipite district", "dr"),
    ("si", "settlement", "Свети Илия", "Sveti Iliya", "gm"),
    ("yasen", "settlement", "Ясенов дол", "Yasenov Dol", "km"),
    ("bryast", "site", "Защитено жилище „Бряст“", "Safe house “Bryast”", "dr"),
)

# code, name, English name, languages, size, place
COMMUNITIES = (
    ("dari", "Говорещи дари в Долна Река", "Dari speakers in Dolna Reka", ("fa",), "200_1000", "dr"),
    ("arab", "Говорещи арабски в Горни Мост", "Arabic speakers in Gorni Most", ("ar",), "200_1000", "gm"),
    ("ukr", "Говорещи украински в Камен", "Ukrainian speakers in Kamen", ("uk", "ru"), "50_200", "km"),
    ("kurd", "Говорещи кюрдски в Свети Илия", "Kurdish speakers in Sveti Iliya", ("ku",), "50_200", "si"),
    ("pashto", "Говорещи пащу в Долна Река", "Pashto speakers in Dolna Reka", ("ps",), "under_50", "dr"),
    ("somali", "Говорещи сомалийски в Свети Илия", "Somali speakers in Sveti Iliya", ("so",), "under_50", "si"),
    # nobody of them is a leader yet: a community without a bridge
    ("urdu", "Говорещи урду в Камен", "Urdu speakers in Kamen", ("ur",), "50_200", "km"),
)


def write(book: Book) -> None:
    """Places and the communities that live there."""
    for code, level, name, english, parent in PLACES:
        values = {"name": name, "name_en": english, "level": level, "code": code.upper(), "protected": level == "site"}
        values["code_scheme"] = "Demonstration"
        book.add("Place", code, values, {"parent": parent} if parent else {})
    for code, name, english, languages, size, place in COMMUNITIES:
        values = {"name": name, "name_en": english, "languages": languages, "size_band": size}
        book.add("Community", code, values, {"place": place})
