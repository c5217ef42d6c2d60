"""The library file: guards inside it, other files refused, full disks, and several programs at once."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.session.support import CONTENT, header, order, orders, toy
from wargame.model.errors import LibraryError, SessionError
from wargame.session import migrations
from wargame.session.chain import verify_chain
from wargame.session.exchange import export_session
from wargame.session.header import Header
from wargame.session.library import Library
from wargame.session.records import Draft
from wargame.session.store import Overtaken

ROOT = Path(__file__).parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.sqlite"


@pytest.fixture
def library(path: Path) -> Iterator[Library]:
    with Library(path) as opened:
        yield opened


def raw(path: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(path, isolation_level=None))


def refusal(path: Path, *, create: bool = True) -> str:
    """Open what cannot be opened; return the English sentence, known to have a Spanish one beside it."""
    with pytest.raises(LibraryError) as caught:
        Library(path, create=create, wait=0.05)
    message = caught.value.message
    assert message.en != message.es
    assert str(path) in message.en
    assert str(path) in message.es
    return message.en


# ── guards ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE record SET payload = '{}' WHERE seq = 1",
        "UPDATE OR REPLACE record SET seq = 0 WHERE seq = 1",
        "UPDATE OR IGNORE record SET turn = turn + 1",
        "UPDATE session SET header = '{}'",
        "UPDATE content SET body = x'00'",
        "UPDATE tombstone SET head = ''",
        "DELETE FROM record",
        "DELETE FROM record WHERE seq = 4",
        "DELETE FROM session",
        "DELETE FROM content",
        "DELETE FROM tombstone",
        "INSERT OR REPLACE INTO record SELECT * FROM record WHERE seq = 2",
        "INSERT OR REPLACE INTO session SELECT * FROM session",
        "INSERT OR REPLACE INTO content SELECT * FROM content",
        "INSERT OR REPLACE INTO tombstone SELECT * FROM tombstone",
        "INSERT INTO record SELECT session, seq + 9, time, turn, phase, game_date, seat, kind, payload, hash, hash"
        " FROM record WHERE seq = 4",
        "INSERT INTO record SELECT session, seq + 1, time, turn, phase, game_date, seat, kind, payload, previous, hash"
        " FROM record WHERE seq = 4",
    ],
)
def test_the_file_itself_refuses_changes(library: Library, statement: str) -> None:
    made = toy(library)
    gone = toy(library, session="g0ne000001")
    library.delete_session(gone.session)
    before = (library.records(made.session), library.sessions(), library.tombstones())
    with raw(library.path) as database, pytest.raises(sqlite3.IntegrityError):
        database.execute(statement)
    assert (library.records(made.session), library.sessions(), library.tombstones()) == before


def test_the_guard_opens_for_one_session_only(library: Library) -> None:
    made, other = toy(library), toy(library, session="0ther00001")
    with raw(library.path) as database:
        database.execute("BEGIN")
        database.execute("INSERT INTO deleting VALUES (?)", (made.session,))
        with pytest.raises(sqlite3.IntegrityError):
            database.execute("DELETE FROM record WHERE session = ?", (other.session,))
    assert verify_chain(library, other.session).records == 5


def test_deleting_closes_the_guard_and_drops_unused_content_only(library: Library) -> None:
    toy(library)
    other = header("0ther00001", b"other content")
    library.create(other, b"other content")
    with raw(library.path) as database:
        library.delete_session(other.session)
        assert database.execute("SELECT count(*) FROM content").fetchone() == (1,)
        library.delete_session("t0y0000001")
        assert database.execute("SELECT count(*) FROM content").fetchone() == (0,)
        assert database.execute("SELECT count(*) FROM deleting").fetchone() == (0,)


def test_what_is_deleted_is_overwritten(library: Library) -> None:
    secret = "the words of a student " * 500
    made = header(content=secret.encode())
    library.create(made, secret.encode(), [Draft("note", {"text": secret})])
    library.delete_session(made.session)
    files = b"".join(file.read_bytes() for file in library.path.parent.iterdir())
    assert b"student" not in files
    library.check()


def test_the_file_is_for_its_owner_only(library: Library) -> None:
    toy(library)
    if os.name == "posix":
        files = list(library.path.parent.glob("library*"))
        assert len(files) == 3  # with -wal and -shm
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_it_writes_ahead_and_waits_for_the_disk(library: Library) -> None:
    assert library._database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert library._database.execute("PRAGMA synchronous").fetchone() == (2,)


def test_a_closed_library_says_so(library: Library) -> None:
    library.close()
    library.close()
    with pytest.raises(LibraryError, match="closed"):
        library.sessions()
    with pytest.raises(LibraryError, match="closed"):
        library.create(header(), CONTENT)


# ── files that are not a library of this version ─────────────────────────────────────────────────────────────────


def foreign_database(path: Path) -> None:
    with raw(path) as database:
        database.execute("CREATE TABLE mine (a)")


def versioned_database(path: Path) -> None:
    with raw(path) as database:
        database.execute("PRAGMA user_version = 1")
        database.execute("VACUUM")


def old_journal(path: Path) -> None:
    """Leave a text with a journal beside it, as a program that died might."""
    path.write_text("a text\n" * 100, encoding="utf-8")
    Path(f"{path}-journal").write_bytes(b"")


def write(data: bytes) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        path.write_bytes(data)

    return make


@pytest.mark.parametrize(
    "make",
    [
        write(b"a"),
        write(b"SQLite format 3\0"),
        write(b"SQLite format 3\0" + bytes(84)),
        write(b"PK\3\4" + bytes(5000)),
        write("un texto\n".encode("utf-16") * 100),
        foreign_database,
        versioned_database,
        old_journal,
    ],
    ids=["byte", "magic", "header", "zip", "text", "database", "versioned", "journal"],
)
@pytest.mark.parametrize("create", [True, False])
def test_a_file_that_is_no_library_is_left_alone(path: Path, make: Callable[[Path], None], create: bool) -> None:
    make(path)
    before = path.read_bytes()
    assert "not a library" in refusal(path, create=create)
    assert path.read_bytes() == before
    assert not Path(f"{path}-wal").exists()


def test_a_newer_library_is_left_alone(path: Path) -> None:
    Library(path).close()
    with raw(path) as database:
        database.execute("CREATE TABLE more (a)")
        database.execute(f"PRAGMA user_version = {len(migrations.STEPS) + 1}")
    before = path.read_bytes()
    assert "newer" in refusal(path)
    assert path.read_bytes() == before


def test_a_library_without_its_guards_is_refused(path: Path) -> None:
    Library(path).close()
    with raw(path) as database:
        database.execute("DROP TRIGGER record_stays")
    assert "guards differ" in refusal(path)


@pytest.mark.parametrize("keep", [100, 4096, 5000, 20000])
def test_a_library_that_was_cut_is_refused_or_found_damaged(path: Path, keep: int) -> None:
    with Library(path) as library:
        toy(library)
    cut = path.read_bytes()[:keep]
    path.write_bytes(cut)
    with pytest.raises(LibraryError) as caught, Library(path) as library:
        library.check()
    assert caught.value.message.en != caught.value.message.es
    assert path.read_bytes() == cut


def test_places_that_cannot_hold_a_library(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert "not a file" in refusal(tmp_path)
    assert "no library" in refusal(tmp_path / "none", create=False)
    assert refusal(tmp_path / "file" / "inside")
    assert refusal(tmp_path / ("x" * 300))
    assert not (tmp_path / "none").exists()


def test_a_path_with_odd_characters_is_a_path(tmp_path: Path) -> None:
    for name in (":memory:", "file:x?mode=ro", "año ü#%20", "a'b\"c"):
        with Library(tmp_path / "new" / "folders" / name) as library:
            toy(library)
        assert (tmp_path / "new" / "folders" / name).stat().st_size > 0


def test_an_empty_file_becomes_a_library(path: Path) -> None:
    path.touch()
    with Library(path, create=False) as library:
        toy(library)


@contextmanager
def ordinary_user() -> Iterator[None]:
    """Be somebody for whom permissions hold, also where the tests are run by root."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.parametrize("what", ["file", "folder", "both", "new"])
