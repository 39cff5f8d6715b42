"""What mentoring keeps secret, against everybody who asks: a matrix of rights, and all that each of them can open.

Each secret is a word found nowhere else. Whoever asks opens every page, list, file, map and search that there is, for the
records of a programme with two pairs and of another one; commands, letters, jobs, the audit trail, the log and the store
itself are read as well. What was seen must be what the table below gives: not more, and not less.
"""

from __future__ import annotations

import io
import json
import logging
import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import structlog
from werkzeug.test import TestResponse

from graphdb import jobs
from graphdb.catalogue import KINDS, Kind, kind_of
from graphdb.connection import Graph
from graphdb.outbox import letter_of
from graphdb.settings import Settings
from tests.access.filling import filling, need_for
from tests.access.mentoring_world import ASKERS, Scene, furnish, mark, tokens
from tests.access.people import Principal
from tests.access.test_fields import unpacked
from tests.access.test_matrix import ROUTES
from tests.conftest import wipe
from web import create_app
from web.jobs import work

PAIR = {"leader", "mentor", "supervisor"}
PROGRAMME = {"supervisor", "coordinator"}
MATTER = {"leader", "mentor", *PROGRAMME}
STRANGERS = {"strangers' supervisor", "strangers' coordinator"}

# rights.md, by secret: who may know it. A mentor is a contact person: without consent those read them who read all (manager,
# coordinators), and who knows them by pair or programme. A leader is known to who works in the programme, but no other leader.
RIGHTS: dict[str, set[str]] = {
    "contact": PAIR,
    "goal": PAIR,
    "session": {"mentor", "supervisor"},
    "concern": {"safeguarding"},
    "outcome": {"safeguarding"},
    "matter": MATTER,
    "step": MATTER,
    "step at the school": {*MATTER, "school"},
    "leader's name": {"leader", "mentor", "other mentor", *PROGRAMME},
    "other leader's name": {"other leader", "mentor", "other mentor", *PROGRAMME},
    "strangers' leader's name": {"strangers' leader", "strangers' mentor", *STRANGERS},
    "mentor's name": {"mentor", "leader", "manager", *PROGRAMME, "strangers' coordinator"},
    "strangers' mentor's name": {"strangers' mentor", "strangers' leader", "manager", "coordinator", *STRANGERS},
}
RIGHTS |= {secret.replace("name", "mail"): who for secret, who in RIGHTS.items() if secret.endswith("'s name")}
SECRET = {mark(secret): secret for secret in RIGHTS}
MARK = re.compile("|".join(SECRET))
NOTHING = mark("nothing of that name")
CHANGING = re.compile(r'value="[^"]*"|nonce="[^"]*"')


