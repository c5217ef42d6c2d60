"""The library: all sessions of a user in one SQLite file.

Durable: WAL with ``synchronous=FULL``; what ``create`` and ``append`` return is on the disk. Several processes may use
the same file, and several threads the same ``Library``; writers wait for each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import RLock
from types import TracebackType, UnionType
from typing import Any, Self

from wargame.model.errors import LibraryError, VerificationError
from wargame.model.text import Text
from wargame.session.chain import Chain, ChainError, checked_content, header_from, records_of
from wargame.session.database import (
    damaged,
    identity,
    open_database,
    put_back,
    replaced,
    said,
    transaction,
)
from wargame.session.header import Header, checked_header, no_session, read_header, resolve
from wargame.session.records import GENESIS, Draft, Record, Row, first_row, link, utc_now, written
from wargame.session.store import Overtaken, Summary, Tombstone, already_here, scores_in

WAIT = 5.0
"""How many seconds to wait for another program that writes."""


class Library:
    """A store of sessions in one file. Use it in a ``with`` block, or close it."""

    def __init__(
        self, path: Path, *, create: bool = True, wait: float = WAIT, clock: Callable[[], str] = utc_now
    ) -> None:
        self.path = path.absolute()
        self._clock = clock
        self._lock = RLock()
        self._wait = wait
        self._database = open_database(self.path, create=create, wait=wait)
        self._file = identity(self.path)
        self._wrote = False
        """Something was acknowledged that has to be in the file."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.close()
        except LibraryError:
            if error is None:
                raise

    def close(self) -> None:
        """Let go of the file; a second time does nothing. What was kept is put back if somebody took the file away."""
        with self._lock, said(self.path):
            wrote, self._wrote = self._wrote, False
            try:
                if wrote:
                    self._keep_in_place()
            finally:
                self._database.close()

    # ── writing ──────────────────────────────────────────────────────────────────────────────────────────────────

    def create(self, header: Header, content: bytes, drafts: Sequence[Draft] = ()) -> tuple[Row, ...]:
        """Start a session with record 0 and, in the same commit, its first records; return all as they are kept."""
        pairs = written(drafts)
        first = first_row(checked_header(header).text(), header.created)
        with self._writing():
            self._insert_session(header, content)
            rows = (first, *link(1, first.hash, pairs, self._clock()))
            self._insert_records(header.session, rows)
        return rows

    def append(self, session: str, drafts: Sequence[Draft], *, expected_seq: int | None = None) -> tuple[Row, ...]:
        """Add records, all or none; return once they are on the disk. ``Overtaken`` if others have appended."""
        pairs = written(drafts)
        with self._writing():
            last, head = self._head(session)
            if expected_seq not in (None, last + 1):
                raise Overtaken(session, expected_seq or 0, last + 1)
            rows = tuple(link(last + 1, head, pairs, self._clock()))
            self._insert_records(session, rows)
        return rows

    def restore(self, header: Header, content: bytes, records: Iterable[Record]) -> None:
        """Take in a whole session as it was elsewhere, all or nothing; refuse what is not an unbroken chain."""
        chain = Chain(checked_header(header))
        with self._writing():
            self._insert_session(header, content)
            for record in records:
                self._insert_records(header.session, [chain.take(record)])
            chain.close()

    def delete_session(self, session: str) -> Tombstone:
        """Remove a session whole, with its content if no other session pins it, and leave a tombstone.

        This one transaction is the only way anything leaves a library: it names the session in ``deleting``, which
        is what the triggers ask, and takes the name out again. The bytes are overwritten, in the file and in the WAL.
        """
        with self._writing():
            self._known(session)
            stone = self._tombstone(session)
            for statement in _DELETE:
                self._database.execute(statement, {"session": session})
        with suppress(LibraryError):  # if not now, then when the last program closes the file
            self._rows("PRAGMA wal_checkpoint(TRUNCATE)", (), int, int, int)
        return stone

    # ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────

    def has(self, session: str) -> bool:
        """Tell whether the session is here."""
        return bool(self._rows("SELECT 1 FROM session WHERE id = ?", (session,), int))

    def find(self, text: str) -> str:
        """Return the id of the one session whose id begins with a text as typed."""
        return resolve(text, self._ids())

    def header(self, session: str) -> Header:
        """Return the header of a session."""
        for text, content in self._rows("SELECT header, content FROM session WHERE id = ?", (session,), str, str):
            return header_from(text, session, content)
        raise no_session(session, self._ids())

    def content(self, session: str) -> bytes:
        """Return the content pinned by a session."""
        header = self.header(session)
        rows = self._rows("SELECT body FROM content WHERE digest = ?", (header.content,), bytes)
        return checked_content(header, rows[0][0] if rows else b"")

    def records(self, session: str, from_seq: int = 0, to_seq: int | None = None) -> tuple[Record, ...]:
        """Return the records from ``from_seq`` up to but not including ``to_seq``, checked."""
        end = _ENDLESS if to_seq is None else to_seq
        with self._lock:
            self._known(session)
            rows = self._rows(_RECORDS, (session, from_seq, end), *_TYPES)
        return records_of([Row(*row) for row in rows])

    def of_kind(self, session: str, kind: str) -> tuple[Record, ...]:
        """Return the records of one kind, each checked by itself: the longer ones need not be read for that."""
        with self._lock:
            self._known(session)
            rows = self._rows(_OF_KIND, (session, kind), *_TYPES)
        return tuple(record for row in rows for record in records_of([Row(*row)]))

    def last(self, session: str) -> Record:
        """Return the newest record of a session, checked."""
        with self._lock:
            return self.records(session, self._head(session)[0])[0]

    def sessions(self) -> tuple[Summary, ...]:
        """Return a summary of every session, oldest first."""
        rows = self._rows(_SUMMARIES, (), str, str, int | None, int | None, str | None, str | None, str | None)
        return tuple(sorted((_summary(*row) for row in rows), key=lambda found: (found.created, found.session)))

    def tombstones(self) -> tuple[Tombstone, ...]:
        """Return what is left of deleted sessions, oldest first."""
        query = "SELECT session, head, records, time FROM tombstone ORDER BY number"
        return tuple(Tombstone(*row) for row in self._rows(query, (), str, str, int, str))

    def check(self) -> None:
        """Let SQLite look through the whole file; LibraryError if it is damaged."""
        ((found,),) = self._rows("PRAGMA integrity_check(1)", (), str)
        if found != "ok":
            raise damaged(self.path, found)
        if self._rows("SELECT 1 FROM pragma_foreign_key_check LIMIT 1", (), int):
            raise damaged(self.path, "foreign key")

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────────────────

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._lock, said(self.path):
            self._keep_in_place()
            with transaction(self._database):
                yield
            self._wrote = True

    def _keep_in_place(self) -> None:
        """Put the file back if it was taken away; what is written to one that has no name would be lost with us."""
        there = identity(self.path)
        if there == self._file:
            return
        if there is not None:
            raise replaced(self.path)
        put_back(self._database, self.path)
        self._database.close()
        self._database = open_database(self.path, create=False, wait=self._wait)
        self._file = identity(self.path)

    def _rows(self, query: str, values: tuple[object, ...], *types: type | UnionType) -> list[tuple[Any, ...]]:
        """Return all rows of a query; a value of another type than it was written with is damage."""
        with self._lock, said(self.path):
            rows = self._database.execute(query, values).fetchall()
        for row in rows:
            if not all(map(isinstance, row, types)):
                raise damaged(self.path, "types")
        return rows

    def _ids(self) -> list[str]:
        return [row[0] for row in self._rows("SELECT id FROM session", (), str)]

    def _known(self, session: str) -> None:
        if not self.has(session):
            raise no_session(session, self._ids())

    def _head(self, session: str) -> tuple[int, str]:
        """Return seq and hash of the newest record."""
        self._known(session)
        query = "SELECT seq, hash FROM record WHERE session = ? ORDER BY seq DESC LIMIT 1"
        for seq, head in self._rows(query, (session,), int, str):
            return seq, head
        raise ChainError(Text("Record 0 is missing.", "Falta el registro 0."), 0)

    def _insert_session(self, header: Header, content: bytes) -> None:
        checked_content(header, content)
        if self.has(header.session):
            raise already_here(header.session)
        if not self._rows("SELECT 1 FROM content WHERE digest = ?", (header.content,), int):
            self._database.execute("INSERT INTO content (digest, body) VALUES (?, ?)", (header.content, content))
        values = (header.session, header.text(), header.content)
        self._database.execute("INSERT INTO session (id, header, content) VALUES (?, ?, ?)", values)

    def _insert_records(self, session: str, rows: Sequence[Row]) -> None:
        self._database.executemany(_INSERT, ((session, *row) for row in rows))

    def _tombstone(self, session: str) -> Tombstone:
        """Write what is left of a session, also of one whose records are damaged."""
        query = "SELECT count(*), max(seq) FROM record WHERE session = ?"
        ((count, last),) = self._rows(query, (session,), int, int | None)
        head = self._rows("SELECT hash FROM record WHERE session = ? AND seq = ?", (session, last), str)
        stone = Tombstone(session, head[0][0] if head else GENESIS, count, self._clock())
        insert = "INSERT INTO tombstone (session, head, records, time) VALUES (?, ?, ?, ?)"
        self._database.execute(insert, (stone.session, stone.head, stone.records, stone.time))
        return stone


