"""What the environment says: one frozen value, read once at the start."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
YES = ("1", "true", "yes", "on")
NO = ("", "0", "false", "no", "off")
SMALLEST_HEAP_MB = 256  # the smallest that ran the measured workload


class SettingsError(ValueError):
    """A variable of the environment cannot be used. The text names it and says what to do."""


@dataclass(frozen=True)
class MailServer:
    """Where letters are handed in: `tls` from the first byte, else STARTTLS wherever the server is not this machine."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    tls: bool = False


@dataclass(frozen=True)
class Settings:
    """All that can be set from outside. Paths are absolute; `neo4j_uri` is None for the private server."""

    home: Path
    cache: Path
    neo4j_uri: str | None = None
    neo4j_user: str = "neo4j"
    neo4j_password: str = field(default="", repr=False)
    neo4j_database: str = "neo4j"
    jar_mirrors: tuple[str, ...] = ()
    java_home: Path | None = None
    host: str = "127.0.0.1"
    port: int = 5000
    tls_cert: Path | None = None
    tls_key: Path | None = None
    proxy_hops: int = 0
    heap: str = "384m"
    demo: bool = False
    mail: "MailServer | None" = None

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "Settings":
        """Settings from variables such as os.environ; an empty variable counts as not set. Raises SettingsError."""
        demo = _flag(env, "MREZHA_DEMO")
        home = _path(env, "MREZHA_HOME") or Path("demo-data" if demo else "data").absolute()
        uri = _uri(env)
        cert, key = _certificate(env)
        return cls(
            home=home,
            cache=_path(env, "MREZHA_CACHE") or _default_cache(env, home),
            neo4j_uri=uri,
            neo4j_user=_text(env, "NEO4J_USER") or "neo4j",
            neo4j_password=_password(env) if uri else "",
            neo4j_database=_text(env, "NEO4J_DATABASE") or "neo4j",
            jar_mirrors=_mirrors(env),
            java_home=_path(env, "MREZHA_JAVA_HOME"),
            host=_text(env, "MREZHA_HOST") or "127.0.0.1",
            port=_number(env, "MREZHA_PORT", 5000, 1, 65535),
            tls_cert=cert,
            tls_key=key,
            proxy_hops=_number(env, "MREZHA_PROXY", 0, 0, 9),
            heap=_heap(env),
            demo=demo,
            mail=_mail(env),
        )


def _text(env: Mapping[str, str], name: str) -> str:
    return env.get(name, "").strip()


def _path(env: Mapping[str, str], name: str) -> Path | None:
    text = _text(env, name)
    if not text:
        return None
    try:
        return Path(text).expanduser().absolute()
    except RuntimeError as error:
        raise SettingsError(f"{name} is {text!r}, and the folder ~ stands for is not known. Write it out.") from error


def _flag(env: Mapping[str, str], name: str) -> bool:
    text = _text(env, name).lower()
    if text not in YES + NO:
        raise SettingsError(f"{name} is {text!r}. Set it to 1 or to 0.")
    return text in YES


def _number(env: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = _text(env, name)
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
        raise SettingsError(f"{name} is {text!r}. Set it to a whole number from {low} to {high}, or leave it out.")
    return int(text)


def _uri(env: Mapping[str, str]) -> str | None:
    uri = _text(env, "NEO4J_URI")
    if not uri:
        return None
    scheme, slashes, rest = uri.partition("://")
    if scheme not in SCHEMES or not slashes or not rest:
        raise SettingsError(f"NEO4J_URI is {uri!r}. It must start with one of: {', '.join(f'{s}://' for s in SCHEMES)}")
    return uri


def _password(env: Mapping[str, str]) -> str:
    password = env.get("NEO4J_PASSWORD", "")  # not stripped: a blank may be part of it
    if not password:
        raise SettingsError(
            "NEO4J_URI is set, but NEO4J_PASSWORD is not. Set NEO4J_PASSWORD to the password of that server, "
            "or unset NEO4J_URI to use a private server on this machine."
        )
    return password


def _mirrors(env: Mapping[str, str]) -> tuple[str, ...]:
    urls = tuple(url.rstrip("/") for url in re.split(r"[\s,]+", _text(env, "MREZHA_JAR_MIRROR")) if url)
    for url in urls:
        if not re.match(r"https?://[^/]", url):
            raise SettingsError(
                f"MREZHA_JAR_MIRROR holds {url!r}. It must be one or more addresses that start with https:// "
                "or http://, separated by commas."
            )
    return urls


def _certificate(env: Mapping[str, str]) -> tuple[Path | None, Path | None]:
    names = ("MREZHA_TLS_CERT", "MREZHA_TLS_KEY")
    found = [_path(env, name) for name in names]
    for name, other, path in zip(names, reversed(names), found, strict=True):
        if path is None and any(found):
            raise SettingsError(f"{other} is set, but {name} is not. TLS needs both: set {name} too, or unset {other}.")
        if path is not None and not path.is_file():
            raise SettingsError(f"{name} names {path}, and there is no such file. Set it to an existing PEM file.")
    return found[0], found[1]


def _mail(env: Mapping[str, str]) -> MailServer | None:
    url, sender = _text(env, "MREZHA_SMTP"), _text(env, "MREZHA_MAIL_FROM")
    if not url and not sender:
        return None
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = 0
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or port == 0:
        raise SettingsError(
            "MREZHA_SMTP is the mail server, written as smtp://user:password@host:587 or smtps://host:465."
        )
    if not re.fullmatch(r"[^\s@<>,]+@[^\s@<>,]+", sender):
        raise SettingsError("MREZHA_MAIL_FROM is the address letters come from, such as network@example.org.")
    tls = parts.scheme == "smtps"
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return MailServer(parts.hostname, port or (465 if tls else 587), sender, user, password, tls)


def _heap(env: Mapping[str, str]) -> str:
    text = _text(env, "MREZHA_HEAP").lower() or "384m"
    found = re.fullmatch(r"(\d{1,6})([mg])", text, re.ASCII)
    if not found or heap_megabytes(text) < SMALLEST_HEAP_MB:
        raise SettingsError(
            f"MREZHA_HEAP is {text!r}. Set it to a size such as 384m or 1g, {SMALLEST_HEAP_MB}m or more."
        )
    return text


def heap_megabytes(heap: str) -> int:
    """Megabytes of a size such as 384m or 1g."""
    return int(heap[:-1]) * (1024 if heap.endswith("g") else 1)


def _default_cache(env: Mapping[str, str], home: Path) -> Path:
    candidates: list[Callable[[], Path | None]] = [
        lambda: _path(env, "XDG_CACHE_HOME"),
        lambda: Path(env["HOME"], ".cache") if env.get("HOME") else None,
    ]
    for candidate in candidates:
        folder = candidate()
        if folder is not None and folder.is_absolute() and _writable(folder):
            return folder / "mrezha"
    return home / "engine"


def _writable(folder: Path) -> bool:
    """Whether the folder, or the nearest one above it that exists, takes new files."""
    nearest = next(place for place in (folder, *folder.parents) if place.exists())
    return nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)
