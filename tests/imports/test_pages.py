"""Through the door a browser uses: files in, a look, the import, the way back; hostile files get a sentence."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from tests.imports.test_import import FULL
from tests.imports.world import count, digest, trapped, workbook
from web.jobs.work import work_one


def send(someone, *files):
    return someone.post(
        "/imports/", {"files": [(io.BytesIO(data), name) for name, data in files]}, content_type="multipart/form-data"
    )


def run(graph):
    while work_one(graph, "test"):
        pass


def preview_of(someone, graph, *files):
    sent = send(someone, *files)
    assert sent.status_code == 303, sent.text
    run(graph)
    page = someone.get(sent.location)
    assert page.status_code == 200, page.location
    return sent.location, page


def test_a_list_goes_in_and_comes_back(sign_in, graph):
    coordinator = sign_in("coordinator")
    before = digest(graph)
    where, page = preview_of(coordinator, graph, ("3w.csv", trapped().data))
    assert "Nothing is written yet." in page.text
    assert "GIZ" in page.text
    assert count(graph, "Organisation") == 0
    job = coordinator.post(where, {"action": "import", "true_as_of": "2025-06-30"})
    assert job.status_code == 303
    run(graph)
    shown = coordinator.get(job.location)
    link = re.search(r'href="(/imports/job/[^"]+)"', shown.text)[1]
    result = coordinator.get(link, follow_redirects=True)
    assert "What did IMP-0001 bring?" in result.text
    assert "not asked" in result.text
    assert count(graph, "Organisation") == 10
    assert count(graph, "Upload") == count(graph, "UploadPart") == 0
    assert str(graph.define("MATCH (s:Service) RETURN s.assured_on AS on LIMIT 1")[0]["on"]) == "2025-06-30"
    import_ = graph.define("MATCH (i:Import) RETURN i.id AS id")[0]["id"]
    assert coordinator.post(f"/imports/{import_}/undo").status_code == 303
    run(graph)
    assert digest(graph) == before
    assert "taken back" in coordinator.get("/imports/").text


def test_a_column_is_corrected_in_the_preview(sign_in, graph):
    coordinator = sign_in("coordinator")
    data = b"Partner;Something\nDom;Legal aid\n"
    where, page = preview_of(coordinator, graph, ("organisations.csv", data))
    assert 'name="column-0-1"' in page.text
    again = coordinator.post(
        where, {"action": "import", "kind-0": "organisations", "column-0-0": "name", "column-0-1": "note"}
    )
    run(graph)
    assert count(graph, "Organisation") == 0, "changed columns are looked at first"
    page = coordinator.get(where)
    assert re.search(r'<option value="note" selected>', page.text)
    assert again.status_code == 303
    coordinator.post(where, {"action": "import"})
    run(graph)
    assert graph.define("MATCH (o:Organisation) RETURN o.further AS f")[0]["f"] == ["Note: Legal aid"]


def test_refused_rows_are_shown_and_left_out_on_request(sign_in, graph):
    coordinator = sign_in("coordinator")
    book = workbook(organisations=[{"id": "1", "name": "A"}, {"id": "1", "name": "B"}])
    where, page = preview_of(coordinator, graph, (book.name, book.data))
    assert "1 row cannot be taken in" in page.text
    assert "row 3" in page.text
    coordinator.post(where, {"action": "import"})
    run(graph)
    assert count(graph, "Organisation") == 0
    coordinator.post(where, {"action": "import", "skip_bad": "yes"})
    run(graph)
    assert count(graph, "Organisation") == 1


def test_forgotten_files_are_gone(sign_in, graph):
    coordinator = sign_in("coordinator")
    where, _ = preview_of(coordinator, graph, ("3w.csv", trapped().data))
    assert coordinator.post(where, {"action": "discard"}).status_code == 303
    assert count(graph, "Upload") == count(graph, "UploadPart") == 0
    assert coordinator.get(where).status_code == 404


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    return out.getvalue()


def macros() -> bytes:
    out = io.BytesIO(workbook(organisations=[{"name": "A"}]).data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    return out.getvalue()


HOSTILE = {
    "bomb.xlsx": bomb,
    "macro.xlsm": macros,
    "damaged.xlsx": lambda: workbook(organisations=[{"name": "A"}]).data[:-300],
    "wrong.xlsx": lambda: b"id,name\n1,A\n",
    "empty.csv": lambda: b"",
    "noise.csv": lambda: bytes(range(256)) * 40,
    "clients.csv": "Име на клиента;ЕГН;Организация\nИван;8001014321;Дом\n".encode,
    "../../<b>x</b>.csv": lambda: b"id,name\n1,<script>alert(1)</script>\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_a_sentence(sign_in, graph, name):
    _, page = preview_of(sign_in("coordinator"), graph, (name, HOSTILE[name]()))
    assert "<script>alert" not in page.text
    assert "<b>x</b>" not in page.text
    assert count(graph, "Organisation") == 0


def test_a_large_file_is_refused_before_it_is_kept(sign_in, graph, monkeypatch):
    monkeypatch.setattr("web.imports.routes.MAX_FILE_BYTES", 300_000)
    answer = send(sign_in("coordinator"), ("big.csv", b"x" * 300_001))
    assert answer.status_code == 400
    assert "larger than 0 MB" in answer.text
    assert count(graph, "Upload") == 0
    assert send(sign_in("coordinator")).status_code == 400


def test_a_partner_imports_for_itself_only(sign_in, graph):
    coordinator = sign_in("coordinator")
    book = workbook(**FULL)
    where, _ = preview_of(coordinator, graph, (book.name, book.data))
    coordinator.post(where, {"action": "import"})
    run(graph)
    own = graph.define("MATCH (o:Organisation {name: 'Дом на жената'}) RETURN o.id AS id")[0]["id"]
    partner = sign_in("partner", organisation=own)
    place = {"country": "България", "adm1": "Хасково", "service_type": "Правна помощ"}
    mine = workbook(services=[{"organisation": "Дом на жената", **place}])
    theirs = workbook(services=[{"organisation": "Община Харманли", **place}])
    where, page = preview_of(partner, graph, (theirs.name, theirs.data))
    assert "not about your own organisation" in page.text
    partner.post(where, {"action": "import", "skip_bad": "yes"})
    run(graph)
    assert count(graph, "Service") == 1
    where, _ = preview_of(partner, graph, (mine.name, mine.data))
    partner.post(where, {"action": "import"})
    run(graph)
    assert count(graph, "Service") == 2
    imports = [row["id"] for row in graph.define("MATCH (i:Import) RETURN i.id AS id ORDER BY i.ref")]
    assert partner.get(f"/imports/{imports[0]}").status_code == 404
    assert coordinator.get(f"/imports/{imports[-1]}").status_code == 200


@pytest.mark.parametrize("role", ["leader", "mentor", "supervisor", "manager", "administrator"])
def test_other_roles_do_not_import(sign_in, graph, role):
    someone = sign_in(role)
    assert someone.get("/imports/").status_code == 403
    assert send(someone, ("a.csv", b"id\n1\n")).status_code == 403


def test_files_of_another_are_not_there(sign_in, graph):
    where, _ = preview_of(sign_in("coordinator"), graph, ("3w.csv", trapped().data))
    other = sign_in("coordinator")
    assert other.get(where).status_code == 404
    assert other.post(where, {"action": "import"}).status_code == 404


def test_the_template_comes_in_both_forms(sign_in, graph):
    coordinator = sign_in("coordinator")
    assert coordinator.get("/imports/template.xlsx").data[:2] == b"PK"
    assert coordinator.get("/imports/template.zip").data[:2] == b"PK"
    assert coordinator.get("/imports/template.exe").status_code == 404


def test_no_cell_of_the_files_lies_in_plain_words(sign_in, graph):
    preview_of(sign_in("coordinator"), graph, ("c.csv", b"id,name\n1,CanaryName\n"))
    stored = graph.define("MATCH (n) WHERE n:Upload OR n:UploadPart OR n:Job RETURN collect(properties(n)) AS all")[0][
        "all"
    ]
    assert "CanaryName" not in str(stored)
