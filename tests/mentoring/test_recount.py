"""`flask mentoring overview` and `quiet` against a recount in plain Python over the raw nodes, on random programmes."""

from __future__ import annotations

import json
import random
from collections import Counter
from datetime import timedelta

import pytest

from web.pages import today

ENDED = {"completed", "ended_early"}
STATES = ("proposed", "agreed", "active", "active", "active", "paused", "completed", "ended_early")

PEOPLE = """
UNWIND $rows AS row
MATCH (g:Programme {id: row.programme})
CREATE (p:Record:Person) SET p = row.all, p.changed_at = datetime(row.changed), p.version = 1
CREATE (p)-[:IN_PROGRAMME]->(g)
"""
PAIRS = """
UNWIND $rows AS row
MATCH (a:Person {id: row.mentor}) MATCH (b:Person {id: row.leader}) MATCH (g:Programme {id: row.programme})
CREATE (m:Record:Mentorship) SET m = row.all, m.version = 1
CREATE (a)-[:MENTORS_IN]->(m) CREATE (b)-[:MENTEE_IN]->(m) CREATE (m)-[:IN_PROGRAMME]->(g)
"""
CONTACTS = """
UNWIND $rows AS row MATCH (m:Mentorship {id: row.pair}) CREATE (c:Record:Contact) SET c = row.all CREATE (c)-[:IN]->(m)
"""


def ago(days):
    return today() - timedelta(days=days)


def some(dice, chance, value):
    return value if dice.random() < chance else None


def fill(graph, dice):
    """Random programmes, people, pairs with a history, contacts; some gone, archived, undated."""
    programmes = [
        {"id": f"G{n}", "ref": f"G{n}", "name": f"G{n}", "target": some(dice, 0.8, dice.randint(3, 20))}
        for n in range(2)
    ]
    graph.define("UNWIND $rows AS row CREATE (g:Record:Programme) SET g = row", rows=programmes)
    people = [
        {
            "programme": dice.choice(["G0", "G1"]), "changed": f"{ago(dice.randint(0, 90))}T10:00:00Z",
            "all": {
                "id": f"{role[0].upper()}{n}", "ref": f"{role[0].upper()}{n}", "name": f"N{n}", "role_class": role,
                "state": dice.choice(("active", "active", "active", "away", "left")),
                "valid_from": some(dice, 0.8, ago(dice.randint(0, 400))), "valid_to": some(dice, 0.25, ago(dice.randint(-90, 90))),
            },
        }
        for role, many in (("leader", 14), ("mentor", 7)) for n in range(many)
    ]  # fmt: skip
    graph.define(PEOPLE, rows=people)
    pairs = [_pair(dice, n) for n in range(20)]
    graph.define(PAIRS, rows=pairs)
    contacts = [
        {
            "pair": f"P{dice.randrange(20)}",
            "all": {"id": f"C{n}", "on": ago(dice.randint(0, 250)), "archived_at": some(dice, 0.1, today())},
        }
        for n in range(dice.randint(20, 160))
    ]
    graph.define(CONTACTS, rows=contacts)


def _pair(dice, n):
    days = sorted((dice.randint(0, 300) for _ in range(dice.randint(1, 4))), reverse=True)
    if dice.random() < 0.3:
        dice.shuffle(days)  # a step written down late, for an earlier day
    entries = [(some(dice, 0.9, ago(day)) if at == 0 else ago(day), dice.choice(STATES)) for at, day in enumerate(days)]
    kept = [f"{day or ''}={state}" for day, state in entries]
    return {
        "mentor": f"M{dice.randrange(7)}", "leader": f"L{dice.randrange(14)}", "programme": f"G{dice.randrange(2)}",
        "all": {
            "id": f"P{n}", "ref": f"P{n}", "state": entries[-1][1], "states": kept, "every_days": some(dice, 0.8, dice.choice((7, 14, 30))),
            "valid_from": entries[0][0], "archived_at": some(dice, 0.1, today()),
        },
    }  # fmt: skip


