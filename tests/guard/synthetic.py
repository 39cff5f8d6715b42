"""500 invented notes in five languages and scripts: half hold one thing that must not be stored, half hold none.

All numbers are drawn at random; check digits are computed here by the published rules, not by the guard's library.
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

LANGUAGES = ("bg", "lv", "sr_Latn", "sr_Cyrl", "en")


@dataclass(frozen=True)
class Note:
    language: str
    kind: str  # "" where nothing is hidden in it
    text: str
    secret: str = ""


def notes(seed: int) -> list[Note]:
    """50 notes with a secret and 50 without, for each of the five languages."""
    order = Random(seed)
    made: list[Note] = []
    for language in LANGUAGES:
        for number in range(50):
            kind = list(SECRETS)[number % len(SECRETS)]
            cue, secret = SECRETS[kind](language, order)
            carrier = order.choice(CARRIERS[language])
            made.append(Note(language, kind, carrier.format(f"{cue} {secret}".strip()), secret))
            made.append(Note(language, "", clean(language, order)))
    return made


def clean(language: str, order: Random) -> str:
    """Two or three sentences of daily work, with the dates, sums and numbers that occur in it."""
    return " ".join(fill(sentence, order) for sentence in order.sample(CLEAN[language], order.choice((2, 3))))


def fill(sentence: str, order: Random) -> str:
    day, month, year = order.randint(1, 28), order.randint(1, 12), order.randint(2024, 2027)
    values = {
        "date": order.choice(
            (
                f"{day:02}.{month:02}.{year}",
                f"{day}.{month}.{year}",
                f"{year}-{month:02}-{day:02}",
                f"{day}/{month}/{year}",
            )
        ),
        "days": f"{day:02}.{month:02}-{min(day + 3, 30):02}.{month:02}.{year}",
        "time": f"{order.randint(8, 18)}:{order.choice(('00', '15', '30'))}",
        "times": f"{order.randint(8, 12):02}.00-{order.randint(13, 18)}.30",
        "sum": f"{order.randint(1, 900)} {order.randint(0, 999):03}",
        "large": f"{order.randint(1, 30)} {order.randint(0, 999):03} {order.randint(0, 999):03}",
        "n": str(order.randint(2, 300)),
        "year": str(year),
        "ref": f"ORG-{order.randint(1, 9999):04}",
        "gap": f"GAP-{year}-{order.randint(1, 99999):05}-{order.choice('ABCDEFGHJK')}",
        "article": str(order.randint(2, 90)),
        "act": f"{order.randint(1, 400)}/{year}",
        "eik": str(order.randint(100_000_000, 209_999_999)),
        "project": f"BG{order.randint(10, 99)}RFOP002-1.0{order.randint(10, 99)}-00{order.randint(10, 99)}",
        "grant": str(order.randint(101_000_000, 101_999_999)),
    }
    return sentence.format(**values)


CARRIERS = {
    "bg": ["Лицето дойде днес. {}. Насочено е към дирекцията.", "Бележка: {}, да се провери утре.", "Говорих с преводача, {} и е съгласно с плана.",
           "Уговорихме среща за следващата седмица ({}).", "{}", "Спешно! {}; няма кой да придружи семейството."],
    "lv": ["Persona ieradās šodien. {}. Nosūtīta uz sociālo dienestu.", "Piezīme: {}, jāpārbauda rīt.", "Runāju ar tulku, {} un piekrīt plānam.",
           "Vienojāmies par tikšanos nākamnedēļ ({}).", "{}", "Steidzami! {}; nav, kas pavada ģimeni."],
    "sr_Latn": ["Osoba je došla danas. {}. Upućena je u centar za socijalni rad.", "Beleška: {}, proveriti sutra.", "Razgovarala sam sa prevodiocem, {} i saglasna je sa planom.",
                "Dogovorili smo sastanak za sledeću nedelju ({}).", "{}", "Hitno! {}; nema ko da otprati porodicu."],
    "sr_Cyrl": ["Особа је дошла данас. {}. Упућена је у центар за социјални рад.", "Белешка: {}, проверити сутра.", "Разговарала сам са преводиоцем, {} и сагласна је са планом.",
                "Договорили смо састанак за следећу недељу ({}).", "{}", "Хитно! {}; нема ко да отпрати породицу."],
    "en": ["The person came today. {}. Sent on to the social-work centre.", "Note: {}, to be checked tomorrow.", "Spoke with the interpreter, {} and agrees with the plan.",
           "We agreed to meet next week ({}).", "{}", "Urgent! {}; nobody can go along with the family."],
}  # fmt: skip

CLEAN = {
    "bg": [
        "Срещата е на {date} от {time} ч. в общината.", "Присъстваха {n} души от {n} организации.", "Бюджетът е {sum} лв. за {year} г.",
        "Съгласно чл. {article}, ал. 2 от Закона за убежището и бежанците.", "Заповед № РД-09-{act} влиза в сила от {date}.",
        "Липсва преводач от дари за {n} семейства, виж {gap}.", "Дирекция „Социално подпомагане“ поиска списък с услуги.", "Курсът по български е {days}, {times} ч.",
        "Проект {project} финансира {n} места до {year} г.", "Партньорът {ref} (ЕИК {eik}) потвърди, че приема насочвания.", "Отпуснати са {large} EUR по програмата.",
        "Майката има нужда от записване на детето в детска градина.", "Училище „Васил Левски“ прие {n} деца тази учебна година.", "Няма свободен капацитет до края на месеца; следваща проверка {date}.",
        "Лидерът на общността предлага среща с Агенцията за бежанците.", "Получен е отговор от Столична община и от Български червен кръст.", "В периода 2024-2026 броят на насочванията е {n}.",
        "Детето е във възрастова група 12-15 и ходи на училище в Харманли.", "Безплатната линия 0800 18 676 работи всеки ден от {times}.", "Телефонът на доверие е 116 111.",
        "Търси се жилище за семейство от четирима в район Надежда, до 45 кв. м.", "Обсъдихме точка 3 от протокол № {n} от {date}.", "Роденият тук брат вече говори добре български.",
        "Паспортът е в посолството, чакат отговор до {n} дни.", "Обадих се на Каритас и на Съвета на жените бежанки.",
    ],
    "lv": [
        "Tikšanās notiks {date} plkst. {time} pašvaldībā.", "Piedalījās {n} cilvēki no {n} organizācijām.", "Budžets ir {sum} EUR {year}. gadam.",
        "Saskaņā ar Patvēruma likuma {article}. panta otro daļu.", "Rīkojums Nr. {act} stājas spēkā {date}.", "Trūkst dari valodas tulka {n} ģimenēm, sk. {gap}.",
        "Sociālais dienests lūdza pakalpojumu sarakstu.", "Latviešu valodas kursi notiek {days}, {times}.", "Projekts {project} finansē {n} vietas līdz {year}. gadam.",
        "Partneris {ref} apstiprināja, ka pieņem nosūtījumus.", "Piešķirti {large} EUR programmas ietvaros.", "Mātei vajag palīdzību bērna reģistrēšanai bērnudārzā.",
        "Rīgas Juglas vidusskola uzņēma {n} bērnus šajā mācību gadā.", "Līdz mēneša beigām brīvu vietu nav; nākamā pārbaude {date}.", "Kopienas līderis piedāvā tikties ar Pilsonības un migrācijas lietu pārvaldi.",
        "Saņemta atbilde no Rīgas domes un Latvijas Sarkanā Krusta.", "Laikā no 2024. līdz 2026. gadam bija {n} nosūtījumu.", "Bērns ir vecuma grupā 12-15 un iet skolā Daugavpilī.",
        "Bezmaksas tālrunis 80 001 801 strādā {times}.", "Meklē dzīvokli četru cilvēku ģimenei Ziepniekkalnā, līdz 45 m2.", "Apspriests {n}. punkts no {date} protokola.",
        "Pase ir vēstniecībā, atbildi gaida {n} dienas.", "Zvanīju Sarkanajam Krustam un biedrībai „Patvērums“.", "Granta līgums {grant} beidzas {date}.",
    ],
    "sr_Latn": [
        "Sastanak je {date} u {time} u opštini.", "Prisustvovalo je {n} ljudi iz {n} organizacija.", "Budžet je {sum} din. za {year}. godinu.",
        "U skladu sa članom {article}, stav 2 Zakona o azilu.", "Rešenje br. {act} stupa na snagu {date}.", "Nedostaje prevodilac za dari za {n} porodica, vidi {gap}.",
        "Centar za socijalni rad je tražio spisak usluga.", "Kurs srpskog je {days}, {times}.", "Projekat {project} finansira {n} mesta do {year}. godine.",
        "Partner {ref} (PIB {eik}) je potvrdio da prima upućivanja.", "Odobreno je {large} EUR iz programa.", "Majci treba pomoć za upis deteta u vrtić.",
        "Škola „Branko Radičević“ je primila {n} dece ove godine.", "Nema slobodnih mesta do kraja meseca; sledeća provera {date}.", "Lider zajednice predlaže sastanak sa Komesarijatom za izbeglice.",
        "Stigao je odgovor iz Grada Beograda i Crvenog krsta Srbije.", "U periodu 2024-2026 bilo je {n} upućivanja.", "Dete je u uzrasnoj grupi 12-15 i ide u školu u Šidu.",
        "Besplatna linija 0800 123 456 radi {times}.", "Traži se stan za porodicu od četvoro u Novom Sadu, do 45 m2.", "Razmotrena je tačka 3 zapisnika od {date}.",
        "Pasoš je u ambasadi, odgovor se čeka {n} dana.", "Zvali smo Crveni krst i Kancelariju za mlade.", "Rođeni brat živi u prihvatnom centru.",
    ],
    "sr_Cyrl": [
        "Састанак је {date} у {time} у општини.", "Присуствовало је {n} људи из {n} организација.", "Буџет је {sum} дин. за {year}. годину.",
        "У складу са чланом {article}, став 2 Закона о азилу.", "Решење бр. {act} ступа на снагу {date}.", "Недостаје преводилац за дари за {n} породица, види {gap}.",
        "Центар за социјални рад је тражио списак услуга.", "Курс српског је {days}, {times}.", "Пројекат {project} финансира {n} места до {year}. године.",
        "Партнер {ref} (ПИБ {eik}) је потврдио да прима упућивања.", "Одобрено је {large} EUR из програма.", "Мајци треба помоћ за упис детета у вртић.",
        "Школа „Бранко Радичевић“ је примила {n} деце ове године.", "Нема слободних места до краја месеца; следећа провера {date}.", "Лидер заједнице предлаже састанак са Комесаријатом за избеглице.",
        "Стигао је одговор из Града Београда и Црвеног крста Србије.", "У периоду 2024-2026 било је {n} упућивања.", "Дете је у узрасној групи 12-15 и иде у школу у Шиду.",
        "Бесплатна линија 0800 123 456 ради {times}.", "Тражи се стан за породицу од четворо у Новом Саду, до 45 м2.", "Размотрена је тачка 3 записника од {date}.",
        "Пасош је у амбасади, одговор се чека {n} дана.", "Звали смо Црвени крст и Канцеларију за младе.",
    ],
    "en": [
        "The meeting is on {date} at {time} in the town hall.", "{n} people from {n} organisations took part.", "The budget is EUR {sum} for {year}.",
        "As Article {article}(2) of the Asylum Act says.", "Order No. {act} comes into force on {date}.", "No interpreter for Dari for {n} families, see {gap}.",
        "The social-work centre asked for the list of services.", "The language course is {days}, {times}.", "Project {project} pays for {n} places until {year}.",
        "The partner {ref} (VAT BG{eik}) said that it takes referrals.", "The programme gave {large} EUR.", "The mother needs help to enrol the child in kindergarten.",
        "Saint Nicholas School took in {n} children this year.", "No free places until the end of the month; next check {date}.", "The community leader proposes to meet the State Agency for Refugees.",
        "An answer came from the Red Cross and from Caritas Sofia.", "From 2024-2026 there were {n} referrals.", "The child is in the age band 12-15 and goes to school in Novi Sad.",
        "The free line 0800 18 676 is open {times}.", "A flat is wanted for a family of four in Riga, up to 45 m2.", "Point 3 of the minutes of {date} was discussed.",
        "The passport is at the embassy, the answer takes {n} days.", "We called Social Services and the Youth Office.", "The baby was born in spring and is well.",
        "Grant agreement {grant} ends on {date}.", "Regulation (EU) {year}/1348 applies from {date}.",
    ],
}  # fmt: skip

Secret = Callable[[str, Random], tuple[str, str]]


def digits(order: Random, count: int) -> str:
    return "".join(str(order.randrange(10)) for _ in range(count))


def phone(language: str, order: Random) -> tuple[str, str]:
    cue = {"bg": "тел.", "lv": "tālr.", "sr_Latn": "tel.", "sr_Cyrl": "тел.", "en": "phone"}[language]
    shape = {
        "bg": ("0888 ### ###", "088# ######", "087#/##-##-##", "+359 89 ### ## ##", "0035988#######", "+359-2-9######", "(+359) 878 ### ###", "0 888 ## ## ##"),
        "lv": ("26######", "+371 2## ## ###", "2## #####", "+3712#######", "00371 26 ### ###", "29 ### ###", "6722####"),
        "sr_Latn": ("064/###-##-##", "063 ### ####", "+381 62 ######", "0038160#######", "065#######", "+381 (0)64 ### ## ##", "061/#######"),
        "en": ("+44 7911 ######", "+963 944 ### ###", "+93 70 ### ####", "+380 67 ### ## ##", "+49 151 2#######", "00905321######", "+98 912 ### ####", "+252 61 #######"),
    }[language.replace("Cyrl", "Latn")]  # fmt: skip
    number = "".join(str(order.randrange(2, 10)) if sign == "#" else sign for sign in order.choice(shape))
    if order.random() < 0.1:
        number = number.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    return (cue if order.random() < 0.4 else ""), number


def mail(language: str, order: Random) -> tuple[str, str]:
    name = "".join(order.choices("abcdefgimnorst", k=7))
    form = order.choice(
        ("{}@example.org", "{}.87@mail.example.com", "{} (at) example.org", "{}[at]example[dot]com", "{}_x@пример.бг")
    )
    return "", form.format(name)


def handle(language: str, order: Random) -> tuple[str, str]:
    name = "".join(order.choices("abcdefgimnorst", k=6)) + digits(order, 2)
    return "", order.choice(
        (
            "@{}",
            "t.me/{}",
            "https://www.facebook.com/{}",
            "instagram.com/{}",
            "Telegram: {}",
            "viber: {}_x",
            "Instagram – {}",
        )
    ).format(name)


def birthday(order: Random) -> tuple[int, int, int]:
    return order.randint(1, 28), order.randint(1, 12), order.randint(1950, 2011)


def identity(language: str, order: Random) -> tuple[str, str]:
    day, month, year = birthday(order)
    match language:
        case "bg" if order.random() < 0.6:
            body = f"{year % 100:02}{month + 40 * (year >= 2000):02}{day:02}{digits(order, 3)}"
            check = sum(int(d) * w for d, w in zip(body, (2, 4, 8, 5, 10, 9, 7, 3, 6), strict=True)) % 11 % 10
            return order.choice(("ЕГН", "", "с ЕГН:")), f"{body}{check}"
        case "bg":
            body = "7" + digits(order, 8)
            check = sum(int(d) * w for d, w in zip(body, (21, 19, 17, 13, 11, 9, 7, 3, 1), strict=True)) % 10
            return order.choice(("ЛНЧ", "")), f"{body}{check}"
        case "lv":
            body = (
                f"{day:02}{month:02}{year % 100:02}{1 + (year >= 2000)}{digits(order, 3)}"
                if order.random() < 0.5
                else f"32{digits(order, 8)}"
            )
            check = (1 + sum(int(d) * w for d, w in zip(body, (10, 5, 8, 4, 2, 1, 6, 3, 7, 9), strict=True))) % 11 % 10
            return order.choice(("personas kods", "p.k.", "")), f"{body[:6]}-{body[6:]}{check}"
        case "sr_Latn" | "sr_Cyrl":
            body = f"{day:02}{month:02}{year % 1000:03}{order.choice((71, 72, 79, 80))}{digits(order, 3)}"
            check = -sum(int(d) * w for d, w in zip(body, (7, 6, 5, 4, 3, 2) * 2, strict=True)) % 11 % 10
            return order.choice((("JMBG" if language == "sr_Latn" else "ЈМБГ"), "")), f"{body}{check}"
        case _:
            return order.choice(("UNHCR number", "")), f"{digits(order, 3)}-{order.randint(10, 26)}C{digits(order, 5)}"


def document(language: str, order: Random) -> tuple[str, str]:
    cue = {
        "bg": ("паспорт №", "лична карта", "регистрационна карта №", "преписка №", "разрешение за пребиваване номер"),
        "lv": ("pase Nr.", "pases numurs", "personas apliecība", "uzturēšanās atļauja Nr.", "patvēruma lieta Nr."),
        "sr_Latn": ("pasoš br.", "lična karta", "broj pasoša je", "predmet br.", "dozvola boravka broj"),
        "sr_Cyrl": ("пасош бр.", "лична карта", "досије број", "предмет бр.", "пасоша број"),
        "en": (
            "passport no.",
            "passport number is",
            "ID card",
            "asylum file no.",
            "residence permit",
            "travel document",
        ),
    }[language]
    shape = order.choice(("{l}{d}", "{l} {d}", "{d}", "{l}{d}"))
    letters = order.choice(("P", "AB", "N", "K", "LV", "EA"))
    return order.choice(cue), shape.format(l=letters, d=digits(order, order.choice((7, 8))))


def birth(language: str, order: Random) -> tuple[str, str]:
    day, month, year = birthday(order)
    cue = {
        "bg": ("роден на", "родена на", "дата на раждане:", "роден през", "рожд. дата"),
        "lv": ("dzimis", "dzimusi", "dzimšanas datums:", "dzim."),
        "sr_Latn": ("rođen", "rođena", "datum rođenja:", "rođen je", "godište"),
        "sr_Cyrl": ("рођен", "рођена", "датум рођења:", "рођен је", "годиште"),
        "en": ("born on", "DOB", "date of birth:", "born", "born in"),
    }[language]
    names = {"bg": "март", "lv": "marts", "sr_Latn": "mart", "sr_Cyrl": "март", "en": "March"}
    written = (
        f"{day:02}.{month:02}.{year}",
        f"{day}/{month}/{year}",
        f"{year}-{month:02}-{day:02}",
        str(year),
        f"{day}. {names[language]} {year}",
    )
    return order.choice(cue), order.choice(written)


def address(language: str, order: Random) -> tuple[str, str]:
    number = order.randint(1, 180)
    forms = {
        "bg": (
            "ул. Шипка {}",
            "ул. „Христо Ботев“ № {}",
            "бул. Витоша {}",
            "бл. {}, вх. А",
            "улица Цар Симеон {}",
            "ж.к. Люлин, бл. {}",
        ),
        "lv": (
            "Brīvības iela {}",
            "Brīvības ielā {}-12",
            "Krišjāņa Barona iela {}",
            "Maskavas iela {}, dzīvoklis 4",
            "Raiņa bulvāris {}",
        ),
        "sr_Latn": (
            "ulica Kneza Miloša {}",
            "ul. Nemanjina {}",
            "Bulevar oslobođenja br. {}",
            "u ulici Cara Dušana {}",
            "stan {}, treći sprat",
        ),
        "sr_Cyrl": (
            "улица Кнеза Милоша {}",
            "ул. Немањина {}",
            "Булевар Ослобођења бр. {}",
            "у улици Цара Душана {}",
            "стан {}, трећи спрат",
        ),
        "en": (
            "{} Baker Street",
            "{} Old Mill Road",
            "flat {}",
            "Vitosha Boulevard {}",
            "{} Long Acre Lane",
            "apartment {}B",
        ),
    }[language]
    return order.choice(
        ("", {"bg": "живее на", "lv": "dzīvo", "sr_Latn": "živi", "sr_Cyrl": "живи", "en": "lives at"}[language])
    ), order.choice(forms).format(number)


def point(language: str, order: Random) -> tuple[str, str]:
    latitude, longitude = 42 + order.random(), 20 + order.random() * 7
    return "", order.choice(
        (
            f"{latitude:.5f}, {longitude:.5f}",
            f"https://maps.app.goo.gl/x{digits(order, 6)}",
            f"{latitude:.4f},{longitude:.4f}",
        )
    )


def account(language: str, order: Random) -> tuple[str, str]:
    country, body = order.choice(
        (("BG", "BNBG9661102" + digits(order, 7)), ("LV", "HABA" + digits(order, 13)), ("DE", digits(order, 18)))
    )
    value = int("".join(str(int(sign, 36)) for sign in f"{body}{country}00"))
    written = f"{country}{98 - value % 97:02}{body}"
    return order.choice(("IBAN", "")), order.choice(
        (written, " ".join(written[i : i + 4] for i in range(0, len(written), 4)))
    )


SECRETS: dict[str, Secret] = {
    "phone": phone,
    "mail": mail,
    "identity": identity,
    "document": document,
    "birth": birth,
    "phone ": phone,
    "handle": handle,
    "address": address,
    "point": point,
    "account": account,
}
