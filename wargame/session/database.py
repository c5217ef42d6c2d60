"""Opens the one SQLite file of a library: ours or refused, brought up to date, and every error said in a sentence.

A file that is not ours is recognised from its first bytes and not opened at all. The first step is taken in one
transaction of the old journal kind, so that a library file is either empty or whole; only then does it switch to WAL.
"""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path

from wargame.model.errors import LibraryError
from wargame.model.text import Text, same
from wargame.session import migrations
from wargame.session.migrations import Step

APPLICATION = 0x57474D45
"""What ``PRAGMA application_id`` says of a library of ours ("WGME")."""

OLDEST_SQLITE = (3, 37, 0)
"""The first SQLite with STRICT tables."""

_LEAST_ROOM = 64 * 1024
"""Bytes of the index that stands beside a library while it is open, and of a page or two."""
_MAGIC = b"SQLite format 3\0"
_SETTINGS = (
    "foreign_keys = ON",
    "recursive_triggers = ON",
    "trusted_schema = OFF",
    "secure_delete = ON",
    "synchronous = FULL",
    "fullfsync = ON",
    "checkpoint_fullfsync = ON",
)


def open_database(path: Path, *, create: bool, wait: float) -> sqlite3.Connection:
    """Open a library file, made on the spot if ``create``; wait so many seconds for others who write."""
    _refuse_old_sqlite()
    _prepare_place(path, create=create)
    _refuse_foreign_file(path)
    with said(path):
        database = sqlite3.connect(path, timeout=wait, isolation_level=None, check_same_thread=False)
        try:
            for setting in _SETTINGS:
                database.execute(f"PRAGMA {setting}")
            _bring_up_to_date(database, path)
            _write_ahead(database, wait)
        except BaseException:
            database.close()
            raise
    return database


@contextmanager
def said(path: Path) -> Iterator[None]:
    """Turn errors of SQLite into sentences about a library file."""
    try:
        yield
    except sqlite3.Error as error:
        raise _sentence(error, path) from error
    except UnicodeDecodeError as error:  # SQLite quotes what it found in a damaged file
        raise damaged(path, "UTF-8") from error


# ── the place ────────────────────────────────────────────────────────────────────────────────────────────────────


def _prepare_place(path: Path, *, create: bool) -> None:
    try:
        if create and not path.exists():
            _make(path)
        _look(path)
    except FileNotFoundError as error:
        raise _error(path, _MISSING) from error
    except (FileExistsError, NotADirectoryError) as error:
        raise _error(path, _NO_FOLDER, folder=path.parent) from error
    except OSError as error:
        words = _BY_ERRNO.get(error.errno or 0, _UNOPENED)
        raise _error(path, words, why=same(error.strerror or str(error))) from error
    except ValueError as error:
        raise _error(path, _UNOPENED, why=same(str(error))) from error


def _make(path: Path) -> None:
    """Make an empty file that only its owner may read: logs hold secret orders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):  # another process was faster
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def _look(path: Path) -> None:
    path.stat()
    if not path.is_file():
        raise _error(path, _NOT_A_FILE)
    if not (_allowed(path, os.R_OK | os.W_OK) and _allowed(path.parent, os.W_OK | os.X_OK)):
        raise _error(path, _READ_ONLY)


def _allowed(path: Path, mode: int) -> bool:
    return os.access(path, mode, effective_ids=os.access in os.supports_effective_ids)


def _refuse_foreign_file(path: Path) -> None:
    """Judge by the first bytes; a file that was being made when its maker died is left to SQLite's recovery."""
    try:
        with path.open("rb") as file:
            start = file.read(100)
    except OSError as error:
        raise _error(path, _UNOPENED, why=same(str(error))) from error
    if not start or Path(f"{path}-journal").exists():
        return
    if not start.startswith(_MAGIC):
        raise _error(path, _FOREIGN)
    if int.from_bytes(start[68:72], "big") != APPLICATION:
        raise _error(path, _FOREIGN)