@pytest.fixture(scope="module")
def log() -> Iterator[io.StringIO]:
    """All that is logged while the module runs, by the app and by what it stands on."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("web.log._log", structlog.wrap_logger(structlog.PrintLogger(written)))
        logging.getLogger().addHandler(handler)
        yield written
        logging.getLogger().removeHandler(handler)


@pytest.fixture(scope="module")
def scene(migrated: Graph, tmp_path_factory: pytest.TempPathFactory, log: io.StringIO) -> Iterator[Scene]:
    wipe(migrated)
    app = create_app(Settings.from_env({"MREZHA_HOME": str(tmp_path_factory.mktemp("leaks"))}), migrated)
    scene = furnish(app, migrated)
    scene.askers = dict(tokens(scene))
    yield scene
    wipe(migrated)


@pytest.mark.parametrize("name", ASKERS)
def test_everybody_sees_what_the_table_gives_them_and_nothing_else(name: str, scene: Scene) -> None:
    seen: dict[str, str] = {}
    opened = 0
    for url in addresses(scene, scene.askers[name]):
        answer = scene.askers[name].client.get(url, headers={"Accept": "text/html"})
        assert answer.status_code < 500, f"{name} {url}: {answer.status_code}"
        opened += answer.status_code == 200
        for word in MARK.findall(text_of(answer)):
            seen.setdefault(SECRET[word], re.sub(r"01[0-9A-Z]{24}", "…", url))
    expected = {secret for secret, who in RIGHTS.items() if name in who}
    assert {secret: url for secret, url in seen.items() if secret not in expected} == {}, "more than the table gives"
    assert expected - set(seen) == set(), "less than the table gives"
    assert opened > (5 if name in {"nobody", "ended"} else 20)


@pytest.mark.parametrize("name", ASKERS)
def test_a_search_for_a_secret_answers_as_for_a_word_that_nobody_wrote(name: str, scene: Scene) -> None:
    who = scene.askers[name]
    told: dict[str, set[str]] = defaultdict(set)
    for page, secrets in searches():
        nothing = answered(who, page, NOTHING)
        for secret in secrets:
            if answered(who, page, mark(secret)) != nothing:
                told[secret].add(page)
    assert {secret: pages for secret, pages in told.items() if name not in RIGHTS[secret]} == {}
    known = {secret for secret, those in RIGHTS.items() if name in those and secret.endswith("'s name")}
    assert {secret for secret in told if "/search?q=" in told[secret]} == known, "who may know a name finds it"


def searches() -> Iterator[tuple[str, Collection[str]]]:
    """Every place that looks for words, and what is looked for."""
    yield "/search?q=", RIGHTS
    for page in ("/ties/?", "/partners/?", "/records/people?", "/records/people?format=csv&", "/records/employments?"):
        yield f"{page}q=", ("leader's name", "mentor's name", "leader's mail")


def answered(who: Principal, page: str, word: str) -> str:
    answer = who.client.get(page + word)
    text = CHANGING.sub("", text_of(answer)) if answer.status_code == 200 else str(answer.status_code)
    return text.replace(word, "WORD")


def addresses(scene: Scene, who: Principal) -> Iterator[str]:
    """Every GET, with every record of the programmes that it can be about, also as a file; each once."""
    for name in sorted(ROUTES):
        rule = ROUTES[name]
        need = need_for(scene.app, rule.endpoint)
        if "GET" not in (rule.methods or ()) or rule.endpoint.endswith("static"):
            continue
        kinds: list[Kind | None] = [kind_of(need.label)] if need.label else [None]
        if "slug" in rule.arguments:
            kinds = [kind for kind in KINDS if kind.plain]
        for kind in kinds:
            for record in records_of(scene, kind) if kind and need.record else [""]:
                values = {need.record: record, "slug": kind.slug if kind else ""}
                for argument in rule.arguments - {name for name, value in values.items() if value}:
                    values[argument] = filling(rule.endpoint, argument)(scene.graph, scene.base, who)
                wanted = {argument: values[argument] for argument in rule.arguments}
                url = scene.app.url_map.bind("localhost").build(rule.endpoint, wanted, "GET")
                yield url
                if not record and rule.endpoint.endswith(("index", "counts", "collaboration")):
                    yield from (f"{url}?format={form}&window=all" for form in ("csv", "xlsx"))
    yield from particular(scene)


def records_of(scene: Scene, kind: Kind) -> list[str]:
    return scene.about.get(kind.label) or [scene.base.records[kind.label, "own"]]


def particular(scene: Scene) -> Iterator[str]:
    """What an address may ask besides: a pair in the form of a contact, what if a mentor leaves, the map around somebody,
    lists by a link and in the order of every column."""
    ids = scene.ids
    yield from (f"/mentoring/log?pair={ids[pair]}" for pair in ("pair", "other pair", "strangers' pair"))
    for programme in ("ours", "theirs"):
        yield from (
            f"/mentoring/programmes/{ids[programme]}/matching?without={ids[one]}mentor"
            for one in ("mentor", "strangers' mentor")
        )
    yield from (f"/map/data?window=all&missing=yes&focus={ids[one]}&steps=2" for one in ("home", "school", "leader"))
    yield from (f"/mentoring/bridges/data?window={window}" for window in ("all", "365", "1"))
    yield from (f"/records/people?{link}" for link in (f"programme={ids['ours']}", f"community={ids['dari']}"))
    for part in ("name", "alias", "email", "role_class"):
        yield from (f"/records/people?sort={part}&role_class=leader", f"/records/people?sort={part}&desc=1&format=csv")
    for label, link in (("programmes", "safeguarding"), ("people", "programme"), ("employments", "person")):
        yield f"/records/{label}/new?{link}={ids['leader']}"
    yield f"/gaps/collaboration?format=csv&show=all&as_of={scene.base.records['Gap', 'own']}"


def text_of(answer: TestResponse) -> str:
    """All text of an answer with its headers."""
    return unpacked(answer) + str(answer.headers)


COMMANDS = (
    "mentoring overview", "mentoring quiet", "mentoring bridges", "mentoring bridges --window 365", "mentoring match {ours}",
    "mentoring match {ours} --without {mentor}", "gaps list", "gaps collaboration", "gaps coverage", "measures", "measures --level person",
    "duplicates list", "referrals indicators", "conferences list", "consultations list", "rights", "doctor", "erase {leader}",
)  # fmt: skip


@pytest.mark.parametrize("form", ["json", "table"])
def test_commands_speak_in_references(form: str, scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    lend(scene, monkeypatch)
    for line in COMMANDS:
        words = line.format(**scene.ids).split()
        takes = words[0] not in {"doctor", "erase"} and (words[0], form) not in {
            ("rights", "table"),
            ("duplicates", "table"),
        }
        said = scene.app.test_cli_runner().invoke(args=[*words, *(["--format", form] if takes else [])])
        assert said.exit_code in ({0, 1} if words[0] == "doctor" else {0}), f"{line}: {said.output}"
        assert [SECRET[word] for word in MARK.findall(said.output + str(said.exception or ""))] == [], line
        if form == "json" and words[0] == "mentoring":
            assert json.loads(said.stdout)


@pytest.mark.parametrize("form", ["csv", "graphml", "gexf"])
@pytest.mark.parametrize("level", ["organisation", "person"])
def test_the_map_leaves_as_a_file_without_names(
    form: str, level: str, scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lend(scene, monkeypatch)
    said = scene.app.test_cli_runner().invoke(args=["export", "--to", form, "--level", level, str(tmp_path)])
    assert said.exit_code == 0, said.output
    texts = [file.read_text("utf-8") for file in tmp_path.rglob("*") if file.is_file()]
    assert texts
    assert [SECRET[word] for text in (said.output, *texts) for word in MARK.findall(text)] == []


def lend(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every command the database of this module."""

    @contextmanager
    def database() -> Iterator[Graph]:
        yield scene.graph

    for group in ("mentoring", "matching", "gaps", "measures", "duplicates", "referrals", "conferences", "consultations",
                  "rights", "doctor", "erasing", "export"):  # fmt: skip
        monkeypatch.setattr(f"web.commands.{group}.database", database, raising=False)


