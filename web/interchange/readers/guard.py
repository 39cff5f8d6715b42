"""Names, birth dates and documents of clients never come in: a table that has such a column is refused whole."""

from __future__ import annotations

import re

from graphdb.folding import fold
from web.interchange.readers.sheets import Row, Sheet, letter_of
from web.interchange.values import is_personal_number

ENOUGH_NUMBERS = 5
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


def _phrases() -> frozenset[str]:
    pairs = [(client, name) for client in CLIENT.split("; ") for name in NAME.split("; ")]
    forms = ("{1} {0}", "{0} {1}", "{1} of {0}", "{1} of the {0}", "{1} на {0}")
    found = {fold(form.format(*pair)) for pair in pairs for form in forms}
    return frozenset(found | {fold(phrase) for phrase in ALWAYS.split("; ")})


FORBIDDEN = _phrases()


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
