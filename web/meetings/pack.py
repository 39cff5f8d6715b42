"""The pack of a meeting put together: what stands in the graph that day, in one language, for everybody invited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from flask_babel import force_locale, get_domain, gettext, ngettext

from analytics.meetings import (
    Promise,
    attendance_rate,
    carry_over_age,
    decision_rate,
    follow_up_rate,
    gap_closure,
)
from analytics.thresholds import DEFAULTS
from graphdb.actors import Viewer
from graphdb.errors import MissingError
from graphdb.meetings import packs, planning, reading
from graphdb.writes import change
from web.gaps import usecases as gaps
from web.language import code
from web.meetings import pack_gaps, pack_map, why, words
from web.packs import content
from web.packs.render import render_pdf
from web.packs.snapshot import to_json
from web.pages import day

if TYPE_CHECKING:
    from collections.abc import Callable

    from analytics.meetings import Share
    from graphdb.actors import Actor
    from graphdb.connection import Graph
    from graphdb.jobs import Running
    from graphdb.meetings.packs import Beside
    from graphdb.meetings.planning import Ground
    from graphdb.meetings.reading import MeetingView
    from graphdb.writes import Once
    from web.words import Names

STEPS = 4
REASONS = 5
EVERYBODY = Viewer(roles=frozenset({"partner"}))
"""A pack is made for everybody who is invited: with the eyes of a partner, whoever has it made."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a pack is made from."""

    meeting: MeetingView
    last: MeetingView | None
    ground: Ground
    beside: Beside
    names: Names
    on: date


