"""A programme with two pairs beside one of strangers: every secret in it is a word found nowhere else.

It stands beside the world of one record of each kind (world.py), which fills the addresses that are about other things.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from flask import Flask

from graphdb import accounts, concerns, issues, mentoring, records, supervision
from graphdb.actors import Actor, Viewer
from graphdb.catalogue import kind_of
from graphdb.connection import Graph
from graphdb.programmes import places
from graphdb.tokens import new_token
from graphdb.writes import Change, change
from tests.access.people import Principal, start_session
from tests.access.world import World, build

ACTOR = Actor("tester", "command")
TODAY = datetime.now(UTC).date()
LETTERS = str.maketrans("0123456789", "ghijklmnop")

# Who asks: the roles held, in which programme, for which organisation. A person of that name, where there is one, is theirs.
ASKERS: dict[str, tuple[str, str, str]] = {
    "leader": ("leader", "ours", ""),
    "mentor": ("mentor", "ours", ""),
    "other leader": ("leader", "ours", ""),
    "other mentor": ("mentor", "ours", ""),
    "supervisor": ("supervisor", "ours", ""),
    "coordinator": ("coordinator", "ours", ""),
    "safeguarding": ("partner", "", "home"),
    "manager": ("manager", "", ""),
    "strangers' leader": ("leader", "theirs", ""),
    "strangers' mentor": ("mentor", "theirs", ""),
    "strangers' supervisor": ("supervisor", "theirs", ""),
    "strangers' coordinator": ("coordinator", "theirs", ""),
    "home": ("partner", "", "home"),
    "school": ("partner", "", "school"),
    "elsewhere": ("partner", "", "elsewhere"),
    "administrator": ("administrator", "", ""),
    "ended": ("coordinator", "ours", ""),
    "nobody": ("", "", ""),
}


def mark(secret: str) -> str:
    """The word that stands for a secret: letters only, so that no guard takes it for a number."""
    return "zm" + sha256(secret.encode()).hexdigest()[:14].translate(LETTERS)


@dataclass
class Scene:
    """Ids by name; `about`: the records of the programme by kind, whose pages are opened."""

    app: Flask
    graph: Graph
    base: World
    ids: dict[str, str] = field(default_factory=dict)
    about: dict[str, list[str]] = field(default_factory=dict)
    askers: dict[str, Principal] = field(default_factory=dict)

    def make(self, name: str, label: str, values: dict[str, object], links: dict[str, list[str]] | None = None) -> str:
        """A record, known by that name from now on."""
        self.ids[name] = self.do(lambda c: records.create(c, self.graph, kind_of(label), values, links))
        self.about.setdefault(label, []).append(self.ids[name])
        return self.ids[name]

    def do(self, work: object) -> str:
        return change(self.graph, ACTOR, work)  # type: ignore[arg-type]

    def note(self, label: str, name: str, record: str) -> str:
        """Remember a record that another function made."""
        self.ids[name] = record
        self.about.setdefault(label, []).append(record)
        return record


def furnish(app: Flask, graph: Graph) -> Scene:
    """All of it, and everybody who asks."""
    scene = Scene(app, graph, build(graph))
    _places(scene)
    for name, role, programme in (
        ("leader", "leader", "ours"), ("mentor", "mentor", "ours"), ("other leader", "leader", "ours"),
        ("other mentor", "mentor", "ours"), ("strangers' leader", "leader", "theirs"),
        ("strangers' mentor", "mentor", "theirs"), ("supervisor", "staff", ""), ("safeguarding", "expert", ""),
    ):  # fmt: skip
        _person(scene, name, role, programme)
    link = "MATCH (g:Programme {id: $g}) MATCH (p:Person {id: $p}) CREATE (g)-[:SAFEGUARDED_BY]->(p)"
    graph.define(link, g=scene.ids["ours"], p=scene.ids["safeguarding"])
    scene.askers = {name: asker(scene, name) for name in ASKERS}
    _pairs(scene)
    _spoken(scene)
    _matters(scene)
    return scene


def _places(scene: Scene) -> None:
    town = scene.make("town", "Place", {"name": "Town", "level": "municipality"})
    for name, kind in (("home", "ngo"), ("school", "school"), ("elsewhere", "ngo")):
        scene.make(name, "Organisation", {"name": f"The {name}", "kind": kind}, {"places": [town]})
    scene.make("dari", "Community", {"name": "Dari speakers", "languages": "fa"}, {"place": [town]})
    for name in ("ours", "theirs"):
        scene.make(name, "Programme", {"name": f"Programme {name}"}, {"organisation": [scene.ids["home"]]})


def _person(scene: Scene, name: str, role: str, programme: str) -> None:
    values: dict[str, object] = {
        "name": mark(f"{name}'s name"), "alias": f"Alias {len(scene.ids)}", "role_class": role, "languages": ["fa"],
        "email": f"{mark(name + chr(39) + 's mail')}@example.org",
    }  # fmt: skip
    links = {"places": [scene.ids["town"]], "community": [scene.ids["dari"]] if role == "leader" else []}
    scene.make(name, "Person", values, links)
    if programme:
        where, who = scene.ids[programme], scene.ids[name]
        place = scene.do(lambda c: places.apply(c, scene.graph, where, who, role, {}, {}, TODAY, "active"))
        scene.note("Participation", f"place of {name}", place)


def _pairs(scene: Scene) -> None:
    since = TODAY - timedelta(days=200)
    for one, programme in (("", "ours"), ("other ", "ours"), ("strangers' ", "theirs")):
        ends = scene.ids[f"{one}mentor"], scene.ids[f"{one}leader"]
        new = mentoring.NewPair(*ends, scene.ids[programme], "active", since, 7, "fa")
        scene.note("Mentorship", f"{one}pair", scene.do(lambda c, new=new: mentoring.make_pair(c, scene.graph, new)))
    goal, kind = mark("goal"), kind_of("Mentorship")
    scene.do(lambda c: str(records.update(c, scene.graph, kind, scene.ids["pair"], None, {"goals": goal})))
    told = mentoring.NewContact(
        scene.ids["pair"], TODAY, "met", 45, "school", note=mark("contact"), organisations=(scene.ids["school"],), reached=(goal,)
    )  # fmt: skip
    scene.note("Contact", "contact", scene.do(lambda c: mentoring.log_contact(c, scene.graph, told)))
    wishes = {"wished": [scene.ids["other mentor"]], "unwished": [scene.ids["mentor"]]}
    place = scene.ids["place of other leader"]
    scene.do(lambda c: str(records.update(c, scene.graph, kind_of("Participation"), place, None, {}, wishes)))


def _spoken(scene: Scene) -> None:
    session = supervision.NewSession(
        (scene.ids["mentor"],), scene.ids["ours"], TODAY, 30, "load", None, mark("session")
    )
    scene.note("Supervision", "session", scene.do(lambda c: supervision.log_session(c, scene.graph, session)[0]))
    told = concerns.NewConcern(scene.ids["pair"], scene.ids["safeguarding"], mark("concern"), urgent=True)
    eyes = Viewer(person=scene.ids["leader"], roles=frozenset({"leader"}))
    raised = scene.do(lambda c: concerns.raise_one(c, scene.graph, told, eyes, TODAY))
    scene.do(lambda c: str(concerns.move(c, scene.graph, raised, 1, "closed", mark("outcome"), TODAY)))
    scene.note("Concern", "concern", raised)


def _matters(scene: Scene) -> None:
    town, dari, leader = scene.ids["town"], scene.ids["dari"], scene.ids["leader"]
    for label, topic in (("CommunityIssue", "school"), ("Campaign", "school"), ("Mediation", "yard")):
        new = issues.NewMatter(label, leader, topic, dari, town, TODAY, mark("matter"))
        record = scene.do(lambda c, new=new: issues.raise_matter(c, scene.graph, new, leader))
        scene.note(label, label, record)
        for secret, met in (("step", ()), ("step at the school", (scene.ids["school"],))):
            step = issues.NewStep(TODAY, "visit", mark(secret), 3, organisations=met)
            scene.do(lambda c, at=label, step=step: issues.add_step(c, scene.graph, at, scene.ids[at], step))


def asker(scene: Scene, name: str) -> Principal:
    """An account with its role, and a browser that is signed in."""
    role, programme, organisation = ASKERS[name]
    client = scene.app.test_client()
    if not role:
        return Principal(name, "", frozenset(), frozenset(), frozenset(), "", client, "")
    login, person = f"asker {new_token('x').plain[:8]}", scene.ids.get(name, "") if role != "administrator" else ""
    person = (
        person
        if name not in scene.about.get("Organisation", []) and name not in {"home", "school", "elsewhere"}
        else ""
    )

    def work(c: Change) -> str:
        account = accounts.make(c, login, "An account", "no password", "en", person)
        given = accounts.grant(c, account, role, scene.ids.get(organisation, ""), scene.ids.get(programme, ""))
        if name == "ended":
            accounts.end_grant(c, account, given, TODAY - timedelta(days=1))
        return account

    account = scene.do(work)
    client.set_cookie("mrezha", start_session(scene.graph, account))
    held = frozenset[str]() if name == "ended" else frozenset({role})
    return Principal(name, account, held, frozenset(), frozenset(), person, client, "")


def tokens(scene: Scene) -> Iterator[tuple[str, Principal]]:
    """Everybody who asks, with the token of their forms."""
    for name, who in scene.askers.items():
        page = who.client.get("/account/sign-in").get_data(as_text=True)
        yield name, replace(who, token=page.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0])
