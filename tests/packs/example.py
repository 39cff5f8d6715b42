"""An invented meeting, in English and in Bulgarian, as the web room would hand it over."""

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.messages.pofile import read_po

from web.packs.content import (
    AgendaItem,
    Changes,
    CollaborationGap,
    Coverage,
    CoverageClass,
    CoverageGap,
    Indicator,
    Invitation,
    LapsingAgreement,
    MapNode,
    MapTie,
    Matrix,
    MatrixCell,
    Meeting,
    NetworkMap,
    NodeKind,
    OpenAction,
    Pack,
)

SOFIA = ZoneInfo("Europe/Sofia")
PO_FILE = Path(__file__).with_name("bg.po")


class Bulgarian:
    """The catalogue bg.po as it stands, without compiling it."""

    def __init__(self):
        with PO_FILE.open("rb") as file:
            self.catalogue = read_po(file, locale="bg")

    def gettext(self, message):
        return self.catalogue[message].string

    def ngettext(self, singular, plural, n):
        return self.catalogue[singular].string[0 if n == 1 else 1]


CLASSES = {
    "en": {
        "absent": ("nobody", "Somebody asked, and there is no provider."),
        "unverified": ("unverified", "The register names a provider; nobody has checked it for 180 days."),
        "fragile": ("one provider", "All hangs on one organisation."),
        "covered": ("covered", "Two or more providers, checked within 180 days."),
        "not_assessed": ("not assessed", ""),
    },
    "bg": {
        "absent": ("никой", "Някой е попитал и доставчик няма."),
        "unverified": ("непотвърдено", "Регистърът посочва доставчик, но никой не го е проверил от 180 дни."),
        "fragile": ("един доставчик", "Всичко зависи от една организация."),
        "covered": ("покрито", "Двама или повече доставчици, проверени през последните 180 дни."),
        "not_assessed": ("непроверено", ""),
    },
}
CELLS = {"absent": 8, "unverified": 3, "fragile": 6, "covered": 8, "not_assessed": 5}

ORGANISATIONS = {
    "en": (
        ("Municipality of Dolna Reka", "institution"),
        ("Reception centre Kamen", "institution"),
        ("Regional directorate for social assistance", "institution"),
        ("Police directorate, child protection unit", "institution"),
        ("Youth office Gorni Most", "institution"),
        ("District health office", "institution"),
        ("Association Bridge", "association"),
        ("Women’s centre Light", "association"),
        ("Law clinic at the university", "association"),
        ("Red Cross, district branch", "association"),
        ("Interpreters’ guild", "association"),
        ("Open Door foundation", "association"),
        ("School “St. Ilia”", "school"),
        ("Language school Word", "school"),
        ("Radio Border", "media"),
    ),
    "bg": (
        ("Община Долна река", "институция"),
        ("Регистрационно-приемателен център „Камен“", "институция"),
        ("Регионална дирекция „Социално подпомагане“", "институция"),
        ("Областна дирекция на МВР, закрила на детето", "институция"),
        ("Младежки център „Горни мост“", "институция"),
        ("Регионална здравна инспекция", "институция"),
        ("Сдружение „Мост“", "сдружение"),
        ("Женски център „Светлина“", "сдружение"),
        ("Правна клиника към университета", "сдружение"),
        ("Червен кръст, областна организация", "сдружение"),
        ("Гилдия на преводачите", "сдружение"),
        ("Фондация „Отворена врата“", "сдружение"),
        ("Училище „Св. Илия“", "училище"),
        ("Езикова школа „Слово“", "училище"),
        ("Радио „Граница“", "медия"),
    ),
}
SPOTS = [
    (0, 0), (3, -1), (-2, -3), (4, 2), (-4, 1), (1, -4), (1, 3), (-3, 4), (5, -3), (-5, -2), (2, 6), (-1, 5.5), (6, 5), (-6, 5), (7, 0.6),
]  # fmt: skip
TIES = [
    (0, 1),
    (0, 2),
    (0, 5),
    (0, 6),
    (0, 4),
    (1, 3),
    (1, 6),
    (1, 8),
    (2, 9),
    (2, 5),
    (4, 7),
    (6, 10),
    (6, 11),
    (7, 11),
    (4, 9),
    (6, 12),
    (3, 8),
    (7, 13),
]
MISSING = [(3, 4), (1, 7), (12, 10)]

