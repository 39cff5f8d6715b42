"""Numbers that stand for a person: national identity numbers, passports, asylum files, bank accounts."""

import re
from typing import Final

from stdnum import iban
from stdnum.bg import egn, pnf
from stdnum.lv import pvn
from stdnum.si import emso

from web.guard.finding import spans_of
from web.guard.numbers import Window, windows_of

IBAN: Final = re.compile(r"(?<!\w)[A-Z]{2}\d\d(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\w)", re.IGNORECASE)
LATVIAN_SHAPE: Final = re.compile(r"(?:(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d|32\d{4})-\d{5}")
UNHCR: Final = re.compile(r"(?<![\w-])\d{3}-\d\dC\d{5}(?![\w-])", re.IGNORECASE)
LETTERS: Final = "A-ZА-ЯČĆŠŽЈЉЊЏЂЋ"
# 1 or 2 letters and 7 or 8 digits, the shape of most passports; an organisation's VAT number has 9 and more
PASSPORT: Final = re.compile(rf"(?<![\w-])(?!МБ|MB|ЗК)[{LETTERS}]{{1,2}} ?(?:№ ?)?\d{{7,8}}(?![\w-])")
CUES: Final = (
    r"passports?|паспорт\w{0,3}|pases?|pasi|pasoš\w{0,2}|pasos\w{0,2}|пасош\w{0,2}|"
    r"лична(?:та)? карта|л\. ?к\.|лк|личну? карт\w|li[cč]n\w{1,2} kart\w{1,2}|id ?cards?|identity cards?|"
    r"identity (?:document|number)|id (?:no|number|nr)|"
    r"personas? (?:kod\w{1,2}|apliecīb\w{1,2})|p\. ?k\.|егн|лнч|ено|ев\. ?№|egn|lnch|lnc|јмбг|jmbg|ebs|ебс|"
    r"personal (?:number|code|id)|personni numurs|tax (?:number|id|no)|данъчен номер|"
    r"(?:registration|residence|refugee|asylum(?: seeker)?|travel|alien)(?:'?s)? "
    r"(?:card|permit|document|certificate|number|file)|"
    r"рег(?:истрационна(?:та)?|\.) ?карта|карта(?:та)? на (?:бежанец|чужденец)\w{0,2}|бежанска карта|пътен документ|"
    r"разрешение(?:то)? за пребиваване|документ за самоличност|(?:виза(?:та)?|visa|vīza|viza)(?: [A-DА-Г])?|"
    r"(?:asylum|case|client|court) (?:file|no|nr|number)|преписка(?:та)?|досие(?:то)?|дело(?:то)?|лична преписка|"
    r"patvēruma (?:lieta|meklētāja)\w{0,2}|lieta\w{0,2}|uzturēšanās atļauj\w{1,2}|ceļošanas dokument\w{1,2}|"
    r"predmet\w{0,2}|предмет\w{0,2}|dosije|досије|dozvola boravka|potvrda o nameri|"
    r"eurodac|евродак|unhcr (?:id|no|number)|proges"
)
AFTER_CUE: Final = re.compile(
    rf"(?<!\w)(?:{CUES})(?!\w)[^\w\n]{{0,4}}(?:(?:number|номер\w{{0,2}}|numurs|nr|no|br|бр|broj|број|серия|serija|series|is|е|je|ir|N)"
    rf"[^\w\n]{{0,4}}){{0,3}}(?P<it>(?:[{LETTERS}a-z]{{1,4}}[ -]?)?\d[\d /.-]{{2,18}}\d(?:[A-Z]{{1,2}})?)(?!\w)",
    re.IGNORECASE,
)


def accounts(text: str) -> list[tuple[int, int]]:
    """Bank accounts (IBAN) with a right check number."""
    return [span for span in spans_of(IBAN, text) if iban.is_valid(text[span[0] : span[1]])]


def identities(text: str) -> list[tuple[int, int]]:
    """Personal numbers of Bulgaria (ЕГН, ЛНЧ), Latvia and Serbia by their check digits, UNHCR numbers by shape."""
    found = spans_of(UNHCR, text) + spans_of(LATVIAN_SHAPE, text)
    for windows in windows_of(text):
        for window in windows:
            if _is_identity(window):
                found.append((window.start, window.end))
                break
    return found


def documents(text: str) -> list[tuple[int, int]]:
    """Passport-like numbers, and any number of five and more digits that a word calls a document, file or permit."""
    named = [span for span in spans_of(AFTER_CUE, text) if sum(map(str.isdigit, text[span[0] : span[1]])) >= 5]
    return named + spans_of(PASSPORT, text)


def _is_identity(window: Window) -> bool:
    digits, groups = window.digits, len(re.findall(r"\d+", window.raw))
    if groups > 2:
        return False
    match len(digits):
        case 10:
            return egn.is_valid(digits) or (groups == 1 and pnf.is_valid(digits))
        case 11:
            return digits[0] in "0123" and pvn.is_valid(digits)
        case 13:
            return emso.is_valid(digits)
        case _:
            return False
