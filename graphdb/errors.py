"""What can go wrong in the graph, in the product's own words; only this file knows the driver's exceptions."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from neo4j import exceptions as driver

if TYPE_CHECKING:
    from collections.abc import Generator


class GraphError(Exception):
    """Anything the graph refuses or cannot do."""


class DatabaseAwayError(GraphError):
    """The database cannot be reached now; nothing was written."""


class InDoubtError(GraphError):
    """The line broke while a transaction was being committed: it may or may not have been stored."""


class ConflictError(GraphError):
    """Somebody else saved the record since it was opened."""

    def __init__(self, record: str, current: int) -> None:
        super().__init__(f"record {record} is now at version {current}")
        self.record = record
        self.current = current


class MissingError(GraphError):
    """There is no such record for this reader."""


class TakenError(GraphError):
    """A value that must be unique is used by another record."""

    def __init__(self, constraint: str) -> None:
        super().__init__(constraint)
        self.constraint = constraint


class ReusedKeyError(GraphError):
    """A form that was already saved came again with other content."""

    def __init__(self, result: str) -> None:
        super().__init__("this form was already saved with other content")
        self.result = result


class TimeoutError_(GraphError):  # noqa: N801, N818 - the builtin has the plain name
    """A query took longer than a page may."""


_AWAY = (driver.ServiceUnavailable, driver.SessionExpired, driver.AuthError, driver.ConfigurationError, OSError)


@contextmanager
def translated() -> Generator[None]:
    """Turn the driver's exceptions into this file's."""
    try:
        yield
    except driver.IncompleteCommit as error:
        raise InDoubtError(str(error)) from error
    except driver.ConstraintError as error:
        raise TakenError(_constraint(str(error))) from error
    except _AWAY as error:
        raise DatabaseAwayError(str(error)) from error
    except driver.ClientError as error:
        if "Terminated" in (error.code or "") or "TimedOut" in (error.code or ""):
            raise TimeoutError_(str(error)) from error
        raise
    except (driver.TransientError, driver.DatabaseError) as error:
        if "TransactionCommitFailed" in (error.code or ""):
            raise InDoubtError(str(error)) from error
        raise DatabaseAwayError(str(error)) from error


def _constraint(message: str) -> str:
    """Label and property of a broken uniqueness constraint: 'Organisation.ref'."""
    found = re.search(r"label `(\w+)` and property `(\w+)`", message)
    return f"{found[1]}.{found[2]}" if found else "unknown"