def job(running: Running) -> dict[str, Any]:
    """The handler of the job `pack`: made, printed, kept; doing it again finds it kept."""
    asked = running.job.asked()
    on = date.fromisoformat(asked["on"])
    made, pdf = freeze(
        running.graph, running.job.actor(), asked["meeting"], asked["language"], on, once=running.job.once(),
        say=running.progress,
    )  # fmt: skip
    return {"meeting": asked["meeting"], "pack": made, "kb": max(1, len(pdf) // 1024)}


def freeze(
    graph: Graph, actor: Actor, meeting: str, language: str, on: date, *, once: Once | None = None,
    say: Callable[[int, int], None] = lambda _done, _all: None,
) -> tuple[str, bytes]:  # fmt: skip
    """Make the pack as of a day and keep it beside the meeting; returns its id and the PDF. Raises MissingError."""
    say(0, STEPS)
    with force_locale(language):
        source = _source(graph, meeting, on)
        say(1, STEPS)
        pack = assemble(graph, source)
        say(2, STEPS)
        pdf = render_pdf(pack, get_domain().get_translations())
    say(3, STEPS)
    kept = change(graph, actor, packs.keeping(meeting, language, on, to_json(pack), pdf), once=once, seconds=60)
    stored = packs.pack(graph, meeting, kept)
    assert stored is not None
    return kept, stored.file()


def assemble(graph: Graph, source: Source) -> content.Pack:
    """Every part of the pack, in the language in force."""
    meeting, zone = source.meeting, source.meeting.zone
    start = words.local(meeting.starts_at, zone)
    coverage = pack_gaps.coverage(graph, source.on, EVERYBODY)
    collaboration, withheld = pack_gaps.collaboration(graph, source.on, EVERYBODY)
    return content.Pack(
        network=source.beside.network,
        language=code(),
        as_of=source.on,
        generated=words.local(datetime.now(UTC).replace(microsecond=0), zone),
        meeting=content.Meeting(
            meeting.ref, meeting.title, start, meeting.place or "", start + timedelta(minutes=meeting.minutes or 120)
        ),
        agenda=tuple(
            _item(item, source.names) for item in meeting.items if item["state"] not in {"proposed", "dropped"}
        ),
        invitations=tuple(
            content.Invitation(guest["title"], tuple(why.reasons_of(guest["reasons"], source.names)[:REASONS]))
            for guest in meeting.guests
        ),
        coverage=coverage,
        collaboration=collaboration,
        changes=_changes(source),
        actions=tuple(
            content.OpenAction(each["text"], each["owner"]["title"], each["due"]) for each in source.beside.actions
        ),
        agreements=tuple(_agreement(each) for each in source.ground.agreements()),
        indicators=_indicators(source),
        map=pack_map.network(graph, source.on, EVERYBODY),
        hidden=_hidden(source, withheld),
    )


def _source(graph: Graph, meeting: str, on: date) -> Source:
    found = reading.meeting(graph, meeting, EVERYBODY, code())
    if found is None or found.archived:
        raise MissingError(meeting)
    series = found.series["id"] if found.series else ""
    lapse = max(on, words.local(found.starts_at, found.zone).date()) + timedelta(days=DEFAULTS.lapse_days)
    ground = planning.ground(graph, series, on, lapse, EVERYBODY, code())
    before = ground.last if ground.last != meeting else None
    last = reading.meeting(graph, before, EVERYBODY, code()) if before else None
    since = words.local(last.starts_at, last.zone).date() if last else on
    beside = packs.beside(graph, series, since, EVERYBODY, code())
    return Source(found, last, ground, beside, gaps.names_for(graph, gaps.Reader(EVERYBODY, code())), on)


def _item(item: reading.Item, names: Names) -> content.AgendaItem:
    return content.AgendaItem(
        words.title_of(item["kind"], item["about"], item["title"]),
        item["minutes"],
        tuple(why.reasons_of(item["reasons"], names)[:REASONS]),
        item["proposer"]["title"] if item["proposer"] else "",
    )


def _changes(source: Source) -> content.Changes | None:
    """Gaps opened and closed since the last meeting; None where there is none, or nobody ever looked for gaps."""
    if source.last is None or not source.beside.searched:
        return None
    return content.Changes(
        words.local(source.last.starts_at, source.last.zone).date(),
        tuple(words.title_of("", about) for about in source.beside.opened),
        tuple(words.title_of("", about) for about in source.beside.closed),
    )


def _agreement(ending: planning.Matter) -> content.LapsingAgreement:
    about = ending["about"]
    assert about["on"] is not None
    parties = tuple(each["title"] for each in about["organisations"])
    return content.LapsingAgreement(about["title"], parties, about["on"])


def _indicators(source: Source) -> tuple[content.Indicator, ...]:
    """The figures of definitions.md 2.7 that have something to count, each with its n and window."""
    found: list[content.Indicator] = []
    promised = [Promise(each["due"], each["done_on"], each["state"]) for each in source.beside.promised]
    if last := source.last:
        held = gettext("meeting of %(day)s", day=day(words.local(last.starts_at, last.zone)))
        discussed = [item for item in last.items if item["state"] == "discussed"]
        treated = {item["about"]["id"]: item["about"] for item in discussed if item["about"]}
        treated_gaps = {name for name, about in treated.items() if about["label"] == "Gap"}
        closed = {name for name in treated_gaps if treated[name]["state"] == "closed_verified"}
        found += _figure(
            gettext("Invited partners who came"),
            attendance_rate({each["id"]: each["mode"] for each in last.guests}),
            held,
        )
        decided = decision_rate([bool(item["decisions"]) for item in discussed])
        found += _figure(gettext("Discussed items that ended in a decision"), decided, held)
        found += _figure(gettext("Gaps treated then that are closed now"), gap_closure(treated_gaps, closed), held)
    due = gettext("all meetings of the series, due until %(day)s", day=day(source.on))
    found += _figure(gettext("Actions done by their day"), follow_up_rate(promised, source.on), due)
    waiting = carry_over_age(source.beside.waiting, source.on)
    if waiting is not None:
        label = gettext("Median age of items put off")
        value = ngettext("%(num)s day", "%(num)s days", round(waiting))
        found.append(content.Indicator(label, value, len(source.beside.waiting), day(source.on)))
    return tuple(found)


def _figure(label: str, share: Share, window: str) -> list[content.Indicator]:
    return [content.Indicator(label, words.share_in_words(share), share.whole, window)] if share.whole else []


def _hidden(source: Source, withheld: int) -> tuple[str, ...]:
    """What everybody who is invited may not see, counted."""
    found: list[str] = []
    if n := source.beside.protected:
        found.append(
            ngettext(
                "%(num)s place with a protected location stands under its municipality.",
                "%(num)s places with a protected location stand under their municipality.",
                n,
            )
        )
    if withheld:
        found.append(
            ngettext(
                "%(num)s gap in mentoring is known to its programme only.",
                "%(num)s gaps in mentoring are known to their programme only.",
                withheld,
            )
        )
    return tuple(found)