TEXTS = {
    "en": {
        "network": "Network for the integration of refugees, Border district",
        "title": "Inter-institutional meeting, December",
        "place": "Town hall, Dolna Reka, hall 2",
        "agenda": (
            ("Nobody interprets from Dari in Dolna Reka", 20, ("9 referrals asked for it since June; 6 were declined for want of it", "the nearest interpreter is in Gorni Most, 48 km away"), "Municipality of Dolna Reka"),
            ("Police and youth office have not met in the last three meetings", 15, ("7 shared cases of unaccompanied children in 180 days", "both own steps of the roadmap"), "Youth office Gorni Most"),
            ("Women alone depend on one shelter, whose project ends in 74 days", 20, ("14 referrals to it in 180 days", "no agreement on a back-up"), "Women’s centre Light"),
            ("Protocol between municipality and women’s centre lapses", 10, ("in force for three years; ends in 12 days",), ""),
        ),
        "invite": ("provides or should provide a service of items 1 and 3", "owns an open action that is overdue"),
        "places": ("Dolna Reka", "Gorni Most", "Sveti Ilia", "Kamen", "Border district"),
        "services": ("Health care", "Housing", "Legal aid", "Psychological support", "Interpretation, Dari", "Language training"),
        "group": "Women alone",
        "cell": {"absent": "nobody", "unverified": "says 2, none checked", "fragile": "one: Women’s centre Light", "covered": "3 partners", "not_assessed": "not assessed"},
        "gap": {"absent": "Nobody offers this in {place}.", "fragile": "In {place} all hangs on one provider.", "unverified": "Nobody has checked the offer in {place}."},
        "gap_reasons": ("9 referrals asked for it in 180 days; 6 were declined for want of it", "about 40 speakers live there (reception centre, October)"),
        "pairs": (("never in one room", 3, 4, ("7 shared cases in 180 days", "not once both present in the last 3 meetings"), 7), ("agreement without a seen tie", 1, 7, ("agreement in force for 14 months",), 0), ("no tie seen for 180 days", 14, None, ("invited twice, came to none",), 0)),
        "opened": ("Nobody offers housing in Sveti Ilia since the hostel closed.",),
        "closed": ("Legal aid in Kamen: two providers, checked on 2 November.", "Language training in Gorni Most: assessed, five providers."),
        "actions": (("Ask the interpreters’ guild for a phone rota", "Municipality of Dolna Reka", date(2026, 11, 2)), ("Send the draft of the shared intake form to all", "Regional directorate for social assistance", date(2026, 12, 1)), ("Name a back-up for the focal point", "District health office", None)),
        "agreement": ("Protocol on accommodation of women at risk", ("Municipality of Dolna Reka", "Women’s centre Light")),
        "indicators": (("Referrals answered in time", "71 %", 112, "23 Aug – 21 Nov 2026", "4 not yet due, shown apart"), ("Organisations present of those invited", "22 of 27", 27, "last meeting", ""), ("Actions done by their date", "9 of 14", 14, "three meetings", "")),
        "hidden": ("2 places with protected location stand under their municipality.", "Counts under 5 persons are not printed (3 figures)."),
        "caption": "Ties with evidence in the last 180 days; positions as on the page Map.",
        "kinds": ("institution", "association", "school", "media"),
    },
    "bg": {
        "network": "Мрежа за интеграция на бежанците, Граничен район",
        "title": "Междуинституционална среща, декември",
        "place": "Сграда на общината, Долна река, зала 2",
        "agenda": (
            ("Никой не превежда от дари в Долна река", 20, ("9 насочвания са поискали превод от юни насам; 6 са отказани поради липса на преводач", "най-близкият преводач е в Горни мост, на 48 км"), "Община Долна река"),
            ("Полицията и младежкият център не са се срещали на последните три заседания", 15, ("7 общи случая на непридружени деца за 180 дни", "и двете институции отговарят за стъпки от пътната карта"), "Младежки център „Горни мост“"),
            ("Жените в риск зависят от един-единствен приют, чийто проект приключва след 74 дни", 20, ("14 насочвания към него за 180 дни", "няма споразумение за заместване"), "Женски център „Светлина“"),
            ("Изтича протоколът между общината и женския център", 10, ("в сила от три години; изтича след 12 дни",), ""),
        ),
        "invite": ("предоставя или следва да предоставя услуга по точки 1 и 3", "отговаря за просрочена задача"),
        "places": ("Долна река", "Горни мост", "Свети Илия", "Камен", "Граничен район"),
        "services": ("Здравеопазване", "Настаняване в жилище", "Правна помощ", "Психологическа подкрепа", "Превод от дари", "Езиково обучение"),
        "group": "Жени в риск",
        "cell": {"absent": "никой", "unverified": "сочи 2, непотвърдени", "fragile": "един: Женски център „Светлина“", "covered": "3 партньори", "not_assessed": "непроверено"},
        "gap": {"absent": "В {place} никой не предлага тази услуга.", "fragile": "В {place} всичко зависи от един доставчик.", "unverified": "Никой не е проверил предлаганото в {place}."},
        "gap_reasons": ("9 насочвания са поискали услугата за 180 дни; 6 са отказани поради липсата ѝ", "около 40 говорещи езика живеят там (приемателен център, октомври)"),
        "pairs": (("никога в една зала", 3, 4, ("7 общи случая за 180 дни", "нито веднъж не са присъствали заедно на последните 3 срещи"), 7), ("споразумение без наблюдавана връзка", 1, 7, ("споразумението е в сила от 14 месеца",), 0), ("без наблюдавана връзка от 180 дни", 14, None, ("канена два пъти, не е присъствала",), 0)),
        "opened": ("Никой не предлага жилище в Свети Илия, откакто затвори общежитието.",),
        "closed": ("Правна помощ в Камен: двама доставчици, проверени на 2 ноември.", "Езиково обучение в Горни мост: проверено, петима доставчици."),
        "actions": (("Запитване до Гилдията на преводачите за дежурства по телефона", "Община Долна река", date(2026, 11, 2)), ("Разпращане на проекта за общ формуляр за прием", "Регионална дирекция „Социално подпомагане“", date(2026, 12, 1)), ("Определяне на заместник на лицето за контакт", "Регионална здравна инспекция", None)),
        "agreement": ("Протокол за настаняване на жени в риск", ("Община Долна река", "Женски център „Светлина“")),
        "indicators": (("Насочвания, получили отговор в срок", "71 %", 112, "23.08. – 21.11.2026 г.", "4 още не са дължими и са показани отделно"), ("Присъствали организации от поканените", "22 от 27", 27, "последната среща", ""), ("Задачи, изпълнени в срок", "9 от 14", 14, "три срещи", "")),
        "hidden": ("2 места със защитено местоположение са показани под своята община.", "Броеве под 5 души не се отпечатват (3 показателя)."),
        "caption": "Връзки с доказателства от последните 180 дни; разположението е като на страница „Карта“.",
        "kinds": ("институция", "сдружение", "училище", "медия"),
    },
}  # fmt: skip

