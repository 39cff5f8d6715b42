"""Starting vocabularies: service types on two levels and target groups, in the four languages of the product.

The only part of the starting data that an own network may load too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ulid import ULID

from graphdb import records
from graphdb.bulk import CODES
from graphdb.catalogue import kind_of
from graphdb.writes import Change, change

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from graphdb.actors import Actor
    from graphdb.connection import Graph


@dataclass(frozen=True, slots=True)
class Entry:
    """One word of a vocabulary; `parent` is the code of the broader one."""

    code: str
    en: str
    bg: str
    lv: str
    sr: str
    parent: str = ""
    languages: tuple[str, ...] = ()

    def values(self) -> dict[str, object]:
        """Values of the record; the plain name is English, so that it serves every network."""
        named = {"name": self.en, "name_en": self.en, "name_bg": self.bg, "name_lv": self.lv, "name_sr": self.sr}
        return {**named, "code": self.code, **({"languages": list(self.languages)} if self.languages else {})}


def _under(parent: str, *entries: Entry) -> tuple[Entry, ...]:
    return tuple(Entry(e.code, e.en, e.bg, e.lv, e.sr, parent) for e in entries)


SERVICE_TYPES: tuple[Entry, ...] = (
    Entry("protection", "Protection and law", "Закрила и право", "Aizsardzība un tiesības", "Zaštita i pravo"),
    *_under(
        "protection",
        Entry("legal_aid", "Legal aid", "Правна помощ", "Juridiskā palīdzība", "Pravna pomoć"),
        Entry("asylum_counselling", "Advice on the right to protection", "Съвет за правото на закрила",
              "Konsultācijas par tiesībām uz aizsardzību", "Savetovanje o pravu na zaštitu"),
        Entry("violence_support", "Support after violence", "Подкрепа при насилие", "Atbalsts pēc vardarbības",
              "Podrška nakon nasilja"),
        Entry("crisis_intervention", "Crisis intervention", "Кризисна интервенция", "Krīzes intervence",
              "Krizna intervencija"),
        Entry("safe_shelter", "Safe shelter", "Защитено жилище", "Droša patvēruma vieta", "Sigurna kuća"),
    ),
    Entry("health", "Health care", "Здравеопазване", "Veselības aprūpe", "Zdravstvena zaštita"),
    *_under(
        "health",
        Entry("primary_care", "Family doctor and first help", "Личен лекар и първа помощ",
              "Ģimenes ārsts un pirmā palīdzība", "Izabrani lekar i prva pomoć"),
        Entry("hospital_care", "Hospital care", "Болнична помощ", "Slimnīcas aprūpe", "Bolničko lečenje"),
        Entry("mental_health", "Mental health support", "Психологическа подкрепа", "Psiholoģiskais atbalsts",
              "Psihološka podrška"),
        Entry("maternal_health", "Pregnancy and birth", "Бременност и раждане", "Grūtniecība un dzemdības",
              "Trudnoća i porođaj"),
    ),
    Entry("education", "Education", "Образование", "Izglītība", "Obrazovanje"),
    *_under(
        "education",
        Entry("school_enrolment", "Enrolment in school", "Записване в училище", "Uzņemšana skolā", "Upis u školu"),
        Entry("kindergarten", "Kindergarten", "Детска градина", "Bērnudārzs", "Vrtić"),
        Entry("language_training", "Language training", "Езиково обучение", "Valodas apmācība", "Učenje jezika"),
        Entry("after_school", "Help with homework", "Помощ за уроците", "Palīdzība mājasdarbos", "Pomoć u učenju"),
    ),
    Entry("employment", "Employment", "Заетост", "Nodarbinātība", "Zapošljavanje"),
    *_under(
        "employment",
        Entry("job_counselling", "Help to find work", "Помощ за намиране на работа", "Palīdzība darba meklēšanā",
              "Pomoć u traženju posla"),
        Entry("skills_recognition", "Recognition of skills", "Признаване на умения", "Prasmju atzīšana",
              "Priznavanje veština"),
        Entry("vocational_training", "Vocational training", "Професионално обучение", "Profesionālā apmācība",
              "Stručno osposobljavanje"),
    ),
    Entry("housing", "Housing", "Жилище", "Mājoklis", "Stanovanje"),
    *_under(
        "housing",
        Entry("housing_search", "Help to find a home", "Помощ за намиране на жилище", "Palīdzība mājokļa meklēšanā",
              "Pomoć u traženju stana"),
        Entry("accommodation", "Accommodation for a time", "Временно настаняване", "Pagaidu izmitināšana",
              "Privremeni smeštaj"),
    ),
    Entry("social", "Social rights", "Социални права", "Sociālās tiesības", "Socijalna prava"),
    *_under(
        "social",
        Entry("social_counselling", "Social counselling", "Социално консултиране", "Sociālās konsultācijas",
              "Socijalno savetovanje"),
        Entry("material_aid", "Food, clothes and aid in kind", "Храна, дрехи и помощ в натура",
              "Pārtika, apģērbs un materiāla palīdzība", "Hrana, odeća i materijalna pomoć"),
        Entry("information_sessions", "Information sessions", "Информационни сесии", "Informatīvas sesijas",
              "Informativne sesije"),
    ),
    Entry("communication", "Being understood", "Общуване", "Saziņa", "Sporazumevanje"),
    *_under(
        "communication",
        Entry("interpretation", "Interpretation", "Превод", "Tulkošana", "Prevođenje"),
        Entry("mediation", "Mediation", "Посредничество", "Mediācija", "Medijacija"),
    ),
    Entry("culture", "Culture and sport", "Култура и спорт", "Kultūra un sports", "Kultura i sport"),
    *_under(
        "culture",
        Entry("community_activities", "Activities with the host community", "Дейности с приемащата общност",
              "Pasākumi ar uzņemošo kopienu", "Aktivnosti sa lokalnom zajednicom"),
        Entry("sport", "Sport", "Спорт", "Sports", "Sport"),
    ),
)  # fmt: skip

_ARRIVING = ("ar", "fa", "ps", "ku")

GROUPS: tuple[Entry, ...] = (
    Entry("protection", "People who seek or have protection", "Търсещи и получили закрила",
          "Aizsardzības meklētāji un saņēmēji", "Osobe koje traže ili imaju zaštitu", "", _ARRIVING),
    Entry("asylum_seekers", "Asylum seekers", "Търсещи закрила", "Patvēruma meklētāji", "Tražioci azila",
          "protection", _ARRIVING),
    Entry("refugees", "Refugees", "Бежанци", "Bēgļi", "Izbeglice", "protection", _ARRIVING),
    Entry("subsidiary", "People with subsidiary protection", "Лица с хуманитарен статут",
          "Personas ar alternatīvo statusu", "Lica sa supsidijarnom zaštitom", "protection", _ARRIVING),
    Entry("temporary", "People with temporary protection", "Лица с временна закрила",
          "Personas ar pagaidu aizsardzību", "Lica sa privremenom zaštitom", "protection", ("uk", "ru")),
    Entry("migrants", "Migrants", "Мигранти", "Migranti", "Migranti"),
    Entry("unaccompanied", "Unaccompanied children", "Непридружени деца", "Nepavadīti nepilngadīgie",
          "Deca bez pratnje", "", ("fa", "ps", "ar")),
    Entry("women_at_risk", "Women at risk", "Жени в риск", "Riskam pakļautas sievietes", "Žene u riziku"),
    Entry("host", "Host community", "Приемаща общност", "Uzņemošā kopiena", "Lokalna zajednica"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many entries were made; those whose code was there already were left as they are."""

    types: int
    groups: int


