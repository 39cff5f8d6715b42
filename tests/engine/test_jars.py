"""Fetching: whole, checked, resumable, and plain about what stands in the way."""

import datetime
import ipaddress
import socket
import threading
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from graphdb.engine import EngineError, jars
from graphdb.engine.jarlist import complete, engine_folder, read_lock
from tests.engine.repository import JARS, expected, files, serve, write_lock


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    return write_lock(tmp_path / "list.lock")


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture(autouse=True)
def _no_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setattr(jars, "PAUSE", 0.01)


def fault(cache: Path, url: str, lock: Path) -> str:
    with pytest.raises(EngineError) as caught:
        jars.fetch_jars(cache, [url], print, lock)
    assert "NEO4J_URI" in str(caught.value)
    return str(caught.value)


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_the_pinned_list_is_whole() -> None:
    pinned = read_lock()
    assert len({jar.name for jar in pinned}) == len(pinned) == 213
    assert all(len(jar.sha256) == 64 for jar in pinned)


def test_every_jar_comes_once_and_is_not_fetched_again(cache: Path, lock: Path) -> None:
    said: list[str] = []
    with serve() as repository:
        for _ in range(2):
            jars.fetch_jars(cache, [repository.url], said.append, lock)
        assert set(repository.asked.values()) == {1}
    assert files(cache) == expected(lock)
    assert said[0].startswith("Fetching Neo4j Community")
    assert said[-1] == "Fetching Neo4j: 12 of 12 files."


def test_a_changed_jar_is_found_and_fetched_again(cache: Path, lock: Path) -> None:
    with serve() as repository:
        lib = jars.fetch_jars(cache, [repository.url], print, lock)
        (lib / "jar3-1.0.jar").write_bytes(b"not the same")
        assert not complete(engine_folder(cache), lock)
        jars.fetch_jars(cache, [repository.url], print, lock)
        assert repository.asked["jar3"] == 2
        assert repository.asked.total() == len(JARS) + 1
    assert files(cache) == expected(lock)


def test_another_list_is_checked_anew(cache: Path, lock: Path) -> None:
    with serve() as repository:
        jars.fetch_jars(cache, [repository.url], print, lock)
        lock.write_text(lock.read_text() + "\n")
        assert not complete(engine_folder(cache), lock)
        jars.fetch_jars(cache, [repository.url], print, lock)
        assert repository.asked.total() == len(JARS)


def test_a_wrong_jar_is_refused_and_thrown_away(cache: Path, lock: Path) -> None:
    with serve() as repository:
        repository.answer = lambda name, content: (200, content if name != "jar5" else b"x" * len(content))
        words = fault(cache, repository.url, lock)
        assert "SHA-256" in words
        assert "MREZHA_JAR_MIRROR" in words
        assert not complete(engine_folder(cache), lock)
        assert "jar5-1.0.jar" not in files(cache)
        repository.answer = lambda _name, content: (200, content)
        jars.fetch_jars(cache, [repository.url], print, lock)
    assert files(cache) == expected(lock)


def test_an_interrupted_fetch_goes_on_where_it_stopped(cache: Path, lock: Path) -> None:
    with serve() as repository:
        # the line breaks in the middle of jar7
        repository.answer = lambda name, content: (200, content[:1000] if name == "jar7" else content)
        fault(cache, repository.url, lock)
        kept = files(cache)
        assert kept.items() < expected(lock).items(), "only whole jars are left"
        engine_folder(cache).joinpath("lib", "jar7-1.0.jar.00.part").write_bytes(b"left by kill -9")
        repository.answer = lambda _name, content: (200, content)
        repository.asked.clear()
        jars.fetch_jars(cache, [repository.url], print, lock)
        assert repository.asked.total() == len(JARS) - len(kept)
    assert files(cache) == expected(lock)


def test_two_fetches_at_once_do_not_hurt_each_other(cache: Path, lock: Path) -> None:
    with serve() as repository:
        fetch = (lambda: jars.fetch_jars(cache, [repository.url], print, lock),)
        both = [threading.Thread(target=one) for one in fetch * 2]
        for thread in both:
            thread.start()
        for thread in both:
            thread.join()
        assert set(repository.asked.values()) == {1}
    assert files(cache) == expected(lock)


def test_the_second_mirror_is_asked_where_the_first_fails(cache: Path, lock: Path) -> None:
    with serve() as bad, serve() as good:
        bad.answer = lambda name, content: (404, b"") if name == "jar1" else (200, content)
        jars.fetch_jars(cache, [bad.url, good.url], print, lock)
        assert dict(good.asked) == {"jar1": 1}
    assert files(cache) == expected(lock)


def test_a_refusal_says_what_was_answered(cache: Path, lock: Path) -> None:
    with serve() as repository:
        repository.answer = lambda _name, _content: (403, b"no")
        words = fault(cache, repository.url, lock)
    assert "answered 403" in words
    assert "MREZHA_JAR_MIRROR" in words


def test_a_dead_proxy_is_named(cache: Path, lock: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{closed_port()}")
    words = fault(cache, "https://repository.invalid", lock)
    assert "proxy does not answer" in words
    assert "HTTPS_PROXY" in words


def test_a_dead_repository_is_named(cache: Path, lock: Path) -> None:
    words = fault(cache, f"http://127.0.0.1:{closed_port()}", lock)
    assert "cannot be reached" in words
    assert "HTTPS_PROXY" in words


def test_an_unknown_name_is_named(cache: Path, lock: Path) -> None:
    words = fault(cache, "http://repository.invalid", lock)
    assert "cannot be resolved" in words


def test_an_unknown_certificate_is_named_and_can_be_trusted(
    cache: Path, lock: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pem = certificate(tmp_path / "own.pem")
    with serve(pem) as repository:
        words = fault(cache, repository.url, lock)
        assert "not trusted" in words
        assert "SSL_CERT_FILE" in words
        monkeypatch.setenv("SSL_CERT_FILE", str(pem))
        jars.fetch_jars(cache, [repository.url], print, lock)
    assert files(cache) == expected(lock)


def test_a_missing_certificate_file_is_named(cache: Path, lock: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere.pem")
    words = fault(cache, "https://127.0.0.1:1", lock)
    assert "names a file that cannot be read" in words


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_named_and_what_came_is_kept(cache: Path, lock: Path) -> None:
    folder = engine_folder(cache)
    folder.mkdir(parents=True)
    full = folder / "verified.json.new"
    full.symlink_to("/dev/full")
    with serve() as repository:
        words = fault(cache, repository.url, lock)
        assert "disk is full" in words
        assert "MREZHA_CACHE" in words
        full.unlink()
        jars.fetch_jars(cache, [repository.url], print, lock)
        assert repository.asked.total() == len(JARS)


def test_a_folder_that_cannot_be_written_is_named(cache: Path, lock: Path) -> None:
    cache.write_text("a file where the folder should be")
    words = fault(cache, "https://127.0.0.1:1", lock)
    assert "cannot be written" in words
    assert "MREZHA_CACHE" in words


def certificate(path: Path) -> Path:
    """A certificate for 127.0.0.1 that nobody signed, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(made.public_bytes(pem) + secret)
    return path
