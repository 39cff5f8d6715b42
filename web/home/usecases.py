"""What waits for me today: entries of one shape, the most pressing first, and figures of the last 90 days."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from analytics.referral_steps import days_late, due
from analytics.supervision import CONCERN_DAYS
from analytics.supervision import days_late as days_late_session
from analytics.suppression import shown
from analytics.thresholds import DEFAULTS
from graphdb.waiting import Limits, Waiting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from web.mentoring.usecases import Overview

BACK = 90
LIMITS = Limits(fresh=DEFAULTS.fresh_days, ahead=30, back=BACK)
MOST = 12


@dataclass(frozen=True, slots=True)
class Wait:
    """One thing that waits. `look` colours its chip, `late` counts days past its day, `on` is that day (None: any time).

    `ids` name the records it is about, `text` what was written by people, `n` how many it stands for.
    """

    code: str
    look: str
    record: str = ""
    on: date | None = None
    late: int = 0
    n: int = 0
    text: str = ""
    priority: str | None = None
    ids: tuple[str, ...] = field(default=())

    def weight(self) -> tuple[int, date, str, str]:
        """Late ones first, the latest before others; then by day; what waits any time last."""
        return -self.late, self.on or date.max, self.code, self.record


@dataclass(frozen=True, slots=True)
class Figures:
    """The last 90 days. Counts of referrals are None where they would speak of fewer than five people."""

    partners: int
    met: int
    referrals: int | None
    due: int | None
    in_time: int | None
    actions_due: int
    actions_kept: int
    gaps_closed: int
    gaps_found: int


def waits(found: Waiting, mentoring: Overview | None, today: date, me: str) -> list[Wait]:
    """Everything that waits, the most pressing first."""
    all_ = [
        *_referrals(found, today), *_meetings(found, today), *_records(found, today),
        *(_mentoring(mentoring, today, me, found.unmatched) if mentoring else ()),
    ]  # fmt: skip
    return sorted(all_, key=Wait.weight)


def _referrals(found: Waiting, today: date) -> Iterator[Wait]:
    limits = found.answer_limits
    for record, service, other, priority, sent in found.to_answer:
        late = days_late(sent, priority, None, today, limits)
        yield Wait(
            "answer", "absent" if late else "fragile", record, due(sent, priority, limits), late, priority=priority, ids=(service, other)
        )  # fmt: skip
    for record, service, other, priority, sent in found.unanswered:
        late = days_late(sent, priority, None, today, limits)
        if late:
            yield Wait(
                "unanswered",
                "fragile",
                record,
                due(sent, priority, limits),
                late,
                priority=priority,
                ids=(service, other),
            )


def _meetings(found: Waiting, today: date) -> Iterator[Wait]:
    for record, text, owner, on in found.actions:
        late = max(0, (today - on).days)
        yield Wait("action", "absent" if late else "fragile", record, on, late, text=text, ids=(owner,))
    for record, text, starts in found.invitations:
        yield Wait("invitation", "unverified", record, starts.date(), text=text)
    for record, text, starts in found.conferences:
        yield Wait("conference", "unverified", record, starts.date(), text=text)
    for record, text, on in found.case_steps:
        late = max(0, (today - on).days)
        yield Wait("case_step", "absent" if late else "fragile", record, on, late, text=text)
    for record, text, until in found.drafts:
        yield Wait("draft", "unverified", record, until, text=text)
    for record, text, until in found.to_decide:
        yield Wait("decide", "fragile", record, until, max(0, (today - until).days), text=text)
    for record, text, starts in found.unwritten:
        yield Wait("unwritten", "fragile", record, starts.date(), (today - starts.date()).days, text=text)


def _records(found: Waiting, today: date) -> Iterator[Wait]:
    for record, text, until in found.lapsing:
        yield Wait("lapsing", "fragile", record, until, text=text, n=(until - today).days)
    for organisation, n in found.to_verify:
        yield Wait("verify", "unverified", organisation, n=n, ids=(organisation,))
    for record, text, raised, urgent in found.concerns:
        late = max(0, (today - raised).days - CONCERN_DAYS)
        yield Wait("concern", "absent", record, today if urgent else raised, max(late, int(urgent)), text=text)
    for record, text, active, last, since in found.supervised:
        late = days_late_session(last, active, today, since)
        if late is not None:
            yield Wait("supervision", "fragile", record, last, late, text=text)
    for record, text, until in found.ending_pairs:
        yield Wait("pair_ends", "fragile", record, until, max(0, (today - until).days), text=text)
    if found.endless_pairs:
        yield Wait("pair_endless", "unverified", n=found.endless_pairs)
    if found.escalated:
        yield Wait("escalated", "absent", n=found.escalated)
    if found.stale:
        yield Wait("stale", "unverified", n=found.stale)


def _mentoring(overview: Overview, today: date, me: str, unmatched: int) -> Iterator[Wait]:
    """Own quiet pairs one by one; those of a programme as one entry, and its leaders without a mentor: those whom the
    matching finds, and how many have none at work."""
    for line in overview.own:
        if line.quiet is not None:
            on = line.last or today - timedelta(line.quiet)
            yield Wait("quiet", "not_assessed", line.pair.id, on, n=line.quiet, text=line.pair.with_whom(me))
    quiet = [line for line in overview.others if line.quiet is not None]
    if quiet:
        yield Wait("quiet_pairs", "not_assessed", n=len(quiet))
    if unmatched:
        yield Wait("unmatched", "fragile", n=unmatched, text=str(len(overview.alone)))
    elif overview.alone:
        yield Wait("alone", "fragile", n=len(overview.alone))


def figures(found: Waiting, today: date, *, exact: bool) -> Figures:
    """Figures of the network; those of referrals suppressed unless `exact`."""
    sent = ripe = in_time = 0
    for priority, day, answered, n in found.referrals:
        limit = due(day, priority, found.answer_limits)
        sent += n
        ripe += n if answered or today > limit else 0
        in_time += n if answered and answered <= limit else 0
    counts: dict[str, Any] = {"referrals": sent, "due": ripe, "in_time": in_time}
    if not exact:
        counts = {"referrals": shown(sent), "due": shown(ripe, sent), "in_time": shown(in_time, ripe)}
    return Figures(
        partners=found.organisations, met=found.met, actions_due=found.actions_due, actions_kept=found.actions_kept,
        gaps_closed=found.gaps_closed, gaps_found=found.gaps_found, **counts,
    )  # fmt: skip