def identity(path: Path) -> tuple[int, int] | None:
    """Return what tells a file from another that takes its name later; None if there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def put_back(database: sqlite3.Connection, path: Path) -> None:
    """Write a library anew, whole, where its file was while it is still open."""
    try:
        for end in ("-wal", "-shm", "-journal"):  # of the file that is gone: they would be read into the new one
            Path(f"{path}{end}").unlink(missing_ok=True)
        _make(path)
    except OSError as error:
        raise _error(path, _GONE, why=same(error.strerror or str(error))) from error
    with said(path):
        database.execute("VACUUM INTO ?", (str(path),))


# ── versions ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _refuse_old_sqlite() -> None:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise LibraryError(
            Text(
                "This Python brings SQLite {have}; the library of sessions needs {need} or later.",
                "Este Python trae SQLite {have}; la biblioteca de sesiones necesita {need} o posterior.",
            ).fill(have=sqlite3.sqlite_version, need=".".join(map(str, OLDEST_SQLITE)))
        )


def _bring_up_to_date(database: sqlite3.Connection, path: Path) -> None:
    with transaction(database, "BEGIN"):
        version = _version(database, path)
    if version == len(migrations.STEPS):
        return
    with transaction(database):
        version = _version(database, path)  # another process may have been faster
        for step in migrations.STEPS[version:]:
            _take(database, step)
        database.execute(f"PRAGMA application_id = {APPLICATION}")
        database.execute(f"PRAGMA user_version = {len(migrations.STEPS)}")


def _take(database: sqlite3.Connection, step: Step) -> None:
    for statement in step:
        database.execute(statement)


def _version(database: sqlite3.Connection, path: Path) -> int:
    """Return the number of the last step that the file has taken, 0 for a new one; refuse every other file."""
    application, version = (_ask(database, name) for name in ("application_id", "user_version"))
    schema = _schema(database)
    if application != APPLICATION and (application or version or schema):
        raise _error(path, _FOREIGN)
    if version > len(migrations.STEPS):
        raise _error(path, _NEWER, version=version, known=len(migrations.STEPS))
    if schema != _expected_schema(migrations.STEPS[:version]) or (application and version < 1):
        raise _error(path, _DAMAGED, why=Text("its tables or guards differ", "sus tablas o guardas difieren"))
    return version


def _ask(database: sqlite3.Connection, name: str) -> int:
    return int(database.execute(f"PRAGMA {name}").fetchone()[0])


def _write_ahead(database: sqlite3.Connection, wait: float) -> None:
    """Switch to WAL, which needs the file alone for a moment and does not wait for it by itself."""
    until = time.monotonic() + wait
    while True:
        try:
            database.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if not _is_busy(error) or time.monotonic() > until:
                raise
            time.sleep(0.01)


def _schema(database: sqlite3.Connection) -> frozenset[tuple[str, ...]]:
    """Return every table, index and trigger that somebody made."""
    rows = database.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT GLOB 'sqlite_*'")
    return frozenset(rows)


@lru_cache(maxsize=8)
def _expected_schema(steps: tuple[Step, ...]) -> frozenset[tuple[str, ...]]:
    database = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for step in steps:
            _take(database, step)
        return _schema(database)
    finally:
        database.close()


@contextmanager
def transaction(database: sqlite3.Connection, begin: str = "BEGIN IMMEDIATE") -> Iterator[None]:
    """Write under the one lock for writers: all is kept at the end, or nothing."""
    database.execute(begin)
    try:
        yield
        database.execute("COMMIT")
    except BaseException:
        if database.in_transaction:  # a full disk has rolled back already
            database.execute("ROLLBACK")
        raise


# ── sentences ────────────────────────────────────────────────────────────────────────────────────────────────────

_MISSING = Text("There is no library of sessions at {path}.", "No hay ninguna biblioteca de sesiones en {path}.")
_NOT_A_FILE = Text(
    "{path} is not a file; a library of sessions is one file.",
    "{path} no es un archivo; una biblioteca de sesiones es un archivo.",
)
_READ_ONLY = Text(
    "The library {path} lies where this user may not write; make it and its folder writable, or choose another place "
    "with --library.",
    "La biblioteca {path} está donde este usuario no puede escribir; dele permiso de escritura, también a su carpeta, "
    "o elija otro lugar con --library.",
)
_NO_FOLDER = Text(
    "The library {path} cannot be opened: {folder} is not a folder.",
    "No se puede abrir la biblioteca {path}: {folder} no es una carpeta.",
)
_UNOPENED = Text("The library {path} cannot be opened ({why}).", "No se puede abrir la biblioteca {path} ({why}).")
_FOREIGN = Text(
    "{path} is not a library of sessions; it was left as it is.",
    "{path} no es una biblioteca de sesiones; se dejó como estaba.",
)
_NEWER = Text(
    "The library {path} has version {version} and this program knows versions up to {known}: use the newer wargame.",
    "La biblioteca {path} tiene la versión {version} y este programa conoce hasta la {known}: use el más nuevo.",
)
_DAMAGED = Text(
    "The library {path} is damaged ({why}); nothing more was written to it. Copy it before you try to repair it.",
    "La biblioteca {path} está dañada ({why}); no se escribió nada más en ella. Cópiela antes de intentar repararla.",
)
_LOCKED = Text(
    "Another program is writing to the library {path} and does not finish; try again later.",
    "Otro programa está escribiendo en la biblioteca {path} y no termina; inténtelo más tarde.",
)
_FULL = Text(
    "There is no room left to write to the library {path}; nothing of this step was kept. Make room and try again.",
    "No queda espacio para escribir en la biblioteca {path}; no se guardó nada de este paso. Haga lugar e inténtelo "
    "otra vez.",
)
_UNWRITTEN = Text(
    "Reading or writing the library {path} failed ({why}); nothing of this step was kept.",
    "Falló la lectura o escritura de la biblioteca {path} ({why}); no se guardó nada de este paso.",
)
_GONE = Text(
    "The library {path} was taken away and cannot be put back ({why}); nothing of this step was kept.",
    "Alguien se llevó la biblioteca {path} y no se puede reponer ({why}); no se guardó nada de este paso.",
)
_REPLACED = Text(
    "Another file has taken the place of the library {path} that was opened; what you play is not in it. Put the "
    "old one back and try again.",
    "Otro archivo ocupa el lugar de la biblioteca {path} que se abrió; lo que usted juega no está en él. "
    "Reponga la anterior e inténtelo otra vez.",
)
_CLOSED = Text("The library {path} is closed already.", "La biblioteca {path} ya está cerrada.")

_BY_ERRNO = {
    errno.EACCES: _READ_ONLY, errno.EPERM: _READ_ONLY, errno.EROFS: _READ_ONLY, errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
}  # fmt: skip
_BY_CODE = {
    "BUSY": _LOCKED, "LOCKED": _LOCKED, "READONLY": _READ_ONLY, "FULL": _FULL, "CANTOPEN": _UNOPENED,
    "CORRUPT": _DAMAGED, "NOTADB": _FOREIGN, "PERM": _READ_ONLY, "AUTH": _READ_ONLY,
}  # fmt: skip


def replaced(path: Path) -> LibraryError:
    """Return the error for a file that is not the one that was opened."""
    return _error(path, _REPLACED)


def damaged(path: Path, why: str) -> LibraryError:
    """Return the error for a file that is not whole."""
    return _error(path, _DAMAGED, why=same(why))


def _sentence(error: sqlite3.Error, path: Path) -> LibraryError:
    code = _code(error)
    if isinstance(error, sqlite3.ProgrammingError) and "closed" in str(error):
        return _error(path, _CLOSED)
    if not code and "UTF-8" in str(error):
        return _error(path, _DAMAGED, why=same(str(error)))
    if code == "IOERR" and _is_full(path):
        return _error(path, _FULL)
    return _error(path, _BY_CODE.get(code, _UNWRITTEN), why=same(str(error)))


def _is_full(path: Path) -> bool:
    """Say whether a disk has no room for what SQLite keeps beside a library."""
    try:
        return shutil.disk_usage(path.parent).free < _LEAST_ROOM
    except OSError:
        return False


def _code(error: sqlite3.Error) -> str:
    """Return the short name of SQLite's code, such as ``BUSY`` for ``SQLITE_BUSY_SNAPSHOT``."""
    return "".join((getattr(error, "sqlite_errorname", None) or "").split("_")[1:2])


def _is_busy(error: sqlite3.Error) -> bool:
    return _code(error) in {"BUSY", "LOCKED"}


def _error(path: Path, words: Text, **values: object) -> LibraryError:
    return LibraryError(words.fill(path=path, **values))