GRID = (
    ("covered", "covered", "fragile", "unverified", "absent"),
    ("fragile", "covered", "absent", "not_assessed", "absent"),
    ("covered", "covered", "covered", "fragile", "unverified"),
    ("fragile", "covered", "not_assessed", "absent", "fragile"),
    ("absent", "fragile", "absent", "not_assessed", "absent"),
    ("covered", "covered", "unverified", "fragile", "not_assessed"),
)
SHAPES = (("square", "#14586b"), ("dot", "#8a5a00"), ("triangle", "#4b5a7a"), ("diamond", "#1d6a4c"))


def example(language="en", gaps=None):
    """The whole pack; `gaps` sets how many coverage gaps it lists instead of those of its grid."""
    t = TEXTS[language]
    names = [name for name, _ in ORGANISATIONS[language]]
    return Pack(
        network=t["network"],
        language=language,
        as_of=date(2026, 11, 21),
        generated=datetime(2026, 11, 21, 16, 5, 9, tzinfo=UTC),
        meeting=Meeting(
            ref="MTG-0007",
            title=t["title"],
            start=datetime(2026, 12, 1, 10, 0, tzinfo=SOFIA),
            end=datetime(2026, 12, 1, 12, 0, tzinfo=SOFIA),
            place=t["place"],
        ),
        agenda=tuple(AgendaItem(*item) for item in t["agenda"]),
        invitations=tuple(Invitation(name, t["invite"][: 1 + i % 2]) for i, name in enumerate(names)),
        coverage=_coverage(language, gaps),
        collaboration=tuple(
            CollaborationGap(
                word, names[a], "" if b is None else names[b], reasons, date(2026, 5, 25), date(2026, 11, 21), n
            )
            for word, a, b, reasons, n in t["pairs"]
        ),
        changes=Changes(date(2026, 9, 8), t["opened"], t["closed"]),
        actions=tuple(OpenAction(*action) for action in t["actions"]),
        agreements=(LapsingAgreement(*t["agreement"], ends=date(2026, 12, 3)),),
        indicators=tuple(Indicator(*indicator) for indicator in t["indicators"]),
        map=_map(language),
        hidden=t["hidden"],
    )


def _coverage(language, wanted):
    t = TEXTS[language]
    words = CLASSES[language]
    grid = [
        (s, p, code)
        for s, row in enumerate(GRID)
        for p, code in enumerate(row)
        if code in ("absent", "fragile", "unverified")
    ]
    picked = grid if wanted is None else [grid[i % len(grid)] for i in range(wanted)]
    gaps = tuple(
        CoverageGap(
            sentence=t["gap"][code].format(place=t["places"][p]),
            code=code,
            place=t["places"][p],
            service=t["services"][s],
            group=t["group"],
            providers=() if code == "absent" else (ORGANISATIONS[language][7][0],),
            since=date(2026, 6, 12) if code == "absent" else None,
            reasons=t["gap_reasons"] if (s, p) == (4, 0) else t["gap_reasons"][:1],
        )
        for s, p, code in picked
    )
    rows = tuple(tuple(MatrixCell(code, t["cell"][code]) for code in row) for row in GRID)
    classes = tuple(CoverageClass(code, *words[code], cells=n) for code, n in CELLS.items())
    return Coverage(25, 5, classes, gaps, Matrix(t["places"], t["services"], rows, t["group"]))


def _map(language):
    t = TEXTS[language]
    kinds = tuple(NodeKind(word, *shape) for word, shape in zip(t["kinds"], SHAPES, strict=True))
    nodes = tuple(MapNode(str(i), name, kind, *SPOTS[i]) for i, (name, kind) in enumerate(ORGANISATIONS[language]))
    ties = tuple(MapTie(str(a), str(b)) for a, b in TIES) + tuple(
        MapTie(str(a), str(b), missing=True) for a, b in MISSING
    )
    return NetworkMap(kinds, nodes, ties, t["caption"])