def test_a_place_for_reading_only_is_refused(what: str) -> None:
    with tempfile.TemporaryDirectory() as outside:  # not in tmp_path, which nobody else may enter
        Path(outside).chmod(0o755)
        folder = Path(outside, "folder")
        folder.mkdir()
        path = folder / "library.sqlite"
        if what != "new":
            Library(path).close()
            path.chmod(0o444 if what != "folder" else 0o666)
        before = {file: file.read_bytes() for file in folder.iterdir()}
        folder.chmod(0o555 if what != "file" else 0o777)
        with ordinary_user():
            assert folder.stat()
            assert "may not write" in refusal(path)
        folder.chmod(0o755)
        assert {file: file.read_bytes() for file in folder.iterdir()} == before


def test_an_old_sqlite_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 34, 1))
    with pytest.raises(LibraryError, match=r"3\.37\.0"):
        Library(path)
    assert not path.exists()


# ── versions ─────────────────────────────────────────────────────────────────────────────────────────────────────

NEXT = ("ALTER TABLE tombstone ADD COLUMN reason TEXT NOT NULL DEFAULT ''", "CREATE TABLE bookmark (a TEXT) STRICT")


def test_a_step_is_taken_once_and_keeps_what_is_there(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Library(path) as library:
        made = toy(library)
        before = library.records(made.session)
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, NEXT))
    for _ in range(2):
        with Library(path) as library:
            assert library.records(made.session) == before
            assert library._database.execute("PRAGMA user_version").fetchone() == (len(migrations.STEPS),)
            assert library._database.execute("SELECT count(*) FROM bookmark").fetchone() == (0,)


