"""Mail addresses, and accounts on social networks and messengers."""

import re
from typing import Final

from web.guard.finding import spans_of

AT: Final = r"(?:\s?@\s?|\s?[(\[{]\s?(?:at|et|ет|кльомба|maymun)\s?[)\]}]\s?)"
DOT: Final = r"(?:\.|\s?[(\[{]\s?(?:dot|punkt|tačka|точка)\s?[)\]}]\s?)"
MAIL: Final = re.compile(rf"(?<![\w.+-])[\w.+-]{{1,64}}{AT}[\w-]{{1,63}}(?:{DOT}[\w-]{{1,63}}){{1,4}}", re.IGNORECASE)
SPOKEN_MAIL: Final = re.compile(r"(?<!\w)[\w.+-]{2,64} at [\w-]{2,63} dot [a-z]{2,10}(?!\w)", re.IGNORECASE)

PROFILE: Final = re.compile(
    r"(?<![\w.])(?:https?://)?(?:www\.|m\.)?"
    r"(?:facebook|fb|instagram|tiktok|vk|twitter|x|t|telegram|wa|viber|snapchat|linkedin|ok|signal|discord|threads)"
    r"\.(?:com|me|org|ru|net|gg)/[\w@./?=&%-]{2,100}",
    re.IGNORECASE,
)
AT_NAME: Final = re.compile(r"(?<![\w@./-])@[A-Za-z][\w.]{2,40}")
MESSENGERS: Final = (
    r"telegram|телеграм|viber|вайбър|вибер|whats?app|уотсап|signal|сигнал|skype|скайп|instagram|инстаграм|инста|insta|"
    r"facebook|фейсбук|фејсбук|messenger|месинджър|tik ?tok|тикток|snapchat|imo"
)
NAMED: Final = re.compile(
    rf"(?<!\w)(?:{MESSENGERS})\w{{0,3}}"
    r"(?: (?:account|profile|user|name|профил|profil|nalog|налог|konts)\w{0,3})?"
    r" ?[:=\-] ?(?P<it>[A-Za-z][\w.:]{0,30}[\d_.][\w.]{1,30})",
    re.IGNORECASE,
)


def mails(text: str) -> list[tuple[int, int]]:
    """Mail addresses, also written with (at) and (dot)."""
    return spans_of(MAIL, text) or spans_of(SPOKEN_MAIL, text)


def handles(text: str) -> list[tuple[int, int]]:
    """Links to profiles, @names, and "Viber: name_87"."""
    return spans_of(PROFILE, text) + spans_of(AT_NAME, text) + spans_of(NAMED, text)
