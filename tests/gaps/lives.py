"""A network in which a gap lives its life: what befalls it, one event after another."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from analytics.gap_steps import DECISIONS
from graphdb import gaps, records
from graphdb.catalogue import kind_of
from graphdb.meetings.agenda import NewItem
from graphdb.meetings.holding import Entry, NewAction, write_down
from graphdb.writes import change
from tests.gaps import worlds
from tests.gaps.worlds import ACTOR
from web.gaps import detection

TODAY = datetime.now(UTC).date()


class Network:
    """One place, one type of service, a partner that offers it and one that may; its gap is that of the cell."""

    def __init__(self, graph):
        self.graph, self.day = graph, TODAY
        self.place, self.type = worlds.place(graph, "Kamen"), worlds.service_type(graph, "Health")
        self.one, self.two = worlds.organisation(graph, "A"), worlds.organisation(graph, "B")
        worlds.requirement(graph, self.place, self.type)
        self.offer(self.one)
        self.others: list[str] = []
        self.detect()

    def offer(self, partner):
        return worlds.service(self.graph, partner, self.type, [self.place], assured=[TODAY - timedelta(days=1)])

    def gap(self):
        found = self.graph.define(
            "MATCH (g:Gap) WHERE g.key STARTS WITH 'coverage:'"
            " RETURN g.id AS id, g.state AS state, g.version AS version, g.gone_on AS gone,"
            " COLLECT { MATCH (e:AuditEntry {record: g.id}) WITH e ORDER BY e.n RETURN e.verb } AS verbs"
        )
        assert len(found) == 1, "one record a key, whatever happens"
        return found[0]

    def detect(self):
        detection.detect(self.graph, ACTOR, self.day)

    def do(self, work):
        change(self.graph, ACTOR, lambda c: str(work(c)))

    def decide(self, kind):
        gap = self.gap()["id"]
        until = (TODAY + timedelta(days=30)).isoformat()
        item = NewItem("Health", 10, about=(gap,))
        meeting = self.meeting() if kind == "agenda" else ""
        self.do(
            {
                "confirm": lambda c: gaps.confirm(c, gap),
                "false_positive": lambda c: gaps.not_a_gap(c, gap, None, "They share an office."),
                "accept_risk": lambda c: gaps.accept_risk(c, gap, None, until, "Until the new protocol"),
                "reopen": lambda c: gaps.drop_decision(c, gap),
                "agenda": lambda c: gaps.put_on_agenda(c, self.graph, gap, meeting, item),
            }[kind]
        )

    def meeting(self):
        """A meeting to come, one at a time."""
        found = self.graph.define("MATCH (m:Meeting {state: 'planned'}) RETURN m.id AS id")
        if found:
            return found[0]["id"]
        starts = f"{(TODAY + timedelta(days=3)).isoformat()}T10:00"
        values = {"name": "A meeting", "starts_at": starts, "state": "planned"}
        return worlds.make(self.graph, "Meeting", values, {"invited": [self.one, self.two]})

    def minutes(self, *, action):
        """The planned meeting is held, with or without somebody who promises something about the gap."""
        found = self.graph.define(
            "MATCH (m:Meeting {state: 'planned'})-[:HAS_ITEM]->(i)-[:ABOUT]->(:Gap)"
            " RETURN m.id AS id, m.version AS v, i.id AS item"
        )
        if not found:
            return
        promised = (NewAction("Ask a doctor", self.one, TODAY + timedelta(days=20)),) if action else ()
        entry = Entry(found[0]["item"], "discussed", "They will ask." if action else "", promised)
        self.do(lambda c: write_down(c, self.graph, found[0]["id"], found[0]["v"], "", [entry]))

    def happen(self, event):
        if event == "detect":
            self.detect()
        elif event == "service":
            self.others.append(self.offer(self.two))
        elif event == "no_service" and self.others:
            gone = self.others.pop()
            self.do(lambda c: records.archive(c, kind_of("Service"), gone) or gone)
        elif event == "later":
            self.day += timedelta(days=40)
            self.detect()
        elif event.startswith("minutes"):
            self.minutes(action=event == "minutes_with_action")
        elif event in DECISIONS:
            self.decide(event)
