"""Every form, sent twice as a double click sends it: one effect, and the same answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from graphdb import referrals, sessions
from graphdb.actors import Actor
from graphdb.connection import Graph
from graphdb.settings import Settings
from graphdb.tokens import hash_token, new_token
from graphdb.writes import change
from seed import demo
from seed.demo.accounts import VISITORS
from seed.demo.book import identity
from tests.conftest import Someone, someone, wipe
from tests.double.pages import TODAY, TOMORROW, Form, forms_of
from web import create_app
from web.jobs.work import work_one

# what a form of the demonstration wants that nobody could guess; by endpoint
MORE: dict[str, dict[str, str]] = {
    "meetings.arrange": {
        "on": TOMORROW,
        "at": "10:00",
        "minutes": "120",
        "place": "Town hall",
        "name": "One more meeting",
    },
    "meetings.propose": {"title": "Interpreters for Dari"},
    "meetings.reopen": {"note": "A number was wrong."},
    "meetings.join": {"organisation": identity("Organisation/clinic")},
    "meetings.leave": {"organisation": identity("Organisation/clinic")},
    "consultations.new_edition": {"edition": "9"},
    "agreements.note_version": {"reference": "Folder 7"},
    "agreements.terminate": {"until": TOMORROW},
    "referrals.pass_on": {"agreed": "y"},
    "conferences.new": {
        "starts_at": f"{TOMORROW}T10:00",
        "agreed": "y",
    },
    "settings.invite": {"role": "manager"},
    "programmes.ask": {"name": "Somebody New", "on": TODAY},
    "programmes.step": {"on": TODAY, "reason": "time"},
    "programmes.decide": {"reason": "other"},
    "programmes.new_training": {"name": "One more"},
    "supervision.log": {"mentors": f"{identity('Programme/leaders')}.{identity('Person/M01')}"},
    "supervision.move": {"outcome": "They spoke with the school."},
    "gaps.answer": {"note": "We know of it."},
    "gaps.decide": {"note": "Everybody knows of it.", "until": TOMORROW},
}
# buttons of one page
MOST = 24
# forms that end what others of the list go on with come last
LATE = (
    "archive",
    "closed",
    "cancelled",
    "withdraw",
    "revoke",
    "terminate",
    "end",
    "leave",
    "lock",
    "decline",
    "undo",
    "merge",
    "erase",
)
# routes of which a second call is no second effect by its nature, with the reason
SPARED = {
    "accounts.sign_in": "signing in again opens another session",
    "accounts.sign_out": "who is out stays out",
    "accounts.accept": "the invitation is spent (tests/sessions)",
    "accounts.password": "asks for the old password, which the first call has changed",
    "ui.language": "changes the session only",
    "imports.upload": "reads files; nothing is imported before it is looked at",
    "erasing.erase": "the reference must be typed; the second is told that it is done (tests/mentoring/test_erasing.py)",
    "imports.decide": "the import has a name of its own by its upload (tests/imports)",
    "imports.undo": "an import that was taken back stays so (tests/imports)",
    "phone.remember": "the same phone gets a newer key, and the older one is gone (tests/phone)",
    "phone.send": "no form: the once-key is made on the phone (tests/phone)",
    "phone.forget": "who is forgotten stays so (tests/phone)",
    "phone.leave": "who is forgotten stays so (tests/phone)",
    "referrals.answered": "the link is spent by the first answer (tests/referrals/test_links.py)",
}
# a mail server that is never asked
MAIL = {"MREZHA_SMTP": "smtp://127.0.0.1:9", "MREZHA_MAIL_FROM": "network@example.org"}
# a link is shown once: of a form sent twice the second answer shows the newer link, and the older one is gone
NEWER = ("settings.invite", "referrals.link")


@dataclass
class World:
    app: Flask
    graph: Graph
    people: dict[str, Someone]
    ids: dict[str, str]
    effective: dict[str, int] = field(default_factory=dict)


@pytest.fixture(scope="module")
def world(migrated: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    wipe(migrated)
    home = Path(tmp_path_factory.mktemp("demonstration"))
    demo.fill(migrated, datetime.now(UTC).date(), {visitor.login: "no password" for visitor in VISITORS})
    app = create_app(Settings.from_env({"MREZHA_HOME": str(home), **MAIL}), migrated)
    yield World(app, migrated, people(app, migrated), {})
    wipe(migrated)


def people(app: Flask, graph: Graph) -> dict[str, Someone]:
    """The visitors of the demonstration, and a partner who sends and receives many cases."""
    found = graph.define("MATCH (a:Account) RETURN a.login AS login, a.id AS id")
    signed = {row["login"]: _session(app, graph, row["id"]) for row in found}
    return signed | {
        code: someone(app, graph, "partner", organisation=identity(f"Organisation/{code}"))
        for code in ("ngo_integr", "ngo_law", "clinic", "mun_dr", "agency")
    }


def _session(app: Flask, graph: Graph, account: str) -> Someone:
    key, now = "k." + new_token("session").plain, datetime.now(UTC)
    start = {"hash": hash_token("session", key), "account": account, "data": "{}", "now": now, "agent": "test"}
    graph.transact(lambda tx: tx.fetch(sessions.START, **start))
    return Someone(app, account, key)


FIND = {
    "planned": "MATCH (x:Meeting) WHERE x.state IN ['planned', 'invited'] AND x.starts_at > datetime()",
    "held": "MATCH (x:Meeting) WHERE x.state = 'held' AND EXISTS { (x)-[:HAS_ITEM]->() }",
    "action": "MATCH (x:ActionPoint) WHERE x.state = 'open'",
    "series": "MATCH (x:MeetingSeries)",
    "agreement": "MATCH (x:Agreement) WHERE x.valid_to > date() AND coalesce(x.stage, 'signed') = 'signed'",
    "gap": "MATCH (x:Gap) WHERE x.state = 'detected' AND x.key STARTS WITH 'coverage:'",
    "place": "MATCH (x:Place {level: 'municipality'})",
    "service": "MATCH (x:ServiceType)",
    "pair": "MATCH (p:Person {id: $mentor})--(x:Mentorship {state: 'active'})",
    "any_pair": "MATCH (x:Mentorship) WHERE x.state = 'active'",
    "concern": "MATCH (x:Concern {state: 'raised'})",
    "programme": "MATCH (x:Programme)",
    "training": "MATCH (x:Training {state: 'held'})",
    "applied": "MATCH (x:Participation {state: 'applied'})",
    "organisation": "MATCH (x:Organisation) WHERE x.archived_at IS NULL",
    "job": "MATCH (x:Job {state: 'queued', owner: $coordinator})",
    "conference": "MATCH (x:CaseConference {by: $partner})",
    "draft": "MATCH (x:Consultation {state: 'open'})",
    "own_comment": "MATCH (x:DraftComment {decision: 'open'}) WHERE EXISTS { (x)--(:Organisation {id: $town}) }",
    "comment": "MATCH (x:DraftComment {decision: 'open'}) WHERE NOT EXISTS { (x)--(:Organisation {id: $town}) }",
    "discussion": "MATCH (x:PublicDiscussion) WHERE EXISTS { (x)--(:PublicQuestion) }",
    "question": "MATCH (x:PublicQuestion)",
    "project": "MATCH (x:Project) WHERE x.archived_at IS NULL",
}
MEMBER = (
    "MATCH (x:Gap)-[:GAP_AMONG]->(o:Organisation) WHERE x.state = 'detected'"
    " RETURN x.id AS gap, o.id AS organisation ORDER BY x.id, o.id LIMIT 1"
)


def find(world: World, name: str) -> str:
    params = {
        "mentor": identity("Person/M01"),
        "coordinator": world.people["coordinator"].account,
        "partner": world.people["partner"].account,
        "town": identity("Organisation/mun_dr"),
    }
    return world.graph.define(FIND[name] + " RETURN x.id AS id ORDER BY x.id LIMIT 1", **params)[0]["id"]


def sent(world: World, receiver: str = "ngo_law") -> str:
    """A case one partner has just sent to another, with a consent that lets it be passed on."""
    consent = referrals.NewConsent("person", ("needs",), "onward", None, "bg", datetime.now(UTC).date())
    new = referrals.NewReferral(
        identity("Organisation/ngo_integr"), identity(f"Organisation/{receiver}"), find(world, "service"), "", "", "normal", "",
        consent,
    )  # fmt: skip
    return change(world.graph, Actor("test"), lambda c: referrals.send(c, world.graph, new))


def snapshot(graph: Graph) -> dict[str, int]:
    """How many there are of everything, events and audit entries among it, and how often records were changed."""
    nodes = graph.define("MATCH (n) WHERE NOT n:Session UNWIND labels(n) AS label RETURN label, count(*) AS n")
    ties = graph.define("MATCH ()-[r]->() RETURN type(r) AS label, count(*) AS n")
    versions = graph.define("MATCH (n:Record) RETURN 'versions' AS label, sum(n.version) AS n")
    return {row["label"]: row["n"] for row in (*nodes, *ties, *versions)}


def endpoint_of(app: Flask, url: str) -> str:
    return str(app.url_map.bind("localhost").match(url.partition("?")[0], method="POST")[0])


def send(one: Someone, form: Form, more: dict[str, str]) -> TestResponse:
    return one.client.post(form.url, data=form.data(more))


def twice(world: World, who: str, form: Form, endpoint: str) -> str:
    """Send a form two times; what is wrong with that, "" where nothing is."""
    one, more = world.people[who], MORE.get(endpoint, {})
    before = snapshot(world.graph)
    first = send(one, form, more)
    between = snapshot(world.graph)
    second = send(one, form, more)
    after = snapshot(world.graph)
    about = f"{who} {form.url} [{form.said}]: {first.status_code}"
    if between != before:
        world.effective[endpoint] = world.effective.get(endpoint, 0) + 1
    grown = {name: n - between.get(name, 0) for name, n in after.items() if n != between.get(name, 0)}
    if grown and not (endpoint in NEWER and grown == {"AuditEntry": 1}):
        return f"{about}, and the second time {grown}"
    if (first.status_code, first.location) != (second.status_code, second.location):
        return f"{about} {first.location}, then {second.status_code} {second.location}"
    return ""


def walk(world: World, who: str, url: str, done: set[tuple[str, str]]) -> list[str]:
    """Every button of a page that was not effective before, each on the page as it is after the ones ahead of it."""
    faults: list[str] = []
    tried: set[tuple[str, str, str]] = set()
    while True:
        page = world.people[who].get(url, follow_redirects=True)
        if page.status_code == 404 and tried:  # a form of this page has taken away what it shows
            return faults
        assert page.status_code == 200, (who, url, page.status_code)
        forms = [
            (endpoint_of(world.app, form.url), form) for form in forms_of(page.text, page.request.full_path.rstrip("?"))
        ]
        forms.sort(key=lambda pair: any(word in f"{pair[0]} {pair[1].said}" for word in LATE))
        left = [
            (endpoint, form)
            for endpoint, form in forms
            if endpoint not in SPARED and not {(endpoint, form.said), (endpoint, form.said, form.url)} & (done | tried)
        ]
        if not left or len(tried) > MOST:
            return faults
        endpoint, form = left[0]
        tried.add((endpoint, form.said, form.url))
        before = world.effective.get(endpoint, 0)
        if fault := twice(world, who, form, endpoint):
            faults.append(fault)
        if world.effective.get(endpoint, 0) > before:
            done.add((endpoint, form.said))


def test_every_form_sent_twice_has_one_effect(world: World) -> None:
    done: set[tuple[str, str]] = set()
    faults = [fault for who, url in pages(world) for fault in walk(world, who, url, done)]
    posts = {rule.endpoint for rule in world.app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    assert not faults, "\n".join(faults)
    assert posts - set(SPARED) - set(world.effective) == set()


WORKER = """
MATCH (n:CommunityIssue|Campaign|Mediation)-[:ACCOMPANIED_BY]->(p:Person) WHERE $label IN labels(n)
MATCH (n)-[:IN_PROGRAMME]->(g:Programme)
RETURN n.id AS matter, p.id AS person, g.id AS programme ORDER BY n.state <> 'in_work', n.ref LIMIT 1
"""


def matter_of(world: World, label: str) -> str:
    """A matter of the demonstration; its mentor is the worker from now on."""
    found = world.graph.define(WORKER, label=label)[0]
    world.people["worker"] = someone(
        world.app, world.graph, "mentor", person=found["person"], programme=found["programme"]
    )
    return str(found["matter"])


def pages(world: World) -> Iterator[tuple[str, str]]:
    """Who opens which page; each made when its turn comes, for the ones before have changed what there is."""
    yield "coordinator", "/meetings/plan"
    planned = find(world, "planned")
    yield "coordinator", f"/meetings/{planned}/edit"
    yield "ngo_integr", f"/meetings/{planned}"
    yield "coordinator", f"/meetings/{planned}"
    held = find(world, "held")
    yield "coordinator", f"/meetings/{held}/record"
    yield "coordinator", f"/meetings/{held}/attend"
    yield "coordinator", f"/meetings/{held}"
    yield "coordinator", f"/meetings/actions/{find(world, 'action')}"
    yield "coordinator", f"/meetings/groups/{find(world, 'series')}"
    yield "coordinator", f"/agreements/{find(world, 'agreement')}"
    yield "coordinator", "/gaps/"
    yield "coordinator", f"/jobs/{find(world, 'job')}"
    with world.app.app_context():
        while work_one(world.graph, "test"):
            pass
    yield "coordinator", f"/meetings/{find(world, 'planned')}/invitations"
    yield "coordinator", "/gaps/collaboration"
    yield "coordinator", f"/gaps/{find(world, 'gap')}"
    member = world.graph.define(MEMBER)[0]
    world.people["member"] = someone(world.app, world.graph, "partner", organisation=member["organisation"])
    yield "member", f"/gaps/{member['gap']}"
    place, service = find(world, "place"), find(world, "service")
    yield "coordinator", f"/gaps/ask/{place}.{service}.-"
    yield "mentor", "/mentoring/log"
    yield "mentor", "/mentoring/"
    yield "mentor", f"/mentoring/places/{identity('Participation/M01')}/wishes"
    yield "mentor", f"/mentoring/pairs/{find(world, 'pair')}"
    yield "mentor", f"/mentoring/pairs/{find(world, 'pair')}/goals"
    yield "supervisor", "/mentoring/supervision"
    yield "mentor", f"/mentoring/pairs/{find(world, 'pair')}/concern"
    yield "supervisor", f"/mentoring/concerns/{find(world, 'concern')}"
    yield "coordinator", "/mentoring/pairs/new"
    pair = find(world, "any_pair")
    yield "coordinator", f"/mentoring/pairs/{pair}"
    yield "coordinator", f"/mentoring/pairs/{pair}/edit"
    programme = find(world, "programme")
    yield "coordinator", f"/mentoring/programmes/{programme}/matching"
    yield "coordinator", f"/mentoring/programmes/{programme}/places/new"
    yield "coordinator", f"/mentoring/programmes/{programme}/trainings/new"
    yield "coordinator", f"/mentoring/trainings/{find(world, 'training')}"
    yield "coordinator", f"/mentoring/trainings/{find(world, 'training')}/edit"
    place = find(world, "applied")
    yield "coordinator", f"/mentoring/places/{place}/edit"
    yield "coordinator", f"/mentoring/places/{place}"
    world.graph.define("MATCH (x:Participation {id: $id}) DETACH DELETE x", id=identity("Participation/L05"))
    yield "coordinator", f"/mentoring/programmes/{programme}"
    for path, label in (("issue", "CommunityIssue"), ("campaign", "Campaign"), ("mediation", "Mediation")):
        matter = matter_of(world, label)
        yield "worker", f"/mentoring/issues/{path}/new"
        yield "worker", f"/mentoring/issues/{path}/{matter}/step"
        yield "coordinator", f"/mentoring/issues/{path}/{matter}/edit"
        yield "worker", f"/mentoring/issues/{path}/{matter}"
        yield "coordinator", f"/mentoring/issues/{path}/{matter}"
    project = find(world, "project")
    yield "coordinator", "/records/projects/new"
    yield "coordinator", f"/records/projects/{project}/edit"
    yield "coordinator", f"/records/projects/{project}"
    yield "coordinator", f"/partners/{find(world, 'organisation')}"
    one, other = (identity(f"Organisation/{code}") for code in ("mun_gm", "mun_km"))
    yield "coordinator", f"/partners/duplicates/{one}/{other}"
    yield "coordinator", "/partners/duplicates"
    yield "coordinator", f"/partners/duplicates/{one}/{other}"
    yield "coordinator", "/partners/duplicates"
    yield "ngo_integr", "/referrals/new"
    for step in ("accept", "decline", "pass-on", "link", "withdraw", "revoke", "correct"):
        case = sent(world)
        if step in {"accept", "decline"}:
            yield "ngo_law", f"/referrals/{case}"
            yield "ngo_integr", f"/referrals/{case}"
            yield "ngo_law", f"/referrals/{case}/note/reopen"
        elif step == "correct":
            yield "ngo_integr", f"/referrals/{case}/note/correct"
        elif step == "pass-on":
            yield "ngo_law", f"/referrals/{case}/pass-on"
        else:
            yield "ngo_integr", f"/referrals/{case}"
    yield "ngo_integr", f"/referrals/{sent(world, 'labour')}"
    yield "partner", "/conferences/new"
    yield "partner", f"/conferences/{find(world, 'conference')}"
    draft = find(world, "draft")
    yield "agency", f"/consultations/{draft}"
    yield "mun_dr", f"/consultations/comments/{find(world, 'own_comment')}"
    yield "coordinator", f"/consultations/comments/{find(world, 'comment')}"
    yield "coordinator", f"/consultations/discussions/{find(world, 'discussion')}"
    yield "coordinator", f"/consultations/questions/{find(world, 'question')}"
    yield "coordinator", f"/consultations/{draft}"
    yield "administrator", "/settings/"
    yield "administrator", "/settings/network"
    yield "administrator", "/settings/invite"
    yield "manager", "/account/"