class Recount:
    """Everything again, a loop at a time, from what the nodes hold."""

    def __init__(self, graph, on):
        self.on = on
        people = graph.define(
            "MATCH (p:Person)-[:IN_PROGRAMME]->(g) RETURN properties(p) AS all, g.id AS programme ORDER BY p.id"
        )
        self.there = {row["all"]["id"]: row["all"]["role_class"] for row in people if self.is_there(row["all"])}
        pairs = graph.define(
            "MATCH (a:Person)-[:MENTORS_IN]->(m:Mentorship)<-[:MENTEE_IN]-(b:Person) WHERE m.archived_at IS NULL"
            " RETURN properties(m) AS all, a.id AS mentor, b.id AS leader ORDER BY m.id"
        )
        contacts = graph.define(
            "MATCH (c:Contact)-[:IN]->(m) WHERE c.archived_at IS NULL RETURN m.id AS pair, c.on AS on"
        )
        self.pairs = [(row["all"]["id"], row["mentor"], row["leader"], row["all"]) for row in pairs]
        self.days = {
            pair: sorted(row["on"] for row in contacts if row["pair"] == pair and row["on"] <= on)
            for pair, *_ in self.pairs
        }
        self.targets = [row["t"] for row in graph.define("MATCH (g:Programme) RETURN g.target AS t")]

    def is_there(self, person):
        end = person.get("valid_to")
        if end is None and person["state"] in {"away", "left"}:
            end = person["changed_at"].date()
        return not (person.get("valid_from") and person["valid_from"] > self.on) and not (end and end <= self.on)

    def state(self, pair, on):
        """(state, since) on a day: the entry with the latest day, of two on one day the one written last."""
        best = None
        for entry in pair["states"]:
            day, _, state = entry.partition("=")
            if day <= on.isoformat() and (best is None or day >= best[1]):
                best = (state, day)
        return best

    def active(self):
        return [each for each in self.pairs if (self.state(each[3], self.on) or ("", ""))[0] == "active"]

    def quiet(self):
        found = set()
        for pair, mentor, leader, stored in self.active():
            if self.there.get(mentor) == "mentor" and self.there.get(leader) == "leader":
                last = max([day.isoformat() for day in self.days[pair]] + [self.state(stored, self.on)[1]])
                if last <= (self.on - timedelta(days=60)).isoformat():
                    found.add(pair)
        return found

    def alone(self):
        led = {leader for _, mentor, leader, _ in self.active() if self.there.get(mentor) == "mentor"}
        return {person for person, role in self.there.items() if role == "leader"} - led

    def regularity(self):
        contacts = planned = n = unknown = 0
        for pair, _, _, stored in self.pairs:
            days = [
                day
                for day in (self.on - timedelta(days=back) for back in range(90))
                if (self.state(stored, day) or "?")[0] == "active"
            ]
            if days and not stored.get("every_days"):
                unknown += 1
            elif days:
                n += 1
                planned += len(days) // stored["every_days"]
                contacts += len([day for day in self.days[pair] if day in days])
        return {
            "contacts": contacts,
            "planned": planned,
            "pairs": n,
            "without_rhythm": unknown,
            "share": contacts / planned if planned else None,
        }

    def load(self):
        """(mentors by number of pairs that have begun and not ended, mentors with more than three)."""
        carried = Counter(
            mentor
            for _, mentor, _, stored in self.pairs
            if (now := self.state(stored, self.on)) and now[0] not in ENDED
        )
        mentors = [person for person, role in self.there.items() if role == "mentor"]
        by = Counter(carried[mentor] for mentor in mentors)
        return dict(by), sum(n for pairs, n in by.items() if pairs > 3)


@pytest.mark.parametrize("seed", range(8))
def test_the_overview_equals_a_recount(seed, graph, command):
    dice = random.Random(seed)
    fill(graph, dice)
    for on in (today(), ago(45), ago(200)):
        said = json.loads(command("mentoring")("overview", "--format", "json", "--as-of", on.isoformat()).stdout)
        quiet = json.loads(command("mentoring")("quiet", "--format", "json", "--as-of", on.isoformat()).stdout)
        mine = Recount(graph, on)
        by, over = mine.load()
        counts = said["counts"]
        assert {pair["ref"] for pair in quiet["pairs"]} == mine.quiet()
        assert counts["quiet_60_days"] == len(mine.quiet())
        assert counts["active"] == len(mine.active())
        assert counts["in_contact_30_days"] == sum(
            any(day > on - timedelta(days=30) for day in mine.days[pair]) for pair, *_ in mine.active()
        )
        assert counts["leaders"] == list(mine.there.values()).count("leader")
        assert {one["ref"] for one in said["without_mentor"]} == mine.alone()
        assert counts["leaders_without_mentor"] == len(mine.alone())
        assert said["regularity"] == mine.regularity()
        assert {each["pairs"]: each["mentors"] for each in said["load"]} == by
        assert (counts["mentors"], counts["mentors_over_load"]) == (sum(by.values()), over)
        assert counts["target"] == (sum(mine.targets) if all(mine.targets) else None)