def load_vocabulary(graph: Graph, actor: Actor) -> Loaded:
    """Make the starting service types and target groups that a network does not have yet. Safe to repeat."""
    made = Loaded(0, 0)

    def work(open_change: Change) -> str:
        nonlocal made
        types = _complete(open_change, graph, "ServiceType", SERVICE_TYPES)
        made = Loaded(types, _complete(open_change, graph, "PopulationGroup", GROUPS))
        return "loaded"

    change(graph, actor, work)
    return made


def _complete(open_change: Change, graph: Graph, label: str, entries: Sequence[Entry]) -> int:
    known = {row.code: row.id for row in open_change.run(CODES[label])}
    ids = {**{entry.code: str(ULID()) for entry in entries}, **known}
    missing = [entry for entry in entries if entry.code not in known]
    new_records(open_change, graph, label, missing, ids.__getitem__)
    return len(missing)


def new_records(
    open_change: Change, graph: Graph, label: str, entries: Sequence[Entry], id_of: Callable[[str], str]
) -> None:
    """Make the records of these entries under the ids that `id_of` gives their codes."""
    rows = [records.New(e.values(), {"parent": [id_of(e.parent)]} if e.parent else {}, id_of(e.code)) for e in entries]
    records.create_many(open_change, graph, kind_of(label), rows)
