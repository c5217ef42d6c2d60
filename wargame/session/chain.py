"""Is the log what was written? Walks header, content and records and names the first thing that differs.

A chain shows every change that does not recompute all hashes after it. Against somebody who does that, or who cuts off
the end, compare the head hash with one that was printed before (``verify_chain(…, head=…)``).
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from wargame.model.errors import LibraryError, SessionError, VerificationError
from wargame.model.text import Text
from wargame.session.canonical import canonical, digest
from wargame.session.header import Header, read_header
from wargame.session.records import GENESIS, Record, Row, first_row, payload_of, seal
from wargame.session.store import MAX_CONTENT, Store

SLICE = 500
"""How many records are read at a time."""


class ChainError(VerificationError):
    """The first thing in a session that is not what was written: a record (``seq``), or header or content (None)."""

    def __init__(self, message: Text, seq: int | None = None) -> None:
        super().__init__(message)
        self.seq = seq


@dataclass(frozen=True, slots=True)
class Sound:
    """A session whose whole chain holds."""

    session: str
    records: int
    head: str


class Chain:
    """Takes the records of a session in order and refuses the first that does not follow."""

    def __init__(self, header: Header) -> None:
        self.header = header
        self.count = 0
        self.head = GENESIS

    def take(self, record: Record) -> Row:
        """Check the next record against its own hash and the one before; return it as stores keep it."""
        if record.seq != self.count:
            raise _missing(self.count)
        row = self._first(record) if record.seq == 0 else _row_of(record)
        if row.hash != record.hash:
            raise _changed(record.seq)
        if record.previous != self.head:
            raise _unlinked(record.seq)
        self.count, self.head = record.seq + 1, record.hash
        return row

    def _first(self, record: Record) -> Row:
        """Return record 0 as it must be; a record 0 that is sound in itself belongs to another header."""
        row = first_row(self.header.text(), self.header.created)
        if row.record() == record:
            return row
        if _sealed(record).hash != record.hash:
            raise _changed(0)
        raise ChainError(
            Text(
                "The header of session {id} is not the one that record 0 vouches for.",
                "La cabecera de la sesión {id} no es la que garantiza el registro 0.",
            ).fill(id=self.header.session)
        )

    def close(self) -> None:
        """Refuse a log without even a record 0."""
        if not self.count:
            raise _missing(0)


def verify_chain(store: Store, session: str, *, head: str | None = None) -> Sound:
    """Check everything that a store holds of a session; raise ChainError at the first thing that differs.

    ``head`` is a head hash known from elsewhere, such as a printed report: some record must bear it.
    """
    chain = Chain(store.header(session))
    store.content(session)
    known = head is None
    while records := _slice(store, chain):
        for record in records:
            chain.take(record)
            known = known or record.hash == head
    chain.close()
    if not known:
        raise _foreign_head(session, chain.count)
    store.check()
    return Sound(session, chain.count, chain.head)


def _slice(store: Store, chain: Chain) -> tuple[Record, ...]:
    """Return the next records; one at a time where the medium fails, to name the record where it does."""
    session, start = chain.header.session, chain.count
    with suppress(LibraryError):
        return store.records(session, start, start + SLICE)
    try:
        return store.records(session, start, start + 1)
    except LibraryError as error:
        raise ChainError(error.message, start) from error


# ── for stores: every reading is checked ─────────────────────────────────────────────────────────────────────────


def records_of(rows: list[Row]) -> tuple[Record, ...]:
    """Return consecutive rows of one session as records; ChainError at the first that is not what was written."""
    return tuple(_record_of(row, rows[n - 1] if n else None) for n, row in enumerate(rows))


def header_from(text: str, session: str, content: str) -> Header:
    """Return a stored header; ChainError unless it belongs to that session and that content."""
    try:
        header = read_header(text)
    except VerificationError as error:
        raise ChainError(error.message) from error
    if (header.session, header.content) != (session, content):
        raise ChainError(
            Text(
                "The header stored for session {id} belongs to another session or another content.",
                "La cabecera guardada para la sesión {id} corresponde a otra sesión o a otro contenido.",
            ).fill(id=session)
        )
    return header


def checked_content(header: Header, body: bytes) -> bytes:
    """Return pinned content; ChainError unless it has the digest that the header names."""
    if len(body) > MAX_CONTENT:
        raise SessionError(
            Text(
                "The content is longer than a session can pin ({n} bytes, at most {most}).",
                "El contenido es más largo de lo que una sesión puede fijar ({n} bytes, máximo {most}).",
            ).fill(n=len(body), most=MAX_CONTENT)
        )
    if digest(body) != header.content:
        raise ChainError(
            Text(
                "The content pinned by session {id} is not what it was when the session began.",
                "El contenido fijado por la sesión {id} no es el que era cuando empezó la sesión.",
            ).fill(id=header.session)
        )
    return body


def _record_of(row: Row, before: Row | None) -> Record:
    if before is not None and row.seq != before.seq + 1:
        raise _missing(before.seq + 1)
    try:
        sound, record = row.expected_hash() == row.hash, row.record()
    except ValueError as error:
        raise _changed(row.seq) from error
    if not sound:
        raise _changed(row.seq)
    if before is not None and row.previous != before.hash:
        raise _unlinked(row.seq)
    return record


def _sealed(record: Record) -> Row:
    try:
        return seal(record.seq, record.previous, record.draft(), canonical(record.payload), record.time)
    except (SessionError, ValueError) as error:
        raise _changed(record.seq) from error


def _row_of(record: Record) -> Row:
    """Return a record with its hash recomputed; one that no store could have written is not what was written."""
    draft = record.draft()
    try:
        row = seal(record.seq, record.previous, draft, payload_of(draft), record.time)
    except (SessionError, ValueError) as error:
        raise _changed(record.seq) from error
    if not record.time:
        raise _changed(record.seq)
    return row


def _changed(seq: int) -> ChainError:
    return ChainError(
        Text(
            "Record {seq} is not what was written: its hash does not fit what it says.",
            "El registro {seq} no es el que se escribió: su huella no corresponde a lo que dice.",
        ).fill(seq=seq),
        seq,
    )


def _missing(seq: int) -> ChainError:
    return ChainError(Text("Record {seq} is missing.", "Falta el registro {seq}.").fill(seq=seq), seq)


def _unlinked(seq: int) -> ChainError:
    """Name the record before: its hash was made to fit a change, which shows in the record that follows it."""
    before = max(seq - 1, 0)
    return ChainError(
        Text(
            "Record {before} is not what was written: record {seq} follows another hash.",
            "El registro {before} no es el que se escribió: el registro {seq} sigue a otra huella.",
        ).fill(before=before, seq=seq),
        before,
    )


def _foreign_head(session: str, count: int) -> ChainError:
    return ChainError(
        Text(
            "No record of session {id} has the head hash given: the log was cut short or written anew.",
            "Ningún registro de la sesión {id} tiene la huella final indicada: la bitácora fue recortada o reescrita.",
        ).fill(id=session),
        count,
    )
