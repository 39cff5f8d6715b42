"""Our codes and the words people write for them in English, Bulgarian, Latvian and Serbian, separated by semicolons.

Words are compared by `fold`, so case, diacritics and alphabet do not matter; a code is a word for itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from graphdb.catalogue import VOCABULARIES
from graphdb.folding import fold

BRACKETED = re.compile(r"\((\w+)\)\s*\Z")


class Vocabulary:
    """Codes with their words; where two codes share a word, the first one has it.

    `name` is the vocabulary of the catalogue that has the same codes, empty where there is none.
    """

    def __init__(self, name: str, words: Mapping[str, str]) -> None:
        self.name = name
        self._words = words

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes, in their order."""
        return tuple(self._words)

    @cached_property
    def _index(self) -> dict[str, str]:
        index: dict[str, str] = {}
        titles = {term.code: term.word for term in VOCABULARIES.get(self.name, ())}
        for code, words in self._words.items():
            for word in (code, code.replace("_", " "), titles.get(code, code), *words.split("; ")):
                index.setdefault(fold(word) or word, code)
        return index

    def code(self, text: str) -> str | None:
        """The code that a word stands for, or that stands in brackets behind it; None when it is not known."""
        bracketed = BRACKETED.search(text)
        if bracketed and bracketed[1] in self._words:
            return bracketed[1]
        return self._index.get(fold(text) or text.strip())


