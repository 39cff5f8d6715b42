"""What an import did, and the same as JSON: codes and numbers are stored, sentences are made for who reads them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from web.interchange.facts import Refusal, Warning_

if TYPE_CHECKING:
    from web.interchange.facts import Notice

MOST = 2_000


@dataclass(frozen=True, slots=True)
class Likely:
    """Two organisations that may be one. `a`, `b`: their ids in the list, else their names; refs where stored."""

    a: str
    b: str
    score: int
    why: str
    a_name: str
    b_name: str
    a_ref: str | None = None
    b_ref: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did, or a dry run would do."""

    import_id: str | None
    files: int
    rows: int
    written: dict[str, int]
    already: dict[str, int]
    changed: int
    refused: tuple[Refusal, ...] = ()
    warnings: tuple[Warning_, ...] = ()
    duplicates: tuple[Likely, ...] = ()
    true_as_of: date | None = None
    dry_run: bool = False

    @property
    def done(self) -> bool:
        """Whether the list was written."""
        return self.import_id is not None


def packed(report: Report) -> dict[str, Any]:
    """Plain values for JSON; of refusals and warnings the first 2,000."""
    return {
        "import_id": report.import_id, "files": report.files, "rows": report.rows, "written": report.written,
        "already": report.already, "changed": report.changed, "dry_run": report.dry_run,
        "true_as_of": report.true_as_of.isoformat() if report.true_as_of else None,
        "refused_in_all": len(report.refused),
        "refused": [_notice(each) for each in report.refused[:MOST]],
        "warnings": [_notice(each) for each in report.warnings[:MOST]],
        "duplicates": [asdict(each) for each in report.duplicates],
    }  # fmt: skip


def unpacked(stored: dict[str, Any]) -> Report:
    """The report that `packed` was given."""
    day = stored["true_as_of"]
    return Report(
        stored["import_id"], stored["files"], stored["rows"], stored["written"], stored["already"], stored["changed"],
        tuple(Refusal(**each) for each in stored["refused"]),
        tuple(Warning_(**each) for each in stored["warnings"]),
        tuple(Likely(**each) for each in stored["duplicates"]),
        date.fromisoformat(day) if day else None, stored["dry_run"],
    )  # fmt: skip


def _notice(notice: Notice) -> dict[str, Any]:
    return {
        "code": notice.code, "file": notice.file, "sheet": notice.sheet, "row": notice.row, "column": notice.column,
        "value_class": notice.value_class, "params": dict(notice.params),
    }  # fmt: skip
