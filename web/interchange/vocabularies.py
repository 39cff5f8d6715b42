"""Our codes and the words people write for them in English, Bulgarian, Latvian and Serbian, separated by semicolons.

Words are compared by `fold`, so case, diacritics and alphabet do not matter; a code is a word for itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from graphdb.folding import fold


class Vocabulary:
    """Codes with their words; where two codes share a word, the first one has it."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes, in their order."""
        return tuple(self._words)

    @cached_property
    def _index(self) -> dict[str, str]:
        index: dict[str, str] = {}
        for code, words in self._words.items():
            for word in (code, code.replace("_", " "), *words.split("; ")):
                index.setdefault(fold(word) or word, code)
        return index

    def code(self, text: str) -> str | None:
        """The code that a word stands for, None when it is not known."""
        return self._index.get(fold(text) or text.strip())


ORGANISATION_KINDS = Vocabulary(
    {
        "government": (
            "national authority; ministry; state agency; министерство; държавна агенция; ministrija; valsts "
            "iestāde; ministarstvo; državni organ; institution; институция; iestāde; institucija"
        ),
        "municipality": (
            "local government; local authority; община; местна власт; pašvaldība; opština; lokalna "
            "samouprava; grad; city; commune"
        ),
        "district": (
            "district administration; regional authority; областна администрация; област; район; rajons; okrug"
        ),
        "public_body": (
            "other public sector; public body; public institution; публична институция; valsts "
            "kapitālsabiedrība; javna ustanova"
        ),
        "social_work_centre": (
            "social work centre; social-work centre; social work center; social service; social services; "
            "дирекция социално подпомагане; дсп; център за социална подкрепа; sociālais dienests; centar za "
            "socijalni rad; csr"
        ),
        "youth_office": "youth office; youth centre; младежки център; jaunatnes centrs; kancelarija za mlade",
        "reception_centre": (
            "reception centre; reception center; registration and reception centre; регистрационно-"
            "приемателен център; рпц; приемателен център; izmitināšanas centrs; prihvatni centar; centar za "
            "azil"
        ),
        "school": "kindergarten; училище; детска градина; skola; škola",
        "clinic": (
            "hospital; health centre; болница; поликлиника; медицински център; klīnika; slimnīca; klinika; "
            "bolnica; dom zdravlja"
        ),
        "police": "border police; полиция; гранична полиция; policija",
        "court": "prosecution; съд; прокуратура; tiesa; sud; tužilaštvo",
        "ngo_international": (
            "international ngo; ingo; international non-governmental organisation; международна нпо; "
            "starptautiska nvo; međunarodna nvo"
        ),
        "ngo_national": (
            "national ngo; ngo; nongovernmental organisation; non-governmental organisation; non-governmental "
            "organization; association; нпо; неправителствена организация; сдружение; nvo; nevalstiska "
            "organizācija; biedrība; nevladina organizacija; udruženje"
        ),
        "ngo_local": "local ngo; community based organisation; cbo; местна нпо; vietēja nvo; lokalna nvo",
        "community_group": (
            "community group; informal group; refugee-led organisation; diaspora; общностна група; неформална "
            "група; kopienas grupa; grupa zajednice"
        ),
        "foundation": "фондация; nodibinājums; fonds; fondacija; zadužbina",
        "red_cross": "red cross; red crescent; red cross red crescent; червен кръст; sarkanais krusts; crveni krst",
        "un_agency": "un agency; un; united nations; оон; агенция на оон; ano aģentūra; agencija un",
        "intergovernmental": (
            "multilateral; international organisation; intergovernmental organisation; международна "
            "организация; starptautiska organizācija; međunarodna organizacija"
        ),
        "donor": "funder; донор; finansētājs; donator",
        "academic": (
            "university; research institute; academic training and research; университет; институт; academia; "
            "universitāte; univerzitet; fakultet"
        ),
        "media": "media outlet; newspaper; медия; plašsaziņas līdzeklis; medij; mediji",
        "religious": (
            "faith group; church; mosque; вероизповедание; църква; reliģiska organizācija; baznīca; verska "
            "organizacija; crkva"
        ),
        "private": (
            "private sector; company; business; employer; фирма; дружество; частен сектор; uzņēmums; "
            "preduzeće; kompanija; privatni sektor"
        ),
        "other": "друго; друга; cits; cita; drugo; ostalo",
    }
)
LEVELS = Vocabulary(
    {
        "local": "местно; местно ниво; общинско; vietējais; lokalni; lokalno; municipal",
        "regional": "регионално; областно; reģionālais; regionalni; regionalno; district",
        "national": "национално; valsts; nacionālais; nacionalni; nacionalno; state",
        "international": "международно; starptautiskais; međunarodni; međunarodno",
    }
)
PERSON_ROLES = Vocabulary(
    {
        "staff": "employee; служител; персонал; darbinieks; zaposleni; osoblje",
        "mentor": "ментор; mentors",
        "leader": "community leader; лидер; лидер на общността; kopienas līderis; lider; lider zajednice",
        "expert": "експерт; eksperts; stručnjak; ekspert",
        "volunteer": "доброволец; brīvprātīgais; volonter",
        "journalist": "журналист; žurnālists; novinar",
    }
)
SERVICE_STATES = Vocabulary(
    {
        "active": "ongoing; open; running; in progress; в сила; действа; активна; активен; aktīvs; aktivan; aktivna",
        "temporarily_closed": "suspended; временно затворена; īslaicīgi slēgts; privremeno zatvoreno",
        "inactive": (
            "closed; completed; ended; finished; приключила; затворена; неактивна; slēgts; beidzies; "
            "neaktivna; zatvoreno; završeno"
        ),
        "draft": "planned; чернова; планирана; plānots; planirano",
        "defunct": "закрита; likvidēts; ukinuto",
    }
)
ASSESSMENT_RESULTS = Vocabulary(
    {
        "absent": "none; no; nobody; няма; никой; не; nav; neviens; nē; nema; niko; ne; 0",
        "present": "exists; yes; има; да; ir; jā; postoji; ima; da; 1",
    }
)
YES_NO = Vocabulary(
    {
        "yes": "y; true; 1; x; да; jā; ja; da; ✓; ✔; вярно; directed; насочена",
        "no": "n; false; 0; не; nē; ne; невярно; undirected; ненасочена",
    }
)
MODES = Vocabulary(
    {
        "in_person": "in person; present; присъствено; klātienē; uživo; lično",
        "online": "онлайн; tiešsaistē; onlajn; remote; zoom",
    }
)
COUNTRY_NAMES = Vocabulary(
    {
        "TR": "Turkey",
        "CZ": "Czech Republic",
        "MK": "Macedonia",
        "SZ": "Swaziland",
        "MM": "Burma",
        "CI": "Ivory Coast",
        "CV": "Cape Verde",
        "SY": "Syrian Arab Republic",
        "IR": "Iran (Islamic Republic of)",
        "MD": "Republic of Moldova",
        "RU": "Russian Federation",
        "VN": "Viet Nam",
        "LA": "Lao PDR",
        "US": "United States of America; USA",
        "GB": "Great Britain; UK",
        "AE": "UAE",
        "PS": "State of Palestine; Palestine",
        "TZ": "United Republic of Tanzania",
    }
)