ORGANISATION_KINDS = Vocabulary(
    "organisation_kind",
    {
        "institution": (
            "government; national authority; ministry; state agency; public body; other public sector; public "
            "institution; министерство; държавна агенция; институция; публична институция; ministrija; valsts "
            "iestāde; iestāde; ministarstvo; državni organ; institucija; javna ustanova"
        ),
        "municipality": (
            "local government; local authority; община; местна власт; pašvaldība; opština; lokalna samouprava; "
            "grad; city; commune"
        ),
        "district": "district administration; regional authority; областна администрация; област; район; rajons; okrug",
        "social_work_centre": (
            "social-work centre; social work center; social service; social services; дирекция социално "
            "подпомагане; дсп; център за социална подкрепа; sociālais dienests; centar za socijalni rad; csr"
        ),
        "youth_office": "youth centre; youth center; младежки център; jaunatnes centrs; kancelarija za mlade",
        "reception_centre": (
            "reception center; registration and reception centre; регистрационно-приемателен център; рпц; "
            "приемателен център; izmitināšanas centrs; prihvatni centar; centar za azil"
        ),
        "school": "kindergarten; училище; детска градина; skola; škola",
        "clinic": (
            "hospital; health centre; болница; поликлиника; медицински център; klīnika; slimnīca; klinika; "
            "bolnica; dom zdravlja"
        ),
        "police": "border police; полиция; гранична полиция; policija",
        "court": "prosecutor; prosecution; съд; прокуратура; tiesa; sud; tužilaštvo",
        "ngo": (
            "ngo national; nongovernmental organisation; non-governmental organisation; non-governmental "
            "organization; нпо; неправителствена организация; nvo; nevalstiska organizācija; nevladina "
            "organizacija"
        ),
        "local_ngo": (
            "association; community based organisation; cbo; местна нпо; сдружение; vietēja nvo; biedrība; "
            "lokalna nvo; udruženje"
        ),
        "international_ngo": (
            "ingo; international non-governmental organisation; международна нпо; starptautiska nvo; međunarodna nvo"
        ),
        "red_cross": "red crescent; red cross red crescent; червен кръст; sarkanais krusts; crveni krst",
        "un_agency": (
            "un; united nations; multilateral; international organisation; intergovernmental organisation; оон; "
            "агенция на оон; международна организация; ano aģentūra; starptautiska organizācija; agencija un; "
            "međunarodna organizacija"
        ),
        "community_group": (
            "informal group; refugee-led organisation; diaspora; общностна група; неформална група; kopienas "
            "grupa; grupa zajednice"
        ),
        "faith": (
            "religious; faith group; church; mosque; вероизповедание; църква; reliģiska organizācija; baznīca; "
            "verska organizacija; crkva"
        ),
        "media": "newspaper; медия; plašsaziņas līdzeklis; medij; mediji",
        "academic": (
            "university; research institute; academic training and research; университет; институт; academia; "
            "universitāte; univerzitet; fakultet"
        ),
        "donor": "funder; foundation; донор; фондация; finansētājs; nodibinājums; fonds; donator; fondacija; zadužbina",
        "business": (
            "private; private sector; company; employer; фирма; дружество; частен сектор; uzņēmums; preduzeće; "
            "kompanija; privatni sektor"
        ),
        "other": "друго; друга; cits; cita; drugo; ostalo",
    },
)
LEVELS = Vocabulary(
    "level",
    {
        "local": "местно; местно ниво; общинско; vietējais; lokalni; lokalno; municipal",
        "regional": "регионално; областно; reģionālais; regionalni; regionalno; district",
        "national": "национално; valsts; nacionālais; nacionalni; nacionalno; state",
        "international": "международно; starptautiskais; međunarodni; međunarodno",
    },
)
PERSON_ROLES = Vocabulary(
    "role_class",
    {
        "staff": "employee; служител; персонал; darbinieks; zaposleni; osoblje",
        "mentor": "ментор; mentors",
        "leader": "community leader; лидер; лидер на общността; kopienas līderis; lider; lider zajednice",
        "expert": "експерт; eksperts; stručnjak; ekspert",
        "volunteer": "доброволец; brīvprātīgais; volonter",
        "journalist": "журналист; žurnālists; novinar",
    },
)
SERVICE_STATES = Vocabulary(
    "service_status",
    {
        "active": "ongoing; open; running; in progress; в сила; действа; активна; активен; aktīvs; aktivan; aktivna",
        "temporarily_closed": "suspended; временно затворена; īslaicīgi slēgts; privremeno zatvoreno",
        "inactive": (
            "closed; completed; finished; приключила; затворена; неактивна; slēgts; beidzies; neaktivna; "
            "zatvoreno; završeno"
        ),
        "draft": "planned; чернова; планирана; plānots; planirano",
        "defunct": "закрита; likvidēts; ukinuto",
    },
)
ASSESSMENT_RESULTS = Vocabulary(
    "assessment_result",
    {
        "none": "absent; no; nobody; няма; никой; не; nav; neviens; nē; nema; niko; ne; 0",
        "exists": "present; yes; има; да; ir; jā; postoji; ima; 1",
        "unclear": "unknown; неясно; не се знае; neskaidrs; nejasno",
    },
)
COSTS = Vocabulary(
    "cost",
    {
        "free": "no cost; 0; безплатно; безплатна; bezmaksas; besplatno; besplatna",
        "affordable": "low cost; малка такса; достъпна цена; neliela maksa; pristupačno",
        "paid": "fee; платено; платена; maksas; plaća se",
    },
)
PRIORITIES = Vocabulary(
    "priority",
    {
        "emergency": "immediate; life threatening; 24 hours; 24h; critical; спешно до 24 часа; незабавно; ārkārtas; vitalno",
        "urgent": (
            "fast track; high; high priority; 72 hours; 72h; three days; спешно; спешен; висок; steidzams; steidzami; "
            "augsta; hitno; hitan; visok"
        ),
        "normal": (
            "routine; medium; low; standard; regular; non urgent; not urgent; обичайно; обикновен; нормален; нисък; "
            "среден; parasts; zema; vidēja; redovno; nizak; srednji; uobičajeno"
        ),
    },
)
REFERRAL_STATES = Vocabulary(
    "referral_state",
    {
        "sent": (
            "pending; new; submitted; referred; no feedback; no feedback received; no response; awaiting response; "
            "изпратено; изпратен; без отговор; чака отговор; nosūtīts; bez atbildes; poslato; upućeno; bez odgovora"
        ),
        "acknowledged": (
            "received; seen; acknowledged receipt; получено; получен; потвърдено; saņemts; apstiprināts; primljeno; potvrđeno"
        ),
        "accepted": "approved; прието; приет; приета; pieņemts; pieņemta; prihvaćeno; prihvaćen",
        "rejected": (
            "declined; not accepted; refused; refused by provider; отказано; отказан; неприето; отхвърлено; "
            "noraidīts; atteikts; nav pieņemts; odbijeno; nije prihvaćeno"
        ),
        "redirected": (
            "referred onward; forwarded; transferred; re-referred; passed on; препратено; пренасочено; пренасочен; "
            "pāradresēts; nodots tālāk; preusmereno; prosleđeno"
        ),
        "in_service": (
            "service started; receiving service; being served; service ongoing; услугата започна; обслужва се; "
            "pakalpojums sākts; usluga počela; usluga u toku"
        ),
        "closed_successful": (
            "successfully closed; closed successfully; successful; service delivered; service provided; completed "
            "successfully; served; успешно приключено; приключено успешно; услугата е предоставена; помогнато; veiksmīgi slēgts; "
            "pakalpojums sniegts; uspešno zatvoreno; usluga pružena"
        ),
        "closed_unsuccessful": (
            "unsuccessfully closed; closed unsuccessfully; unsuccessful; not successful; service not delivered; "
            "неуспешно приключено; приключено без резултат; neveiksmīgi slēgts; neuspešno zatvoreno"
        ),
        "withdrawn": "cancelled; canceled; recalled; оттеглено; отменено; atsaukts; atcelts; povučeno; otkazano",
        "revoked": (
            "consent withdrawn; stopped by the person; оттеглено съгласие; piekrišana atsaukta; povučena saglasnost"
        ),
        "expired": "lapsed; timed out; изтекло; beidzies; isteklo",
        "draft": "not sent; чернова; неизпратено; melnraksts; nacrt",
        "reopened": "отворено отново; atvērts atkārtoti; ponovo otvoreno",
    },
)
# what lists say without saying enough: the outcome or the days of the row say the rest
ROUGH_STATES = Vocabulary(
    "",
    {
        "closed": "done; complete; completed; finished; ended; приключено; приключен; закрито; slēgts; pabeigts; zatvoreno; završeno",
        "open": "in progress; ongoing; active; under way; в процес; отворено; текущо; procesā; atvērts; u toku; otvoreno",
    },
)
REFERRAL_OUTCOMES = Vocabulary(
    "",
    {
        "helped": (
            "yes; successful; success; implemented; delivered; provided; да; успешно; помогнато; предоставена; jā; "
            "veiksmīgi; sniegts; da; uspešno; pruženo"
        ),
        "not_helped": (
            "no; not successful; unsuccessful; failed; not implemented; not delivered; not provided; не; неуспешно; без "
            "резултат; непредоставена; nē; neveiksmīgi; nav sniegts; ne; neuspešno; nije pruženo"
        ),
    },
)
DECLINE_REASONS = Vocabulary(
    "decline_reason",
    {
        "no_capacity": (
            "lack of capacity; no space; full; waiting list; no funds; lack of funding; няма капацитет; няма места; nav "
            "vietu; nav kapacitātes; nema kapaciteta; nema mesta"
        ),
        "not_eligible": "does not meet criteria; ineligible; criteria not met; не отговаря на условията; neatbilst; ne ispunjava uslove",
        "no_interpreter": "no interpretation; language barrier; няма преводач; nav tulka; nema prevodioca",
        "missing_document": "no documents; documents missing; липсва документ; trūkst dokumenta; nedostaje dokument",
        "wrong_place": "out of area; wrong location; area not covered; друго място; cita vieta; pogrešno mesto",
        "not_offered": (
            "service not available; service not provided; not our service; няма такава услуга; pakalpojums netiek sniegts; "
            "usluga se ne pruža"
        ),
        "no_consent": (
            "client refused; client refused services; refused by the person; лицето отказва; няма съгласие; persona atteicās; "
            "nema saglasnosti; osoba odbila"
        ),
        "other": (
            "unable to contact; unable to contact client; no longer needed; services no longer needed; unable to contact "
            "referred to organization; няма връзка; вече не е нужно; cits; nevar sazināties; drugo; nije više potrebno"
        ),
    },
)
AGE_BANDS = Vocabulary(
    "age_band",
    {
        "child": (
            "children; minor; minors; under 18; unaccompanied child; adolescent; adolescents; boy; girl; boys; girls; "
            "дете; деца; непълнолетен; непълнолетна; малолетен; bērns; bērni; nepilngadīgs; dete; deca; maloletnik"
        ),
        "adult": "adults; man; woman; men; women; възрастен; пълнолетен; pieaugušais; pilngadīgs; odrasli; odrastao; punoletan",
        "older": (
            "elderly; older person; older persons; senior; seniors; над 60; възрастни хора; стар човек; seniors; vecāks cilvēks; "
            "stariji; starija osoba"
        ),
    },
)
YES_NO = Vocabulary(
    "",
    {
        "yes": "y; true; 1; x; да; jā; ja; da; ✓; ✔; вярно; directed; насочена",
        "no": "n; false; 0; не; nē; ne; невярно; undirected; ненасочена",
    },
)
MODES = Vocabulary(
    "attendance_mode",
    {
        "present": "yes; y; x; 1; in person; да; присъства; присъствено; klātienē; jā; da; prisutan; uživo",
        "deputy": "заместник; чрез заместник; vietnieks; zamenik",
        "online": "онлайн; tiešsaistē; onlajn; remote",
        "excused": "извинен; извинена; attaisnots; opravdan",
        "absent": "no; n; 0; не; отсъства; nē; nebija; ne; odsutan",
    },
)
COUNTRY_NAMES = Vocabulary(
    "",
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
    },
)
