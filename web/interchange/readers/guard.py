"""Names, birth dates and documents of clients never come in: a table that has such a column is refused whole.

A list of referrals comes out of a case system, which always has such columns: there they are left out, and shown to nobody.
"""

from __future__ import annotations

import re

from graphdb.folding import fold
from web.guard import Kind, inspect
from web.interchange.facts import Column
from web.interchange.readers.sheets import Row, Sheet, letter_of
from web.interchange.values import is_personal_number

ENOUGH_NUMBERS = 5
LOOKED_AT = 300
CLIENT = (
    "client; clients; beneficiary; refugee; asylum seeker; migrant; case; patient; applicant; child; minor; "
    "клиент; клиента; бенефициент; бежанец; бежанеца; лице; лицето; дете; детето; търсещ закрила; пациент; случай; "
    "klients; klienta; bēglis; bēgļa; bērna; personas; klijent; klijenta; korisnik; korisnika; izbeglica; izbeglice; "
    "deteta; клијент; клијента; корисник; корисника; избеглице"
)
NAME = (
    "name; names; full name; surname; first name; last name; family name; име; имена; фамилия; три имена; трите имена; "
    "vārds; uzvārds; vārds uzvārds; ime; prezime; ime i prezime; име и презиме"
)
ALWAYS = (
    "date of birth; birth date; birthdate; birthday; dob; place of birth; passport; passport no; passport number; "
    "case name; asylum number; asylum file number; unhcr registration number; identity document number; "
    "id card number; дата на раждане; рождена дата; родена на; роден на; егн; лнч; паспорт; паспорт номер; "
    "номер на паспорт; номер на документ; документ за самоличност; лична карта; личен номер; "
    "dzimšanas datums; personas kods; pase; pases numurs; datum rođenja; jmbg; broj pasoša; pasoš; lična karta; "
    "датум рођења; јмбг; број пасоша; пасош"
)

# what a list of referrals calls its cases and their people by, besides the above
OF_CASES = (
    "case id; case no; case number; case code; case ref; case reference; short id; id; individual id; individual number; "
    "registration number; progres number; progres id; household id; family number; file number; client id; client code; "
    "referral id; referral number; record id; name; full name; first name; last name; surname; age exact; phone; phone number; "
    "telephone; mobile; contact number; e mail; email; address; caseworker; case worker; caseworker name; focal point; "
    "nationality; ethnicity; "
    "код на случая; номер на случая; случай номер; номер; име; имена; телефон; адрес; имейл; социален работник; гражданство; "
    "lietas numurs; gadījuma numurs; vārds; uzvārds; tālrunis; adrese; pilsonība; "
    "broj predmeta; broj slučaja; ime; prezime; ime i prezime; telefon; adresa; državljanstvo"
)


def _phrases() -> frozenset[str]:
    pairs = [(client, name) for client in CLIENT.split("; ") for name in NAME.split("; ")]
    forms = ("{1} {0}", "{0} {1}", "{1} of {0}", "{1} of the {0}", "{1} на {0}")
    found = {fold(form.format(*pair)) for pair in pairs for form in forms}
    return frozenset(found | {fold(phrase) for phrase in ALWAYS.split("; ")})


FORBIDDEN = _phrases()
OF_A_CASE = FORBIDDEN | {fold(phrase) for phrase in OF_CASES.split("; ")}


def client_column(sheet: Sheet, header: int) -> str | None:
    """The column ("C: Passport") of client names, birth dates or personal numbers, None where there is none.

    `header` is the position of the header row; the rows above it are looked at too.
    """
    for row in sheet.rows[: header + 1]:
        for index in range(len(row.cells)):
            text = row.cell(index)
            if 0 < len(text) <= 60 and fold(_plain(text)) in FORBIDDEN:
                return f"{letter_of(index)}: {text}"
    body = sheet.rows[header + 1 :]
    return next((letter_of(index) for index in range(_width(body)) if _personal_numbers(body, index)), None)


def _width(rows: tuple[Row, ...]) -> int:
    return max((len(row.cells) for row in rows[:50]), default=0)


def _personal_numbers(rows: tuple[Row, ...], index: int) -> bool:
    values = [text for row in rows[:500] if (text := row.cell(index))]
    return sum(is_personal_number(value) for value in values) >= max(ENOUGH_NUMBERS, len(values) / 2)


def _plain(header: str) -> str:
    """A header without its bracketed remark and marks: "ЕГН (ако е известно) *"."""
    return re.sub(r"[*#:№]|\(.*?\)|\[.*?\]", " ", header)


def of_a_person(column: Column, rows: tuple[Row, ...]) -> bool:
    """Whether a column of a list of referrals says who a case is: by its header, or by what its cells look like."""
    if fold(_plain(column.header)) in OF_A_CASE and (column.field is None or column.confidence < 1):
        return True
    texts = [text for row in rows[:LOOKED_AT] if (text := row.cell(column.index))]
    refused = sum(any(found.refuses for found in inspect(text)) or is_personal_number(text) for text in texts)
    named = sum(any(found.kind is Kind.NAME for found in inspect(text)) for text in texts)
    return refused * 5 > len(texts) or named * 2 > len(texts) > 0