def test_letters_and_jobs_say_that_something_waits_never_what(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MREZHA_SMTP", "smtp://127.0.0.1:9")
    monkeypatch.setenv("MREZHA_MAIL_FROM", "network@example.org")
    scene.graph.define("MATCH (n:Concern {id: $id}) SET n.state = 'raised'", id=scene.ids["concern"])
    scene.do(lambda c: jobs.enqueue(c, "mentoring", {}))
    with scene.app.test_request_context():
        while (job := jobs.claim(scene.graph, "w")) is not None:
            if job.kind == "mentoring":
                running = jobs.Running(scene.graph, job, "w")
                running.finish("done", work.handler_of("mentoring")(running))
    sent = [job for job in scene.graph.fetch(jobs.MINE, owner="", everybody=True, limit=50) if job.kind == "mail"]
    letters = [letter_of(scene.graph.vault, job) for job in sent]
    assert mark("safeguarding's mail") in {one.to.partition("@")[0] for one in letters}
    assert [SECRET[word] for one in letters for word in MARK.findall(one.subject + one.text)] == []


def test_the_store_holds_names_in_people_only_and_nothing_else_in_plain_words(scene: Scene) -> None:
    rows = scene.graph.define("MATCH (n) RETURN labels(n) AS labels, properties(n) AS all")
    found = defaultdict[str, set[str]](set)
    for row in rows:
        for key, value in row["all"].items():
            for word in MARK.findall(str(value)):
                found[SECRET[word]].add(f"{'/'.join(sorted(row['labels']))}.{key}")
    named = {secret for secret in RIGHTS if secret.endswith("name")}
    assert {secret for secret in found if secret not in named} == set(), dict(found)
    assert {place for secret in named for place in found[secret]} == {
        "Person/Record.name",
        "Person/Record.fold_private",
    }


def test_the_audit_trail_holds_no_words(scene: Scene) -> None:
    rows = scene.graph.define("MATCH (e:AuditEntry) RETURN properties(e) AS all")
    assert len(rows) > 20
    assert [SECRET[word] for row in rows for word in MARK.findall(str(row["all"]))] == []


def test_the_log_holds_no_words(scene: Scene, log: io.StringIO) -> None:
    """After all pages: also when what is typed is refused, when the page breaks, when the address itself holds the secret."""
    leader, pair = scene.askers["leader"], scene.ids["pair"]
    for url, values in (
        ("/mentoring/log", {"pair": pair, "note": f"{mark('contact')} Call +359 88 123 4567", "channel": "met"}),
        (f"/mentoring/pairs/{pair}/concern", {"named": "x", "text": mark("concern")}),
        ("/mentoring/phone/send", {"note": mark("contact")}),
    ):
        answer = leader.client.post(url, data={"csrf_token": leader.token, **values})
        assert answer.status_code in {400, 404}, url
    with pytest.MonkeyPatch.context() as patch:

        def broken(*_: object, **__: object) -> object:
            raise RuntimeError(mark("contact"))

        patch.setattr("graphdb.mentoring.show", broken)
        assert leader.client.get(f"/mentoring/pairs/{pair}?q={mark('goal')}").status_code == 500
    written = log.getvalue()
    assert "RuntimeError" in written, "what breaks is logged, by its type"
    assert [SECRET[word] for word in MARK.findall(written)] == []