_COLUMNS = ", ".join(Row._fields)
_TYPES = tuple(int if name in {"seq", "turn"} else str for name in Row._fields)
_ENDLESS = 2**62
_RECORDS = f"SELECT {_COLUMNS} FROM record WHERE session = ? AND seq >= ? AND seq < ? ORDER BY seq"
_OF_KIND = f"SELECT {_COLUMNS} FROM record WHERE session = ? AND kind = ? ORDER BY seq"
_INSERT = f"INSERT INTO record (session, {_COLUMNS}) VALUES (?{', ?' * len(Row._fields)})"
_DELETE = (
    "INSERT INTO deleting (session) VALUES (:session)",
    "DELETE FROM record WHERE session = :session",
    "DELETE FROM session WHERE id = :session",
    "DELETE FROM content WHERE digest NOT IN (SELECT content FROM session)",
    "DELETE FROM deleting WHERE session = :session",
)
_SUMMARIES = """
    SELECT session.id, session.header, record.turn, record.seq, record.hash, record.time,
     (SELECT payload FROM record AS last WHERE last.session = session.id AND last.kind = 'end' ORDER BY seq LIMIT 1)
    FROM session LEFT JOIN record ON record.session = session.id
     AND record.seq = (SELECT max(seq) FROM record WHERE session = session.id)
"""


def _summary(
    session: str, text: str, turn: int | None, seq: int | None, head: str | None, changed: str | None, end: str | None
) -> Summary:
    header: Header | None
    try:
        header = read_header(text)
    except (VerificationError, LibraryError):
        header = None
    records = 0 if seq is None else seq + 1
    return Summary(session, header, turn or 0, records, head or GENESIS, changed or "", end is not None, scores_in(end))
