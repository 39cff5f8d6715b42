"""The partners: institutions, municipalities, schools, clinics, associations, media. All invented."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from seed.demo.book import Book


class Partner(NamedTuple):
    """One organisation. `joined`: days before the day of the story, None when nobody wrote it down."""

    code: str
    kind: str
    level: str
    name: str
    english: str
    places: str
    sectors: str
    joined: int | None = 730
    alias: str = ""
    checked: int = 60


PARTNERS = (
    Partner("obl", "district", "regional", "Областна администрация Белорек", "Belorek Regional Administration",
            "belorek", "coordination", checked=48),
    Partner("mun_dr", "municipality", "local", "Община Долна Река", "Municipality of Dolna Reka", "dr",
            "social housing coordination", checked=33),
    Partner("mun_gm", "municipality", "local", "Община Горни Мост", "Municipality of Gorni Most", "gm",
            "social employment", checked=140),
    Partner("mun_km", "municipality", "local", "Община Камен", "Municipality of Kamen", "km", "social health", 500,
            checked=230),
    Partner("rayon", "district", "local", "Район Липите – Долна Река", "Lipite City District, Dolna Reka", "lipite",
            "social culture", 600, checked=75),
    Partner("swc_dr", "social_work_centre", "local", "Дирекция „Социално подпомагане“ – Долна Река",
            "Social Work Centre Dolna Reka", "dr", "social child_protection gbv", alias="ДСП Долна Река", checked=41),
    Partner("swc_gm", "social_work_centre", "local", "Дирекция „Социално подпомагане“ – Горни Мост",
            "Social Work Centre Gorni Most", "gm", "social child_protection", alias="ДСП Горни Мост", checked=52),
    Partner("swc_km", "social_work_centre", "local", "Дирекция „Социално подпомагане“ – Камен",
            "Social Work Centre Kamen", "km", "social child_protection", 480, "ДСП Камен", 260),
    Partner("youth_dr", "youth_office", "local", "Младежки център „Зелена стрелка“", "Youth Centre “Green Arrow”",
            "dr", "education employment culture", checked=64),
    Partner("youth_km", "youth_office", "local", "Младежка служба – Камен", "Youth Office Kamen", "km",
            "education culture", 410, checked=120),
    Partner("recc", "reception_centre", "national", "Регистрационно-приемателен център „Свети Илия“",
            "Reception Centre Sveti Iliya", "si", "protection housing", alias="РПЦ Свети Илия", checked=25),
    Partner("agency", "institution", "national", "Национална служба за закрила и интеграция",
            "National Service for Protection and Integration", "belorek", "protection coordination",
            alias="НСЗИ; NSPI", checked=90),
    Partner("school1", "school", "local", "Средно училище „Първа зора“", "Secondary School “First Dawn”", "dr",
            "education", checked=70),
    Partner("school2", "school", "local", "Основно училище „Сребърен звънец“", "Primary School “Silver Bell”", "gm",
            "education", 560, checked=84),
    Partner("kinder", "school", "local", "Детска градина „Синьо мече“", "Kindergarten “Blue Bear”", "dr", "education",
            430, checked=110),
    Partner("hosp", "clinic", "regional", "Областна болница Белорек", "Belorek Regional Hospital", "dr", "health",
            checked=38),
    Partner("clinic", "clinic", "local", "Медицински център „Липов цвят“", "Medical Centre “Linden Blossom”", "dr gm",
            "health", 620, checked=95),
    Partner("psych", "clinic", "local", "Център за душевно здраве – Долна Река", "Mental Health Centre Dolna Reka",
            "dr", "mental_health", 590, checked=58),
    Partner("police", "police", "local", "Районно полицейско управление – Долна Река", "Police Station Dolna Reka",
            "dr", "protection", checked=150),
    Partner("court", "court", "local", "Съдебна палата – Долна Река", "Courthouse Dolna Reka", "dr", "legal", 640,
            checked=310),
    Partner("labour", "institution", "regional", "Бюро по труда – Белорек", "Labour Office Belorek", "dr gm km",
            "employment", checked=66),
    Partner("ngo_law", "ngo", "national", "Сдружение „Правен фар“", "Legal Lighthouse Association", "dr gm",
            "legal protection", checked=22),
    Partner("ngo_women", "local_ngo", "local", "Сдружение „Дом Невен“", "Marigold House Association", "bryast",
            "gbv protection", checked=55),
    Partner("ngo_child", "local_ngo", "regional", "Фондация „Хартиено хвърчило“", "Paper Kite Foundation", "dr gm",
            "child_protection education", checked=47),
    Partner("ngo_lang", "local_ngo", "regional", "Сдружение „Живи думи“", "Living Words Association", "dr",
            "language education", checked=29),
    Partner("ngo_integr", "ngo", "regional", "Фондация „Мост и дом“", "Bridge and Home Foundation", "dr",
            "housing employment coordination", alias="МиД; Most i dom", checked=18),
    Partner("ngo_psy", "local_ngo", "local", "Сдружение „Тиха стая“", "Quiet Room Association", "dr",
            "mental_health", 540, checked=44),
    Partner("redx", "red_cross", "national", "Дружество „Червен лист“ – Белорек", "Red Leaf Society Belorek",
            "belorek", "social health", checked=61),
    Partner("un", "un_agency", "international", "Международна служба за хора в движение – Белорек",
            "International Service for People on the Move, Belorek", "belorek", "protection legal", 690,
            "МСХД; ISPM", 80),
    Partner("com_dari", "community_group", "local", "Сдружение на говорещите дари „Нур“",
            "Nur Association of Dari Speakers", "dr", "culture language", 450, checked=57),
    Partner("com_arab", "community_group", "local", "Арабски общностен кръг „Маяк“", "Arabic Community Circle “Mayak”",
            "gm", "culture language", 400, checked=71),
    Partner("com_ukr", "community_group", "local", "Украинска общност „Калина“ – Камен",
            "Ukrainian Community “Kalyna” Kamen", "km", "culture language", 380, checked=134),
    Partner("univ", "academic", "national", "Университет Белорек, катедра „Социална работа“",
            "Belorek University, Department of Social Work", "dr", "education", checked=170),
    Partner("radio", "media", "regional", "Радио „Седем хълма“", "Radio Seven Hills", "belorek", "media", None,
            checked=190),
    Partner("news", "media", "local", "Вестник „Белоречки глас“", "Belorek Voice Newspaper", "dr", "media", 520,
            checked=340),
    Partner("donor", "donor", "international", "Фондация „Северен вятър“", "North Wind Foundation", "belorek",
            "coordination", 100, checked=100),
)  # fmt: skip

LEFT = Partner("old_bridge", "local_ngo", "local", "Клуб „Стар мост“", "Old Bridge Club", "gm", "culture", checked=420)
LEFT_AGO = 240

DORMANT = ("court", "news")

# code, organisation, name, English name, place
UNITS = (
    ("soc_dr", "mun_dr", "Отдел „Социални дейности“", "Department of Social Activities", "dr"),
    ("housing_dr", "mun_dr", "Отдел „Общински жилища“", "Department of Municipal Housing", "dr"),
    ("edu_dr", "mun_dr", "Отдел „Образование“", "Department of Education", "dr"),
    ("child_dr", "swc_dr", "Отдел „Закрила на детето“", "Child Protection Unit", "dr"),
    ("emergency", "hosp", "Спешно отделение", "Emergency Department", "dr"),
    ("birth", "hosp", "Родилно отделение", "Maternity Ward", "dr"),
    ("med_si", "recc", "Медицински кабинет", "Medical Room", "si"),
    ("gm_desk", "ngo_law", "Изнесена приемна – Горни Мост", "Legal Desk Gorni Most", "gm"),
)


def write(book: Book) -> None:
    """Partners, one that has left, and the units of the larger ones."""
    for number, partner in enumerate((*PARTNERS, LEFT)):
        book.add("Organisation", partner.code, _values(book, partner, number), {"places": partner.places.split()},
                 extra={"assured": [book.ago(each) for each in _checked(partner)]})  # fmt: skip
    for code, organisation, name, english, place in UNITS:
        book.add("Unit", code, {"name": name, "name_en": english}, {"organisation": organisation, "place": place})


def _values(book: Book, partner: Partner, number: int) -> dict[str, object]:
    gone = partner is LEFT
    membership = "left" if gone else "dormant" if partner.code in DORMANT else "active"
    site = partner.code.replace("_", "-")
    values: dict[str, object] = {
        "name": partner.name, "name_bg": partner.name, "name_en": partner.english,
        "aliases": [alias for alias in partner.alias.split("; ") if alias],
        "kind": partner.kind, "level": partner.level, "sectors": partner.sectors.split(), "membership": membership,
        "website": f"https://{site}.example", "email": f"office@{site}.example",
        "phone": f"+359 000 {number:03d} 100", "identifiers": [f"DEMO-REG:{1001 + number}"],
        "languages": ["bg", "en"] if partner.level in {"national", "international"} else ["bg"],
        "publish": partner.code not in {"ngo_women", "police"}, "protected": partner.code == "ngo_women",
        "assured_on": book.ago(partner.checked), "source": "Демонстрация",
    }  # fmt: skip
    if partner.joined is not None:
        values["valid_from"] = book.ago(partner.joined)
    if gone:
        values["valid_to"] = book.ago(LEFT_AGO)
    return values


def _checked(partner: Partner) -> list[int]:
    """Days ago of each confirmation, oldest first: one each half-year or so back to when the partner joined."""
    first = partner.joined or 400
    return sorted({partner.checked, *range(partner.checked, first, 170)}, reverse=True)
