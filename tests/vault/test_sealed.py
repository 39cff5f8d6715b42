"""A sealed file comes back whole or not at all."""

import io
import random
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphdb.vault import SealedFileError, UnsafeKeyFileError, sealed
from graphdb.vault.sealed import CHUNK, TAG, SealedReader, SealedWriter, Secret

QUICK = 14
PASSPHRASE = Secret.passphrase("četири бели коня")
KEY = Secret("keyfile", bytes(range(32)))
RAW = CHUNK + TAG


def sealed_bytes(plain: bytes, secret: Secret = KEY) -> bytes:
    target = io.BytesIO()
    writer = SealedWriter(target, secret, QUICK)
    writer.write(plain)
    writer.finish()
    return target.getvalue()


def opened(raw: bytes, secret: Secret = KEY) -> bytes:
    reader = SealedReader(io.BytesIO(raw), secret)
    reader.verify()
    return reader.read()


def split(raw: bytes) -> tuple[bytes, list[bytes]]:
    """Header, and the chunks after it."""
    end = raw.index(b"\n", raw.index(b"\n") + 1) + 1
    return raw[:end], [raw[start : start + RAW] for start in range(end, len(raw), RAW)]


PLAIN = random.Random(3).randbytes(3 * CHUNK + 100)
FILE = sealed_bytes(PLAIN)


@pytest.mark.parametrize("length", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 100])
@pytest.mark.parametrize("secret", [KEY, PASSPHRASE])
def test_every_length_comes_back(length: int, secret: Secret) -> None:
    assert opened(sealed_bytes(PLAIN[:length], secret), secret) == PLAIN[:length]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.binary(max_size=50_000), max_size=8), st.integers(1, 100_000))
def test_any_way_of_writing_and_reading_gives_the_same_bytes(parts: list[bytes], step: int) -> None:
    target = io.BytesIO()
    writer = SealedWriter(target, KEY)
    for part in parts:
        assert writer.write(part) == len(part)
    writer.finish()
    reader = SealedReader(io.BytesIO(target.getvalue()), KEY)
    assert b"".join(iter(lambda: reader.read(step), b"")) == b"".join(parts)


def test_any_flipped_bit_is_refused() -> None:
    order = random.Random(7)
    header = len(split(FILE)[0])
    bits = [*range(header * 8), *(order.randrange(len(FILE) * 8) for _ in range(300))]
    for bit in bits:
        changed = bytearray(FILE)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(SealedFileError):
            opened(bytes(changed))


def test_any_cut_is_refused() -> None:
    order = random.Random(8)
    header, chunks = split(FILE)
    edges = [len(header) + RAW * number for number in range(len(chunks))]
    cuts = {0, 1, len(header) - 1, len(FILE) - 1, *edges, *(order.randrange(len(FILE)) for _ in range(100))}
    for cut in cuts:
        with pytest.raises(SealedFileError):
            opened(FILE[:cut])


def swapped(chunks: list[bytes]) -> list[bytes]:
    return [chunks[1], chunks[0], *chunks[2:]]


REORDERINGS: dict[str, Callable[[list[bytes]], list[bytes]]] = {
    "swapped": swapped,
    "doubled": lambda chunks: [chunks[0], *chunks],
    "dropped": lambda chunks: chunks[1:],
    "middle dropped": lambda chunks: [chunks[0], *chunks[2:]],
    "end only": lambda chunks: chunks[-1:],
    "end twice": lambda chunks: [*chunks, chunks[-1]],
    "bytes after the end": lambda chunks: [*chunks, b"x"],
    "whole file after the end": lambda chunks: [*chunks, FILE],
    "chunk of another file": lambda chunks: [split(sealed_bytes(PLAIN))[1][0], *chunks[1:]],
    "short chunk inside": lambda chunks: [chunks[0], chunks[-1], *chunks[1:]],
}


@pytest.mark.parametrize("change", REORDERINGS.values(), ids=REORDERINGS)
def test_changed_order_is_refused(change: Callable[[list[bytes]], list[bytes]]) -> None:
    header, chunks = split(FILE)
    with pytest.raises(SealedFileError):
        opened(header + b"".join(change(chunks)))


@pytest.mark.parametrize("last", [True, False])
def test_the_header_of_another_file_is_refused(last: bool) -> None:
    other = sealed_bytes(PLAIN)
    with pytest.raises(SealedFileError):
        opened(split(other if last else FILE)[0] + b"".join(split(FILE if last else other)[1]))


