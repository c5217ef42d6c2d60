"""One session in one file: equal when it comes back, and every changed byte found and placed."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from tests.session.support import CONTENT, STORES, header, order, orders, toy
from wargame.model.errors import LibraryError, SessionError, VerificationError, WargameError
from wargame.session import exchange
from wargame.session.canonical import MAX_DEPTH, canonical
from wargame.session.carrier import MAX_LINE, FileError
from wargame.session.chain import verify_chain
from wargame.session.exchange import Carried, export_session, import_session, open_export, verify_export
from wargame.session.records import Draft, seal
from wargame.session.store import MAX_CONTENT, Store

SESSION = "t0y0000001"


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    made = STORES[request.param](tmp_path)
    yield made
    made.close()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    folder = tmp_path / "other"
    folder.mkdir()
    made = STORES["library"](folder)
    yield made
    made.close()


@pytest.fixture
def file(store: Store, tmp_path: Path) -> Path:
    toy(store)
    path = tmp_path / "session.wargame"
    export_session(store, SESSION, path)
    return path


def resummed(data: bytes) -> bytes:
    """Close a changed file with the right sum, as somebody who knows the format could."""
    lines = data.splitlines(keepends=True)
    end = json.loads(lines[-1])
    end["end"]["sha256"] = sha256(b"".join(lines[:-1])).hexdigest()
    return b"".join(lines[:-1]) + canonical(end).encode() + b"\n"


# ── there and back ───────────────────────────────────────────────────────────────────────────────────────────────


def test_an_import_equals_what_was_exported(store: Store, other: Store, file: Path) -> None:
    last = store.last(SESSION)
    expected = Carried(SESSION, 5, last.hash, new=True)
    assert import_session(file, other) == expected
    assert other.records(SESSION) == store.records(SESSION)
    assert other.header(SESSION) == store.header(SESSION)
    assert other.content(SESSION) == store.content(SESSION)
    assert verify_chain(other, SESSION) == verify_chain(store, SESSION)
    assert verify_export(file) == replace(expected, new=False)
    other.append(SESSION, orders(5))


def test_the_same_session_gives_the_same_bytes(store: Store, other: Store, file: Path, tmp_path: Path) -> None:
    import_session(file, other)
    export_session(other, SESSION, tmp_path / "again.wargame")
    assert (tmp_path / "again.wargame").read_bytes() == file.read_bytes()


def test_a_session_that_is_here_already_and_equal_is_said(store: Store, file: Path) -> None:
    assert import_session(file, store) == Carried(SESSION, 5, store.last(SESSION).hash, new=False)


def test_a_session_that_is_here_already_and_differs_is_refused(store: Store, other: Store, file: Path) -> None:
    whole = store.records(SESSION)
    other.create(header(SESSION), CONTENT, [*(record.draft() for record in whole[1:3]), *orders(8, 9)])
    with pytest.raises(SessionError, match="from record 3 on"):
        import_session(file, other)
    other.delete_session(SESSION)
    other.create(replace(header(SESSION), seed=5), CONTENT)
    with pytest.raises(SessionError, match="headers differ"):
        import_session(file, other)
    assert other.header(SESSION).seed == 5


def test_a_longer_and_a_shorter_session_are_told_apart(store: Store, other: Store, file: Path) -> None:
    import_session(file, other)
    store.append(SESSION, orders(9))
    with pytest.raises(SessionError, match="6 records of it, the file 5"):
        import_session(file, store)
    export_session(store, SESSION, file, overwrite=True)
    with pytest.raises(SessionError, match="5 records of it, the file 6"):
        import_session(file, other)
    assert other.last(SESSION).seq == 4


def test_a_file_that_is_damaged_is_refused_even_if_the_session_is_here(store: Store, file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(FileError):
        import_session(file, store)


@pytest.mark.parametrize(
    "content",
    [b"", b"\0", b"\n", "ñ\u2028«»😀".encode(), b"\xff\xfe" * 100, bytes(range(32)) * 10, b"a" * 70_000],
    ids=["empty", "nul", "line", "text", "bytes", "controls", "long"],
)
def test_every_content_comes_back(store: Store, other: Store, tmp_path: Path, content: bytes) -> None:
    store.create(header(SESSION, content), content)
    export_session(store, SESSION, tmp_path / "f.wargame")
    import_session(tmp_path / "f.wargame", other)
    assert other.content(SESSION) == content


def test_content_is_readable_in_the_file(file: Path) -> None:
    assert json.loads(file.read_text(encoding="utf-8").splitlines()[1])["content"]["text"].encode() == CONTENT


def test_the_longest_content_and_deepest_payload_can_be_handed_on(other: Store, tmp_path: Path) -> None:
    store = STORES["memory"](tmp_path)
    content = b"\xff" * MAX_CONTENT
    payload: dict[str, object] = {"leaf": 1}
    for _ in range(MAX_DEPTH - 1):
        payload = {"in": payload}
    store.create(header(SESSION, content), content, [Draft("deep", payload)])
    export_session(store, SESSION, tmp_path / "f.wargame")
    import_session(tmp_path / "f.wargame", other)
    assert other.last(SESSION).payload == payload
    assert len(other.content(SESSION)) == MAX_CONTENT


def test_a_long_session_comes_back(other: Store, tmp_path: Path) -> None:
    store = STORES["memory"](tmp_path)
    store.create(header(SESSION), CONTENT, orders(*range(1300)))
    export_session(store, SESSION, tmp_path / "f.wargame")
    assert import_session(tmp_path / "f.wargame", other).records == 1301
    assert import_session(tmp_path / "f.wargame", other).new is False
    assert other.records(SESSION) == store.records(SESSION)


def test_an_open_export_can_be_read_without_a_store(store: Store, file: Path) -> None:
    with open_export(file) as export:
        assert export.header == store.header(SESSION)
        assert export.content == CONTENT
        assert tuple(export.records) == store.records(SESSION)


# ── changed files ────────────────────────────────────────────────────────────────────────────────────────────────


def refused(path: Path, data: bytes, other: Store) -> FileError:
    path.write_bytes(data)
    with pytest.raises(FileError) as caught:
        import_session(path, other)
    assert other.sessions() == ()
    assert isinstance(caught.value, VerificationError)
    assert f"line {caught.value.line}" in caught.value.message.en
    assert f"línea {caught.value.line}" in caught.value.message.es
    return caught.value


def test_every_changed_byte_is_found(file: Path) -> None:
    whole = file.read_bytes()
    chance = random.Random(5)
    for place in range(len(whole)):
        byte = whole[place] ^ (1 << chance.randrange(8))
        file.write_bytes(whole[:place] + bytes([byte]) + whole[place + 1 :])
        with pytest.raises(FileError) as caught:
            verify_export(file)
        line = whole[:place].count(b"\n") + 1
        assert caught.value.line in {line, line + 1, 1, 3}, f"byte {place}"
        assert caught.value.message.en != caught.value.message.es


def test_every_cut_is_found(file: Path, other: Store) -> None:
    whole = file.read_bytes()
    lines = [n + 1 for n, byte in enumerate(whole) if byte == 10][:-1]
    for length in [0, *lines, *random.Random(5).sample(range(len(whole)), 150)]:
        refused(file, whole[:length], other)


def test_every_insertion_and_removal_is_found(file: Path, other: Store) -> None:
    whole = file.read_bytes()
    chance = random.Random(6)
    places = [*chance.sample(range(len(whole)), 150), len(whole)]
    for place in places:
        extra = chance.choice([b" ", b"\n", b"0", b"\0", b"\r", b'"', b"\xff"])
        refused(file, whole[:place] + extra + whole[place:], other)
        refused(file, whole[: place - 1] + whole[place:] if place else whole[1:], other)


def test_lines_that_moved_are_found(file: Path, other: Store) -> None:
    lines = file.read_bytes().splitlines(keepends=True)
    for first, second in ((0, 1), (2, 3), (4, 5), (6, 7)):
        moved = [*lines]
        moved[first], moved[second] = moved[second], moved[first]
        assert refused(file, b"".join(moved), other).line == first + 1
        assert refused(file, b"".join([*lines[: first + 1], *lines[first:]]), other).line in {first + 2, 3}


def test_line_ends_that_a_program_rewrote_are_found_and_explained(file: Path, other: Store) -> None:
    error = refused(file, file.read_bytes().replace(b"\n", b"\r\n"), other)
    assert error.line == 1
    assert "line ends" in error.message.en


@pytest.mark.parametrize(
    ("line", "old", "new", "found"),
    [
        (1, b'"seed":20200101', b'"seed":20200102', 1),
        (1, b'"seed":20200101', b'"seed":"x"', 1),
        (1, b'"wargame":1', b'"wargame":true', 1),
        (1, b'"format":2', b'"format":0', 1),
        (1, b'"es"', b'"\\ud800"', 1),
        (1, b'"seats":[', b'"seats":[1,', 1),
        (2, b"toy", b"tox", 2),
        (2, b'"text"', b'"base64"', 2),
        (2, b'"text"', b'"text":1,"utf"', 2),
        (2, b"{", b'{"a":1,', 2),
        (5, b'"amount":1', b'"amount":2', 5),
        (5, b'"turn":1', b'"turn":-1', 5),
        (5, b'"turn":1', b'"turn":' + b"9" * 40, 5),
        (5, b'"turn":1', b'"turn":true', 5),
        (5, b'"kind":"order"', b'"kind":"session"', 5),
        (5, b'"payload":{', b'"payload":1,"x":{', 5),
        (8, b'"records":5', b'"records":6', 8),
        (8, b'"records":5', b'"records":5.0', 8),
    ],
)
def test_a_change_closed_with_the_right_sum_is_found(
    file: Path, other: Store, line: int, old: bytes, new: bytes, found: int
) -> None:
    lines = file.read_bytes().splitlines(keepends=True)
    assert old in lines[line - 1]
    lines[line - 1] = lines[line - 1].replace(old, new, 1)
    whole = b"".join(lines)
    assert refused(file, whole if line == 8 else resummed(whole), other).line == found


def test_a_forged_record_whose_hash_fits_but_that_no_store_writes_is_refused(other: Store, tmp_path: Path) -> None:
    """A turn beyond all bounds, chained and summed correctly, must not reach the database."""
    store = STORES["memory"](tmp_path)
    toy(store, records=0)
    row = store.records(SESSION)[0]
    forged = seal(1, row.hash, replace(order(1), turn=10**30), canonical({}), row.time).record()
    export_session(store, SESSION, tmp_path / "f.wargame")
    lines = (tmp_path / "f.wargame").read_bytes().splitlines(keepends=True)
    lines.insert(3, canonical({"record": forged.plain()}).encode() + b"\n")
    assert refused(tmp_path / "f.wargame", resummed(b"".join(lines)), other).line == 4


@pytest.mark.parametrize("change", [(b'"wargame":1', b'"wargame":2'), (b'"format":2', b'"format":3')])
def test_a_newer_file_is_told_from_a_changed_one(file: Path, other: Store, change: tuple[bytes, bytes]) -> None:
    newer = file.read_bytes().replace(*change, 1)
    assert refused(file, newer, other).line == 1
    file.write_bytes(resummed(newer))
    with pytest.raises(LibraryError, match="newer wargame"):
        import_session(file, other)
    refused(file, resummed(newer)[:-30], other)


@pytest.mark.parametrize(
    "data",
    [b"", b"\n", b"text\n", b"{}\n", b"[]\n", b"1\n", b"\x1f\x8b\x08\0", b"[" * 100_000 + b"\n", b"\xff" * 5000],
)
def test_a_file_that_is_something_else_is_refused(tmp_path: Path, other: Store, data: bytes) -> None:
    assert refused(tmp_path / "f.wargame", data, other).line == 1


def test_a_line_without_end_is_not_read_to_its_end(tmp_path: Path, other: Store) -> None:
    with (tmp_path / "f.wargame").open("wb") as sparse:
        sparse.truncate(MAX_LINE + 2)
    with pytest.raises(FileError, match="too long"):
        import_session(tmp_path / "f.wargame", other)


# ── files and folders ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_file_is_replaced_only_on_request(store: Store, file: Path) -> None:
    before = file.read_bytes()
    store.append(SESSION, orders(9))
    with pytest.raises(LibraryError, match="already"):
        export_session(store, SESSION, file)
    assert file.read_bytes() == before
    export_session(store, SESSION, file, overwrite=True)
    assert verify_export(file).records == 6


def test_an_export_that_fails_leaves_nothing(store: Store, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, names = file.read_bytes(), sorted(os.listdir(file.parent))
    monkeypatch.setattr(exchange, "MAX_FILE", 2000)
    with pytest.raises(LibraryError, match="larger"):
        export_session(store, SESSION, file, overwrite=True)
    with pytest.raises(SessionError):
        export_session(store, "n0ne000001", file, overwrite=True)
    assert file.read_bytes() == before
    assert sorted(os.listdir(file.parent)) == names


def test_places_that_cannot_be_used_are_named(store: Store, file: Path, tmp_path: Path) -> None:
    calls: list[Callable[[], object]] = [
        lambda: export_session(store, SESSION, tmp_path / "none" / "f.wargame"),
        lambda: export_session(store, SESSION, tmp_path, overwrite=True),
        lambda: import_session(tmp_path / "none", store),
        lambda: import_session(tmp_path, store),
        lambda: import_session(Path(os.devnull), store),
        lambda: import_session(tmp_path / "nul\0", store),
    ]
    for call in calls:
        with pytest.raises(WargameError) as caught:
            call()
        assert isinstance(caught.value, LibraryError)
        assert caught.value.message.en != caught.value.message.es


def test_a_file_that_is_too_large_is_not_read(store: Store, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "MAX_FILE", 100)
    with pytest.raises(LibraryError, match="larger"):
        verify_export(file)


def test_what_is_appended_meanwhile_stays_out(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    toy(store)
    last = store.last
    monkeypatch.setattr(store, "last", lambda session: (last(session), store.append(session, orders(9)))[0])
    assert export_session(store, SESSION, tmp_path / "f.wargame").records == 5
    assert verify_export(tmp_path / "f.wargame").records == 5