def test_a_step_that_fails_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Library(path) as library:
        made = toy(library)
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "STEPS", (*migrations.STEPS, (*NEXT, "DELETE FROM session")))
        with pytest.raises(LibraryError):
            Library(path)
    with Library(path) as library:
        assert verify_chain(library, made.session).records == 5


# ── several programs ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_writer_that_does_not_finish_is_named(library: Library) -> None:
    made = toy(library)
    with Library(library.path, wait=0.05) as second, raw(library.path) as busy:
        busy.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryError, match="Another program"):
            second.append(made.session, orders(1))
        assert len(second.records(made.session)) == 5  # reading goes on
        busy.execute("ROLLBACK")
        assert len(second.append(made.session, orders(1))) == 1


def test_a_file_that_somebody_keeps_to_himself_is_named(path: Path) -> None:
    Library(path).close()
    with raw(path) as busy:
        busy.execute("PRAGMA locking_mode = EXCLUSIVE")
        busy.execute("BEGIN IMMEDIATE")
        assert "Another program" in refusal(path)


def test_two_libraries_on_one_file_notice_each_other(library: Library) -> None:
    made = toy(library)
    with Library(library.path) as second:
        assert second.records(made.session) == library.records(made.session)
        second.append(made.session, orders(7), expected_seq=5)
        with pytest.raises(Overtaken):
            library.append(made.session, orders(8), expected_seq=5)
        library.delete_session(made.session)
        with pytest.raises(SessionError):
            second.append(made.session, orders(9))


def _write_notes(path: Path, session: str, name: str, count: int) -> None:
    with Library(path, wait=30) as library:
        for number in range(count):
            library.append(session, [Draft("note", {"by": name, "number": number}), order(number)])


def _open_and_write(path: Path, session: str, start: object) -> None:
    start.wait()  # type: ignore[attr-defined]
    with Library(path, wait=30) as library:
        library.create(header(session), CONTENT)