def test_a_wrong_secret_is_told_apart_from_damage() -> None:
    locked = sealed_bytes(b"text", PASSPHRASE)
    with pytest.raises(SealedFileError, match="passphrase or key file is not that"):
        opened(locked, Secret.passphrase("четири бели коня"))
    with pytest.raises(SealedFileError, match="opens with a passphrase"):
        opened(locked, KEY)
    with pytest.raises(SealedFileError, match="opens with a key file"):
        opened(FILE, PASSPHRASE)
    with pytest.raises(SealedFileError, match="damaged or incomplete at byte 65,552"):
        opened(FILE[: len(split(FILE)[0]) + RAW + 5])


def test_a_passphrase_is_the_same_in_every_unicode_form() -> None:
    locked = sealed_bytes(b"text", Secret.passphrase("Zażółć gęślą ﬁn"))
    assert opened(locked, Secret.passphrase("Zażółć gęślą fin")) == b"text"


def test_a_header_that_asks_for_all_memory_is_refused() -> None:
    header, chunks = split(sealed_bytes(b"text", PASSPHRASE))
    with pytest.raises(SealedFileError, match="start of this file"):
        opened(header.replace(b'"log2n": 14', b'"log2n": 40') + b"".join(chunks), PASSPHRASE)


def test_nothing_of_the_plain_text_or_the_secret_is_in_the_file() -> None:
    locked = sealed_bytes(b"canary " * 50_000, PASSPHRASE)
    assert b"canary" not in locked
    assert PASSPHRASE.material not in locked
    assert "четири" not in repr(PASSPHRASE)


def test_a_folder_travels_through_a_sealed_tar(tmp_path: Path) -> None:
    source, path = tmp_path / "source", tmp_path / "backup.sealed"
    source.mkdir()
    (source / "nodes.json").write_bytes(PLAIN)
    secret = sealed.new_key_file(tmp_path / "backup.key")
    with sealed.create(path, secret) as stream, tarfile.open(fileobj=stream, mode="w|") as tar:
        tar.add(source, "graph")
    with (
        sealed.open_verified(path, Secret.key_file(tmp_path / "backup.key")) as stream,
        tarfile.open(fileobj=stream, mode="r|") as tar,
    ):
        tar.extractall(tmp_path / "restored", filter="data")
    assert (tmp_path / "restored" / "graph" / "nodes.json").read_bytes() == PLAIN
    assert path.stat().st_mode & 0o777 == 0o600
    assert [item.name for item in tmp_path.iterdir() if item.suffix == ".part"] == []


def test_a_bad_last_byte_is_known_before_the_first_is_handed_out(tmp_path: Path) -> None:
    path = tmp_path / "backup.sealed"
    path.write_bytes(FILE[:-1] + bytes([FILE[-1] ^ 1]))
    seen: list[bytes] = []
    with pytest.raises(SealedFileError), sealed.open_verified(path, KEY) as stream:
        seen.append(stream.read(1))
    assert not seen


def test_an_interrupted_writing_leaves_the_former_file(tmp_path: Path) -> None:
    path = tmp_path / "backup.sealed"
    path.write_bytes(FILE)
    with pytest.raises(ZeroDivisionError), sealed.create(path, KEY) as stream:
        stream.write(PLAIN + bytes(1 // (stream.write(PLAIN) - len(PLAIN))))
    assert path.read_bytes() == FILE
    assert list(tmp_path.iterdir()) == [path]


def test_an_unfinished_stream_is_refused() -> None:
    target = io.BytesIO()
    SealedWriter(target, KEY).write(PLAIN)
    with pytest.raises(SealedFileError):
        opened(target.getvalue())


def test_key_files_are_private_never_overwritten_and_checked(tmp_path: Path) -> None:
    path = tmp_path / "backup.key"
    sealed.new_key_file(path)
    with pytest.raises(FileExistsError):
        sealed.new_key_file(path)
    path.chmod(0o644)
    with pytest.raises(UnsafeKeyFileError, match="chmod"):
        Secret.key_file(path)
    path.chmod(0o600)
    path.write_text("not a key")
    with pytest.raises(UnsafeKeyFileError, match="not a key file"):
        Secret.key_file(path)
