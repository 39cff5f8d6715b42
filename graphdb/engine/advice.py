"""What to do when fetching fails, in plain words."""

import errno
from pathlib import Path

import requests

OTHERWISE = "What came is kept; start again to go on. Or set NEO4J_URI to a Neo4j server: then nothing is fetched."
FULL = (errno.ENOSPC, errno.EDQUOT)


class DamagedError(Exception):
    """A jar came whole but is not the pinned one. The text is its address."""


def explain(error: Exception, folder: Path) -> str:
    """One message for the person at the keyboard: what happened, what to do."""
    return f"Neo4j could not be fetched. {_reason(error, folder)} {OTHERWISE}\n({type(error).__name__}: {error})"


def _reason(error: Exception, folder: Path) -> str:
    match error:
        case DamagedError():
            return (
                "A file is not the one Mrezha expects (its SHA-256 differs), so it was thrown away. "
                "A proxy or mirror may change files: set MREZHA_JAR_MIRROR to a Maven mirror you trust."
            )
        case requests.RequestException():
            return _network(error)
        case OSError(errno=number) if number in FULL:
            return f"The disk is full: free 300 MB where {folder} lies, or set MREZHA_CACHE to a folder with room."
        case OSError() if "certificate bundle" in str(error):
            return "SSL_CERT_FILE or REQUESTS_CA_BUNDLE names a file that cannot be read: correct or unset it."
        case _:
            return f"The folder {folder} cannot be written: correct its rights, or set MREZHA_CACHE to another folder."


def _network(error: requests.RequestException) -> str:
    text = str(error)
    status = error.response.status_code if error.response is not None else None
    match error:
        case requests.exceptions.ProxyError():
            return "The proxy does not answer or refuses: set HTTPS_PROXY to http://host:port or http://user:password@host:port."
        case requests.exceptions.SSLError():
            return (
                "The certificate of the server is not trusted. Where a proxy opens TLS, set SSL_CERT_FILE to a PEM "
                "file with its certificate. Also check the clock of this machine."
            )
        case _ if status is not None:
            return f"The repository answered {status}. Try later, or set MREZHA_JAR_MIRROR to another Maven mirror."
        case _ if "NameResolution" in text or "getaddrinfo" in text:
            return (
                "The name of the repository cannot be resolved. Is there a network? "
                "Behind a proxy set HTTPS_PROXY, or set MREZHA_JAR_MIRROR to a Maven mirror you reach."
            )
        case _:
            return (
                "The repository cannot be reached, or does not answer in time. "
                "Behind a proxy set HTTPS_PROXY, or set MREZHA_JAR_MIRROR to another Maven mirror."
            )