def test_two_processes_write_one_session(library: Library) -> None:
    made = toy(library, records=0)
    context = multiprocessing.get_context("spawn")
    writers = [
        context.Process(target=_write_notes, args=(library.path, made.session, name, 50)) for name in ("one", "two")
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert verify_chain(library, made.session).records == 201
    notes = [record.payload for record in library.records(made.session) if record.kind == "note"]
    for name in ("one", "two"):
        assert [note["number"] for note in notes if note["by"] == name] == list(range(50))


def test_processes_may_make_the_same_library_at_once(path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    start = context.Event()
    sessions = [f"t0y000000{n}" for n in range(4)]
    makers = [context.Process(target=_open_and_write, args=(path, session, start)) for session in sessions]
    for maker in makers:
        maker.start()
    start.set()
    for maker in makers:
        maker.join()
    assert [maker.exitcode for maker in makers] == [0] * 4
    with Library(path) as library:
        assert [summary.session for summary in library.sessions()] == sessions
        library.check()


# ── full disks ───────────────────────────────────────────────────────────────────────────────────────────────────


def fill(library: Library, made: Header) -> int:
    """Append until there is no room; return how many records the session then has."""
    batch = [order(1), Draft("note", {"text": "x" * 3000}), order(2)]

    def append_on_and_on() -> None:
        for _ in range(1000):
            library.append(made.session, batch)

    with pytest.raises(LibraryError, match="nothing of this step was kept"):
        append_on_and_on()
    return library.last(made.session).seq + 1


def test_a_full_disk_keeps_whole_steps_only(library: Library) -> None:
    made = toy(library)
    (pages,) = library._database.execute("PRAGMA page_count").fetchone()
    library._database.execute(f"PRAGMA max_page_count = {pages + 20}")
    count = fill(library, made)
    assert (count - 5) % 3 == 0
    assert verify_chain(library, made.session).records == count
    with pytest.raises(LibraryError, match="no room"):
        library.create(header("t0y0000009", b"x" * 200_000), b"x" * 200_000)
    assert not library.has("t0y0000009")
    library._database.execute("PRAGMA max_page_count = 1000000")
    assert library.append(made.session, orders(1))[0].seq == count
    assert verify_chain(library, made.session).records == count + 1


FULL = """
import resource, signal, sys
from pathlib import Path
from tests.session.support import header, toy
from tests.session.test_store_library import fill, export_refused
from wargame.session.library import Library
path = Path(sys.argv[1])
library = Library(path)
made = toy(library)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
print(fill(library, made))
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 400_000))
export_refused(library, made, path.parent / "out.wargame")
"""


def export_refused(library: Library, made: Header, path: Path) -> None:
    with pytest.raises(LibraryError, match="writing it failed"):
        export_session(library, made.session, path)


@pytest.mark.skipif(sys.platform == "win32", reason="limits of file sizes are POSIX")
def test_a_system_that_refuses_to_write_loses_nothing(path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(path)], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    with Library(path) as library:
        count = verify_chain(library, "t0y0000001").records
        assert count == int(done.stdout)
        assert library.append("t0y0000001", orders(1))[0].seq == count
    assert [file.name for file in path.parent.iterdir()] == ["library.sqlite"]


posix = pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be taken away there")


@posix
@pytest.mark.parametrize("left", [(), ("-wal", "-shm")])
def test_a_library_that_is_taken_away_is_put_back_whole(path: Path, left: tuple[str, ...]) -> None:
    with Library(path) as library:
        session = toy(library).session
        before = library.records(session)
        for end in ("", "-wal", "-shm"):
            if end not in left:
                Path(f"{path}{end}").unlink()
        library.append(session, [order(9)])
        assert library.records(session)[:-1] == before
        assert path.stat().st_mode & 0o077 == 0
    with Library(path, create=False) as again:
        assert len(again.records(session)) == len(before) + 1


@posix
def test_what_was_kept_is_there_after_closing_also_where_the_folder_was_taken_away(path: Path) -> None:
    with Library(path) as library:
        session = toy(library).session
        kept = library.records(session)
        path.rename(path.with_name("elsewhere"))
    with Library(path, create=False) as again:
        assert again.records(session) == kept


@posix
def test_a_file_that_took_the_place_of_a_library_is_left_alone_and_named(path: Path) -> None:
    other = path.with_name("other.sqlite")
    Library(other).close()
    strange = other.read_bytes()
    library = Library(path)
    session = toy(library).session
    other.replace(path)
    for step in (lambda: library.append(session, [order(9)]), library.close):
        with pytest.raises(LibraryError, match="Another file has taken the place"):
            step()
    assert path.read_bytes() == strange
