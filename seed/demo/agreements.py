"""What partners have signed, share as a project, or say about one another."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from seed.demo.book import Book


class Signed(NamedTuple):
    """An agreement: in force since that many days ago (None: unknown), until that many days from now (minus: ago)."""

    code: str
    kind: str
    name: str
    english: str
    parties: str
    since: int | None
    until: int | None = None


AGREEMENTS = (
    Signed("home_dr", "mou", "Меморандум за настаняване", "Memorandum on housing", "ngo_integr mun_dr", 600),
    Signed("arrival", "protocol", "Протокол за първи прием", "Protocol on first reception",
           "recc agency redx", 650, 500),
    Signed("police_women", "protocol", "Протокол за защита на жени", "Protocol on the protection of women",
           "police ngo_women", 500),
    Signed("practice", "mou", "Меморандум за студентска практика", "Memorandum on student practice",
           "mun_gm univ", 420),
    Signed("court_law", "protocol", "Протокол за служебна защита", "Protocol on assigned defence",
           "court ngo_law", 560),
    Signed("quiet_swc", "mou", "Меморандум за психологическа подкрепа", "Memorandum on mental health support",
           "swc_dr ngo_psy", 520, -45),
    Signed("swc_home", "protocol", "Протокол за социална работа по случай", "Protocol on casework",
           "swc_dr ngo_integr", 400, 35),
    Signed("sharing_dr", "information_sharing", "Протокол за обмен на информация – Долна Река",
           "Information-sharing protocol Dolna Reka", "mun_dr swc_dr hosp ngo_law", 300),
    Signed("grant_words", "sub_grant", "Договор за езикови курсове", "Sub-grant for language courses",
           "donor ngo_lang", 95, 640),
    Signed("law_recc", "protocol", "Протокол за правна приемна в центъра", "Protocol on legal aid in the centre",
           "recc ngo_law", 380),
    Signed("school_gm", "mou", "Меморандум за прием в училище", "Memorandum on school places", "school2 mun_gm",
           700, -200),
    Signed("child_gm", "protocol", "Протокол за закрила на детето", "Protocol on child protection",
           "swc_gm ngo_child", 250, 50),
    Signed("un_home", "mou", "Меморандум за сътрудничество", "Memorandum of cooperation", "un ngo_integr", 640),
    Signed("youth_school", "mou", "Меморандум за работа с младежи", "Memorandum on youth work",
           "youth_dr school1", None),
    Signed("words_work", "mou", "Меморандум „Думи за работа“", "Memorandum “Words for work”", "ngo_lang labour",
           150, 600),
)  # fmt: skip

# code, name, English name, donor, state, starts ago, ends in, budget in EUR, partners
PROJECTS = (
    ("model", "Регионален модел за овластяване", "Regional model for empowerment", "Фондация „Северен вятър“",
     "running", 700, 400, 240_000, "ngo_integr mun_dr recc redx ngo_law com_dari com_arab"),
    ("kamen", "Заедно в Камен", "Together in Kamen", "Фондация „Северен вятър“",
     "running", 340, 60, 68_000, "ngo_lang youth_km mun_km"),
    ("children", "Дете до мен", "A child beside me", "Програма „Вътрешни работи“",
     "ended", 690, -120, 155_000, "ngo_child agency swc_gm univ"),
    ("work", "Думи за работа", "Words for work", "", "submitted", -90, 700, 90_000, "ngo_lang labour ngo_integr"),
)  # fmt: skip

# from, to, topic, who says so, since
SAID = (
    ("ngo_integr", "labour", "works_with", "confirmed", 500),
    ("ngo_integr", "radio", "informs", "confirmed", 300),
    ("radio", "com_dari", "informs", "declared", 210),
    ("donor", "ngo_integr", "funds", "confirmed", 100),
    ("donor", "ngo_lang", "funds", "confirmed", 95),
    ("univ", "ngo_psy", "trains", "confirmed", 350),
    ("univ", "swc_dr", "trains", "declared", 260),
    ("youth_dr", "com_dari", "works_with", "confirmed", 240),
    ("youth_km", "com_ukr", "works_with", "declared", 200),
    ("mun_km", "swc_km", "works_with", "confirmed", 450),
    ("agency", "mun_km", "informs", "disputed", 380),
    ("news", "obl", "informs", "declared", 400),
    ("redx", "un", "works_with", "confirmed", 600),
    ("kinder", "school1", "works_with", "declared", None),
    ("hosp", "clinic", "refers", "confirmed", 420),
    ("police", "recc", "works_with", "disputed", 330),
)

# one person, another, what they do together, who says so, since
PEOPLE_SAID = (
    ("expert_psy", "expert_univ", "trains", "confirmed", 280),
    ("ngo_integr_1", "labour_1", "works_with", "confirmed", 420),
    ("hosp_1", "swc_dr_1", "informs", "declared", 190),
    ("journalist_1", "coordinator", "informs", "declared", None),
)


def write(book: Book) -> None:
    """Agreements, projects and declared ties."""
    for signed in AGREEMENTS:
        values: dict[str, object] = {"name": signed.name, "name_en": signed.english, "kind": signed.kind}
        values |= {"source": "Демонстрация", "valid_to": None if signed.until is None else book.ago(-signed.until)}
        if signed.since is not None:
            values |= {"valid_from": book.ago(signed.since), "signed_on": book.workday(signed.since + 7)}
        book.add("Agreement", signed.code, values, {"parties": signed.parties.split()})
    for code, name, english, donor, state, since, until, budget, partners in PROJECTS:
        values = {"name": name, "name_en": english, "donor": donor, "state": state, "budget": budget, "currency": "EUR"}
        values |= {"valid_from": book.ago(since), "valid_to": book.ago(-until), "source": "Демонстрация"}
        book.add("Project", code, values, {"partners": partners.split()})
    for source, target, topic, status, since in SAID:
        values = {"topic": topic, "status": status, "source": "Анкета сред партньорите"}
        values["valid_from"] = None if since is None else book.ago(since)
        links = {"source_organisation": source, "target_organisation": target}
        book.add("DeclaredTie", f"{source}.{target}.{topic}", values, links)
    for source, target, topic, status, since in PEOPLE_SAID:
        values = {"topic": topic, "status": status, "source": "Анкета сред партньорите"}
        values["valid_from"] = None if since is None else book.ago(since)
        book.add("PersonTie", f"{source}.{target}", values, {"source_person": source, "target_person": target})
