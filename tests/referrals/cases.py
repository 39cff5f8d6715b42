"""What the tests of referrals begin with: three partners, a case that was sent, steps taken through the pages."""

from __future__ import annotations

import re

from graphdb import records
from graphdb.actors import Actor
from graphdb.catalogue import kind_of
from graphdb.writes import change

ACTOR = Actor("tester", "command")
CANARY = "needs a ramp and a quiet room"


def make(graph, label, values, links=None):
    return change(graph, ACTOR, lambda c: records.create(c, graph, kind_of(label), values, links))


def filled(net, **more):
    return {
        "sender": net.clinic,
        "receiver": net.ngo,
        "service": net.legal,
        "priority": "urgent",
        "note": CANARY,
        "agreed": "person",
        "items": ["needs", "language"],
        "purpose": "follow_up",
        "key": "k",
        **more,
    }


def take(net, who, url, kind, **more):
    page = net.people[who].get(url).text
    version = re.search(r'name="version" value="(\d+)"', page)
    return net.people[who].post(f"{url}/step", {"kind": kind, "version": version[1] if version else "2", **more})


def stored(graph):
    return graph.define(
        "MATCH (r:Referral) RETURN r.state AS state, r.case_ref AS ref, r.note AS note, toString(r.answered_on) AS answered,"
        " toString(r.closed_on) AS closed, r.reason AS reason,"
        " COLLECT { MATCH (r)-[:HAS_EVENT]->(v) RETURN v.kind ORDER BY v.at, v.id } AS kinds"
    )  # fmt: skip
